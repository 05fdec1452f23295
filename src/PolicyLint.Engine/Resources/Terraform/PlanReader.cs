using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Reads plans into resources.</summary>
internal static class PlanReader
{
    /// <summary>The resources that will exist once the plan is applied, data sources included.</summary>
    public static StackReading Read(Document document, Wanted wanted, List<Problem> problems)
    {
        var plan = Plan.Read(document, wanted.Kinds.Remaining, problems);
        var providers = new Providers(plan, wanted.Deployment);
        var stack = new Stack(document.WithoutNodes(), providers.Main);
        var references = new References(plan, providers, wanted.Kinds, wanted.Sources, problems);
        var resources = plan.Resources.Where(r => wanted.Wants(r.Type)).ToLookup(r => r.IsDeleted, Made);
        return new StackReading([.. resources[false]], plan.Resources.Count(r => !r.IsDeleted), [], ImmutableHashSet<string>.Empty)
        {
            Sources = references.Texts,
            Unread = [.. references.Sources?.Faults ?? []],
            Gone = [.. resources[true]],
        };

        Resource Made(Plan.Planned planned) => ReadResource(planned, stack, wanted.Kinds, references) with { Surroundings = providers.Of(planned) };
    }

    private static Resource ReadResource(Plan.Planned planned, Stack stack, Kinds kinds, References references)
    {
        var kind = kinds.OfType(planned.Type);
        return new Resource(
            stack, planned.Address, planned.Type, kind, references.PropertiesOf(planned), references.PlaceOf(planned),
            Condition.Always, planned.IsCreated.ToTruth())
        {
            Identities = kind is null ? [] : [.. kind.Identities.Select(i => references.Identify(planned, i.Name))],
        };
    }
}
