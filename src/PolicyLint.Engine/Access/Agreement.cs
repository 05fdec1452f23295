using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>One decision of those under several scenarios: certain where all agree (semantics 8.1, T-807, T-813).</summary>
internal static class Agreement
{
    public static Decision Of(Func<Scenario, Decision> decide)
    {
        var explored = new Scenarios<Decision>(decide, d => d.Allowed is not Truth.Unknown, (a, b) => a.Allowed == b.Allowed).Explore();
        if (explored.IsEmpty) return new Decision(Truth.Unknown, "no way of the conditions leads to it", []);
        if (explored.All(e => e.Result.Allowed == explored[0].Result.Allowed)) return explored[0].Result;
        var worst = explored.MinBy(e => e.Result.Allowed)!;
        return new Decision(Truth.Unknown, () => worst.Result.Account with { Reason = $"{worst.Result.Reason}, when {worst.Scenario.Describe()}", Changes = [] });
    }
}
