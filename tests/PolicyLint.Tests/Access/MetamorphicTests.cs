using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What must hold for whatever policy: drawn at random, from a fixed seed.</summary>
public class MetamorphicTests
{
    private const int Rounds = 800;

    private static readonly string[] Principals =
        ["'*'", "{ AWS: '111122223333' }", "{ AWS: '444455556666' }", "{ AWS: 'arn:aws:iam::111122223333:role/R' }", "{ AWS: 'arn:aws:iam::111122223333:user/Bob' }",
         "{ AWS: ⟨parameter P⟩ }", "{ Service: cloudfront.amazonaws.com }", "{ AWS: ['111122223333', 'arn:aws:iam::111122223333:role/R', ⟨parameter P⟩] }"];

    private static readonly string[] Actions = ["'*'", "'s3:*'", "s3:GetObject", "s3:PutObject", "[s3:PutObject, s3:GetObject]", "⟨parameter A⟩"];
    private static readonly string[] Resources = ["'*'", "'arn:aws:s3:::b/*'", "'arn:aws:s3:::b'", "'arn:aws:s3:::b/a/*'", "['arn:aws:s3:::b', 'arn:aws:s3:::b/*']", "'arn:aws:s3:::⟨parameter B⟩/*'", "'arn:aws:s3:*'"];

    private static readonly string[] Conditions =
        ["{}", "{ StringEquals: { aws:PrincipalOrgID: o-1 } }", "{ StringNotEquals: { aws:SourceVpce: [vpce-1, vpce-2] } }", "{ Bool: { aws:SecureTransport: false } }",
         "{ BoolIfExists: { aws:PrincipalIsAWSService: false } }", "{ StringEquals: { aws:SourceAccount: ['111122223333', '444455556666'] } }", "{ ArnLike: { aws:PrincipalArn: '*' }, 'Null': { aws:SourceIp: false } }"];

    private static readonly Caller[] Callers =
    [
        new Caller.Anonymous(), new Caller.Service("cloudfront.amazonaws.com"), new Caller.User(Text.Of("arn:aws:iam::111122223333:user/Bob")),
        new Caller.RoleSession(Text.Of("arn:aws:iam::111122223333:role/R")), new Caller.RoleSession(Text.Of("arn:aws:iam::444455556666:role/R")),
        new Caller.RoleSession(Given.TextOf("arn:aws:iam::⟨account⟩:role/R")), new Caller.AccountMember(Text.Of("444455556666")),
        new Caller.Root(Text.Of("111122223333")), new Caller.Stranger(Text.Of("111122223333")),
        new Caller.OriginAccessIdentity(Text.Of("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA"), null),
    ];

    private static readonly string[] Asked = ["arn:aws:s3:::b/⟨any key⟩", "arn:aws:s3:::b/a/o", "arn:aws:s3:::⟨bucket B⟩/o"];

    private readonly Random random = new(20261121);

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private string Draw(string effect) =>
        $"{{ Effect: {effect}, {(effect == "Deny" && random.Next(4) == 0 ? "NotPrincipal" : "Principal")}: {Pick(Principals)}, {Not("Action")}: {Pick(Actions)}, {Not("Resource")}: {Pick(Resources)}, Condition: {Pick(Conditions)} }}";

    private string Not(string element) => random.Next(6) == 0 ? $"Not{element}" : element;

    private string[] DrawPolicy() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Draw(random.Next(3) == 0 ? "Deny" : "Allow"))];

    private Request DrawRequest()
    {
        var caller = Pick(Callers);
        return new Request(caller, "s3:GetObject", Given.TextOf(Pick(Asked)), RequestContext.For(caller));
    }

    private World DrawWorld(Request request)
    {
        var world = new World(Text.Of("111122223333"), PolicySet.None("the bucket policy")) { ResourceSideOnly = random.Next(2) == 0 };
        return request.Caller is Caller.User or Caller.RoleSession or Caller.AccountMember
            ? world with { Identity = Identity(random.Next(2) == 0), Boundary = random.Next(3) == 0 ? Identity(random.Next(2) == 0) : null }
            : world;

        static PolicySet Identity(bool grants) => new("the identity policies", [Given.PolicyOf($"{{ Effect: Allow, Action: '{(grants ? "s3" : "sqs")}:*', Resource: '*' }}")], "");
    }

    private static Truth Decide(Request request, World world, IEnumerable<string> statements) =>
        AccessDecision.Decide(request, world with { Resource = new PolicySet("the bucket policy", [Given.PolicyOf(statements)], "") }).Allowed;

    private void Every(Action<Request, World, string[], Truth> check)
    {
        var seen = new HashSet<Truth>();
        for (var i = 0; i < Rounds; i++)
        {
            var request = DrawRequest();
            var (world, policy) = (DrawWorld(request), DrawPolicy());
            var truth = Decide(request, world, policy);
            seen.Add(truth);
            check(request, world, policy, truth);
        }
        Assert.Equal([Truth.No, Truth.Unknown, Truth.Yes], seen.Order());
    }

    private static string Told(Request request, IEnumerable<string> policy) => $"{request.Caller} on {request.Resource}:\n{string.Join("\n", policy)}";

    [Fact]
    public void One_more_Allow_never_takes_access_away() => Every((request, world, policy, before) =>
    {
        string[] more = [.. policy, Draw("Allow")];
        Assert.True(Decide(request, world, more) >= before, Told(request, more));
    });

    [Fact]
    public void One_more_Deny_never_gives_access() => Every((request, world, policy, before) =>
    {
        string[] more = [.. policy, Draw("Deny")];
        Assert.True(Decide(request, world, more) <= before, Told(request, more));
    });

    [Fact]
    public void The_order_of_statements_does_not_matter() => Every((request, world, policy, before) =>
        Assert.True(Decide(request, world, policy.Reverse()) == before, Told(request, policy)));

    [Fact]
    public void The_order_of_lists_does_not_matter() => Every((request, world, policy, before) =>
        Assert.True(Decide(request, world, policy.Select(Reversed)) == before, Told(request, policy)));

    [Fact]
    public void A_lone_value_and_a_list_of_one_are_the_same() => Every((request, world, policy, before) =>
        Assert.True(Decide(request, world, policy.Select(Listed)) == before, Told(request, policy)));

    [Fact]
    public void Twice_the_same_statement_is_once() => Every((request, world, policy, before) =>
        Assert.True(Decide(request, world, policy.Concat(policy)) == before, Told(request, policy)));

    [Fact]
    public void A_Deny_of_everything_denies_everything() => Every((request, world, policy, _) =>
        Assert.Equal(Truth.No, Decide(request, world, [.. policy, "{ Effect: Deny, Principal: '*', Action: '*', Resource: '*' }"])));

    [Fact]
    public void What_is_certain_is_certain_for_every_value_of_a_parameter() => Every((request, world, policy, before) =>
    {
        if (before is Truth.Unknown) return;
        foreach (var (principal, action, bucket) in new[] { ("'*'", "'*'", "*"), ("'444455556666'", "s3:GetObject", "b"), ("'arn:aws:iam::111122223333:role/R'", "s3:PutObject", "c") })
        {
            var filled = policy.Select(s => s.Replace("⟨parameter P⟩", principal, StringComparison.Ordinal).Replace("⟨parameter A⟩", action, StringComparison.Ordinal).Replace("⟨parameter B⟩", bucket, StringComparison.Ordinal)).ToArray();
            Assert.True(Decide(request, world, filled) == before, $"{before} for {Told(request, policy)}\nbut not for\n{string.Join("\n", filled)}");
        }
    });

    private static string Reversed(string statement) => System.Text.RegularExpressions.Regex.Replace(
        statement, @"\[([^\]]*)\]", m => $"[{string.Join(", ", m.Groups[1].Value.Split(", ").Reverse())}]", System.Text.RegularExpressions.RegexOptions.NonBacktracking);

    private static string Listed(string statement) => System.Text.RegularExpressions.Regex.Replace(
        statement, @"(Action|Resource|AWS|Service|aws:[A-Za-z]*): ([^\[{,}]+)", "$1: [$2]", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
}
