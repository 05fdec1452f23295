using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Facts;

/// <summary>One service: its actions, resource types and condition keys.</summary>
public sealed class AwsService
{
    private readonly Dictionary<string, AwsAction> actions;
    private readonly ImmutableArray<AwsKey> patterns;
    private readonly Dictionary<string, AwsKey> keys;
    private readonly Lazy<List<Lowered>> lowered;
    private readonly ConcurrentDictionary<string, IReadOnlyList<AwsAction>> like = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An action with its name in lower case, as patterns are matched against it.</summary>
    private sealed record Lowered(AwsAction Action, Tokens Name);

    private AwsService(string prefix, ImmutableArray<AwsKey> keys, IEnumerable<AwsAction> actions)
    {
        Prefix = prefix;
        this.keys = keys.ToDictionary(k => k.Name, StringComparer.OrdinalIgnoreCase);
        this.actions = actions.DistinctBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);
        lowered = new(() => [.. Actions.Select(a => new Lowered(a, Text.Of(a.Name.ToLowerInvariant()).Tokens))]);
        patterns = [.. keys.Where(k => k.Name.Contains('*', StringComparison.Ordinal))];
    }

    public string Prefix { get; }

    public IReadOnlyCollection<AwsAction> Actions => actions.Values;

    public IReadOnlyCollection<AwsKey> Keys => keys.Values;

    /// <summary>The action of a name, in whatever case.</summary>
    public AwsAction? Action(string name) => actions.GetValueOrDefault(name);

    /// <summary>The actions that a name with wildcards stands for, in whatever case. Several threads may ask.</summary>
    public IReadOnlyList<AwsAction> Like(string pattern) => like.GetOrAdd(pattern, Matching);

    private List<AwsAction> Matching(string pattern)
    {
        var tokens = Pattern.Read(Text.Of(pattern.ToLowerInvariant()), wildcards: true, variables: false).For(RequestContext.Empty(ContextValue.Absent))!;
        return [.. lowered.Value.Where(a => TextMatch.Match(tokens, a.Name) is Truth.Yes).Select(a => a.Action)];
    }

    /// <summary>The condition key of a name, in whatever case; one for each tag is found by its beginning and end.</summary>
    public AwsKey? Key(string name) => keys.GetValueOrDefault(name) ?? patterns.FirstOrDefault(k => k.IsCalled(name));

    /// <summary>Reads a line of the data; <c>build/data/services.mjs</c> says how it is made.</summary>
    internal static AwsService Parse(string line)
    {
        var columns = line.Split('\t');
        var read = Words(columns[2]).Select(AwsKey.Parse).ToImmutableArray();
        var types = Words(columns[1]).Select(t => t.Split('|')).Select(t => new AwsResourceType(t[0], [.. Numbers(t[1]).Select(i => read[i])])).ToImmutableArray();
        return new AwsService(columns[0], read, Words(columns[3]).Select(g => g.Split('|')).SelectMany(g => ActionsOf(g, types, read)));
    }

    private static IEnumerable<AwsAction> ActionsOf(string[] group, ImmutableArray<AwsResourceType> types, ImmutableArray<AwsKey> ofService)
    {
        ImmutableArray<AwsResourceType> its = [.. Numbers(group[0]).Select(i => types[i])];
        ImmutableArray<AwsKey> itsKeys = [.. Numbers(group[1]).Select(i => ofService[i]).Concat(its.SelectMany(t => t.Keys)).Distinct()];
        return group[2].Split(',').Select(name => new AwsAction(name, its, itsKeys));
    }

    private static string[] Words(string column) => column.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<int> Numbers(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture));

    public override string ToString() => Prefix;
}

/// <summary>One action; without resource types it is on no resource that a policy can name.</summary>
public sealed record AwsAction(string Name, ImmutableArray<AwsResourceType> Types, ImmutableArray<AwsKey> Keys)
{
    /// <summary>Whether a request for it may have the key.</summary>
    public bool Has(AwsKey key) => Keys.Contains(key);

    public override string ToString() => Name;
}

/// <summary>One sort of resource, by the form of its ARNs: what stands behind <c>arn:PARTITION:</c>, with <c>${Names}</c>.</summary>
public sealed class AwsResourceType(string form, ImmutableArray<AwsKey> keys)
{
    private Text? shape;

    public string Form { get; } = form;

    public ImmutableArray<AwsKey> Keys { get; } = keys;

    public string Arn => $"arn:aws:{Form}";

    /// <summary>The form as a text with a hole for each of its names.</summary>
    internal Text Shape => shape ??= Faults.ArnForm.ShapeOf(this);

    public override string ToString() => Arn;
}
