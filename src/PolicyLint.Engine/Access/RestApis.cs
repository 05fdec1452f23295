using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about calls of API Gateway's REST APIs: which policies count depends on how its methods authorize
/// (semantics 2.4).</summary>
internal sealed class RestApis(Fields fields, StatedPolicies policies)
{
    private const string Short = "execute-api:/";

    public World WorldOf(Resource api, Scenario scenario)
    {
        var stated = policies.Of(api, "policy", scenario);
        stated = stated with { Policies = [.. stated.Policies.Select(p => p with { Statements = [.. p.Statements.Select(s => Lengthen(s, api))] })] };
        var world = new World(api.Surroundings.Account, stated);
        return Authorization(api, scenario) switch
        {
            "AWS_IAM" => world,
            "NONE" or "COGNITO_USER_POOLS" when stated.Policies.IsEmpty && stated.Open.Length == 0 => world with { ResourceSideOnly = true, Grants = Open(api, scenario) },
            "NONE" or "COGNITO_USER_POOLS" => world with { ResourceSideOnly = true },
            "CUSTOM" => world with { ResourceSideOnly = true, Grants = new Grant(Truth.Unknown, $"the authorizer of `{api.Address}` decides") },
            _ => world with { ResourceSideOnly = true, Grants = new Grant(Truth.Unknown, $"how the methods of `{api.Address}` authorize is not known here, or differs") },
        };
    }

    /// <summary>By IAM nobody gets in who signs nothing, whatever the policy says; null for all others.</summary>
    public Decision? Refused(Request request, Resource api, Scenario scenario) => request.Caller is Caller.Anonymous && Authorization(api, scenario) == "AWS_IAM"
        ? new Decision(Truth.No, $"the methods of `{api.Address}` take signed requests only", [new TraceStep($"the methods of `{api.Address}` take signed requests only", api.Location)])
        : null;

    /// <summary>A public API without a policy is open to all, a private one cannot be deployed without one.</summary>
    private Grant Open(Resource api, Scenario scenario)
    {
        var endpoints = fields.Read(api, api.Kind!.Fields["endpoints"]!, scenario);
        var isPrivate = endpoints is Value.List list ? scenario.ReadItems(list).Any(e => e.KnownText == "PRIVATE").ToTruth() : (endpoints is Value.Absent ? Truth.No : Truth.Unknown);
        return isPrivate is Truth.Yes ? Grant.None : new Grant(isPrivate.Not(), $"`{api.Address}` has no policy, and nothing else stands before it");
    }

    /// <summary>How all methods authorize; empty where they differ or are not known.</summary>
    private string Authorization(Resource api, Scenario scenario)
    {
        var all = fields.ReadAll(api, api.Kind!.Fields["authorization"]!, scenario).Select(s => s.Value.KnownText ?? "").Distinct(StringComparer.Ordinal).ToList();
        return all is [var only] ? only : "";
    }

    /// <summary><c>execute-api:/stage/…</c> is short for the ARN of this API.</summary>
    private static Statement Lengthen(Statement statement, Resource api)
    {
        if (statement.Resources is not { } resources || !resources.Items.Any(IsShort)) return statement;
        return statement with { Resources = resources with { Items = [.. resources.Items.Select(i => IsShort(i) ? i with { Pattern = Lengthen(i.Pattern!, api) } : i)] } };
    }

    private static bool IsShort(Element element) => element.Pattern?.Text.Pieces is [Piece.Literal { Text: var first }, ..] && first.StartsWith(Short, StringComparison.Ordinal);

    private static Pattern Lengthen(Pattern pattern, Resource api)
    {
        var first = ((Piece.Literal)pattern.Text.Pieces[0]).Text[(Short.Length - 1)..];
        return Pattern.Read(api.Identify("arn") + Text.Join([new Piece.Literal(first), .. pattern.Text.Pieces[1..]]), wildcards: true, variables: pattern.HasVariable);
    }
}
