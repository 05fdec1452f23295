using System.Globalization;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>How a part of the text is shown where there are colours.</summary>
public enum TextStyle { Plain, Bold, Dim, Error, Warning, Note, Good }

/// <summary>A part of the text report; the parts one after the other are the report.</summary>
public readonly record struct TextPart(string Text, TextStyle Style = TextStyle.Plain);

/// <summary>The report for people: each finding with its source line, a caret, the steps of its reason and the fix.</summary>
public static class TextReport
{
    private const int MostTrace = 3;
    private const int MostLeftAlone = 10_000;

    /// <summary>The parts, line breaks included.</summary>
    public static IEnumerable<TextPart> Write(Report report, bool verbose)
    {
        foreach (var finding in report.Findings)
            if (!finding.IsOpen || report.Unknown is not UnknownMode.Ignore)
                foreach (var part in Finding(finding)) yield return part;
        foreach (var problem in report.Problems)
            foreach (var part in Problem(problem)) yield return part;
        if (verbose)
            foreach (var (path, why) in report.LeftAlone.Take(MostLeftAlone)) yield return new TextPart($"left alone {path}: {why}\n", TextStyle.Dim);
        if (verbose && report.ByRule.Length > 0)
            foreach (var rule in report.ByRule)
                yield return new TextPart(string.Create(CultureInfo.InvariantCulture, $"{rule.RuleId}: {rule.Failed} failed, {rule.Unknown} unknown, {rule.Passed} passed\n"), TextStyle.Dim);
        foreach (var part in Summary(report)) yield return part;
    }

    private static IEnumerable<TextPart> Finding(Finding finding)
    {
        var (word, style) = finding.IsOpen ? ("unknown", TextStyle.Note) : finding.Severity switch
        {
            Severity.Error => ("error", TextStyle.Error),
            Severity.Warning => ("warning", TextStyle.Warning),
            _ => ("note", TextStyle.Note),
        };
        yield return new TextPart($"{finding.Location}: ", TextStyle.Bold);
        yield return new TextPart(word, style);
        yield return new TextPart($": {finding.Message} ");
        yield return new TextPart($"[{finding.Rule.Id}]\n", TextStyle.Dim);
        foreach (var part in Excerpt(finding)) yield return part;
        foreach (var step in finding.Trace.Where(s => !finding.Reason.Contains(s.Text, StringComparison.Ordinal)).Take(MostTrace))
            yield return new TextPart($"   because {step.Text} ({step.Location.Line}:{step.Location.Column})\n");
        yield return new TextPart($"   fix: {Fix(finding)}\n\n");
    }

    private static string Fix(Finding finding) => finding.IsOpen ? "give what is unknown (`--parameter`, `--account`, `--region`), or suppress it with the reason why it is right" : OneLine(finding.Rule.Fix);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<TextPart> Excerpt(Finding finding)
    {
        var line = finding.Excerpt;
        if (line.Trim().Length == 0) yield break;
        var number = finding.Location.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        yield return new TextPart($"   {number} | ", TextStyle.Dim);
        yield return new TextPart($"{line}\n");
        var start = Math.Min(finding.Location.Column - 1, line.Length);
        var before = string.Concat(line[..start].Select(c => c == '\t' ? '\t' : ' '));
        var length = Math.Max(1, Math.Min(finding.Location.Length, line.Length - start));
        yield return new TextPart($"   {margin} | ", TextStyle.Dim);
        yield return new TextPart($"{before}{new string('^', length)}\n", finding.IsOpen ? TextStyle.Note : TextStyle.Error);
    }

    private static IEnumerable<TextPart> Problem(Problem problem)
    {
        yield return new TextPart($"{problem.Location}: ", TextStyle.Bold);
        yield return new TextPart("not judged", TextStyle.Error);
        yield return new TextPart($": {problem.Message}\n");
        if (problem.Help.Length > 0) yield return new TextPart($"   help: {problem.Help}\n");
        yield return new TextPart("\n");
    }

    private static IEnumerable<TextPart> Summary(Report report)
    {
        var counts = report.Counts;
        var failing = report.Findings.Count(report.Fails);
        var told = report.Findings.Count(f => !f.IsOpen);
        var open = report.Findings.Length - told;
        yield return new TextPart(
            report.ExitCode == 0 ? "ok" : report.ExitCode == 1 ? "failed" : "could not judge everything",
            report.ExitCode == 0 ? TextStyle.Good : TextStyle.Error);
        yield return new TextPart($": {Of(told, "finding")}{(failing < told && failing > 0 ? $" ({failing} at or above the threshold)" : "")}, {Of(open, "unknown")}"
            + $"{(counts.Suppressed > 0 ? $", {counts.Suppressed} suppressed" : "")}{(report.Problems.Length > 0 ? $", {Of(report.Problems.Length, "problem")}" : "")}"
            + $" in {Of(counts.Documents, "file")} with {Of(counts.Resources, "resource")}\n");
    }

    private static string Of(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
