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
        var stack = new Stack(document.WithoutNodes(), providers.Main) { Buckets = wanted.Deployment.Buckets };
        var references = new References(plan, providers, wanted.Kinds, wanted.Sources, problems);
        var code = new PlanCode(plan.Resources.Where(r => r.Type == "archive_file" && !r.IsDeleted).Select(references.PropertiesOf), FoldersOf(document, wanted), wanted);
        var resources = plan.Resources.Where(r => wanted.Wants(r.Type)).ToLookup(r => r.IsDeleted, Made);
        return new StackReading([.. resources[false]], plan.Resources.Count(r => !r.IsDeleted), [], ImmutableHashSet<string>.Empty)
        {
            Sources = [.. references.Texts, .. code.Files],
            Unread = [.. references.Sources?.Faults ?? []],
            Gone = [.. resources[true]],
        };

        Resource Made(Plan.Planned planned)
        {
            var (read, surroundings) = (ReadResource(planned, stack, wanted.Kinds, references), providers.Of(planned));
            return read with { Surroundings = surroundings, Properties = code.AddTo(planned.Type, read.Kind, read.Properties, surroundings) };
        }
    }

    /// <summary>Where relative paths of the plan begin: the root modules that the user named, and the plan's own folder.</summary>
    private static ImmutableArray<string> FoldersOf(Document document, Wanted wanted) => [.. wanted.Sources.Roots, FilePath.FolderOf(document.Path)];

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
