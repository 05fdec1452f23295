using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Which keys a request has whatever its maker chooses (semantics 1.9, 8.6 rule 4).</summary>
public class RequestContextTests
{
    private static Truth May(string who, string condition)
    {
        var asked = Asked.Template(
            Asked.Bucket("", Asked.Statement("Allow", "{ AWS: [!GetAtt R.Arn, !GetAtt U.Arn] }", "s3:GetObject", "*", condition)),
            Asked.Role("R"), "U: { Type: AWS::IAM::User, Properties: { UserName: u } }");
        return asked.May(who, "s3:GetObject", "B").Allowed;
    }

    [Theory]
    [InlineData("R", "{ StringEquals: { aws:PrincipalOrgID: o-1 } }", Truth.Unknown)]
    [InlineData("U", "{ StringEquals: { aws:PrincipalOrgID: o-1 } }", Truth.Unknown)]
    [InlineData("R", "{ 'ForAnyValue:StringLike': { aws:PrincipalOrgPaths: 'o-1/*' } }", Truth.Unknown)]
    [InlineData("R", "{ StringEquals: { aws:PrincipalAccount: '111122223333' } }", Truth.Yes)]
    [InlineData("R", "{ StringEquals: { aws:PrincipalAccount: '444455556666' } }", Truth.No)]
    public void Nobody_chooses_the_organization_or_account_that_it_is_of(string who, string condition, Truth expected) => Assert.Equal(expected, May(who, condition));

    [Theory]
    [InlineData("R", "{ StringEquals: { aws:username: u } }", Truth.No)]
    [InlineData("U", "{ StringEquals: { aws:username: u } }", Truth.Yes)]
    [InlineData("U", "{ StringEquals: { aws:username: v } }", Truth.No)]
    [InlineData("R", "{ 'Null': { aws:username: true } }", Truth.Yes)]
    public void Only_users_have_a_user_s_name_and_it_is_their_own(string who, string condition, Truth expected) => Assert.Equal(expected, May(who, condition));

    [Theory]
    [InlineData("R", "{ IpAddress: { aws:SourceIp: 203.0.113.0/24 } }", Truth.Yes)]
    [InlineData("R", "{ Bool: { aws:SecureTransport: true } }", Truth.Yes)]
    [InlineData("R", "{ Bool: { aws:PrincipalIsAWSService: true } }", Truth.No)]
    [InlineData("R", "{ StringEquals: { aws:SourceAccount: '111122223333' } }", Truth.No)]
    public void What_a_caller_can_choose_it_chooses_so_that_it_gets_in(string who, string condition, Truth expected) => Assert.Equal(expected, May(who, condition));

    [Fact]
    public void A_federated_user_s_session_policy_is_not_known_here() => Assert.Equal(
        Truth.Unknown, Asked.Template(Asked.Bucket("")).May("arn:aws:sts::111122223333:federated-user/x", "s3:GetObject", "B").Allowed);

    [Fact]
    public void That_no_session_policy_limits_a_session_is_assumed()
    {
        var asked = Asked.Template(Asked.Bucket(""), Asked.Role("R", Asked.Allow("s3:GetObject")));
        Assert.Contains(asked.May("arn:aws:sts::111122223333:assumed-role/R/s", "s3:GetObject", "B").Account.Assumptions, a => a.Contains("session policy", StringComparison.Ordinal));
    }
}
