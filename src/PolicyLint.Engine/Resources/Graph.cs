using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources;

/// <summary>All resources of all inputs, found by kind, by type and by what they are called.</summary>
public sealed class Graph
{
    private readonly ILookup<string, Resource> byType;
    private readonly ILookup<Kind, Resource> byKind;
    private readonly ILookup<Stack, Resource> customByStack;
    private readonly ConcurrentDictionary<Identity, ILookup<string, Resource>> byIdentity = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Identity, ILookup<string, Resource>> byChoice = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<ILookup<string, Resource>> byFamily;
    private readonly Lazy<ILookup<string, Assuming>> assuming;
    private readonly Lazy<AssumedGraph?> withDefaults;

    public Graph(ImmutableArray<Resource> resources, Kinds kinds)
    {
        (Resources, Kinds) = (resources, kinds);
        byType = resources.ToLookup(r => r.Type, StringComparer.Ordinal);
        customByStack = resources.Where(r => r.IsCustom).ToLookup(r => r.Stack);
        byKind = resources.Where(r => r.Kind is not null).ToLookup<Resource, Kind>(r => r.Kind!, ReferenceEqualityComparer.Instance);
        byFamily = new(() => resources.Take(own).ToLookup(r => r.Stack.Family, StringComparer.Ordinal));
        assuming = new(() => AssumingAmong(resources).ToLookup(d => d.Resource.Stack.Family, StringComparer.Ordinal));
        withDefaults = new(() => DefaultsIn(null) is { IsEmpty: false } all ? Keeping(all) : null);
    }

    /// <summary>The graph of what the inputs hold, and of what they only state policies of.</summary>
    /// <param name="count">How many resources the inputs have in all.</param>
    /// <param name="gone">The resources that the deploy makes an end of.</param>
    public static Graph Of(ImmutableArray<Resource> resources, Kinds kinds, int count, ImmutableArray<Resource> gone = default)
    {
        resources = UploadTargets.Settle(resources, kinds);
        var inputs = new Graph(resources, kinds) { Count = count, own = resources.Length, Gone = gone.IsDefault ? [] : gone };
        return Outsiders.Of(inputs).ToImmutableArray() is { IsEmpty: false } outsiders
            ? new Graph([.. resources, .. outsiders], kinds) { Count = count, own = resources.Length, Gone = inputs.Gone }
            : inputs;
    }

    /// <summary>How many of the resources the inputs hold; those behind them are only named.</summary>
    private int own;

    /// <summary>The defaults of parameters that the resources have to do with, those of one family of stacks or of all.</summary>
    public ImmutableArray<ParameterDefault> DefaultsIn(string? family)
    {
        var found = family is null ? assuming.Value.SelectMany(f => f) : assuming.Value[family];
        return [.. found.SelectMany(d => d.Defaults).Distinct().OrderBy(d => d.Scope, StringComparer.Ordinal).ThenBy(d => d.Parameter, StringComparer.Ordinal)];
    }

    /// <summary>A resource that has to do with defaults of parameters.</summary>
    private sealed record Assuming(Resource Resource, ImmutableArray<ParameterDefault> Defaults);

    private static IEnumerable<Assuming> AssumingAmong(ImmutableArray<Resource> resources)
    {
        foreach (var resource in resources)
        {
            var found = new HashSet<ParameterDefault>();
            KeptDefaults.Collect(resource, found);
            if (found.Count > 0) yield return new Assuming(resource, [.. found]);
        }
    }

    /// <summary>The graph as it is where all parameters keep their defaults; null where nothing has to do with any. Several threads
    /// may ask.</summary>
    public AssumedGraph? WithDefaults => withDefaults.Value;

    /// <summary>The graph as it is where parameters keep these defaults.</summary>
    /// <param name="family">The stacks that are looked at, null for all.</param>
    /// <param name="fillsEmpty">Whether empty defaults are filled in outside of conditions.</param>
    public AssumedGraph Keeping(ImmutableArray<ParameterDefault> defaults, string? family = null, bool fillsEmpty = true)
    {
        var kept = new KeptDefaults(defaults.ToHashSet().Contains, fillsEmpty);
        var before = family is null ? [.. Resources.Take(own)] : byFamily.Value[family].ToImmutableArray();
        var touched = (family is null ? assuming.Value.SelectMany(f => f) : assuming.Value[family]).Select(d => d.Resource).ToHashSet();
        var after = before.Select(r => touched.Contains(r) ? kept.Of(r) : r).ToImmutableArray();
        var graph = Of(after, Kinds, Count, Gone);
        return new AssumedGraph(graph, before, [.. graph.Resources.Take(after.Length)], kept);
    }

    /// <summary>The resources that rules can ask for.</summary>
    public ImmutableArray<Resource> Resources { get; }

    /// <summary>The resources that the deploy makes an end of, as they were.</summary>
    public ImmutableArray<Resource> Gone { get; private init; } = [];

    /// <summary>How many resources the inputs have in all.</summary>
    public int Count { get; init; }

    public Kinds Kinds { get; }

    /// <summary>The resources of a kind's name or of a raw type.</summary>
    public IEnumerable<Resource> Of(string kindOrType) => Kinds.Named(kindOrType) is { } kind ? byKind[kind] : byType[kindOrType];

    /// <summary>The custom resources of a stack.</summary>
    public IEnumerable<Resource> CustomIn(Stack stack) => customByStack[stack];

    /// <summary>The resources of a type, everywhere.</summary>
    public IEnumerable<Resource> OfType(string type) => byType[type];

    /// <summary>The resource of a kind that a text is an identity of, or null. One in <paramref name="from"/>'s own document
    /// comes before those of others: two variants of one template may use the same name.</summary>
    public Resource? Called(Text text, Kind kind, Stack from) => CalledBy(text, kind, from).Resource;

    private (Resource? Resource, string Via, Text Name) CalledBy(Text text, Kind kind, Stack from)
    {
        foreach (var identity in kind.Identities)
            if (Nearest(Index(kind, identity)[text.Key], from) is { } found) return (found, identity.Name, text);
        foreach (var identity in text.Known is null ? kind.Identities : [])
            if (Nearest(IndexByChoice(kind, identity)[text.Key], from) is { } chosen) return (chosen, identity.Name, text);
        return (null, "", text);
    }

    /// <summary>What a text names: a resource and the identity by which it does; or, where the text has the form of an
    /// identity but no resource of the input is meant, only <c>Via</c> and the name in it; or nothing.</summary>
    public (Resource? Resource, string Via, Text Name) Recognise(Text text, Kind kind, Stack from)
    {
        if (CalledBy(text, kind, from) is { Resource: not null } called) return called;
        var coded = text.HasEither ? null : CodedText.Of(text);
        foreach (var identity in kind.Identities)
        {
            if (identity.Is.Length == 0 || coded is null || Kinds.FormOf(identity).Parse(coded) is not { } captured) continue;
            foreach (var inner in kind.Identities.Where(i => i.Is.Length == 0))
                if (captured.TryGetValue(inner.Name, out var name))
                    return (Nearest(Index(kind, inner)[name.Key], from), identity.Name, name);
        }
        return RecogniseEach(text, kind, from);
    }

    /// <summary>Where a hole can only be one of a few texts (of a map by region, say), what all of them name alike.</summary>
    private (Resource? Resource, string Via, Text Name) RecogniseEach(Text text, Kind kind, Stack from)
    {
        if (text.Symbols.FirstOrDefault(s => !s.Allowed.IsEmpty && s.Allowed.Length <= MostTried) is not { } symbol) return (null, "", text);
        var each = symbol.Allowed.Select(a => Recognise(Text.Join(text.Pieces.Select(p => p is Piece.Hole hole && hole.Symbol == symbol ? new Piece.Literal(a) : p)), kind, from)).ToList();
        return each.TrueForAll(e => e.Via.Length > 0 && e.Resource == each[0].Resource && e.Name.Equals(each[0].Name)) ? each[0] : (null, "", text);
    }

    private const int MostTried = 64;

    /// <summary>What the input itself states comes first. Two other inputs that state one of the same name are two worlds, and nobody
    /// knows which of them is meant.</summary>
    private static Resource? Nearest(IEnumerable<Resource> found, Stack from) =>
        found.FirstOrDefault(r => r.Stack.Document == from.Document) ?? found.FirstOrDefault(r => r.Stack.Family == from.Family) ?? OfOneInput(found);

    private static Resource? OfOneInput(IEnumerable<Resource> found)
    {
        Resource? only = null;
        foreach (var resource in found)
            if (only is null || (only.IsOutside && !resource.IsOutside)) only = resource;
            else if (only.Stack.Family != resource.Stack.Family && only.IsOutside == resource.IsOutside) return null;
        return only;
    }

    /// <summary>The inputs that state a resource of the kind that one of these keys names, a stack with those nested in it as one.</summary>
    public IEnumerable<string> FamiliesOf(Kind kind, IReadOnlyCollection<string> keys) => kind.Identities
        .SelectMany(i => keys.SelectMany(k => Index(kind, i)[k])).Where(r => !r.IsOutside).Select(r => r.Stack.Family).Distinct(StringComparer.Ordinal);

    /// <summary>What a parameter gives as a name, where conditions choose between that and another. A text that is written down may
    /// be the name of something else where they choose the other.</summary>
    private ILookup<string, Resource> IndexByChoice(Kind kind, Identity identity) => byChoice.GetOrAdd(identity, i => byKind[kind]
        .SelectMany(r => Alternative.Of(r.Identify(i.Name)).Where(a => a.Text.Known is null).Select(a => KeyValuePair.Create(a.Text.Key, r)))
        .ToLookup(p => p.Key, p => p.Value, StringComparer.Ordinal));

    /// <summary>Several threads may ask.</summary>
    private ILookup<string, Resource> Index(Kind kind, Identity identity) =>
        byIdentity.GetOrAdd(identity, i => byKind[kind].ToLookup(r => r.Identify(i.Name).Key, StringComparer.Ordinal));
}

/// <summary>A graph under an assumption, and what its resources are without it.</summary>
public sealed class AssumedGraph(Graph graph, ImmutableArray<Resource> before, ImmutableArray<Resource> after, KeptDefaults kept)
{
    private readonly Dictionary<Resource, Resource> counterparts = Enumerable.Range(0, before.Length).ToDictionary(i => before[i], i => after[i]);

    public Graph Graph => graph;

    /// <summary>The text as it is here.</summary>
    public Text Of(Text text) => kept.Of(text);

    /// <summary>The resource as it is here; one that is only named is found by the place that names it, or is no more.</summary>
    public Resource? this[Resource resource] => counterparts.TryGetValue(resource, out var found)
        ? found
        : graph.Resources.Skip(after.Length).FirstOrDefault(r => r.Location == resource.Location && r.Type == resource.Type);
}
