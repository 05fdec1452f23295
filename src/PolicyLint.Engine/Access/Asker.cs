using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Somebody who may be asked about: what their requests look like, and what they carry themselves.</summary>
public abstract record Asker(string Name)
{
    /// <summary>A role or a user of the input.</summary>
    public sealed record Principal(string Name, Resource Resource) : Asker(Name)
    {
        /// <summary>A session of the role, where one was named.</summary>
        public Caller? Session { get; init; }
    }

    /// <summary>A distribution of the input: its origins call.</summary>
    public sealed record Distribution(string Name, Resource Resource) : Asker(Name);

    /// <summary>Anybody else, of whom nothing is known but who they are.</summary>
    public sealed record Somebody(string Name, Caller Caller) : Asker(Name);

    /// <summary>Whom a word means: an ARN, an address, <c>anonymous</c>, <c>service:NAME</c>, an account id; null, with a problem,
    /// where it means nobody.</summary>
    public static Asker? Of(string who, Graph graph, Fields fields, Location at, List<Problem> problems)
    {
        if (who == "anonymous") return new Somebody(who, new Caller.Anonymous());
        if (who.StartsWith("service:", StringComparison.Ordinal) && who.Length > "service:".Length) return new Somebody(who["service:".Length..], new Caller.Service(who["service:".Length..]));
        if (who.Length == 12 && who.All(char.IsAsciiDigit)) return new Somebody($"account {who}", new Caller.AccountMember(Text.Of(who)));
        if (who.StartsWith("arn:", StringComparison.Ordinal)) return OfArn(who, graph, at, problems);
        var found = Addresses.Find(graph, who).Where(f => f.Inside.Length == 0).Select(f => f.Resource).ToList();
        if (found is [var resource]) return OfResource(resource, graph, fields, at, problems);
        problems.Add(Addresses.Problem(graph, who, found, at));
        return null;
    }

    private static Asker? OfResource(Resource resource, Graph graph, Fields fields, Location at, List<Problem> problems)
    {
        switch (resource.Kind?.Name)
        {
            case "iam-role" or "iam-user": return new Principal(resource.Address, resource);
            case "cloudfront-distribution": return new Distribution(resource.Address, resource);
            case "cloudfront-origin-access-identity":
                return new Somebody(resource.Address, new Caller.OriginAccessIdentity(resource.Identify("arn"), resource.Identify("canonicalUser")));
            case "lambda-function" when Fields.LinkText(fields.Read(resource, resource.Kind.Fields["role"]!, Scenario.Start())) is { } role
                && graph.Called(role, graph.Kinds.Named("iam-role")!, resource.Stack) is { } found:
                return new Principal($"{resource.Address} (by its role {found.Address})", found);
        }
        problems.Add(new Problem(at, $"`{resource.Address}` ({resource.Type}) makes no requests that are known here", "name a role, a user, a distribution, a function whose role is in the input, an ARN, `anonymous`, `service:NAME` or an account id"));
        return null;
    }

    private static Asker? OfArn(string arn, Graph graph, Location at, List<Problem> problems)
    {
        var text = Text.Of(arn);
        foreach (var kind in (string[])["iam-role", "iam-user"])
            if (graph.Kinds.Named(kind) is { } known && graph.Of(kind).FirstOrDefault(r => r.Identify("arn").Equals(text)) is { } named) return new Principal(named.Address, named);
        if (CallerOf(text) is not { } caller)
        {
            problems.Add(new Problem(at, $"`{arn}` is not the ARN of somebody who makes requests", "write the ARN of a role, a session, a user, an account's root or an origin access identity"));
            return null;
        }
        return Of(caller, arn, graph);
    }

    /// <summary>Somebody by an ARN: a session of a role of the input carries what the role does.</summary>
    internal static Asker Of(Caller caller, string arn, Graph graph)
    {
        var session = caller is Caller.RoleSession { Role: { } role } ? graph.Of("iam-role").FirstOrDefault(r => RoleName.Of(r.Identify("arn")) is { } own && RoleName.Same(own, role) is Truth.Yes) : null;
        return session is null ? new Somebody(arn, caller) : new Principal(arn, session) { Session = new Caller.RoleSession(session.Identify("arn"), ((Caller.RoleSession)caller).Session) };
    }

    /// <summary>The caller of an ARN; null where it is nobody's.</summary>
    public static Caller? CallerOf(Text arn)
    {
        if (Arns.Parts(arn) is not { } parts || parts[5].Pieces is not [Piece.Literal { Text: var resource }, ..]) return null;
        if (parts[4].Known == "cloudfront") return new Caller.OriginAccessIdentity(arn, null);
        var name = resource[(resource.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return resource.Split('/')[0] switch
        {
            "root" => new Caller.Root(parts[4]),
            "user" => new Caller.User(arn),
            "role" => new Caller.RoleSession(arn),
            "assumed-role" => new Caller.RoleSession(Text.Of("arn:") + parts[1] + Text.Of(":iam::") + parts[4] + Text.Of($":role/{name.Split('/')[0]}"), arn),
            "federated-user" => new Caller.FederatedUser(arn, Text.Of("arn:") + parts[1] + Text.Of(":iam::") + parts[4] + Text.Of(":user/") + Text.Of(new Symbol("", "the user who asked for the session") { Display = "the user who asked for the session", Charset = Charset.IamName })),
            _ => null,
        };
    }
}
