using System.Collections.Immutable;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

public sealed class SchemaTests
{
    private static readonly JsonSchema RuleSchema = Load("rule.schema.json");
    private static readonly JsonSchema KindSchema = Load("kinds/kind.schema.json");

    public static TheoryData<string> ShippedFiles => [.. RuleFile.Shipped().Select(f => f.Path)];

    /// <summary>Rules as lines in place of a valid rule's, each with what both say of it. <c>reader</c> marks what only the reader
    /// can know: names of kinds, fields and bound things, and forms of their own inside a text.</summary>
    public static TheoryData<string, string> RuleTable => new()
    {
        { "valid", "severity: note" },
        { "valid", "severity: warning\nsecurity-severity: 6.5\ntags: [a, b]\nlinks: [https://docs.aws.amazon.com]" },
        { "valid", "security-severity: \"10.0\"" },
        { "valid", "tags: one" },
        { "valid", "covered-by: []" },
        { "broken", "covered-by: { another: true }" },
        { "valid", "profile: security\nstandards: { SecurityHub: [S3.8, S3.2], CIS-AWS-3.0: 2.1.4, Ours: \"7\" }" },
        { "valid", "resource: [s3-bucket, thing]\nrequire: { exists: address }" },
        { "valid", "resource: AWS::EC2::VPC\nrequire: { resource.CidrBlock: { cidrWithin: [10.0.0.0/8] } }" },
        { "valid", "each: \"records[*] as record\"\nrequire: { record.port: 22 }" },
        { "valid", "each: [\"policy.statements[*] as s\", \"s.principals[*] as p\"]\nrequire: { p.type: AWS }" },
        { "valid", "bind: { bucket: { follow: partner, kind: s3-bucket, unknownWhen: { exists: text } } }\nrequire: { exists: bucket.policy }" },
        { "valid", "where: { text: a }" },
        { "valid", "unknown: fail" },
        { "valid", "at: decision" },
        { "valid", "at: [decision, text]" },
        { "valid", "require: { all: [{ text: a }, { size: { less: 5 } }] }" },
        { "valid", "require: { any: [{ text: a }], none: [{ text: b }], not: { text: c } }" },
        { "valid", "require: { if: { text: a }, then: { size: 5 } }" },
        { "valid", "require: { some: \"records[*] as r\", where: { r.port: 22 }, satisfies: { r.cidr: 10.0.0.0/8 } }" },
        { "valid", "require: { every: \"records[*] as r\", satisfies: { r.port: [22, 443] } }" },
        { "valid", "require: { no: \"records[*] as r\", satisfies: { missing: r.port } }" },
        { "valid", "require: { text: { equals: a, not: { in: [b, c] }, ignoreCase: true } }" },
        { "valid", "require: { text: { matches: \"^a+$\", like: \"a*\", startsWith: [a, b], endsWith: c } }" },
        { "valid", "require: { size: { less: 1, lessOrEqual: 2.5, greater: -3, greaterOrEqual: \"4\" } }" },
        { "valid", "require: { items: { contains: [a], subsetOf: [a, b], intersects: c, length: { least: 1, most: 2 }, empty: false } }" },
        { "valid", "require: { records: { length: 2 } }" },
        { "valid", "resource: s3-bucket\nrequire: { access: { who: anonymous, may: s3:GetObject, on: \"{resource.arn}/*\" } }" },
        { "valid", "resource: s3-bucket\nrequire: { denied: { who: { service: sns.amazonaws.com, sourceArn: \"{resource.arn}\" }, may: s3:GetObject, on: \"{resource.arn}/*\", with: { aws:SecureTransport: false, s3:x-amz-acl: absent } } }" },
        { "valid", "resource: cloudfront-distribution\neach: \"origins[*] as origin\"\nbind: { bucket: { follow: origin.domain, kind: s3-bucket } }\nrequire: { access: { who: { cloudfront: origin, website: { exists: origin.custom } }, may: s3:GetObject, on: \"{bucket.arn}/*\" } }" },
        { "valid", "resource: s3-bucket\nrequire: { denied: { who: root, may: s3:GetObject, on: \"{resource.arn}/*\" } }" },
        { "valid", "resource: s3-bucket\nrequire: { public: policy }" },
        { "valid", "resource: s3-bucket\nrequire: { any: [{ public: { policy: policy } }, { public: { policy: policy, block: ignored } }, { public: { policy: policy, block: refuses } }] }" },
        { "valid", "resource: s3-bucket\neach: \"policy.statements[*] as s\"\nrequire: { none: [{ dead: s }, { idle: s }, { dead: { statement: s, action: s3:PutObject, with: { s3:x-amz-acl: absent } } }] }" },
        { "valid", "resource: s3-bucket\nrequire: { access: { who: owner, may: s3:PutBucketPolicy, on: \"{resource.arn}\" } }" },
        { "broken", "resource: s3-bucket\nrequire: { public: { block: ignored } }" },
        { "broken", "resource: s3-bucket\nrequire: { public: { policy: policy, block: off } }" },
        { "broken", "resource: s3-bucket\neach: \"policy.statements[*] as s\"\nrequire: { dead: { action: s3:PutObject } }" },
        { "broken", "resource: s3-bucket\neach: \"policy.statements[*] as s\"\nrequire: { dead: { statement: s, action: \"s3:*\" } }" },
        { "valid", "resource: s3-bucket\neach: [\"policy.statements[*] as s\", \"s.principals[*] as p\"]\nwhere: { covers: { statement: s, action: s3:PutObject, on: \"{resource.arn}/*\" } }\nrequire: { denied: { who: { principal: p }, may: s3:PutObject, on: \"{resource.arn}/*\" } }" },
        { "valid", "examples: [{ bad: a, cloudformation: \"Resources: {}\" }, { good: b, terraform: { aws_s3_bucket.a: {} } }, { unknown: c, terraform: {} }]" },
        { "broken", "severty: error" },
        { "broken", "severity: high" },
        { "broken", "severity: [error]" },
        { "broken", "id: A_Rule" },
        { "broken", "id:" },
        { "broken", "title: [a]" },
        { "broken", "why:" },
        { "broken", "fix: \"\"" },
        { "broken", "message: { a: b }" },
        { "broken", "security-severity: 11" },
        { "broken", "security-severity: high" },
        { "broken", "tags: { a: b }" },
        { "broken", "links: [[a]]" },
        { "broken", "profile: strict" },
        { "broken", "profile: [all]" },
        { "broken", "standards: S3.8" },
        { "broken", "standards: { SecurityHub: [] }" },
        { "broken", "standards: { SecurityHub: { S3: 8 } }" },
        { "broken", "standards: { SecurityHub: }" },
        { "broken", "resource: []" },
        { "broken", "each: records" },
        { "broken", "each: { path: records }" },
        { "broken", "bind: [a]" },
        { "broken", "bind: { bucket: { folow: text, kind: s3-bucket } }" },
        { "broken", "bind: { bucket: { follow: text } }" },
        { "broken", "unknown: ignore" },
        { "broken", "at: { path: text }" },
        { "broken", "require:" },
        { "broken", "require: {}" },
        { "broken", "require: [{ text: a }]" },
        { "broken", "require: text" },
        { "broken", "where: {}" },
        { "broken", "require: { all: { text: a } }" },
        { "broken", "require: { any: [] }" },
        { "broken", "require: { not: text }" },
        { "broken", "require: { if: { text: a } }" },
        { "broken", "require: { then: { text: a } }" },
        { "broken", "require: { satisfies: { text: a } }" },
        { "broken", "require: { where: { text: a }, text: b }" },
        { "broken", "require: { some: \"records[*] as r\" }" },
        { "broken", "require: { some: \"records[*]\", satisfies: { text: a } }" },
        { "broken", "require: { some: \"records[*] as r\", no: \"records[*] as q\", satisfies: { text: a } }" },
        { "broken", "require: { exists: [text] }" },
        { "broken", "require: { exists: }" },
        { "broken", "require: { text: }" },
        { "broken", "require: { text: [] }" },
        { "broken", "require: { text: [[a]] }" },
        { "broken", "require: { text: {} }" },
        { "broken", "require: { text: { ignoreCase: true } }" },
        { "broken", "require: { text: { equals: a, ignoreCase: sometimes } }" },
        { "broken", "require: { text: { equal: a } }" },
        { "broken", "require: { text: { in: { a: b } } }" },
        { "broken", "require: { size: { less: many } }" },
        { "broken", "require: { size: { less: [1] } }" },
        { "broken", "require: { items: { length: { atLeast: 1 } } }" },
        { "broken", "require: { items: { length: {} } }" },
        { "broken", "require: { items: { empty: maybe } }" },
        { "broken", "require: { access: anonymous }" },
        { "broken", "require: { access: { may: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: everyone, may: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: { user: a }, may: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: { service: a, principal: b }, may: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: [anonymous], may: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: anonymous, may: \"s3:Get*\", on: \"{arn}\" } }" },
        { "broken", "require: { access: { who: anonymous, may: GetObject, on: \"{arn}\" } }" },
        { "reader", "require: { access: { who: anonymous, may: s3:GetObject, on: \"arn:aws:s3:::a\" } }" }, // a role may ask for it
        { "valid", "require: { access: { who: { role: text }, may: [s3:GetObject], on: \"arn:aws:s3:::a\", with: { a: \"{arn}\" } } }" },
        { "valid", "require: { access: { who: { service: \"{text}\", sourceArn: a, sourceAccount: \"{account}\" }, may: s3:GetObject, on: \"{arn}\", addedByAws: true } }" },
        { "broken", "require: { access: { who: { role: text }, may: [], on: \"{arn}\" } }" },
        { "broken", "bind: { b: { follow: text, kind: s3-bucket, inside: a } }" },
        { "valid", "parameters: { trusted: { default: [], about: x } }\nrequire: { text: { in: \"{parameters.trusted}\" } }" },
        { "broken", "parameters: { trusted: { about: x } }" },
        { "broken", "parameters: { trusted: [a] }" },
        { "valid", "bind: { b: { follow: text, kind: [s3-bucket, kms-key], inside: [\"a/{}\"] } }" },
        { "valid", "bind: { b: { follow: text, kind: s3-bucket, elsewhere: skip } }" },
        { "broken", "bind: { b: { follow: text, kind: s3-bucket, elsewhere: pass } }" },
        { "broken", "require: { access: { who: anonymous, may: s3:GetObject, on: \"bucket\" } }" },
        { "broken", "require: { access: { who: anonymous, may: s3:GetObject, on: \"{arn}\", with: { a: [b] } } }" },
        { "broken", "require: { access: { who: anonymous, may: s3:GetObject, on: \"{arn}\", if: { a: b } } }" },
        { "broken", "require: { covers: { action: s3:GetObject, on: \"{arn}\" } }" },
        { "broken", "require: { public: [policy] }" },
        { "valid", "resource: policy\neach: [\"policies[*] as p\", \"p.statements[*] as s\"]\nrequire: { not: { fault: { of: s, is: unknown-action } } }" },
        { "valid", "resource: policy\neach: \"policies[*] as p\"\nrequire: { not: { fault: { of: p, is: duplicate-sid } } }" },
        { "broken", "require: { fault: unknown-action }" },
        { "broken", "require: { fault: { is: unknown-action } }" },
        { "broken", "require: { fault: { of: p, is: unknown-acton } }" },
        { "broken", "require: { fault: { of: p, is: unknown-action, at: q } }" },
        { "reader", "require: { fault: { of: nobody, is: unknown-action } }" },
        { "reader", "resource: [policy, s3-bucket]\nrequire: { exists: address }" },
        { "broken", "examples: { bad: a }" },
        { "broken", "examples: [{ bad: a }]" },
        { "broken", "examples: [{ worse: a, cloudformation: b }]" },
        { "broken", "examples: [{ bad: a, good: b, cloudformation: c }]" },
        { "broken", "examples: [{ bad: a, cloudformation: { Resources: {} } }]" },
        { "broken", "examples: [{ bad: a, terraform: text }]" },
        { "reader", "id: another-name" },
        { "reader", "resource: s3-bukcet" },
        { "reader", "resource: [thing, AWS::EC2::VPC]" },
        { "reader", "require: { exsits: text }" },
        { "reader", "require: { exists: texd }" },
        { "reader", "message: \"{rescource.address}\"" },
        { "reader", "message: \"{resource.address\"" },
        { "reader", "each: \"record[*] as record\"" },
        { "reader", "each: \"records as record\"" },
        { "reader", "bind: { bucket: { follow: text, kind: s3-bukcet } }" },
        { "reader", "bind: { resource: { follow: text, kind: s3-bucket } }" },
        { "reader", "require: { text: { matches: \"(\" } }" },
        { "reader", "require: { text: { cidrWithin: everywhere } }" },
        { "reader", "require: { records: a }" },
        { "reader", "require: { items: a }" },
        { "reader", "require: { public: text }" },
        { "reader", "require: { access: { who: { principal: nobody }, may: s3:GetObject, on: \"{arn}\" } }" },
        { "reader", "at: nothing" },
    };

    public static TheoryData<string, string> KindTable => new()
    {
        { "valid", "kind: a\ncloudformation: A::B::C" },
        { "valid", "kind: a\nterraform: [x_y, x_z]\nidentity: { name: { terraform: [id, name], given: { terraform: name }, charset: bucket }, arn: { is: \"arn:{name}\" } }" },
        { "valid", "kind: a\nterraform: x_y\nfields: { f: { terraform: [\"x_z(y)[0].p\", \"q[0].r\"], default: 1 }, g: { as: policy, terraform: p }, h: { terraform: h, default: { created: x } } }".Replace("x_z(y)[0].p", "x_z(y).p", StringComparison.Ordinal) },
        { "valid", "kind: a\nterraform: x_y\nfields: { f: { each: { terraform: \"b[*]\" }, fields: { g: { terraform: c } } } }" },
        { "broken", "kind: a" },
        { "broken", "cloudformation: A::B::C" },
        { "broken", "kind: a\ncloudformation: { a: b }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfeilds: {}" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: [f]" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: Path }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: {} }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformaton: Path } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformation: P, as: list } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformation: P, default: { since: x } } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformation: P, default: [x] } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformation: P, fields: { g: { cloudformation: Q } } } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nfields: { f: { each: { cloudformation: P } } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nidentity: { name: Ref }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nidentity: { name: { cloudformation: Ref, charset: latin } }" },
        { "broken", "kind: a\ncloudformation: A::B::C\nidentity: { name: { cloudformation: Ref, given: { arm: x } } }" },
        { "reader", "kind: a\ncloudformation: A::B::C\nfields: { f: { cloudformation: \"P[x]\" } }" },
        { "reader", "kind: a\ncloudformation: A::B::C\nidentity: { arn: { is: \"arn:{nmae}\" } }" },
        { "reader", "kind: a\ncloudformation: A::B::C\nfields: { address: { cloudformation: P } }" },
        { "reader", "kind: s3-bucket\ncloudformation: A::B::C" },
        { "reader", "kind: a\ncloudformation: AWS::S3::Bucket" },
    };

    [Theory, MemberData(nameof(ShippedFiles))]
    public void Every_shipped_rule_and_kind_fits_its_schema(string path)
    {
        var file = RuleFile.Shipped().Single(f => f.Path == path);
        foreach (var root in YamlReader.Read(path, file.Text, [])) Assert.Empty(Errors(file.IsKind ? KindSchema : RuleSchema, root));
    }

    [Theory, MemberData(nameof(RuleTable))]
    public void Schema_and_reader_agree_on_rules(string expected, string lines)
    {
        var text = RuleText.With(lines);
        var problems = RuleText.ProblemsOf(text);
        var errors = Errors(RuleSchema, YamlReader.Read("a", text, []).Single());
        AssertAgreement(expected, problems, errors);
    }

    [Theory, MemberData(nameof(KindTable))]
    public void Schema_and_reader_agree_on_kinds(string expected, string text)
    {
        var problems = new List<Problem>();
        RuleSetReader.Read([.. RuleFile.Shipped().Where(f => f.IsKind), new RuleFile("rules/kinds/own.yaml", text)], problems);
        AssertAgreement(expected, [.. problems.Select(p => p.Message)], Errors(KindSchema, YamlReader.Read("a", text, []).Single()));
    }

    private static void AssertAgreement(string expected, ImmutableArray<string> problems, IReadOnlyCollection<string> errors)
    {
        if (expected == "valid") Assert.Empty(problems);
        else Assert.NotEmpty(problems);
        if (expected == "broken") Assert.NotEmpty(errors);
        else Assert.Empty(errors);
    }

    [Fact]
    public void The_schemas_words_are_the_readers()
    {
        Assert.Equal(CheckReader.CheckWords.Order(), RuleSchema.Definitions["check"].Properties.Keys.Order());
        var comparison = RuleSchema.Definitions["comparison"].AnyOf.Single(s => s.Properties.Count > 0);
        Assert.Equal(ComparisonReader.ComparisonWords.Order(), comparison.Properties.Keys.Order());
        Assert.Equal(FaultKinds.Words, RuleSchema.Definitions["check"].Properties["fault"].Properties["is"].Enumeration.Select(e => (string)e!).Order(StringComparer.Ordinal));
        var who = RuleSchema.Definitions["access"].Properties["who"].AnyOf;
        Assert.Equal(AccessReader.Callers.Order(), who.SelectMany(w => w.Enumeration.Select(e => (string)e!).Concat(w.RequiredProperties)).Order());
        Assert.Equal(Enum.GetNames<Severity>().Select(n => n.ToLowerInvariant()).Order(), RuleSchema.Properties["severity"].Enumeration.Select(e => (string)e!).Order());
        Assert.Equal(Enum.GetNames<Profile>().Select(n => n.ToLowerInvariant()).Order(), RuleSchema.Properties["profile"].Enumeration.Select(e => (string)e!).Order());
        Assert.Equal(Charset.ByName.Keys.Order(), KindSchema.Definitions["identity"].Properties["charset"].Enumeration.Select(e => (string)e!).Order());
    }

    [Fact]
    public void The_schemas_words_for_a_rule_are_those_that_the_reader_expects()
    {
        var told = Assert.Single(RuleText.ProblemsOf(RuleText.With("zzz: 1")));
        var words = RuleSchema.Properties.Keys.Order(StringComparer.Ordinal).Select(w => $"`{w}`").ToList();
        Assert.EndsWith($"unknown word `zzz` in a rule, expected {string.Join(", ", words[..^1])} or {words[^1]}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_of_the_schemas_is_described()
    {
        foreach (var schema in new[] { RuleSchema, KindSchema })
            foreach (var (name, property) in schema.Properties.Concat(schema.Definitions.Values.SelectMany(d => d.Properties)))
                Assert.False(string.IsNullOrEmpty(property.Description), $"`{name}` has no description");
    }

    private static JsonSchema Load(string name) => JsonSchema.FromFileAsync(Repository.Path($"rules/{name}")).GetAwaiter().GetResult();

    private static List<string> Errors(JsonSchema schema, Node root) => [.. schema.Validate(Json(root)).Select(e => e.ToString())];

    private static JToken Json(Node node) => node switch
    {
        Node.Map map => new JObject(map.Entries.Select(e => new JProperty(e.Key.Text, Json(e.Value)))),
        Node.List list => new JArray(list.Items.Select(Json)),
        Node.Scalar { Kind: ScalarKind.Null } => JValue.CreateNull(),
        Node.Scalar { Kind: ScalarKind.Bool } flag => new JValue(flag.Text is "true"),
        Node.Scalar { Kind: ScalarKind.Number } number => new JValue(decimal.Parse(number.Text, System.Globalization.CultureInfo.InvariantCulture)),
        Node.Scalar scalar => new JValue(scalar.Text),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
