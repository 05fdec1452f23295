using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>The twin itself, held against the test vectors of the reference.</summary>
public class TwinVectorTests
{
    private const string Granted = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
    private const string Other = """{"Effect":"Allow","Action":"sqs:*","Resource":"*"}""";
    private const string Role = "arn:aws:iam::111122223333:role/svc/R";
    private const string Session = "arn:aws:sts::111122223333:assumed-role/R/s";
    private const string Bob = "arn:aws:iam::111122223333:user/bob";

    private static readonly TwinCaller OfRole = new TwinCaller.RoleSession(Role, Session);
    private static readonly TwinCaller User = new TwinCaller.User(Bob);
    private static readonly TwinCaller Foreign = new TwinCaller.User("arn:aws:iam::444455556666:user/bob");
    private static readonly TwinCaller Logs = new TwinCaller.Service("logs.amazonaws.com");

    private static ImmutableArray<string> Policies(string statement) =>
        statement.Length == 0 ? [] : [$$"""{"Version":"2012-10-17","Statement":{{statement}}}"""];

    private static string Allow(string principal) => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""";

    private static Truth Decide(TwinCaller caller, TwinWorld world) =>
        NaiveTwin.Decide(new TwinRequest(caller, "s3:GetObject", "arn:aws:s3:::b/o", []), world);

    private static TwinWorld World(string resource) => new("111122223333", Policies(resource));

    [Theory]
    [InlineData("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1///test///o.jpg", Truth.Yes)] // T-102
    [InlineData("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/test/", Truth.Yes)]
    [InlineData("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1-test/o", Truth.No)] // T-103
    [InlineData("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test.jpg", Truth.No)]
    [InlineData("arn:aws:dynamodb:*:table/prod-*", "arn:aws:dynamodb:us-east-1:1:table/prod-x", Truth.Unknown)] // T-104
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/team, 'cw'}", "arn:aws:s3:::b/cw", Truth.Yes)] // T-106
    public void Resources_match(string pattern, string resource, Truth expected)
    {
        var request = new TwinRequest(User, "s3:GetObject", resource, []);
        var statement = $$"""{"Effect":"Allow","Action":"*","Resource":"{{pattern}}"}""";
        Assert.Equal(expected, NaiveTwin.Decide(request, World("") with { Identity = Policies(statement) }));
    }

    [Theory]
    [InlineData("StringNotEquals", "k", "a", "", Truth.Yes)] // T-107
    [InlineData("StringNotEqualsIfExists", "k", "a", "", Truth.Yes)] // T-108
    [InlineData("StringEqualsIfExists", "k", "a", "", Truth.Yes)] // T-109
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "a", "", Truth.Yes)] // T-110
    [InlineData("ForAnyValue:StringNotEquals", "aws:TagKeys", "a", "", Truth.No)] // T-111
    [InlineData("StringNotEquals", "k", "a", "a", Truth.No)] // T-112
    [InlineData("StringNotEquals", "k", "a", "c", Truth.Yes)]
    [InlineData("Bool", "k", "false", "", Truth.No)] // T-113
    [InlineData("BoolIfExists", "k", "false", "", Truth.Yes)]
    [InlineData("ArnEquals", "k", "arn:aws:s3:*:*:b", "arn:aws:s3:::b", Truth.Yes)] // T-114
    [InlineData("StringEquals", "k", "arn:aws:s3:::b*", "arn:aws:s3:::b1", Truth.No)] // T-115
    [InlineData("NumericLessThan", "k", "10", "abc", Truth.No)] // T-119
    [InlineData("IpAddress", "k", "2001:db8::/32", "203.0.113.5", Truth.No)] // T-120
    [InlineData("NotIpAddress", "k", "2001:db8::/32", "203.0.113.5", Truth.Yes)]
    [InlineData("ArnLike", "k", "arn:aws:a:*:1:finance/*", "arn:aws:a:r:9:store/abc:1:finance/d.txt", Truth.No)] // 1.8, difference test
    [InlineData("StringLike", "k", "arn:aws:a:*:1:finance/*", "arn:aws:a:r:9:store/abc:1:finance/d.txt", Truth.Yes)]
    public void Conditions_hold(string @operator, string key, string value, string held, Truth expected)
    {
        ImmutableArray<TwinKey> context = held.Length == 0 ? [] : [new TwinKey(key, [held])];
        var statement = $$$"""{"Effect":"Allow","Action":"S3:getobject","Resource":"*","Condition":{"{{{@operator}}}":{"{{{key}}}":"{{{value}}}"} } }""";
        var request = new TwinRequest(User, "s3:GetObject", "arn:aws:s3:::b/o", context);
        Assert.Equal(expected, NaiveTwin.Decide(request, World("") with { Identity = Policies(statement) }));
    }

    [Fact]
    public void Policies_decide_as_section_2_says()
    {
        var role = World(Allow($$"""{"AWS":"{{Role}}"}"""));
        Assert.Equal(Truth.Yes, Decide(OfRole, role)); // T-201
        Assert.Equal(Truth.No, Decide(OfRole, role with { Boundary = Policies(Other) })); // T-202
        Assert.Equal(Truth.Yes, Decide(OfRole, World(Allow($$"""{"AWS":"{{Session}}"}""")) with { Boundary = Policies(Other) })); // T-203
        Assert.Equal(Truth.Yes, Decide(User, World(Allow($$"""{"AWS":"{{Bob}}"}""")) with { Boundary = Policies(Other) })); // T-204
        Assert.Equal(Truth.No, Decide(User, World(Allow("""{"AWS":"111122223333"}""")))); // T-205
        Assert.Equal(Truth.No, Decide(Foreign, World(Allow("\"*\"")))); // T-206
        Assert.Equal(Truth.No, Decide(Foreign, World("") with { Identity = Policies(Granted) })); // T-207
        Assert.Equal(Truth.No, Decide(User, World("") with { Identity = Policies(Granted), ServiceControl = [Policies(Granted), Policies(Other)] })); // T-208
        Assert.Equal(Truth.Yes, Decide(Logs, World(Allow("\"*\"")) with { ServiceControl = [Policies(Other)] })); // T-210
        Assert.Equal(Truth.No, Decide(OfRole, role with { Session = Policies(Other) })); // T-215
        Assert.Equal(Truth.Yes, Decide(new TwinCaller.Anonymous(), World(Allow("\"*\"")))); // T-216
        Assert.Equal(Truth.No, Decide(OfRole, role with { Endpoint = Policies("""{"Effect":"Allow","Principal":"*","Action":"sqs:*"}""") })); // T-217
    }

    [Fact]
    public void A_boundary_voids_what_NotPrincipal_exempts() // T-214
    {
        var deny = $$"""{"Effect":"Deny","NotPrincipal":{"AWS":["{{Bob}}","111122223333"]},"Action":"*","Resource":"*"}""";
        var world = World(deny) with { Identity = Policies(Granted) };
        Assert.Equal(Truth.Yes, Decide(User, world));
        Assert.Equal(Truth.No, Decide(User, world with { Boundary = Policies(Granted) }));
    }
}
