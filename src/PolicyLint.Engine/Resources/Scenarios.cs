using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>What came of something under one scenario.</summary>
/// <param name="Cut">What was not tried although the result depends on it, empty where all was.</param>
public sealed record Explored<T>(Scenario Scenario, T Result, string Cut = "") where T : class;

/// <summary>Explores what is not decided: only what a result depends on (semantics 8.1). Each undecided condition is assumed both
/// ways; where that does not settle it, each parameter that may be one of a few texts is assumed to be each of them.</summary>
/// <param name="Evaluate">Gives the result under a scenario.</param>
/// <param name="IsSettled">Whether nothing more would change a result.</param>
/// <param name="Agree">Whether two settled results are alike.</param>
public sealed record Scenarios<T>(Func<Scenario, T> Evaluate, Func<T, bool> IsSettled, Func<T, T, bool> Agree) where T : class
{
    /// <summary>How many undecided conditions are assumed both ways; what depends on more stays unknown.</summary>
    public const int Deepest = 6;

    /// <summary>How many scenarios of allowed values are tried for one result; what needs more stays unknown.</summary>
    public const int MostTried = 64;

    /// <summary>Whether no further result can change what is made of the ones so far.</summary>
    public Func<IReadOnlyList<Explored<T>>, bool> IsEnough { get; init; } = _ => false;

    /// <summary>The results under all scenarios that can be; none is asked further that is settled, or that no assumption would
    /// change.</summary>
    public ImmutableArray<Explored<T>> Explore()
    {
        var explored = new List<Explored<T>>();
        Explore(Scenario.Start(), 0, new Budget(), explored);
        return [.. explored];
    }

    /// <summary>What is left of the scenarios of allowed values.</summary>
    private sealed class Budget
    {
        private int left = MostTried;

        public bool Take() => left-- > 0;
    }

    private void Explore(Scenario scenario, int depth, Budget budget, List<Explored<T>> explored)
    {
        var result = Evaluate(scenario);
        if (scenario.Impossible) return;
        if (IsSettled(result)) explored.Add(new Explored<T>(scenario, result));
        else if (scenario.Open is [var unit, ..] && depth < Deepest)
        {
            Explore(scenario.With(unit, holds: true), depth + 1, budget, explored);
            if (!IsEnough(explored)) Explore(scenario.With(unit, holds: false), depth + 1, budget, explored);
        }
        else if (scenario.Open.Count > 0)
            explored.Add(new Explored<T>(scenario, result, $"more than {Deepest} conditions decide it, and no more are tried"));
        else if (scenario.Finite is [var symbol, ..])
            explored.AddRange(EachOf(symbol, scenario, depth, budget, out var cut) ?? [new Explored<T>(scenario, result, cut)]);
        else explored.Add(new Explored<T>(scenario, result));
    }

    /// <summary>The same without an end before all are tried: one text that settles nothing undoes the others.</summary>
    private Scenarios<T> All() => this with { IsEnough = _ => false };

    /// <summary>The results with each text that the symbol may be; null where one of them is not settled, or where they differ and
    /// the parameter has a default that decides.</summary>
    private List<Explored<T>>? EachOf(Symbol symbol, Scenario scenario, int depth, Budget budget, out string cut)
    {
        cut = "";
        var each = new List<Explored<T>>();
        foreach (var text in symbol.Allowed)
        {
            if (!budget.Take())
            {
                cut = $"`{symbol.Display}` has {symbol.Allowed.Length} allowed values, and not all are tried";
                return null;
            }
            var before = each.Count;
            All().Explore(scenario.With(new Condition.Is(symbol, text), true), depth, budget, each);
            for (var i = before; i < each.Count; i++)
                if (!IsSettled(each[i].Result))
                {
                    cut = each[i].Cut;
                    return null;
                }
        }
        return symbol.Default is not null && !each.TrueForAll(e => Agree(e.Result, each[0].Result)) ? null : each;
    }
}
