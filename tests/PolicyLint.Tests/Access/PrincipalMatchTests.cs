using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class PrincipalMatchTests
{
    private const string RoleArn = "arn:aws:iam::111122223333:role/R";
    private const string OaiArn = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA";

    private static Caller CallerOf(string who) => who switch
    {
        "user" => new Caller.User(Text.Of("arn:aws:iam::111122223333:user/Bob")),
        "role" => new Caller.RoleSession(Text.Of(RoleArn)),
        "session" => new Caller.RoleSession(Text.Of(RoleArn), Text.Of("arn:aws:sts::111122223333:assumed-role/R/s")),
        "unknown account's role" => new Caller.RoleSession(Given.TextOf("arn:aws:iam::⟨account⟩:role/R")),
        "new role" => new Caller.RoleSession(Given.TextOf("arn:aws:iam::111122223333:role/⟨user R⟩")),
        "root" => new Caller.Root(Text.Of("111122223333")),
        "member" => new Caller.AccountMember(Text.Of("111122223333")),
        "stranger" => new Caller.Stranger(Text.Of("111122223333")),
        "stranger to an unknown account" => new Caller.Stranger(Given.TextOf("⟨account⟩")),
        "cloudfront" => new Caller.Service("cloudfront.amazonaws.com"),
        "ec2" => new Caller.Service("ec2.amazonaws.com"),
        "ec2 in China" => new Caller.Service("ec2.amazonaws.com") { IsInChina = Truth.Yes },
        "ec2 elsewhere" => new Caller.Service("ec2.amazonaws.com") { IsInChina = Truth.No },
        "oai" => new Caller.OriginAccessIdentity(Text.Of(OaiArn), Given.TextOf("⟨user Oai⟩")),
        "bare oai" => new Caller.OriginAccessIdentity(Text.Of(OaiArn), null),
        "anonymous" => new Caller.Anonymous(),
        _ => throw new ArgumentException(who, nameof(who)),
    };

    private static PrincipalMatch Match(string principal, string who, string element = "Principal") => PrincipalMatch.Of(
        Given.StatementOf($"{{ Effect: Deny, {element}: {principal}, Action: '*' }}").Principals!, CallerOf(who));

    [Theory]
    // P1, P2: everyone
    [InlineData("'*'", "user", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("'*'", "anonymous", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("'*'", "cloudfront", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("'*'", "oai", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("{ AWS: '*' }", "anonymous", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("{ AWS: '*' }", "cloudfront", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("{ AWS: ['*'] }", "stranger", Truth.Yes, MatchKind.Wildcard)]
    // P3: an account
    [InlineData("{ AWS: '111122223333' }", "user", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: 111122223333 }", "user", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:root' }", "session", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:root' }", "root", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ AWS: '111122223333' }", "member", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: '444455556666' }", "user", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '444455556666' }", "root", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '111122223333' }", "cloudfront", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '111122223333' }", "oai", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨account⟩:root' }", "unknown account's role", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: '⟨account⟩' }", "unknown account's role", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨account⟩:root' }", "user", Truth.Unknown, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨text whom⟩' }", "member", Truth.Unknown, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨text whom⟩' }", "user", Truth.Unknown, MatchKind.Direct)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨text whom⟩' }", "stranger", Truth.No, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:⟨text whom⟩' }", "member", Truth.No, MatchKind.Account)]
    // rule 19: services of AWS China
    [InlineData("{ Service: ec2.amazonaws.com.cn }", "ec2", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ Service: ec2.amazonaws.com.cn }", "ec2 in China", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ Service: ec2.amazonaws.com.cn }", "ec2 elsewhere", Truth.No, MatchKind.None)]
    [InlineData("{ Service: cloudfront.amazonaws.com.cn }", "cloudfront", Truth.Unknown, MatchKind.Direct)]
    [InlineData("{ Service: cloudfront.amazonaws.com.cn }", "ec2", Truth.No, MatchKind.None)]
    [InlineData("{ Service: 'ec2.⟨text suffix⟩' }", "ec2", Truth.Unknown, MatchKind.Direct)]
    // P4: a user, with case
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:user/Bob' }", "user", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:user/bob' }", "user", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:user/team/Bob' }", "user", Truth.No, MatchKind.None)]
    // P5: a role
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/R' }", "session", Truth.Yes, MatchKind.RoleOfSession)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/S' }", "session", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:role/R' }", "session", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/R' }", "user", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:user/R' }", "role", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/⟨user R⟩' }", "new role", Truth.Yes, MatchKind.RoleOfSession)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/⟨user S⟩' }", "new role", Truth.No, MatchKind.None)]
    // P6: a session
    [InlineData("{ AWS: 'arn:aws:sts::111122223333:assumed-role/R/s' }", "session", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ AWS: 'arn:aws:sts::111122223333:assumed-role/R/t' }", "session", Truth.No, MatchKind.None)]
    // P8: a service, exactly
    [InlineData("{ Service: cloudfront.amazonaws.com }", "cloudfront", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ Service: [s3.amazonaws.com, cloudfront.amazonaws.com] }", "cloudfront", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ Service: logs.amazonaws.com }", "cloudfront", Truth.No, MatchKind.None)]
    [InlineData("{ Service: cloudfront.amazonaws.com }", "oai", Truth.No, MatchKind.None)]
    [InlineData("{ Service: cloudfront.amazonaws.com }", "role", Truth.No, MatchKind.None)]
    // P9: federated callers come by STS only
    [InlineData("{ Federated: cognito-identity.amazonaws.com }", "role", Truth.No, MatchKind.None)]
    // P10: canonical users
    [InlineData("{ CanonicalUser: ⟨user Oai⟩ }", "oai", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ CanonicalUser: ⟨user Other⟩ }", "oai", Truth.No, MatchKind.None)]
    [InlineData("{ CanonicalUser: 0123456789abcdef }", "bare oai", Truth.Unknown, MatchKind.Direct)]
    [InlineData("{ CanonicalUser: 0123456789abcdef }", "member", Truth.Unknown, MatchKind.Account)]
    [InlineData("{ CanonicalUser: 0123456789abcdef }", "anonymous", Truth.No, MatchKind.None)]
    [InlineData("{ CanonicalUser: 0123456789abcdef }", "cloudfront", Truth.No, MatchKind.None)]
    // P11: an origin access identity
    [InlineData("{ AWS: '" + OaiArn + "' }", "oai", Truth.Yes, MatchKind.Direct)]
    [InlineData("{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2BBBBBBBBBBBB' }", "oai", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '" + OaiArn + "' }", "cloudfront", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '" + OaiArn + "' }", "stranger", Truth.No, MatchKind.None)]
    // P12: wildcards inside
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/*' }", "role", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::11112222333?:root' }", "role", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨account⟩:role/*' }", "unknown account's role", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:role/*' }", "stranger", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨parameter P⟩:role/*' }", "stranger", Truth.No, MatchKind.None)]
    // P13: unique ids
    [InlineData("{ AWS: AROAEXAMPLEID }", "role", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: AIDAEXAMPLEID }", "user", Truth.No, MatchKind.None)]
    // P14: any of several, the strongest kind
    [InlineData("{ AWS: ['111122223333', 'arn:aws:iam::111122223333:role/R'] }", "session", Truth.Yes, MatchKind.RoleOfSession)]
    [InlineData("{ AWS: ['111122223333', '*'] }", "session", Truth.Yes, MatchKind.Wildcard)]
    [InlineData("{ AWS: '444455556666', Service: cloudfront.amazonaws.com }", "cloudfront", Truth.Yes, MatchKind.Direct)]
    // another account's somebody
    [InlineData("{ AWS: '444455556666' }", "stranger", Truth.Yes, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:role/R' }", "stranger", Truth.Yes, MatchKind.RoleOfSession)]
    [InlineData("{ AWS: '111122223333' }", "stranger", Truth.No, MatchKind.None)]
    [InlineData("{ AWS: '111122223333' }", "stranger to an unknown account", Truth.Unknown, MatchKind.Account)]
    [InlineData("{ AWS: 'arn:aws:iam::⟨account⟩:root' }", "stranger to an unknown account", Truth.No, MatchKind.None)]
    [InlineData("{ Service: cloudfront.amazonaws.com }", "stranger", Truth.No, MatchKind.None)]
    public void A_principal_covers_a_caller(string principal, string who, Truth truth, MatchKind kind)
    {
        var match = Match(principal, who);
        Assert.Equal(truth, match.Truth);
        if (truth is not Truth.No) Assert.Equal(kind, match.Kind);
    }

    [Fact]
    public void T_116_an_account_covers_a_session_of_its_role() =>
        Assert.Equal((Truth.Yes, MatchKind.Account), Pair(Match("{ AWS: '111122223333' }", "session")));

    [Fact]
    public void T_117_a_role_is_known_by_its_name_whatever_its_path() =>
        Assert.Equal((Truth.Yes, MatchKind.RoleOfSession), Pair(Match("{ AWS: 'arn:aws:iam::111122223333:role/svc/R' }", "session")));

    private static (Truth, MatchKind) Pair(PrincipalMatch match) => (match.Truth, match.Kind);

    [Theory]
    [InlineData(MatchKind.Account, Truth.Yes)]
    [InlineData(MatchKind.Wildcard, Truth.Unknown)]
    [InlineData(MatchKind.RoleOfSession, Truth.Yes)]
    [InlineData(MatchKind.Direct, Truth.Unknown)]
    [InlineData(MatchKind.UserOfFederated, Truth.No)]
    [InlineData(MatchKind.Direct | MatchKind.Account, Truth.Yes)]
    public void Each_kind_of_several_entries_is_told_apart(MatchKind kinds, Truth expected) =>
        Assert.Equal(expected, Match("{ AWS: ['111122223333', 'arn:aws:iam::111122223333:role/R', ⟨parameter P⟩] }", "session").By(kinds));

    [Fact]
    public void T_118_a_wildcard_inside_an_ARN_covers_nobody() =>
        Assert.Equal(Truth.No, Match("{ AWS: 'arn:aws:iam::111122223333:role/*' }", "session").Truth);

    [Theory]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "user")]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "session")]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "oai")]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "anonymous")]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "cloudfront")]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "stranger")]
    [InlineData("{ Service: ⟨parameter P⟩ }", "cloudfront")]
    [InlineData("{ CanonicalUser: ⟨parameter P⟩ }", "oai")]
    [InlineData("{ AWS: ['arn:aws:iam::444455556666:root', ⟨parameter P⟩] }", "user")]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨parameter P⟩' }", "user")]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨parameter P⟩' }", "member")]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:⟨parameter P⟩' }", "root")]
    [InlineData("⟨parameter P⟩", "anonymous")]
    public void A_parameter_may_be_anybody(string principal, string who) => Assert.Equal(Truth.Unknown, Match(principal, who).Truth);

    [Theory]
    // rule 20: everyone not listed
    [InlineData("{ AWS: '444455556666' }", "user", Truth.Yes)]
    [InlineData("{ AWS: '444455556666' }", "anonymous", Truth.Yes)]
    [InlineData("{ AWS: '444455556666' }", "cloudfront", Truth.Yes)]
    [InlineData("{ AWS: '444455556666' }", "oai", Truth.Yes)]
    [InlineData("'*'", "anonymous", Truth.No)]
    // rule 21: every level, or it is not settled
    [InlineData("{ AWS: ['arn:aws:iam::111122223333:user/Bob', '111122223333'] }", "user", Truth.No)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:user/Bob' }", "user", Truth.Unknown)]
    [InlineData("{ AWS: '111122223333' }", "user", Truth.Unknown)]
    [InlineData("{ AWS: ['arn:aws:iam::111122223333:role/R', '111122223333'] }", "role", Truth.Unknown)]
    [InlineData("{ AWS: ['arn:aws:sts::111122223333:assumed-role/R/s', 'arn:aws:iam::111122223333:role/R', '111122223333'] }", "role", Truth.Unknown)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/R' }", "role", Truth.Unknown)]
    [InlineData("{ AWS: ['arn:aws:sts::111122223333:assumed-role/R/s', 'arn:aws:iam::111122223333:role/R', '111122223333'] }", "session", Truth.No)]
    [InlineData("{ AWS: ['arn:aws:iam::111122223333:role/R', '111122223333'] }", "session", Truth.Unknown)]
    [InlineData("{ AWS: ['arn:aws:sts::111122223333:assumed-role/R/s', '111122223333'] }", "session", Truth.Unknown)]
    [InlineData("{ AWS: ['arn:aws:sts::111122223333:assumed-role/R/t', '444455556666'] }", "session", Truth.Yes)]
    [InlineData("{ AWS: '111122223333' }", "member", Truth.No)]
    [InlineData("{ AWS: '111122223333' }", "root", Truth.No)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "user", Truth.Unknown)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "member", Truth.Unknown)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "stranger", Truth.Unknown)]
    [InlineData("{ AWS: '444455556666' }", "stranger", Truth.No)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:role/F' }", "stranger", Truth.Unknown)]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:role/R' }", "stranger", Truth.Yes)]
    // rule 23: services and identities have one level
    [InlineData("{ Service: cloudfront.amazonaws.com, AWS: '111122223333' }", "cloudfront", Truth.No)]
    [InlineData("{ Service: cloudfront.amazonaws.com }", "oai", Truth.Yes)]
    [InlineData("{ AWS: '" + OaiArn + "' }", "oai", Truth.No)]
    [InlineData("{ CanonicalUser: ⟨user Oai⟩ }", "oai", Truth.No)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", "oai", Truth.Unknown)]
    public void NotPrincipal_reaches_whoever_is_not_listed(string principal, string who, Truth reached) =>
        Assert.Equal(reached, Match(principal, who, "NotPrincipal").Truth);
}
