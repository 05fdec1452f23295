using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.CloudFormation;
using PolicyLint.Engine.Resources.Terraform;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Resources.Workflows;

namespace PolicyLint.Engine.Resources;

/// <summary>What is asked of every document: the deploy it is for, the kinds, and further types that rules name.</summary>
public sealed record Wanted(Deployment Deployment, Kinds Kinds, IReadOnlySet<string> RawTypes)
{
    /// <summary>Where the sources of plans may lie.</summary>
    public TerraformSources Sources { get; init; } = TerraformSources.None;

    /// <summary>The file at a path as it is told, null where there is none: templates may name others. Several threads may ask.</summary>
    public Func<string, Input?> FileAt { get; init; } = _ => null;

    /// <summary>The programs below a folder, or the one file at a path; a few hundred at most. Several threads may ask.</summary>
    public Func<string, IReadOnlyList<Input>> CodeUnder { get; init; } = _ => [];

    /// <summary>Whether any rule asks for what the code of functions and build projects does.</summary>
    public bool ReadsCode { get; init; } = true;

    /// <summary>Whether resources of whatever type are asked for.</summary>
    public bool Everything { get; init; }

    /// <summary>Whether any rule can ask for a resource of the type; custom resources may change others.</summary>
    public bool Wants(string type) =>
        Everything || Kinds.Types.Contains(type) || RawTypes.Contains(type) || Resource.IsCustomType(type);
}

/// <summary>The resources of one document that rules can ask for, of <paramref name="Count"/> in all; what it exports, and the
/// keys of what it asked other stacks for.</summary>
public sealed record StackReading(
    ImmutableArray<Resource> Resources, int Count, ImmutableArray<Export> Exports, IReadOnlySet<string> Imports)
{
    /// <summary>The resources that the deploy makes an end of, as they were.</summary>
    public ImmutableArray<Resource> Gone { get; init; } = [];

    /// <summary>The Terraform sources of a plan, which findings may point into.</summary>
    public ImmutableArray<Document> Sources { get; init; } = [];

    /// <summary>What of the sources could not be read: the plan is judged without it.</summary>
    public ImmutableArray<Problem> Unread { get; init; } = [];

    /// <summary>The template's path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether a macro may add to it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The template's outputs.</summary>
    public ImmutableDictionary<string, Value> Outputs { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>The paths of the templates that are nested in it, at any depth.</summary>
    public ImmutableHashSet<string> Nested { get; init; } = [];

    /// <summary>Those of the documents of one file, as one; null where it has none.</summary>
    public static StackReading? All(IEnumerable<StackReading> readings)
    {
        StackReading? all = null;
        foreach (var one in readings)
            all = all is null ? one : new StackReading(
                [.. all.Resources, .. one.Resources], all.Count + one.Count, [.. all.Exports, .. one.Exports], all.Imports.Concat(one.Imports).ToHashSet(StringComparer.Ordinal))
            {
                Gone = [.. all.Gone, .. one.Gone],
                Unread = [.. all.Unread, .. one.Unread],
                Sources = [.. all.Sources, .. one.Sources],
                Nested = all.Nested.Union(one.Nested),
                Path = all.Path,
                IsOpen = all.IsOpen,
            };
        return all;
    }
}

/// <summary>Reads all inputs into one graph.</summary>
public static class GraphReader
{
    private const int WorthThreads = 4;
    private const int LongestChain = 5;

    /// <summary>Reads each input and its resources in one go, so that its nodes need not be kept; in parallel, the results in
    /// the inputs' order. Problems are those of the files and of what they say.</summary>
    public static (Graph Graph, ImmutableArray<Reading> Readings) Read(IReadOnlyList<Input> inputs, Wanted wanted, List<Problem> problems)
    {
        var readings = new Reading[inputs.Count];
        var stacks = new StackReading?[inputs.Count];
        var faults = new List<Problem>[inputs.Count];
        wanted = wanted with { FileAt = AmongFirst(inputs, wanted.FileAt) };
        var assemblies = new Assemblies(wanted.FileAt);
        if (inputs.Count >= WorthThreads) Parallel.For(0, inputs.Count, i => ReadOne(i, Exports.None));
        else for (var i = 0; i < inputs.Count; i++) ReadOne(i, Exports.None);

        foreach (var i in InOthers(inputs, stacks)) (stacks[i], faults[i]) = (null, []);
        ReadImporters(stacks, ReadOne);

        for (var i = 0; i < inputs.Count; i++) problems.AddRange(readings[i].Problems.Concat(faults[i]));
        return (ToGraph(stacks.OfType<StackReading>(), wanted.Kinds), [.. readings]);

        void ReadOne(int i, Exports known)
        {
            var reading = DocumentReader.Read(inputs[i]);
            faults[i] = [];
            stacks[i] = Workflow.Is(inputs[i].Path) && reading.Documents.IsEmpty
                ? WorkflowReader.Read(inputs[i], wanted, faults[i])
                : StackReading.All(reading.Documents.Select(d => Read(d, wanted, assemblies, known, faults[i])));
            readings[i] = reading with { Documents = [.. reading.Documents.Select(d => d.WithoutNodes())], Sources = stacks[i]?.Sources ?? [], Unread = stacks[i]?.Unread ?? [] };
        }
    }

    /// <summary>Reads the stacks again that take values of others, and those that take values of these, until there are no more.</summary>
    private static void ReadImporters(StackReading?[] stacks, Action<int, Exports> read)
    {
        var changed = ExportsOf(stacks).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        for (var step = 0; step < LongestChain && changed.Count > 0; step++)
        {
            var importers = Enumerable.Range(0, stacks.Length).Where(i => stacks[i] is { } stack && stack.Imports.Any(changed.Contains)).ToList();
            var exports = new Exports(ExportsOf(stacks));
            foreach (var i in importers) read(i, exports);
            changed = importers.SelectMany(i => stacks[i]?.Exports ?? []).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        }
    }

    private static IEnumerable<Export> ExportsOf(IEnumerable<StackReading?> stacks) => stacks.SelectMany(s => s?.Exports ?? []).ToList();

    /// <summary>Inputs come before what lies beside them: they may be nowhere else.</summary>
    private static Func<string, Input?> AmongFirst(IReadOnlyList<Input> inputs, Func<string, Input?> beside)
    {
        var known = new Lazy<Dictionary<string, Input>>(() => inputs.DistinctBy(i => i.Path).ToDictionary(i => i.Path, StringComparer.Ordinal));
        return path => known.Value.GetValueOrDefault(path) ?? beside(path);
    }

    /// <summary>The templates that are judged where they are nested, and so not by themselves; of a circle, all but the first.</summary>
    private static IEnumerable<int> InOthers(IReadOnlyList<Input> inputs, StackReading?[] stacks)
    {
        var nested = stacks.SelectMany((s, i) => s?.Nested.Remove(inputs[i].Path) ?? []).ToHashSet(StringComparer.Ordinal);
        if (nested.Count == 0) yield break;
        var covered = stacks.Where((s, i) => !nested.Contains(inputs[i].Path)).SelectMany(s => s?.Nested ?? []).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Count; i++)
            if (covered.Contains(inputs[i].Path)) yield return i;
            else if (nested.Contains(inputs[i].Path)) covered.UnionWith(stacks[i]?.Nested ?? []);
    }

    /// <summary>The graph of one document that is read already.</summary>
    public static Graph Read(Document document, Wanted wanted, List<Problem> problems) =>
        ToGraph([Read(document, wanted, new Assemblies(wanted.FileAt), Exports.None, problems)], wanted.Kinds);

    private static StackReading Read(Document document, Wanted wanted, Assemblies assemblies, Exports exports, List<Problem> problems)
    {
        if (document.Format is not Format.CloudFormation) return PlanReader.Read(document, wanted, problems);
        var environment = assemblies.Of(document.Path);
        var use = new TemplateUse(wanted with { Deployment = environment.Over(wanted.Deployment) }, exports, problems) { StackName = environment.StackName ?? "" };
        return TemplateReader.Read(document, use);
    }

    private static Graph ToGraph(IEnumerable<StackReading> stacks, Kinds kinds)
    {
        var all = stacks.ToList();
        var resources = all.SelectMany(s => s.Resources).ToImmutableArray();
        return Graph.Of(resources, kinds, all.Sum(s => s.Count), [.. all.SelectMany(s => s.Gone)]);
    }
}
