using System.Collections.Immutable;
using PolicyLint.Engine.Findings;

namespace PolicyLint.Engine.Reports;

/// <summary>A finding as people are told it: with the ids of the other rules that cannot decide about the same resource for the same
/// reason, so that one thing that is not known is told once.</summary>
internal sealed record Told(Finding Finding, ImmutableArray<string> Others)
{
    /// <summary>What is told of a report, in its order; unknowns only where they are asked for.</summary>
    public static IEnumerable<Told> Of(Report report)
    {
        var shown = report.Findings.Where(f => !f.IsOpen || report.Unknown is not UnknownMode.Ignore).ToList();
        var together = shown.Where(f => f.IsOpen && f.Reason.Length > 0).ToLookup(Cause.Of);
        var told = new HashSet<Cause>();
        foreach (var finding in shown)
        {
            var cause = Cause.Of(finding);
            if (!finding.IsOpen || finding.Reason.Length == 0) yield return new Told(finding, []);
            else if (told.Add(cause)) yield return Together([.. together[cause]]);
        }
    }

    private sealed record Cause(string File, string Resource, string Reason)
    {
        public static Cause Of(Finding finding) => new(finding.Location.File, finding.Resource, finding.Reason);
    }

    /// <summary>The gravest of them, and the rules of the others.</summary>
    private static Told Together(List<Finding> same)
    {
        var first = same.MaxBy(f => f.Severity)!;
        return new Told(first, [.. same.Select(f => f.Rule.Id).Where(id => id != first.Rule.Id).Distinct(StringComparer.Ordinal)]);
    }

    private const int MostNamed = 5;

    /// <summary>The other rules in words, empty where there are none; a few of many.</summary>
    public string Also => Others.IsEmpty ? "" : $"for the same reason nothing can be told by {(Others.Length <= MostNamed ? string.Join(", ", Others) : $"{string.Join(", ", Others.Take(MostNamed - 1))} and {Others.Length - MostNamed + 1} other rules")}";
}
