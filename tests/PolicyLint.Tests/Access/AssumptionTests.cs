using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What a certain answer takes to be so (semantics 8.5).</summary>
public class AssumptionTests
{
    private static string[] Assumed(Asked asked, string who, string action)
    {
        var decision = (asked with { Deployment = asked.Deployment with { ServiceControl = [], ResourceControl = [] } }).May(who, action, "B");
        Assert.Equal((Truth.Yes, decision.Reason), (decision.Allowed, decision.Reason));
        return [.. decision.Account.Assumptions];
    }

    private static Asked With(params string[] statements) => Asked.Template(Asked.Bucket("", statements), Asked.Role("R"));

    private static string Allow(string action, string condition = "{}") => Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", action, "*", condition);

    [Fact]
    public void A_request_is_made_so_that_an_Allow_s_condition_holds() => Assert.Equal(
        ["the request is made so that `StringEquals s3:x-amz-acl bucket-owner-full-control` holds"],
        Assumed(With(Allow("s3:PutObject", "{ StringEquals: { s3:x-amz-acl: bucket-owner-full-control } }")), "R", "s3:PutObject"));

    [Fact]
    public void A_request_is_made_so_that_a_Deny_s_condition_does_not_hold() => Assert.Equal(
        ["the request is made so that `Bool aws:SecureTransport false` does not hold"],
        Assumed(With(Allow("s3:GetObject"), Asked.Statement("Deny", "'*'", "s3:*", "*", "{ Bool: { aws:SecureTransport: false } }")), "R", "s3:GetObject"));

    [Fact]
    public void A_Deny_that_does_not_concern_the_request_makes_nothing_assumed() => Assert.Equal(
        [], Assumed(With(Allow("s3:GetObject"), Asked.Statement("Deny", "'*'", "s3:PutObject", "*", "{ Bool: { aws:SecureTransport: false } }")), "R", "s3:GetObject"));

    [Fact]
    public void An_Allow_that_does_not_apply_makes_nothing_assumed() => Assert.Equal(
        [], Assumed(With(Allow("s3:GetObject"), Allow("s3:PutObject", "{ StringEquals: { s3:x-amz-acl: private } }")), "R", "s3:GetObject"));

    [Fact]
    public void What_a_person_says_of_the_request_is_not_assumed()
    {
        var asked = With(Allow("s3:PutObject", "{ StringEquals: { s3:x-amz-acl: private } }"));
        asked = asked with { Deployment = asked.Deployment with { ServiceControl = [], ResourceControl = [] } };
        Assert.Equal([], asked.May(new Inquiry("R", "s3:PutObject", "B") { Context = [new GivenKey("s3:x-amz-acl", "private")] }).Account.Assumptions.ToArray());
        Assert.Equal(Truth.No, asked.May(new Inquiry("R", "s3:PutObject", "B") { Without = ["s3:x-amz-acl"] }).Allowed);
    }

    [Fact]
    public void Where_Block_Public_Access_of_the_bucket_is_off_that_of_the_account_is_assumed_off_too() => Assert.Equal(
        ["Block Public Access of the account and the organization is off"],
        Assumed(Asked.Template(Asked.Bucket("PublicAccessBlockConfiguration: { BlockPublicAcls: false }", Asked.Statement("Allow", "'*'", "s3:GetObject", "*"))), "anonymous", "s3:GetObject"));

    [Fact]
    public void Services_are_not_under_service_control() => Assert.Equal(
        ["no resource control policy outside the input denies it"],
        Asked.Template(Asked.Bucket("", Asked.Statement("Allow", "{ Service: cloudtrail.amazonaws.com }", "s3:PutObject", "*"))).May("service:cloudtrail.amazonaws.com", "s3:PutObject", "B").Account.Assumptions.ToArray());
}
