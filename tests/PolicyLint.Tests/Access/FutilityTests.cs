using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;
using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Access;

/// <summary>Allows that do nothing, each beside one Deny.</summary>
public sealed class FutilityTests
{
    private const string Role = "{ AWS: \"arn:aws:iam::111122223333:role/app\" }";
    private const string Cdn = "{ Service: cloudfront.amazonaws.com }";

    public static TheoryData<string, string, string> Overruling => new()
    {
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", "Principal: { AWS: \"111122223333\" }, Action: \"s3:Get*\", Resource: \"arn:aws:s3:::b/*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", "Principal: { AWS: \"444455556666\" }, Action: \"s3:Get*\", Resource: \"arn:aws:s3:::b/*\"", "pass" },
        { "Principal: { AWS: \"111122223333\" }, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", $"Principal: {Role}, Action: \"s3:*\", Resource: \"*\"", "pass" }, // others of the account
        { "Principal: \"*\", Action: \"s3:GetObject\", Resource: \"*\"", $"Principal: {Role}, Action: \"s3:*\", Resource: \"*\"", "pass" },
        { $"Principal: {Role}, Action: \"s3:Get*\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:GetObject\", Resource: \"*\"", "pass" },
        { $"Principal: {Role}, Action: [\"s3:GetObject\", \"s3:PutObject\"], Resource: \"*\"", "Principal: \"*\", Action: \"s3:Get*\", Resource: \"*\"", "pass" },
        { $"Principal: {Role}, Action: \"s3:Get*\", Resource: \"*\"", "Principal: \"*\", NotAction: \"s3:GetObject\", Resource: \"*\"", "pass" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", NotAction: \"s3:PutObject\", Resource: \"*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"arn:aws:s3:::b/secret/*\"", "pass" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/secret/*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"arn:aws:s3:::b/*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/*\"", "Principal: \"*\", Action: \"s3:*\", NotResource: \"arn:aws:s3:::b/public/*\"", "pass" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::b/key\"", "Principal: \"*\", Action: \"s3:*\", NotResource: \"arn:aws:s3:::b/public/*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\"", "NotPrincipal: { AWS: \"444455556666\" }, Action: \"s3:*\", Resource: \"*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\"", "NotPrincipal: { AWS: [\"arn:aws:iam::111122223333:role/app\", \"111122223333\"] }, Action: \"s3:*\", Resource: \"*\"", "unknown" }, // its sessions are not
        { "Principal: { AWS: \"arn:aws:iam::111122223333:user/u\" }, Action: \"s3:GetObject\", Resource: \"*\"", "NotPrincipal: { AWS: [\"arn:aws:iam::111122223333:user/u\", \"111122223333\"] }, Action: \"s3:*\", Resource: \"*\"", "pass" },
        { $"Principal: {Cdn}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { StringNotEquals: { aws:SourceVpce: vpce-1 } }", "fail" },
        { $"Principal: {Cdn}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { StringNotEquals: { aws:SourceVpce: vpce-1 }, Bool: { aws:PrincipalIsAWSService: false } }", "pass" },
        { $"Principal: {Cdn}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { StringNotEquals: { aws:SourceAccount: \"111122223333\" } }", "pass" }, // it may send it
        { $"Principal: {Cdn}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { NotIpAddress: { aws:SourceIp: 198.51.100.0/24 } }", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { NotIpAddress: { aws:SourceIp: 198.51.100.0/24 } }", "pass" }, // it may come from there
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\", Condition: {{ StringEquals: {{ aws:SourceVpce: vpce-1 }} }}", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { StringNotEquals: { aws:SourceVpce: vpce-2 } }", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\", Condition: {{ StringEquals: {{ aws:SourceVpce: [vpce-1, vpce-2] }} }}", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { StringNotEquals: { aws:SourceVpce: vpce-2 } }", "unknown" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: { AWS: !Ref P }, Action: \"s3:*\", Resource: \"*\"", "unknown" },
        { "Principal: { AWS: !Ref P }, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\"", "fail" },
        { "Principal: { AWS: !Ref P }, Action: \"s3:GetObject\", Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\", Condition: { Bool: { aws:SecureTransport: false } }", "pass" },
        { $"Principal: {Role}, Action: !Ref P, Resource: \"*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"*\"", "unknown" },
        { $"Principal: {Role}, Action: !Ref P, Resource: \"*\"", "Principal: \"*\", Action: \"*\", Resource: \"*\"", "fail" },
        { $"Principal: {Role}, Action: \"s3:GetObject\", Resource: !Sub \"arn:aws:s3:::b/${{P}}/*\"", "Principal: \"*\", Action: \"s3:*\", Resource: \"arn:aws:s3:::b/*\"", "fail" },
    };

    [Theory]
    [MemberData(nameof(Overruling))]
    public void An_Allow_is_dead_where_a_Deny_reaches_all_of_it(string allow, string deny, string expected) =>
        Assert.Equal(expected, WordFor("dead: grant", $"{{ Effect: Allow, {allow} }}", $"{{ Effect: Deny, {deny} }}"));

    [Theory]
    [InlineData("s3:x-amz-server-side-encryption: absent", "fail")]
    [InlineData("s3:x-amz-server-side-encryption: AES256", "pass")]
    public void One_action_and_its_keys_may_be_what_matters(string with, string expected) => Assert.Equal(expected, WordFor(
        $"dead: {{ statement: grant, action: s3:PutObject, with: {{ {with} }} }}",
        "{ Effect: Allow, Principal: { Service: logging.s3.amazonaws.com }, Action: [\"s3:PutObject\", \"s3:GetBucketAcl\"], Resource: \"*\" }",
        "{ Effect: Deny, Principal: \"*\", Action: \"s3:PutObject\", Resource: \"*\", Condition: { StringNotEquals: { s3:x-amz-server-side-encryption: AES256 } } }"));

    [Theory]
    [InlineData("{ Service: s3.amazonaws.com }", "StringEquals: { aws:PrincipalOrgID: o-1 }", "fail")]
    [InlineData("{ Service: s3.amazonaws.com }", "StringEquals: { aws:PrincipalOrgID: !Ref P }", "fail")]
    [InlineData("{ Service: s3.amazonaws.com }", "StringEqualsIfExists: { aws:PrincipalOrgID: o-1 }", "pass")]
    [InlineData("{ Service: s3.amazonaws.com }", "StringNotEquals: { aws:PrincipalOrgID: o-1 }", "pass")]
    [InlineData("{ Service: s3.amazonaws.com }", "StringEquals: { aws:SourceAccount: \"111122223333\" }", "pass")]
    [InlineData("{ Service: s3.amazonaws.com }", "IpAddress: { aws:SourceIp: 198.51.100.0/24 }", "fail")]
    [InlineData(Role, "StringEquals: { aws:SourceAccount: \"111122223333\" }", "fail")]
    [InlineData(Role, "ArnLike: { aws:SourceArn: \"arn:aws:sns:*:*:*\" }", "fail")]
    [InlineData(Role, "StringEquals: { aws:PrincipalOrgID: o-1 }", "pass")]
    [InlineData(Role, "Bool: { aws:PrincipalIsAWSService: true }", "fail")]
    [InlineData("{ AWS: [\"111122223333\", \"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1\"] }", "ArnEquals: { aws:SourceArn: \"arn:aws:s3:::b\" }", "fail")]
    [InlineData("{ AWS: \"111122223333\", Service: s3.amazonaws.com }", "ArnEquals: { aws:SourceArn: \"arn:aws:s3:::b\" }", "pass")]
    [InlineData("{ AWS: \"*\" }", "ArnEquals: { aws:SourceArn: \"arn:aws:s3:::b\" }", "pass")]
    [InlineData("{ AWS: !Ref P }", "ArnEquals: { aws:SourceArn: \"arn:aws:s3:::b\" }", "unknown")]
    [InlineData("{ AWS: !Ref P }", "StringEquals: { aws:PrincipalOrgID: o-1 }", "pass")]
    [InlineData("{ Federated: cognito-identity.amazonaws.com }", "StringEquals: { aws:SourceAccount: \"111122223333\" }", "pass")]
    public void An_Allow_is_idle_where_nobody_has_the_keys_that_it_asks_for(string principal, string condition, string expected) =>
        Assert.Equal(expected, WordFor("idle: grant", $"{{ Effect: Allow, Principal: {principal}, Action: \"sqs:SendMessage\", Resource: \"*\", Condition: {{ {condition} }} }}"));

    [Fact]
    public void It_is_told_what_a_request_lacks()
    {
        var allow = new Statement(0, default)
        {
            Effect = Effect.Allow,
            Principals = new Principals([new PrincipalEntry("Service", Text.Of("s3.amazonaws.com"), default)], Negated: false, default),
            Conditions = [new Clause(Operator.Read("StringEquals")!.Value, "aws:PrincipalOrgID", [new Element(Pattern.Read(Text.Of("o-1"), wildcards: false, variables: true), default)], default)],
        };
        Assert.Equal("a request of s3.amazonaws.com has no such key as `StringEquals aws:PrincipalOrgID o-1` asks for", Futility.Unmeetable(allow).Why);
    }

    private static string WordFor(string check, params string[] statements) => RuleText.WordFor(
        RuleText.With($"require: {{ no: \"policy.statements[*] as grant\", where: {{ grant.effect: Allow }}, satisfies: {{ {check} }} }}"),
        $"Policy: {{ Version: \"2012-10-17\", Statement: [{string.Join(", ", statements)}] }}");
}
