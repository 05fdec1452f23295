using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class PublicPolicyTests
{
    private static Truth IsPublic(params IEnumerable<string> statements) => Given.PolicyOf(statements).IsPublic;

    private static string Allow(string principal, string condition = "{}") =>
        $"{{ Effect: Allow, Principal: {principal}, Action: 's3:GetObject', Resource: '*', Condition: {condition} }}";

    [Theory]
    [InlineData("'*'", Truth.Yes)]
    [InlineData("{ AWS: '*' }", Truth.Yes)]
    [InlineData("{ AWS: ['111122223333', '*'] }", Truth.Yes)]
    [InlineData("{ AWS: '111122223333' }", Truth.No)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/R' }", Truth.No)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨account⟩:root' }", Truth.No)]
    [InlineData("{ Service: cloudtrail.amazonaws.com }", Truth.No)]
    [InlineData("{ CanonicalUser: 0123456789abcdef }", Truth.No)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", Truth.Unknown)]
    [InlineData("⟨parameter P⟩", Truth.Unknown)]
    public void Who_is_let_in_decides_first(string principal, Truth expected) => Assert.Equal(expected, IsPublic(Allow(principal)));

    [Fact]
    public void Everybody_but_somebody_is_public() =>
        Assert.Equal(Truth.Yes, IsPublic("{ Effect: Allow, NotPrincipal: { AWS: '111122223333' }, Action: '*', Resource: '*' }"));

    [Fact]
    public void T_311_a_federated_principal_is_public() => Assert.Equal(Truth.Yes, IsPublic(Allow("{ Federated: graph.facebook.com }")));

    [Theory]
    [InlineData("0.0.0.0/1", Truth.Yes)]
    [InlineData("203.0.113.10/32", Truth.No)]
    [InlineData("10.0.0.0/8", Truth.No)]
    [InlineData("2001:db8::/31", Truth.Yes)]
    [InlineData("'::/32'", Truth.No)]
    [InlineData("12.0.0.0/7", Truth.Yes)]
    [InlineData("203.0.113.10", Truth.No)]
    [InlineData("[203.0.113.10/32, 2400:cb00::/29]", Truth.Yes)]
    [InlineData("⟨parameter P⟩", Truth.Unknown)]
    public void T_308_an_address_range_must_be_narrow(string range, Truth expected) =>
        Assert.Equal(expected, IsPublic(Allow("'*'", $"{{ IpAddress: {{ aws:SourceIp: {range} }} }}")));

    [Theory]
    [InlineData("StringLike: { aws:SourceVpc: 'vpc-*' }", Truth.Yes)]
    [InlineData("StringEquals: { aws:SourceVpc: vpc-123 }", Truth.No)]
    [InlineData("StringLike: { aws:SourceVpc: [vpc-123, 'vpc-*'] }", Truth.Yes)]
    public void T_309_a_wildcard_fixes_nothing(string condition, Truth expected) => Assert.Equal(expected, IsPublic(Allow("'*'", $"{{ {condition} }}")));

    [Fact]
    public void T_310_a_secure_transport_limits_nobody() => Assert.Equal(Truth.Yes, IsPublic(Allow("'*'", "{ Bool: { aws:SecureTransport: true } }")));

    [Theory]
    // keys that fix somebody (3.6 rule 4)
    [InlineData("StringEquals: { aws:PrincipalOrgID: o-1 }", Truth.No)]
    [InlineData("StringEquals: { AWS:PrincipalOrgId: o-1 }", Truth.No)]
    [InlineData("StringEquals: { aws:SourceAccount: '111122223333' }", Truth.No)]
    [InlineData("ArnEquals: { aws:SourceArn: 'arn:aws:sns:eu-west-1:111122223333:t' }", Truth.No)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:sns:*:111122223333:t' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:PrincipalArn: 'arn:aws:iam::111122223333:role/*' }", Truth.No)]
    [InlineData("ArnLike: { aws:PrincipalArn: 'arn:aws:iam::*:role/x' }", Truth.Unknown)]
    [InlineData("ArnLike: { aws:PrincipalArn: 'arn:aws:iam::*:role/*' }", Truth.Yes)]
    [InlineData("ArnLike: { s3:DataAccessPointArn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*' }", Truth.No)]
    [InlineData("StringEquals: { s3:DataAccessPointAccount: '111122223333' }", Truth.No)]
    [InlineData("Bool: { aws:PrincipalIsAWSService: true }", Truth.No)]
    [InlineData("Bool: { aws:PrincipalIsAWSService: false }", Truth.Yes)]
    [InlineData("StringLike: { aws:PrincipalServiceName: '*.amazonaws.com' }", Truth.No)]
    [InlineData("StringLike: { aws:PrincipalServiceName: '*' }", Truth.Yes)]
    [InlineData("StringEquals: { aws:VpceAccount: '111122223333' }", Truth.No)]
    // keys of several values count under a set prefix only (rule 5)
    [InlineData("'ForAnyValue:StringLike': { aws:PrincipalOrgPaths: 'o-1/r-1/ou-1/*' }", Truth.No)]
    [InlineData("'ForAnyValue:StringLike': { aws:PrincipalOrgPaths: '*' }", Truth.Yes)]
    [InlineData("'ForAnyValue:StringLike': { aws:PrincipalOrgPaths: 'o-*/r-1/*' }", Truth.Yes)]
    [InlineData("StringLike: { aws:PrincipalOrgPaths: 'o-1/r-1/ou-1/*' }", Truth.Yes)]
    [InlineData("'ForAllValues:StringEquals': { aws:PrincipalOrgPaths: 'o-1/r-1/' }", Truth.Unknown)]
    [InlineData("'ForAllValues:StringEquals': { aws:PrincipalTag/x: y }", Truth.Yes)]
    // what limits nobody (rule 5)
    [InlineData("StringEquals: { aws:PrincipalTag/team: a }", Truth.Yes)]
    [InlineData("StringEquals: { aws:PrincipalType: User }", Truth.Yes)]
    [InlineData("StringEquals: { aws:username: bob }", Truth.Yes)]
    [InlineData("IpAddress: { aws:VpcSourceIp: 10.0.0.0/24 }", Truth.Yes)]
    [InlineData("StringLike: { aws:Referer: secret }", Truth.Yes)]
    [InlineData("StringNotEquals: { aws:SourceVpc: vpc-1 }", Truth.Yes)]
    [InlineData("NotIpAddress: { aws:SourceIp: 203.0.113.10/32 }", Truth.Yes)]
    [InlineData("StringEqualsIfExists: { aws:SourceVpc: vpc-1 }", Truth.Yes)]
    [InlineData("'Null': { aws:SourceVpc: false }", Truth.Yes)]
    [InlineData("StringEquals: { aws:PrincipalOrgID: '${aws:PrincipalTag/org}' }", Truth.Yes)]
    // what AWS's own texts disagree on
    [InlineData("StringLike: { aws:userid: 'AROAEXAMPLE:*' }", Truth.Unknown)]
    [InlineData("StringEquals: { s3:x-amz-server-side-encryption-aws-kms-key-id: k }", Truth.Unknown)]
    // one of several is enough
    [InlineData("Bool: { aws:SecureTransport: true }, StringEquals: { aws:SourceVpce: vpce-1 }", Truth.No)]
    public void A_condition_must_fix_who_comes(string condition, Truth expected) => Assert.Equal(expected, IsPublic(Allow("'*'", $"{{ {condition} }}")));

    [Theory]
    [InlineData("⟨parameter OrgId⟩", Truth.Unknown)]
    [InlineData("⟨named Vpc⟩", Truth.No)]
    [InlineData("[o-1, ⟨parameter OrgId⟩]", Truth.Unknown)]
    [InlineData("['*', ⟨parameter OrgId⟩]", Truth.Yes)]
    public void T_811_a_parameter_could_hold_a_wildcard(string value, Truth expected) =>
        Assert.Equal(expected, IsPublic(Allow("'*'", $"{{ StringLike: {{ aws:PrincipalOrgID: {value} }} }}")));

    [Fact]
    public void Any_public_statement_makes_the_policy_public() => Assert.Equal(Truth.Yes, IsPublic(Allow("{ AWS: '111122223333' }"), Allow("'*'")));

    [Fact]
    public void A_Deny_takes_nothing_back() =>
        Assert.Equal(Truth.Yes, IsPublic(Allow("'*'"), "{ Effect: Deny, Principal: '*', Action: '*', Resource: '*' }"));

    [Fact]
    public void A_Deny_is_never_public() => Assert.Equal(Truth.No, IsPublic("{ Effect: Deny, Principal: '*', Action: '*', Resource: '*' }"));

    [Fact]
    public void A_faulty_statement_for_everybody_may_be_public()
    {
        var problems = new List<Problem>();
        var policy = PolicyReader.Read(Given.ValueOf("Statement: { Effect: Allow, Principal: '*', Action: '*', Condition: { StringEqual: { a: b } } }"), null, Scenario.Start(), problems);
        Assert.Single(problems);
        Assert.Equal(Truth.Unknown, policy.IsPublic);
        Assert.Equal(Truth.Unknown, new Policy(null, [], Given.Here, "it is imported").IsPublic);
    }
}
