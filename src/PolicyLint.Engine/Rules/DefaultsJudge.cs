using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Judges again what stays unknown, as it is where parameters keep their defaults (semantics 8.1). What then fails is a
/// failure that says so, and what then passes counts as passed: unless it surely fails with another value of the parameters. A
/// failure that comes of an empty default in a text, where another value would be given, stays unknown.</summary>
/// <param name="attach">Makes a graph ready to be judged.</param>
/// <param name="strict">Whether a pass that rests on defaults counts as unknown.</param>
public sealed class DefaultsJudge(Graph graph, Func<Graph, Surface> attach, bool strict)
{
    private World? all;
    private World? withoutEmpty;
    private (string Family, ImmutableArray<ParameterDefault> Defaults) last = ("", []);

    /// <summary>The verdicts, those that are unknown settled where defaults settle them.</summary>
    public List<Verdict> Settle(Rule rule, Resource resource, List<Verdict> verdicts)
    {
        if (graph.WithDefaults is not { } assumed) return verdicts;
        var known = (all ??= new World(assumed, attach)).Verdicts(rule, resource);
        var elements = verdicts.Select(v => v.Element).ToHashSet();
        var fresh = known.Where(v => !elements.Contains(v.Element)).ToList();
        var settled = verdicts.SelectMany(v => v.Judgement is not Judgement.Unknown ? [v]
            : known.Exists(k => k.Element == v.Element) ? [Merge(v, known.Where(k => k.Element == v.Element).MaxBy(k => k.Judgement)!)]
            : fresh.Count > 0 ? fresh.Select(f => Merge(v, f))
            : (IEnumerable<Verdict>)[v]);
        return [.. settled.Distinct()];
    }

    /// <summary>An unknown verdict with what it is where defaults are kept.</summary>
    private Verdict Merge(Verdict open, Verdict known)
    {
        if (known.Judgement is Judgement.Unknown) return known.Element == open.Element ? open : known;
        var defaults = Needed(open.Resource, known);
        if (defaults.IsEmpty) return known;
        var naming = ParameterDefault.Naming(defaults);
        if (known.Judgement is Judgement.Fail) return ComesOfNothingGiven(known, open.Resource, defaults) ? NotGiven(open, defaults) : known with { Message = $"with {naming}: {known.Message}", Defaults = defaults };
        if (!strict && open.FailsWhen.Length == 0) return known with { Defaults = defaults };
        var reason = $"{open.Reason}; it holds with {naming}";
        return open with { Reason = reason, Message = RuleEvaluation.CannotTell(open.Rule, open.Resource, reason) };
    }

    /// <summary>Whether it would not fail if empty defaults decided conditions only.</summary>
    private bool ComesOfNothingGiven(Verdict known, Resource resource, ImmutableArray<ParameterDefault> defaults) =>
        defaults.Any(d => d.Text.Length == 0)
        && Worst(withoutEmpty ??= new World(graph.Keeping(graph.DefaultsIn(null), fillsEmpty: false), attach), known, resource) is not Judgement.Fail;

    private static Verdict NotGiven(Verdict open, ImmutableArray<ParameterDefault> defaults)
    {
        var empty = defaults.Where(d => d.Text.Length == 0).Select(d => d.Named).ToList();
        var reason = $"{open.Reason}; {string.Join(" and ", empty)} {(empty.Count == 1 ? "is" : "are")} empty by default, which counts as not given here";
        return open with { Reason = reason, Message = RuleEvaluation.CannotTell(open.Rule, open.Resource, reason) };
    }

    private static Judgement Worst(World world, Verdict known, Resource resource) =>
        world.Verdicts(known.Rule, resource).Where(v => v.Element == known.Element).Select(v => v.Judgement).DefaultIfEmpty().Max();

    /// <summary>The fewest defaults found without which the verdict would be another. They are looked for among the resource's own
    /// stacks, and only where those do not tell among all.</summary>
    private ImmutableArray<ParameterDefault> Needed(Resource resource, Verdict known)
    {
        var family = resource.Stack.Family;
        if (last.Family != family) last = (family, graph.DefaultsIn(family));
        if (Holds(last.Defaults, family)) return ParameterDefault.Fewest(last.Defaults, [], kept => Holds(kept, family));
        return ParameterDefault.Fewest(graph.DefaultsIn(null), [], kept => Holds(kept, null));

        bool Holds(ImmutableArray<ParameterDefault> kept, string? among) => Worst(new World(graph.Keeping(kept, among), attach), known, resource) == known.Judgement;
    }

    /// <summary>What the inputs are where some defaults are kept.</summary>
    private sealed class World(AssumedGraph assumed, Func<Graph, Surface> attach)
    {
        private Surface? surface;

        public List<Verdict> Verdicts(Rule rule, Resource resource) =>
            assumed[resource] is { } here ? Judge.Of(rule, here, surface ??= attach(assumed.Graph)) : [];
    }
}
