using System.Globalization;
using System.Text;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;
using Xunit.Abstractions;

namespace PolicyLint.Tests.Golden;

/// <summary>Over real templates and plans, what is not known is so for a reason that nobody can mend.</summary>
public sealed class CensusTests(ITestOutputHelper output)
{
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).Kinds;

    [SharedFact("corpus")]
    public void Every_call_of_a_function_is_resolved_symbolic_or_unknown_for_a_reason()
    {
        var census = new IntrinsicCensus(Shipped);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedCases.Folder("corpus")!, "cfn"), "*.*", SearchOption.AllDirectories)) census.Add(file);
        var byReason = census.Counts.GroupBy(c => c.Key.Outcome).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        output.WriteLine(Table(byReason));
        foreach (var function in census.Counts.GroupBy(c => c.Key.Function).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{function.Key}\n{Table(function.ToDictionary(c => c.Key.Outcome, c => c.Value))}");
        AssertFew(byReason);
    }

    [SharedFact("corpus")]
    public void Every_field_that_a_plan_does_not_know_is_symbolic_or_unknown_for_a_reason()
    {
        var census = new PlanCensus(Shipped);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedCases.Folder("corpus")!, "tfplan"), "*.json", SearchOption.AllDirectories)) census.Add(file);
        var byReason = census.Counts.GroupBy(c => c.Key.Outcome).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        output.WriteLine(Table(byReason));
        output.WriteLine(Table(census.Counts.ToDictionary(c => $"{c.Key.Field}: {c.Key.Outcome}", c => c.Value)));
        AssertFew(byReason);
    }

    private static void AssertFew(Dictionary<string, int> byReason)
    {
        var all = byReason.Values.Sum();
        Assert.NotEqual(0, all);
        var left = byReason.Where(r => r.Key.StartsWith(Outcomes.NotImplemented, StringComparison.Ordinal)).ToDictionary();
        Assert.True(left.Values.Sum() * 200 <= all, $"more than 0.5 % is not implemented:\n{Table(left)}");
    }

    private static string Table(Dictionary<string, int> counts)
    {
        var all = counts.Values.Sum();
        var table = new StringBuilder();
        foreach (var (outcome, count) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
            table.Append(CultureInfo.InvariantCulture, $"{count,8} {100.0 * count / all,7:0.00} %  {outcome}\n");
        return table.ToString();
    }
}
