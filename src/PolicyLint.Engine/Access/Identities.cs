using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What a principal carries itself: its identity policies, its permissions boundary (semantics 2.1, 8.5).</summary>
/// <param name="Boundary">Null where it has none.</param>
public sealed record IdentitySide(PolicySet Policies, PolicySet? Boundary)
{
    /// <summary>What limits the session; null where it has none that is known of.</summary>
    public PolicySet? Session { get; init; }
}

/// <summary>Collects what the roles and users of the input carry: inline documents, policies that other resources put on them,
/// managed ones by ARN, and those of their groups.</summary>
public sealed class Identities(Graph graph, Fields fields, StatedPolicies policies, ManagedPolicies managed)
{
    /// <summary>A root user has no identity policies (semantics 2.1).</summary>
    public static readonly IdentitySide OfRoot = new(PolicySet.None("the policies of the root user"), null);

    /// <summary>What a role or user of the input carries.</summary>
    public IdentitySide Of(Resource principal, Scenario scenario)
    {
        var found = ImmutableArray.CreateBuilder<Policy>();
        var open = principal.Created is Truth.Yes || IsReadBack(principal) ? "" : $"`{principal.Address}` was there before and may carry policies that the input does not show";
        AddAll(principal, scenario, found, ref open);
        foreach (var group in GroupsOf(principal, scenario, ref open)) AddAll(group, scenario, found, ref open);
        return new IdentitySide(new PolicySet($"the policies of `{principal.Address}`", found.ToImmutable(), open), BoundaryOf(principal, scenario));
    }

    /// <summary>Of a role that was there before, Terraform reads all inline documents and all attached ARNs back into the plan.</summary>
    private static bool IsReadBack(Resource principal) =>
        principal.Type == "aws_iam_role" && principal.Properties["inline_policy"] is Value.List && principal.Properties["managed_policy_arns"] is Value.List;

    /// <summary>What somebody carries whom the input does not make: nobody knows.</summary>
    public static IdentitySide Outside(Caller caller) => new(new PolicySet($"the policies of {caller}", [], $"the policies of {caller} are not in the input"), null)
    {
        Session = caller is Caller.FederatedUser ? new PolicySet($"the session policy of {caller}", [], $"the session policy of {caller} is not in the input") : null,
    };

    private void AddAll(Resource principal, Scenario scenario, ImmutableArray<Policy>.Builder found, ref string open)
    {
        foreach (var field in (string[])["documents", "attached"])
        {
            var stated = fields.ReadEverywhere(principal, principal.Kind!.Fields[field]!, scenario);
            found.AddRange(policies.DocumentsOf(stated.Where(s => s.Value is not Value.Unknown || s.Holder != principal), scenario));
            if (stated[^1] is { Value: Value.Unknown unknown } last && last.Holder == principal) open = unknown.Why;
        }
        foreach (var arn in Items(principal, "managed", scenario)) AddManaged(arn, principal, scenario, found, ref open);
    }

    private IEnumerable<Value> Items(Resource principal, string field, Scenario scenario) =>
        fields.ReadEverywhere(principal, principal.Kind!.Fields[field]!, scenario).SelectMany(s => s.Value is Value.List list ? scenario.ReadItems(list) : [s.Value]).Where(v => v is not Value.Absent);

    private void AddManaged(Value arn, Resource principal, Scenario scenario, ImmutableArray<Policy>.Builder found, ref string open)
    {
        if (Documents(arn, principal, scenario) is { } documents) found.AddRange(documents);
        else open = $"what policy `{arn.AsText?.ToString() ?? "⟨not known here⟩"}`, which `{principal.Address}` carries, says is not in the input";
    }

    /// <summary>The documents of a managed policy by its ARN: of the input, or AWS's own; null where neither has it.</summary>
    private ImmutableArray<Policy>? Documents(Value arn, Resource principal, Scenario scenario)
    {
        if (Fields.LinkText(arn) is not { } text) return null;
        if (graph.Called(text, graph.Kinds.Named("iam-policy")!, principal.Stack) is { } policy) return policies.Of(policy, "documents", scenario).Policies;
        return text.Known is { } known && managed.Named(known) is { } document ? [document] : null;
    }

    private List<Resource> GroupsOf(Resource principal, Scenario scenario, ref string open)
    {
        var groups = new List<Resource>();
        if (principal.Kind!.Fields["groups"] is null) return groups;
        foreach (var name in Items(principal, "groups", scenario))
            if (Fields.LinkText(name) is { } text && graph.Called(text, graph.Kinds.Named("iam-group")!, principal.Stack) is { } group) groups.Add(group);
            else open = $"what group `{name.AsText?.ToString() ?? "⟨not known here⟩"}` of `{principal.Address}` may do is not in the input";
        return groups;
    }

    private PolicySet? BoundaryOf(Resource principal, Scenario scenario)
    {
        var name = $"the permissions boundary of `{principal.Address}`";
        return fields.Read(principal, principal.Kind!.Fields["boundary"]!, scenario) switch
        {
            Value.Absent or Value.Str { Text.Known: "" } => null,
            var arn when Documents(arn, principal, scenario) is { } documents => new PolicySet(name, documents, ""),
            var arn => new PolicySet(name, [], $"{name}, `{arn.AsText?.ToString() ?? "⟨not known here⟩"}`, is not in the input"),
        };
    }
}
