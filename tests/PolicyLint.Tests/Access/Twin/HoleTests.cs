using PolicyLint.Engine.Resources;
using Xunit.Abstractions;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>What is certain of a request with unknown parts is so whatever these parts turn out to be.</summary>
public class HoleTests(ITestOutputHelper output)
{
    private const int Count = 20_000;

    [Fact]
    public void What_is_certain_with_holes_is_so_for_every_filling()
    {
        var tally = new Tally();
        Generated.Check(Count, Holes.Any, one => one.Simpler(), one =>
        {
            var certain = RealEvaluator.Decide(one.Holed);
            tally.Add(certain);
            return one.Fillings.Select(filling => Contradiction(certain, one.Holed, filling)).FirstOrDefault(found => found is not null);
        });
        output.WriteLine($"{tally}");
        tally.AssertFair(10);
    }

    [Fact]
    public void A_case_whose_holes_are_filled_is_answered_as_before() => Generated.Check(Count / 4, Holes.Any, one => one.Simpler(), one =>
    {
        var filled = one.Fillings[0].Fill(one.Holed);
        var (expected, got) = (NaiveTwin.Decide(filled.Request, filled.World), RealEvaluator.Decide(filled));
        return got == expected ? null : $"filled, the twin says {expected}, the evaluator {got}";
    });

    private static string? Contradiction(Truth certain, Case holed, Filling filling)
    {
        if (certain is Truth.Unknown || filling.FillValid(holed) is not { } filled) return null;
        var known = NaiveTwin.Decide(filled.Request, filled.World);
        return known != certain ? $"with holes the evaluator says {certain}, but the twin {known} for\n{filling}" : null;
    }
}
