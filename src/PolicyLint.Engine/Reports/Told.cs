using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>A finding as people are told it: with the ids of the other rules that cannot decide about the same resource for the same
/// reason, or that ask for access there and are refused it for the same, so that one thing is told once.</summary>
internal sealed record Told(Finding Finding, ImmutableArray<string> Others)
{
    /// <summary>What is told of a report, in its order; unknowns only where they are asked for.</summary>
    public static IEnumerable<Told> Of(Report report)
    {
        var shown = report.Findings.Where(f => !f.IsOpen || report.Unknown is not UnknownMode.Ignore).ToList();
        var seen = new Dictionary<Cause, Seen>();
        return shown.ToLookup(f => CauseOf(f, seen)).Select(same => Together([.. same]));
    }

    private sealed class Seen
    {
        public int Times { get; set; }
    }

    /// <param name="Alone">The rule of a finding that is told alone, else empty.</param>
    private sealed record Cause(string File, string Resource, string Reason, Location At, string Alone, int Number);

    private static Cause CauseOf(Finding finding, Dictionary<Cause, Seen> seen)
    {
        if (finding.IsOpen && finding.Reason.Length > 0) return new Cause(finding.Location.File, finding.Resource, finding.Reason, default, "", 0);
        var cause = new Cause(finding.Location.File, finding.Resource, finding.Reason, finding.Location, finding.Reason.Length > 0 && Judge.AsksAccess(finding.Rule.Require) ? "" : finding.Rule.Id, 0);
        var ofRule = cause with { Alone = finding.Rule.Id, Number = -1 }; // what a rule says twice of a place is told twice
        if (!seen.TryGetValue(ofRule, out var times)) seen[ofRule] = times = new Seen();
        return cause with { Number = ++times.Times };
    }

    /// <summary>The gravest of them, and the rules of the others.</summary>
    private static Told Together(List<Finding> same)
    {
        var first = same.MaxBy(f => f.Severity)!;
        return new Told(first, [.. same.Select(f => f.Rule.Id).Where(id => id != first.Rule.Id).Distinct(StringComparer.Ordinal)]);
    }

    private const int MostNamed = 5;

    /// <summary>The other rules in words, empty where there are none; a few of many.</summary>
    public string Also => Others.IsEmpty ? "" : Finding.IsOpen ? $"for the same reason nothing can be told by {Named}" : $"{Named} {(Others.Length == 1 ? "fails" : "fail")} for the same reason";

    private string Named => Others.Length <= MostNamed ? string.Join(", ", Others) : $"{string.Join(", ", Others.Take(MostNamed - 1))} and {Others.Length - MostNamed + 1} other rules";
}
