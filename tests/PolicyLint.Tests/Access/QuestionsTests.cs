using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Strict answers, resources outside the input, and those without a policy (semantics 8.5).</summary>
public class QuestionsTests
{
    private const string Open = "PublicAccessBlockConfiguration: { RestrictPublicBuckets: false }";

    private static Asked Strict(Asked asked, bool saysNone = false) => asked with
    {
        Deployment = asked.Deployment with { Strict = true, ServiceControl = saysNone ? [] : default, ResourceControl = saysNone ? [] : default },
    };

    private static Asked Reader(string bucket = "") => Asked.Template(Asked.Bucket(bucket), Asked.Role("R", Asked.Allow("s3:GetObject")));

    [Fact]
    public void A_strict_answer_names_what_an_allowed_one_assumes()
    {
        var decision = Strict(Reader(Open)).May("R", "s3:GetObject", "B");
        Assert.Equal(Truth.Unknown, decision.Allowed);
        Assert.Equal(
            "it is allowed only if Block Public Access of the account and the organization is off, and if no service control policy outside the input denies it, and if no resource control policy outside the input denies it",
            decision.Reason);
        Assert.Equal(
            ["would be allowed if Block Public Access of the account and the organization is off and no service control policy outside the input denies it and no resource control policy outside the input denies it"],
            decision.Account.Changes.Select(c => c.ToString()));
    }

    [Fact]
    public void A_strict_answer_that_assumes_nothing_stays_allowed()
    {
        Assert.Equal(Truth.Yes, Strict(Reader(), saysNone: true).May("R", "s3:GetObject", "B").Allowed);
        Assert.Equal(Truth.Unknown, Strict(Reader(Open), saysNone: true).May("R", "s3:GetObject", "B").Allowed);
    }

    [Fact]
    public void A_strict_answer_that_is_denied_for_certain_stays_so() =>
        Assert.Equal(Truth.No, Strict(Reader()).May("R", "s3:PutObject", "B").Allowed);

    [Fact]
    public void A_strict_answer_does_not_take_a_service_s_values_for_granted()
    {
        var asked = Asked.Template(Asked.Bucket(
            "", Asked.Statement("Allow", "{ Service: cloudtrail.amazonaws.com }", "s3:*", "*"),
            Asked.Statement("Deny", "'*'", "s3:*", "*", "{ StringNotEquals: { aws:PrincipalAccount: '111122223333' } }")));
        Assert.Equal(Truth.No, asked.May("service:cloudtrail.amazonaws.com", "s3:PutObject", "B").Allowed);
        Assert.Equal(["`aws:PrincipalAccount` of cloudtrail.amazonaws.com is no customer's value"], asked.May("service:cloudtrail.amazonaws.com", "s3:PutObject", "B").Account.Assumptions.ToArray());
        Assert.Equal(
            (Truth.Unknown, "it is denied only if `aws:PrincipalAccount` of cloudtrail.amazonaws.com is no customer's value"),
            Strict(asked).Told("service:cloudtrail.amazonaws.com", "s3:PutObject", "B"));
    }

    [Fact]
    public void A_resource_outside_the_input_leaves_it_open()
    {
        Assert.Equal((Truth.Unknown, "arn:aws:s3:::other/x is not in the input, nor what its policy says"), Reader().Told("service:cloudtrail.amazonaws.com", "s3:PutObject", "arn:aws:s3:::other/x"));
        Assert.Equal(Truth.Unknown, Reader().May("R", "s3:GetObject", "arn:aws:s3:::other/x").Allowed);
    }

    [Fact]
    public void A_statement_that_applies_is_told_as_such_beside_what_is_not_known()
    {
        var decision = Asked.Template(Asked.Bucket("", Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:PutObject", "*"))).May("arn:aws:iam::444455556666:role/x", "s3:PutObject", "B");
        Assert.Equal((Truth.Unknown, "the policies of arn:aws:iam::444455556666:role/x are not in the input"), (decision.Allowed, decision.Reason));
        Assert.Equal(["statement 1 of `P` allows it"], decision.Trace.Select(t => t.Text));
    }

    [Fact]
    public void Who_is_excepted_by_half_is_told()
    {
        var asked = Asked.Template(
            Asked.Bucket("", Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", "s3:*", "*"), "{ Sid: Others, Effect: Deny, NotPrincipal: { AWS: [!GetAtt R.Arn] }, Action: 's3:*', Resource: '*' }"), Asked.Role("R"));
        Assert.Equal(
            (Truth.Unknown, "statement `Others` of `P` may deny it: whether it excepts arn:aws:iam::111122223333:role/R is not known here: that is sure only where its session, its role or user, and its account are all listed"),
            asked.Told("R", "s3:GetObject", "B"));
    }

    [Fact]
    public void A_role_s_own_Deny_reaches_what_is_outside() => Assert.Equal(
        Truth.No, Asked.Template(Asked.Role("R", "{ Effect: Deny, Action: 's3:*', Resource: '*' }")).May("R", "s3:GetObject", "arn:aws:s3:::other/x").Allowed);

    [Fact]
    public void A_queue_of_the_role_s_account_needs_only_the_role_s_policy_even_outside_the_input() => Assert.Equal(
        Truth.Yes, Asked.Template(Asked.Role("R", Asked.Allow("sqs:*"))).May("R", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs").Allowed);

    [Fact]
    public void Everybody_may_ask_who_they_are() => Assert.Equal(
        (Truth.Yes, "everybody who has credentials may ask who they are"), Asked.Template(Asked.Role("R")).Told("R", "sts:GetCallerIdentity", "arn:aws:iam::111122223333:role/x"));

    [Theory]
    [InlineData("Q: { Type: AWS::SQS::Queue, Properties: { QueueName: q } }", "AWS::SQS::QueuePolicy", "Queues", "sqs:SendMessage", "queue")]
    [InlineData("Q: { Type: AWS::SNS::Topic, Properties: { TopicName: q } }", "AWS::SNS::TopicPolicy", "Topics", "sns:Publish", "topic")]
    public void Queues_and_topics_let_in_whom_their_policy_names(string resource, string type, string link, string action, string name)
    {
        var policy = $"P: {{ Type: {type}, Properties: {{ {link}: [!Ref Q], PolicyDocument: {Asked.Policy(Asked.Statement("Allow", "{ Service: s3.amazonaws.com }", action, "*"))} }} }}";
        Assert.Equal((Truth.Yes, "statement 1 of `P` allows it"), Asked.Template(resource, policy).Told("service:s3.amazonaws.com", action, "Q"));
        Assert.Equal(Truth.No, Asked.Template(resource, policy).May("service:events.amazonaws.com", action, "Q").Allowed);
        Assert.Equal((Truth.No, $"the {name} policy does not exist, so nothing lets s3.amazonaws.com in"), Asked.Template(resource).Told("service:s3.amazonaws.com", action, "Q"));
    }

    [Fact]
    public void Branches_of_a_condition_must_agree()
    {
        var asked = Asked.TemplateUnder(
            "Parameters: { Env: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Env, prod] }",
            Asked.Bucket(""), Asked.Role("R", $"!If [IsProd, {Asked.Allow("s3:GetObject")}, {Asked.Allow("s3:PutObject")}]"));
        var (allowed, reason) = asked.Told("R", "s3:GetObject", "B");
        Assert.Equal(Truth.Unknown, allowed);
        Assert.Equal("no statement of the policies of `R` allows s3:GetObject to arn:aws:iam::111122223333:role/R, when Env is not `prod`", reason);
    }
}
