namespace PolicyLint.Tests.Access.Twin;

/// <summary>The same case with its texts changed: holes put in, or filled.</summary>
internal static class Mapping
{
    public static Case Map(this Case one, Func<string, string> policies, Func<string, string> request) => new(
        Map(one.Request, request), request(one.Account), [.. one.Sets.Select(s => s with { Policies = [.. s.Policies.Select(p => Map(p, policies))] })]);

    private static TwinRequest Map(TwinRequest asked, Func<string, string> map) => asked with
    {
        Caller = Map(asked.Caller, map),
        Resource = map(asked.Resource),
        Context = [.. asked.Context.Select(k => k with { Values = [.. k.Values.Select(map)] })],
    };

    private static TwinCaller Map(TwinCaller caller, Func<string, string> map) => caller switch
    {
        TwinCaller.User user => new TwinCaller.User(map(user.Arn)),
        TwinCaller.RoleSession session => new TwinCaller.RoleSession(map(session.Role), session.Session is { } arn ? map(arn) : null),
        TwinCaller.Root root => new TwinCaller.Root(map(root.Id)),
        TwinCaller.OriginAccessIdentity identity => new TwinCaller.OriginAccessIdentity(map(identity.Arn), map(identity.Canonical)),
        _ => caller,
    };

    private static WrittenPolicy Map(WrittenPolicy policy, Func<string, string> map) =>
        policy with { Statements = [.. policy.Statements.Select(s => Map(s, map))] };

    private static WrittenStatement Map(WrittenStatement statement, Func<string, string> map) => new(statement.Effect, Map(statement.Action, map))
    {
        Principal = statement.Principal is { } p ? p with { Entries = [.. p.Entries.Select(e => e.Type == "*" ? e : e with { Text = map(e.Text) })] } : null,
        Resource = statement.Resource is { } resource ? Map(resource, map) : null,
        Conditions = [.. statement.Conditions.Select(c => c with { Values = Map(c.Values, map) })],
    };

    private static WrittenList Map(WrittenList list, Func<string, string> map) => list with { Items = [.. list.Items.Select(map)] };
}
