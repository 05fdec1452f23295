namespace PolicyLint.Engine.Resources;

/// <summary>What came of something under one scenario.</summary>
public sealed record Explored<T>(Scenario Scenario, T Result) where T : class;

/// <summary>Explores undecided conditions: only those that a result depends on, each assumed both ways (semantics 8.1).</summary>
public static class Scenarios
{
    /// <summary>How many undecided conditions are assumed both ways; what depends on more stays unknown.</summary>
    public const int Deepest = 6;

    /// <summary>The results under all scenarios that can be; none is asked further that is settled, or that no assumption would
    /// change.</summary>
    public static List<Explored<T>> Explore<T>(Func<Scenario, T> evaluate, Func<T, bool> isSettled) where T : class
    {
        var explored = new List<Explored<T>>();
        Explore(evaluate, isSettled, Scenario.Start(), 0, explored);
        return explored;
    }

    private static void Explore<T>(Func<Scenario, T> evaluate, Func<T, bool> isSettled, Scenario scenario, int depth, List<Explored<T>> explored) where T : class
    {
        var result = evaluate(scenario);
        if (scenario.Impossible) return;
        if (depth == Deepest || scenario.Open.Count == 0 || isSettled(result))
        {
            explored.Add(new Explored<T>(scenario, result));
            return;
        }
        foreach (var holds in (bool[])[true, false]) Explore(evaluate, isSettled, scenario.With(scenario.Open[0], holds), depth + 1, explored);
    }
}
