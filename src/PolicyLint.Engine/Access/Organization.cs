using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Service and resource control policies: those that the user gives, and those that the input attaches (semantics 2.1,
/// 2.2, 8.5).</summary>
public sealed class Organization
{
    private const string ServiceControlType = "SERVICE_CONTROL_POLICY";
    private const string ResourceControlType = "RESOURCE_CONTROL_POLICY";
    private readonly Graph graph;
    private readonly Fields fields;
    private readonly StatedPolicies policies;
    private readonly ImmutableArray<PolicySet> service;
    private readonly ImmutableArray<PolicySet> resource;
    private readonly bool saidService;
    private readonly bool saidResource;

    public Organization(Graph graph, Fields fields, StatedPolicies policies, Deployment deployment, List<Problem> problems)
    {
        (this.graph, this.fields, this.policies) = (graph, fields, policies);
        (saidService, saidResource) = (!deployment.ServiceControl.IsDefault, !deployment.ResourceControl.IsDefault);
        service = Read(deployment.ServiceControl, "service control", problems);
        resource = Read(deployment.ResourceControl, "resource control", problems);
    }

    /// <summary>The world with what the organization adds to it: service control for the caller's account, resource control for
    /// the resource's.</summary>
    public World Over(World world, Request request, Scenario scenario)
    {
        var assumptions = world.Assumptions;
        if (request.Caller.IsOfAccount && !saidService) assumptions = assumptions.Add("no service control policy outside the input denies it");
        if (!saidResource && ResourceControl.Reaches(request.Action) is Truth.Yes) assumptions = assumptions.Add("no resource control policy outside the input denies it");
        return world with
        {
            ServiceControl = request.Caller.IsOfAccount && !world.ResourceSideOnly ? [.. service, .. Attached(ServiceControlType, request.Caller.Account, scenario)] : [],
            ResourceControl = [.. resource, .. Attached(ResourceControlType, world.ResourceAccount, scenario)],
            Assumptions = assumptions,
        };
    }

    /// <summary>The levels that the user gives, each a set of files. One in which nothing is allowed stands beside AWS's own policy
    /// that allows everything, which is attached at every level unless somebody takes it away.</summary>
    private static ImmutableArray<PolicySet> Read(ImmutableArray<ControlLevel> levels, string sort, List<Problem> problems)
    {
        if (levels.IsDefaultOrEmpty) return [];
        return [.. levels.Select(level => WithFullAccess(new PolicySet($"the {sort} policies of {level.Name}", [.. level.Files.SelectMany(f => ReadFile(f, problems))], "")))];
    }

    private static IEnumerable<Policy> ReadFile(Input file, List<Problem> problems)
    {
        var content = JsonReader.Read(Location.StartOf(file.Path), file.Read().Span, problems) is { } root ? Content(root) : null;
        var document = content is Node.Scalar text ? JsonReader.Read(text.Location, Encoding.UTF8.GetBytes(text.Text), problems) : content;
        var policy = document is null ? new Policy(null, [], Location.StartOf(file.Path), "it is broken JSON") : PolicyReader.Read(document, problems);
        yield return policy with { Name = $"`{file.Path}`" };
    }

    /// <summary>The document itself, or inside what <c>aws organizations describe-policy</c> prints.</summary>
    private static Node Content(Node root) => root is Node.Map map
        ? map["Policy"] is Node.Map policy ? policy["Content"] ?? root : map["Content"] ?? root
        : root;

    private static PolicySet WithFullAccess(PolicySet set) =>
        set.Policies.Any(p => p.Unread.Length > 0 || p.Statements.Any(s => s.Effect is not Effect.Deny)) ? set : set with { Policies = [.. set.Policies, FullAccess] };

    private static readonly Elements Everything = new([new Element(Pattern.Read(Text.Of("*"), wildcards: true, variables: false), default)], Negated: false, default);

    private static readonly Policy FullAccess =
        new(null, [new Statement(0, default) { Effect = Effect.Allow, Actions = Everything, Resources = Everything }], default) { Name = "`FullAWSAccess`" };

    /// <summary>The policies of one sort that the input attaches to the account, or to what may hold it. AWS's own policy stays
    /// attached beside them, so only what they deny counts.</summary>
    private IEnumerable<PolicySet> Attached(string type, Text? account, Scenario scenario)
    {
        foreach (var policy in graph.Of("organizations-policy"))
        {
            if (fields.Read(policy, policy.Kind!.Fields["sort"]!, scenario).KnownText is { } known && known != type) continue;
            var doubt = Doubt(policy, account, scenario);
            if (doubt is null) continue;
            var stated = policies.Of(policy, "content", scenario);
            var denying = stated.Policies.Select(p => p with { Statements = [.. p.Statements.Where(s => s.Effect is not Effect.Allow)] });
            yield return new PolicySet($"`{policy.Address}`", [.. denying, FullAccess], "") { Doubt = doubt };
        }
    }

    /// <summary>Why it is not known whether the policy is in force for the account: empty where it surely is, null where it surely
    /// is not.</summary>
    private string? Doubt(Resource policy, Text? account, Scenario scenario)
    {
        string? doubt = null;
        foreach (var stated in fields.ReadEverywhere(policy, policy.Kind!.Fields["targets"]!, scenario))
            foreach (var target in stated.Value is Value.List list ? scenario.ReadItems(list) : [stated.Value])
            {
                if (target is Value.Absent) continue;
                var text = Fields.LinkText(target);
                var named = text is null ? null : Arns.AccountOf(text);
                if (named is not null && account is not null && TextMatch.Equal(named, account) is Truth.Yes) return "";
                if (named is not null && account is not null && TextMatch.Equal(named, account) is Truth.No) continue;
                doubt = $"whether `{policy.Address}`, which is attached to `{text?.ToString() ?? "⟨not known here⟩"}`, is in force for account {account?.ToString() ?? "⟨not known here⟩"} is not known here";
            }
        return doubt;
    }
}
