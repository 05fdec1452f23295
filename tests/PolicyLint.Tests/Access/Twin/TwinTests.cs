using Xunit.Abstractions;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>The evaluator and its naive twin give the same answer to whatever fully known request.</summary>
public class TwinTests(ITestOutputHelper output)
{
    private const int Count = 100_000;

    [Fact]
    public void The_evaluator_answers_as_its_naive_twin()
    {
        var tally = new Tally();
        Generated.Check(Count, Cases.Any, Shrinker.Simpler, one =>
        {
            var expected = NaiveTwin.Decide(one.Request, one.World);
            tally.Add(expected);
            var got = RealEvaluator.Decide(one);
            return got == expected ? null : $"the twin says {expected}, the evaluator {got}";
        });
        output.WriteLine($"{tally}");
        tally.AssertFair(5);
    }
}
