using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Service and resource control policies, given or of the input (semantics 2.1, 2.2, 8.5).</summary>
public class OrganizationTests
{
    private const string DenyS3 = """{ "Version": "2012-10-17", "Statement": [{ "Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] }""";
    private const string DenyForAll = """{ "Version": "2012-10-17", "Statement": [{ "Sid": "No", "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sns:*"], "Resource": "*" }] }""";
    private const string AllowSqs = """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }] }""";
    private const string AllowAll = """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }""";
    private static readonly string Delivery = Asked.Statement("Allow", "{ Service: cloudtrail.amazonaws.com }", "s3:PutObject", "*");

    private static readonly Asked Reader = Asked.Template(Asked.Bucket("", Delivery), Asked.Role("R", Asked.Allow("*")), "Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: t } }");

    private static ImmutableArray<ControlLevel> Levels(params string[] files) => [.. files.Select((text, i) => new ControlLevel($"level{i}", [Asked.InputOf($"level{i}.json", text)]))];

    private static Asked Under(Asked asked, ImmutableArray<ControlLevel> service, ImmutableArray<ControlLevel> resource = default) =>
        asked with { Deployment = asked.Deployment with { ServiceControl = service, ResourceControl = resource } };

    [Fact]
    public void A_level_that_only_denies_stands_beside_AWS_s_own_policy()
    {
        Assert.Equal((Truth.No, "statement `No` of `level0.json` denies it to arn:aws:iam::111122223333:role/R explicitly"), Under(Reader, Levels(DenyS3)).Told("R", "s3:GetObject", "B"));
        Assert.Equal(Truth.Yes, Under(Reader, Levels(DenyS3)).May("R", "sns:Publish", "Topic").Allowed);
    }

    [Fact]
    public void A_level_that_allows_some_things_denies_all_others()
    {
        Assert.Equal(
            (Truth.No, "no statement of the service control policies of level1 allows s3:GetObject to arn:aws:iam::111122223333:role/R"),
            Under(Reader, Levels(AllowAll, AllowSqs)).Told("R", "s3:GetObject", "B"));
        Assert.Equal(Truth.Yes, Under(Reader, Levels(AllowAll, AllowAll)).May("R", "s3:GetObject", "B").Allowed);
    }

    [Fact]
    public void Several_policies_of_one_level_allow_together()
    {
        var level = new ControlLevel("scps", [Asked.InputOf("a.json", AllowSqs), Asked.InputOf("b.json", AllowAll)]);
        Assert.Equal(Truth.Yes, Under(Reader, [level]).May("R", "s3:GetObject", "B").Allowed);
    }

    [Fact]
    public void Who_says_that_there_are_none_assumes_nothing()
    {
        Assert.Equal(
            ["no service control policy outside the input denies it", "no resource control policy outside the input denies it"], Reader.May("R", "s3:GetObject", "B").Account.Assumptions.ToArray());
        Assert.Equal([], Under(Reader, [], []).May("R", "s3:GetObject", "B").Account.Assumptions.ToArray());
    }

    [Fact]
    public void A_service_is_not_reached_by_service_control() =>
        Assert.Equal(Truth.Yes, Under(Reader, Levels(DenyS3)).May("service:cloudtrail.amazonaws.com", "s3:PutObject", "B").Allowed);

    [Fact]
    public void Resource_control_reaches_S3_and_perhaps_SNS()
    {
        var under = Under(Reader, default, Levels(DenyForAll));
        Assert.Equal((Truth.No, "statement `No` of `level0.json` denies it to arn:aws:iam::111122223333:role/R explicitly"), under.Told("R", "s3:GetObject", "B"));
        Assert.Equal(Truth.No, under.May("service:cloudtrail.amazonaws.com", "s3:PutObject", "B").Allowed);
        Assert.Equal(
            (Truth.Unknown, "statement `No` of `level0.json` may deny it: whether resource control policies reach sns is not known here: AWS adds to the services that they reach"),
            under.Told("R", "sns:Publish", "Topic"));
    }

    [Theory]
    [InlineData("""{ "Policy": { "PolicySummary": { "Id": "p-1", "Type": "SERVICE_CONTROL_POLICY" }, "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"No\",\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}" } }""")]
    [InlineData("""{ "Content": { "Version": "2012-10-17", "Statement": { "Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*" } } }""")]
    public void What_AWS_prints_of_a_policy_is_read(string file) => Assert.Equal(
        (Truth.No, "statement `No` of `level0.json` denies it to arn:aws:iam::111122223333:role/R explicitly"), Under(Reader, Levels(file)).Told("R", "s3:GetObject", "B"));

    [Theory]
    [InlineData("{ \"Statement\": [", "level0.json:1:17: broken JSON: the text ends inside a list or a map")]
    [InlineData("{\n  \"Statement\": [{ \"Effect\": \"deny\", \"Action\": \"s3:*\", \"Resource\": \"*\" }] }", "level0.json:2:29: unknown `Effect` `deny`, expected `Allow` or `Deny`")]
    [InlineData("{}", "level0.json:1:1: the policy has no `Statement`")]
    [InlineData("[]", "level0.json:1:1: a policy must be a map or a JSON text")]
    public void A_broken_file_is_told_at_its_place_and_leaves_it_open(string text, string problem)
    {
        var reply = Under(Reader, Levels(text)).Ask(new Inquiry("R", "s3:GetObject", "B"));
        Assert.Equal([problem], reply.Problems.Select(p => $"{p.Location}: {p.Message}"));
        Assert.Equal(Truth.Unknown, Assert.Single(reply.Answers).Decision.Allowed);
    }

    private static Asked Attached(string target, string type = "SERVICE_CONTROL_POLICY", string content = DenyS3) => Asked.TemplateUnder(
        "Parameters: { Any: { Type: String } }", Asked.Bucket("", Delivery), Asked.Role("R", Asked.Allow("*")), "Topic: { Type: AWS::SNS::Topic }",
        $"Scp: {{ Type: AWS::Organizations::Policy, Properties: {{ Name: scp, Type: {type}, TargetIds: [{target}], Content: {content} }} }}");

    [Theory]
    [InlineData("'111122223333'", Truth.No)]
    [InlineData("'444455556666'", Truth.Yes)]
    [InlineData("'444455556666', '111122223333'", Truth.No)]
    [InlineData("'r-ab12', '111122223333'", Truth.No)]
    [InlineData("r-ab12", Truth.Unknown)]
    [InlineData("ou-ab12-11111111", Truth.Unknown)]
    [InlineData("!Ref Any", Truth.Unknown)]
    public void A_policy_of_the_input_is_in_force_where_it_is_attached(string target, Truth expected)
    {
        Assert.Equal(expected, Attached(target).May("R", "s3:GetObject", "B").Allowed);
        Assert.Equal(Truth.Yes, Attached(target).May("R", "sns:Publish", "Topic").Allowed);
    }

    [Fact]
    public void What_a_root_holds_is_not_known()
    {
        var decision = Attached("r-ab12").May("R", "s3:GetObject", "B");
        Assert.Equal("statement `No` of `Scp` may deny it: whether `Scp`, which is attached to `r-ab12`, is in force for account 111122223333 is not known here", decision.Reason);
    }

    [Fact]
    public void An_account_that_nobody_told_may_be_the_one() => Assert.Equal(
        Truth.Unknown, (Attached("'111122223333'") with { Deployment = Deployment.Unsaid }).May("R", "s3:GetObject", "B").Allowed);

    [Theory]
    [InlineData("R", "s3:GetObject", "B", Truth.No)]
    [InlineData("service:cloudtrail.amazonaws.com", "s3:PutObject", "B", Truth.No)]
    [InlineData("R", "sns:Publish", "Topic", Truth.Unknown)]
    public void A_resource_control_policy_of_the_input_reaches_everyone(string who, string action, string on, Truth expected) =>
        Assert.Equal(expected, Attached("'111122223333'", "RESOURCE_CONTROL_POLICY", DenyForAll).May(who, action, on).Allowed);

    [Fact]
    public void What_a_policy_of_the_input_allows_restricts_nothing_for_AWS_s_own_stays_attached() =>
        Assert.Equal(Truth.Yes, Attached("'111122223333'", content: AllowSqs).May("R", "s3:GetObject", "B").Allowed);

    [Fact]
    public void A_plan_attaches_by_a_resource_of_its_own() => Assert.Equal(
        Truth.No, Asked.Plan(
            "aws_s3_bucket.b: { bucket: b }",
            $"aws_iam_role.r: {{ name: r, inline_policy: [{{ name: own, policy: !json {Asked.Policy(Asked.Allow("*"))} }}] }}",
            $"aws_organizations_policy.p: {{ name: p, content: !json {DenyS3} }}",
            "aws_organizations_policy_attachment.a: { policy_id: !reference aws_organizations_policy.p.id, target_id: '111122223333' }").May("aws_iam_role.r", "s3:GetObject", "aws_s3_bucket.b").Allowed);
}
