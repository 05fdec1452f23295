namespace PolicyLint.Tests.Rules;

public sealed class JudgeTests
{
    private static string Conditional(string resources) => $$"""
        Parameters: { Stage: { Type: String }, Other: { Type: String } }
        Conditions: { IsProd: !Equals [!Ref Stage, prod], IsDev: !Not [Condition: IsProd], IsOther: !Equals [!Ref Other, x] }
        Resources:
        {{resources}}
        """;

    [Theory]
    [InlineData("!If [IsProd, a, b]", "a", "unknown: cannot tell for It whether things are right: `text` is `b`, when Stage is not `prod`")]
    [InlineData("!If [IsProd, a, b]", "[a, b]", "pass")]
    [InlineData("!If [IsProd, b, c]", "a", "fail: it is wrong: `text` is `b`")]
    [InlineData("!If [IsProd, !If [IsProd, a, b], a]", "a", "pass")]
    [InlineData("!If [IsProd, !If [IsDev, b, a], a]", "a", "pass")]
    [InlineData("!If [IsProd, a, !If [IsOther, a, b]]", "a", "unknown: cannot tell for It whether things are right: `text` is `b`, when Other is not `x` and Stage is not `prod`")]
    public void Scenarios_that_agree_are_certain_and_others_name_what_they_depend_on(string text, string wanted, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(RuleText.With($"require: {{ text: {wanted} }}"), Conditional($"  It: {{ Type: AWS::Test::Thing, Properties: {{ Text: {text} }} }}")));

    [Fact]
    public void Conditions_of_one_parameter_are_judged_together() => Assert.Equal("pass", RuleText.Verdict(
        RuleText.With("require: { text: \"{other}\" }"),
        Conditional("  It: { Type: AWS::Test::Thing, Properties: { Text: !If [IsProd, a, b], Other: !If [IsDev, b, a] } }")));

    [Fact]
    public void A_resource_is_judged_only_where_it_exists() => Assert.Equal("fail: it is wrong: `text` is `b`", RuleText.Verdict(
        RuleText.With("require: { text: a }"),
        Conditional("  It: { Type: AWS::Test::Thing, Condition: IsProd, Properties: { Text: !If [IsProd, b, a] } }")));

    /// <summary>The bucket exists under `IsProd` alone, so that its policy is there whenever it is, or never.</summary>
    [Theory]
    [InlineData("IsProd", "pass")]
    [InlineData("IsDev", "fail")]
    [InlineData("IsOther", "unknown")]
    public void A_companion_may_stand_under_a_condition(string condition, string expected) => Assert.Equal(expected, RuleText.Verdict(
        RuleText.With("resource: s3-bucket\nrequire: { exists: policy }"),
        Conditional($$"""
          It: { Type: AWS::S3::Bucket, Condition: IsProd, Properties: { BucketName: files } }
          Policy: { Type: AWS::S3::BucketPolicy, Condition: {{condition}}, Properties: { Bucket: files, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*" }] } } }
        """)).Split(':')[0]);

    /// <summary>What an unknown does is decided last: a rule that counts it as a failure does not fail where every scenario passes.</summary>
    [Theory]
    [InlineData("!If [IsProd, a, b]", "[a, b]", "pass")]
    [InlineData("!If [IsProd, a, b]", "a", "fail")]
    [InlineData("!Ref Stage", "a", "fail")]
    public void An_unknown_may_count_as_a_failure(string text, string wanted, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(RuleText.With($"unknown: fail\nrequire: {{ text: {wanted} }}"), Conditional($"  It: {{ Type: AWS::Test::Thing, Properties: {{ Text: {text} }} }}")).Split(':')[0]);

    [Fact]
    public void A_rule_that_does_not_apply_says_nothing() =>
        Assert.Equal("none", RuleText.Verdict(RuleText.With("where: { text: z }\nrequire: { text: a }"), RuleText.Thing("Text: b")));

    [Fact]
    public void A_rule_that_may_not_apply_is_unknown_only_where_it_does_not_hold()
    {
        Assert.Equal("unknown", RuleText.WordFor(RuleText.With("where: { other: z }\nrequire: { text: a }"), "Text: b, Other: !Ref P"));
        Assert.Equal("pass", RuleText.WordFor(RuleText.With("where: { other: z }\nrequire: { text: a }"), "Text: a, Other: !Ref P"));
    }

    [Theory]
    [InlineData("Partner: !Ref Files", "pass")]
    [InlineData("Partner: !GetAtt Files.Arn", "pass")]
    [InlineData("Partner: !GetAtt Files.RegionalDomainName", "pass")]
    [InlineData("Partner: elsewhere.s3.amazonaws.com", "unknown")] // a bucket's domain, and no bucket of the input
    [InlineData("Partner: example.com", "none")]
    [InlineData("Partner: !Ref P", "unknown")]
    [InlineData("", "none")]
    public void A_text_binds_the_resource_that_it_names(string properties, string expected) => Assert.Equal(expected, RuleText.Verdict(
        RuleText.With("bind: { bucket: { follow: partner, kind: s3-bucket } }\nrequire: { bucket.ownership: BucketOwnerEnforced }"),
        RuleText.Thing(properties) + "\n  Files: { Type: AWS::S3::Bucket }\n").Split(':')[0]);

    [Theory]
    [InlineData("resource.CidrBlock: { cidrWithin: 10.0.0.0/8 }", "pass")]
    [InlineData("resource.CidrBlock: 10.0.0.0/8", "fail")]
    [InlineData("exists: CidrBlock", "pass")]
    [InlineData("missing: InstanceTenancy", "pass")]
    [InlineData("resource.type: AWS::EC2::VPC", "pass")]
    [InlineData("resource.properties.type: ingress", "pass")]
    [InlineData("some: \"Tags[*] as tag\", where: { tag.Key: owner }, satisfies: { tag.Value: { empty: false } }", "pass")]
    [InlineData("some: \"Tags[*] as tag\", satisfies: { tag.Key: cost }", "fail")]
    [InlineData("\"resource.Tags[*].Key\": { in: [owner, stage] }", "pass")]
    [InlineData("\"resource.Tags[*].Key\": owner", "fail")]
    [InlineData("resource.Tags: { length: 2 }", "pass")]
    [InlineData("every: \"Tags[*] as tag\", satisfies: { some: \"tag.Nested[*] as inner\", satisfies: { inner.A: 1 } }", "fail")]
    public void Raw_types_are_asked_by_their_properties(string require, string expected) => Assert.Equal(expected, RuleText.Verdict(
        RuleText.With($"resource: AWS::EC2::VPC\nmessage: \"{{resource.address}} {{reason}}\"\nrequire: {{ {require} }}"),
        """
        Resources:
          Net: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16, type: ingress, Tags: [{ Key: owner, Value: us, Nested: [{ A: 1 }] }, { Key: stage, Value: prod }] } }
        """).Split(':')[0]);

    [Theory]
    [InlineData("", "!Ref Items", "unknown")]
    [InlineData("unread: report\n", "!Ref Items", "unknown")]
    [InlineData("unread: skip\n", "!Ref Items", "none")]
    [InlineData("unread: skip\n", "[a, b]", "fail")]
    [InlineData("unread: skip\n", "[a, !Ref Item]", "unknown")]
    public void Elements_that_cannot_be_read_may_be_left_to_another_rule(string unread, string items, string expected) => Assert.Equal(expected, RuleText.Verdict(
        RuleText.With($"each: \"items[*] as item\"\n{unread}require: {{ item: a }}"),
        $"Parameters: {{ Items: {{ Type: CommaDelimitedList }}, Item: {{ Type: String }} }}\nResources:\n  It: {{ Type: AWS::Test::Thing, Properties: {{ Items: {items} }} }}\n").Split(':')[0]);
}
