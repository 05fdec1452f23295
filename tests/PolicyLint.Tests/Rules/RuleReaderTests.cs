using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

public sealed class RuleReaderTests
{
    private static readonly (string Short, string Long)[] Lists =
    [
        ("KINDS", Words.OneOf(RuleText.KindNames)),
        ("CHECKS", "`access`, `all`, `any`, `covers`, `dead`, `denied`, `every`, `exists`, `fault`, `idle`, `if`, `missing`, `no`, `none`, `not`, `plain`, `public`, `satisfies`, `some`, `then`, `unknown` or `where`"),
        ("COMPARISONS", "`cidrWithin`, `contains`, `empty`, `endsWith`, `equals`, `greater`, `greaterOrEqual`, `ignoreCase`, `in`, `intersects`, `length`, `less`, `lessOrEqual`, `like`, `matches`, `not`, `startsWith` or `subsetOf`"),
        ("FIELDS-OF-RESOURCE", "`account`, `address`, `arn`, `called`, `items`, `mode`, `name`, `other`, `partition`, `partner`, `policy`, `records`, `region`, `size`, `text`, `type` or `via`"),
        ("FIELDS", "`account`, `address`, `arn`, `called`, `items`, `mode`, `name`, `other`, `partition`, `partner`, `policy`, `records`, `region`, `resource`, `size`, `text`, `type` or `via`"),
    ];

    /// <summary>Lines of a rule about things, which begin on line 7 or 8, with every problem: place, message and help.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "severty: error", "8:1 unknown word `severty` in a rule, expected `at`, `bind`, `covered-by`, `each`, `examples`, `fix`, `id`, `links`, `message`, `parameters`, `profile`, `require`, `resource`, `security-severity`, `severity`, `standards`, `tags`, `title`, `unknown`, `unread`, `where` or `why` | did you mean `severity`?" },
        { "resource: s3-bukcet\nrequire: { s3: x, exists: resource.whatever }", "6:11 unknown kind `s3-bukcet`, expected KINDS, or a type such as `AWS::S3::Bucket` or `aws_s3_bucket` | did you mean `s3-bucket`?" },
        { "resource: [thing, s3_bucket]", "7:19 unknown kind `s3_bucket`, expected KINDS, or a type such as `AWS::S3::Bucket` or `aws_s3_bucket` | did you mean `s3-bucket`?" },
        { "resource: [thing, AWS::EC2::VPC]", "1:1 a rule is about kinds or about raw types, not both | write two rules" },
        { "id: Bad_Id", "7:5 `Bad_Id` is not kebab-case | use lower-case letters, digits and `-`\n7:5 the id `Bad_Id` differs from the file's name `a-rule` | rename the file to `Bad_Id.yaml`" },
        { "id: other-rule", "7:5 the id `other-rule` differs from the file's name `a-rule` | rename the file to `other-rule.yaml`" },
        { "severity: hihg", "8:11 unknown word `hihg` in `severity`, expected `error`, `note` or `warning`" },
        { "security-severity: 10.5", "8:20 `security-severity` must be a number from 0.0 to 10.0, found `10.5`" },
        { "each: \"record[*] as r\"", "8:7 unknown field `record` in `record[*]`, expected FIELDS | did you mean `records`?" },
        { "each: \"records as r\"", "8:7 `records` is a list | take its items with `records[*]`" },
        { "each: \"items as i\"", "8:7 `items` is a list | take its items with `items[*]`" },
        { "each: \"records[*] as resource\"", "8:7 the name `resource` is taken | choose another" },
        { "each: \"records[*]\"", "8:7 the items need a path and a name | write `PATH[*] as NAME`" },
        { "each: \"resource[*] as r\"", "8:7 `resource` is one thing, not a list | leave out `[*]`" },
        { "bind: { b: { follow: partner, kind: s3-bukcet } }\nrequire: { exists: b.policy }", "7:37 unknown kind `s3-bukcet`, expected KINDS | did you mean `s3-bucket`?" },
        { "bind: { b: { follow: policy, kind: s3-bucket } }", "8:22 `policy` is not one value | go on to one of its fields" },
        { "bind: { b: { follow: records, kind: s3-bucket } }", "8:22 `records` is not one value | take its items with `each: PATH[*] as NAME`" },
        { "bind: { resource: { follow: partner, kind: s3-bucket } }", "8:9 the name `resource` is taken | choose another" },
        { "bind: { b: partner }", "8:12 `b` must be a map | write `{ follow: PATH, kind: KIND }`" },
        { "require: { exists: resource.texd }", "7:20 unknown field `texd` in `resource.texd`, expected FIELDS-OF-RESOURCE | did you mean `text`?" },
        { "require: { exists: records.port }", "7:20 `records.port` goes on after a list | take its items with `records[*]`" },
        { "require: { exists: text.more }", "7:20 unknown field `more` in `text.more`, expected no field after it" },
        { "require: { exsits: text }", "7:12 unknown word `exsits` in a check, expected one of CHECKS, or a path that begins with `resource` | did you mean `exists`?" },
        { "require: { text: { matchs: a } }", "7:20 unknown comparison `matchs`, expected COMPARISONS | did you mean `matches`?" },
        { "require: { text: { matches: \"(?=a)b\" } }", "7:29 `(?=a)b` uses lookarounds, backreferences or atomic groups, which are not there | so no pattern can run away; combine `matches` with `not: { matches: … }` instead" },
        { "require: { text: { matches: \"(a\" } }", "7:29 `(a` is no regular expression: Invalid pattern '(a' at offset 2. Not enough )'s" },
        { "require: { records: 5 }", "7:12 `records` is not a value that can be compared | ask for its `length`, or for its items with `some:`, `every:` or `no:`" },
        { "require: { items: a }", "7:12 `items` is a list, which `contains`, `empty`, `intersects`, `length` or `subsetOf` compare | compare its items with `items[*]`, or write `contains`" },
        { "require: { items: { not: a } }", "7:12 `items` is a list, which `contains`, `empty`, `intersects`, `length` or `subsetOf` compare | compare its items with `items[*]`, or write `contains`" },
        { "require: { text: }", "7:18 a value or a list of values is needed here | for what is not set write `missing: PATH`, for the empty text `\"\"`" },
        { "require: {}", "7:10 a check is needed here: an empty one checks nothing | write `PATH: VALUE`" },
        { "require: { text: { ignoreCase: true } }", "7:18 a comparison is needed here | one of COMPARISONS" },
        { "require: { text: { empty: perhaps } }", "7:27 `empty` must be `true` or `false`" },
        { "require: { size: { less: many } }", "7:26 a number is needed here" },
        { "require: { text: { cidrWithin: 10.0.0.0/40 } }", "7:32 `10.0.0.0/40` is no network | write `10.0.0.0/8`" },
        { "require: { if: { text: a } }", "7:12 `if` needs `then` beside it | add `then:`" },
        { "require: { satisfies: { text: a }, then: { text: b } }", "7:12 `satisfies` stands alone | put `some:`, `every:` or `no:` beside it\n7:36 `then` stands alone | put `if:` beside it" },
        { "require: { some: \"records[*] as r\", every: \"records[*] as q\", satisfies: { text: a } }", "7:37 `every` stands beside another quantifier | write `all:` with one map for each" },
        { "require: { unknown: }", "7:21 `unknown` needs the reason why nobody can tell | write it as people shall read it, lower case and without a full stop" },
        { "require: { public: text }", "7:20 `text` is no policy | name a field of a kind that is `as: policy`" },
        { "require: { access: { who: everybody, may: s3:GetObject, on: \"{arn}\" } }", "7:27 unknown caller `everybody` in `who`, expected `anonymous`, `cloudfront`, `owner`, `principal`, `role`, `root`, `service` or `stranger`" },
        { "require: { access: { who: { pricipal: p }, may: s3:GetObject, on: \"{arn}\" } }", "7:29 unknown caller `pricipal` in `who`, expected `anonymous`, `cloudfront`, `owner`, `principal`, `role`, `root`, `service` or `stranger` | did you mean `principal`?" },
        { "require: { access: { who: { principal: recods }, may: s3:GetObject, on: \"{arn}\" } }", "7:40 `recods` is not a principal of this rule" },
        { "require: { access: { who: { cloudfront: resource }, may: s3:GetObject, on: \"{arn}\" } }", "7:41 `resource` is not an origin of this rule | name it with `each: PATH[*] as NAME`" },
        { "require: { access: { who: anonymous, may: \"s3:*\", on: \"{arn}\" } }", "7:43 `s3:*` is not one action | write it as `service:Name`, without wildcards" },
        { "require: { access: { who: anonymous, may: s3:GetObject, on: \"arn:aws:s3:::b\" } }", "7:61 `on` must begin with a resource's ARN, found `arn:aws:s3:::b` | write `{bucket.arn}/*`" },
        { "each: \"records[*] as r\"\nrequire: { access: { who: anonymous, may: s3:GetObject, on: \"{r.cidr}\" } }", "8:61 `on` must begin with a resource's ARN, found `{r.cidr}` | write `{bucket.arn}/*`" },
        { "require: { idle: policy }", "7:18 `policy` is no statement | name one with `each: policy.statements[*] as NAME`" },
        { "require: { dead: { statement: policy } }", "7:31 `policy` is no statement | name one with `each: policy.statements[*] as NAME`" },
        { "require: { public: { policy: text } }", "7:30 `text` is no policy | name a field of a kind that is `as: policy`" },
        { "require: { covers: { statement: policy, action: \"s3:*\", on: \"{arn}\" } }", "7:33 `policy` is no statement | name one with `each: policy.statements[*] as NAME`\n7:49 `s3:*` is not one action | write it as `service:Name`, without wildcards" },
        { "message: \"{resorce.address} and {resource.addres}\"", "7:10 unknown field `resorce` in `resorce.address`, expected FIELDS | did you mean `resource`?\n7:10 unknown field `addres` in `resource.addres`, expected FIELDS-OF-RESOURCE | did you mean `address`?" },
        { "message: \"{resource.address\"", "7:10 a `{` is not closed in `{resource.address` | write `{PATH}`" },
        { "at: [decision, texd]", "8:16 unknown field `texd` in `texd`, expected FIELDS | did you mean `text`?" },
        { "examples: [{ bad: a }, { worse: b, cloudformation: c }]", "8:12 an example needs `cloudformation` or `terraform`\n8:26 unknown word `worse` in an example, expected `account`, `bad`, `buckets`, `cloudformation`, `good`, `parameters`, `terraform` or `unknown`\n8:24 an example is one of `bad`, `good` and `unknown` | give it one title, such as `bad: the policy lists roles only`" },
        { "resource: AWS::EC2::VPC\nrequire: { anyof: [{ resource.CidrBlock: a }] }", "7:12 unknown word `anyof` in a check, expected one of CHECKS, or a path that begins with `resource` | did you mean `any`?" },
        { "resource: AWS::EC2::VPC\nrequire: { CidrBlock: a }", "7:12 unknown word `CidrBlock` in a check, expected one of CHECKS, or a path that begins with `resource` | a property of a raw type is `resource.CidrBlock`" },
        { "resource: AWS::EC2::VPC\nrequire: { \"resource.Cidr Block\": a }", "7:12 `Cidr Block` is no path into properties | write `Path.To.It` or `List[*].Field`" },
        { "unknown: ignore", "8:10 unknown word `ignore` in `unknown`, expected `fail` or `report`" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void What_is_wrong_is_told_with_its_place_and_what_to_do(string lines, string problems)
    {
        foreach (var (name, list) in Lists) problems = problems.Replace(name, list, StringComparison.Ordinal);
        Assert.Equal(problems.Split('\n'), RuleText.ProblemsOf(RuleText.With(lines)));
    }

    [Fact]
    public void Every_word_that_is_missing_is_told()
    {
        Assert.Equal(
            (string[])[
                "1:1 a rule needs `title` | add `title:`", "1:1 a rule needs `why` | add `why:`", "1:1 a rule needs `fix` | add `fix:`",
                "1:1 a rule needs `resource` | add `resource:`", "1:1 a rule needs `message` | add `message:`", "1:1 a rule needs `require` | add `require:`",
            ],
            RuleText.ProblemsOf("id: a-rule\n"));
        Assert.Equal((string[])["1:1 a rule must be a map | begin with `id: NAME`"], RuleText.ProblemsOf("- id: a-rule\n"));
        Assert.Equal((string[])["1:1 a file of rules holds one rule | write one file a rule"], RuleText.ProblemsOf(""));
    }

    [Fact]
    public void One_id_is_for_one_rule()
    {
        var problems = new List<Problem>();
        var text = RuleText.With("require: { exists: resource.address }\nresource: s3-bucket");
        RuleSetReader.Read([.. RuleFile.Shipped().Where(f => f.IsKind), new RuleFile("a/a-rule.yaml", text), new RuleFile("b/a-rule.yaml", text)], problems);
        var problem = Assert.Single(problems);
        Assert.Equal(("b/a-rule.yaml:1:1", "the rule `a-rule` is there twice", "choose another id"), (problem.Location.ToString(), problem.Message, problem.Help));
        Assert.Equal("a/a-rule.yaml:1:1", problem.Related.ToString());
    }

    [Fact]
    public void Only_a_folder_called_kinds_holds_kinds()
    {
        Assert.True(new RuleFile("kinds/a.yaml", "").IsKind);
        Assert.True(new RuleFile("infra/rules/kinds/a.yaml", "").IsKind);
        Assert.False(new RuleFile("mankinds/a.yaml", "").IsKind);
        Assert.False(new RuleFile("rules/kinds.yaml", "").IsKind);
    }

    [Fact]
    public void All_that_a_rule_says_is_read()
    {
        var problems = new List<Problem>();
        var rule = RuleText.Read(RuleText.With("severity: warning\nsecurity-severity: 7\ntags: [a, b]\nlinks: [x]\nunknown: fail\nat: [decision, text]\neach: \"records[*] as r\""), problems).Named("a-rule")!;
        Assert.Empty(problems);
        Assert.Equal(("Things are right", Severity.Warning, "7.0", "because", "change it", true), (rule.Title, rule.Severity, rule.SecuritySeverity, rule.Why, rule.Fix, rule.UnknownFails));
        Assert.Equal("a b, x, thing, r, decision text", string.Join(", ", string.Join(' ', rule.Tags), rule.Links[0], rule.Resources[0], rule.Each[0].Name, string.Join(' ', rule.At.Select(p => p.Source))));
    }
}
