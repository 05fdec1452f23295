using System.Collections.Immutable;
using System.Globalization;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>How a part of the text is shown where there are colours.</summary>
public enum TextStyle { Plain, Bold, Dim, Error, Warning, Note, Good }

/// <summary>A part of the text report; the parts one after the other are the report.</summary>
public sealed record TextPart(string Text, TextStyle Style = TextStyle.Plain);

/// <summary>The report for people: each finding with its source line, a caret, the steps of its reason and the fix.</summary>
public static class TextReport
{
    private const int MostTrace = 3;
    private const int MostLeftAlone = 10_000;
    private const int MostCarets = 60;
    private const int Width = 110;

    /// <summary>The parts, line breaks included. What would steer a terminal is shown as an escape.</summary>
    public static IEnumerable<TextPart> Write(Report report, bool verbose)
    {
        foreach (var part in Parts(report, verbose)) yield return part with { Text = Visible(part.Text) };
    }

    /// <summary>How many things that would settle an open finding are told.</summary>
    private const int MostChanges = 2;

    private static IEnumerable<TextPart> Parts(Report report, bool verbose)
    {
        foreach (var told in Told.Of(report))
            foreach (var part in Finding(told)) yield return part;
        foreach (var problem in report.Problems)
            foreach (var part in Problem(problem)) yield return part;
        if (verbose)
            foreach (var (path, why) in report.LeftAlone.Take(MostLeftAlone)) yield return new TextPart($"{Line($"left alone {path}: {why}")}\n", TextStyle.Dim);
        if (verbose)
            foreach (var (known, verdicts) in report.Assumed) yield return new TextPart($"{Line($"assumed {known.Scope}: the default of {known}, in {Of(verdicts, "verdict")}")}\n", TextStyle.Dim);
        if (verbose && report.ByRule.Length > 0)
        {
            foreach (var rule in report.ByRule.Where(HasVerdicts))
                yield return new TextPart(string.Create(CultureInfo.InvariantCulture, $"{rule.RuleId}: {rule.Failed} failed, {rule.Unknown} unknown, {rule.Passed} passed\n"), TextStyle.Dim);
            if (report.ByRule.Count(r => !HasVerdicts(r)) is > 0 and var idle) yield return new TextPart($"{Of(idle, "rule")} had nothing to judge\n", TextStyle.Dim);
        }
        foreach (var part in Summary(report)) yield return part;
    }

    private static bool HasVerdicts(RuleCounts rule) => rule is not { Failed: 0, Unknown: 0, Passed: 0 };

    private static IEnumerable<TextPart> Finding(Told told)
    {
        var finding = told.Finding;
        var (word, style) = finding.IsOpen ? ("unknown", TextStyle.Note) : finding.Severity switch
        {
            Severity.Error => ("error", TextStyle.Error),
            Severity.Warning => ("warning", TextStyle.Warning),
            _ => ("note", TextStyle.Note),
        };
        yield return new TextPart(Line($"{finding.Location}: "), TextStyle.Bold);
        yield return new TextPart(word, style);
        yield return new TextPart(Line($": {finding.Message} "));
        yield return new TextPart($"[{finding.Rule.Id}]\n", TextStyle.Dim);
        foreach (var part in Excerpt(finding)) yield return part;
        if (finding.Construct.Length > 0) yield return new TextPart($"   construct: {Line(finding.Construct)}\n", TextStyle.Dim);
        foreach (var step in finding.Trace.Where(s => !IsTold(s.Text, finding.Message)).Take(MostTrace))
            yield return new TextPart(Wrapped("because ", $"{step.Text} ({PlaceOf(step, finding)})"));
        foreach (var change in Settling(finding.Changes, finding.Message).Take(MostChanges)) yield return new TextPart(Wrapped("", change.ToString()));
        if (told.Also.Length > 0) yield return new TextPart(Wrapped("also: ", told.Also), TextStyle.Dim);
        yield return new TextPart(Wrapped("fix: ", Fix(finding)));
        yield return new TextPart("\n");
    }

    /// <summary>What would make it allowed; where nothing would, what would make it denied. What <paramref name="told"/> says is
    /// not said again.</summary>
    internal static IEnumerable<Change> Settling(ImmutableArray<Change> changes, string told)
    {
        var best = changes.Any(c => c.Allowed is Truth.Yes) ? Truth.Yes : Truth.No;
        return changes.Where(c => c.Allowed == best && !c.If.Split(" and ").All(part => told.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>A step whose words, or whose reason after the colon, stand in the message already.</summary>
    private static bool IsTold(string step, string message)
    {
        var reason = step.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? step[(colon + 2)..] : step;
        return message.Contains(reason, StringComparison.Ordinal);
    }

    private static string PlaceOf(TraceStep step, Finding finding) =>
        step.Location.File == finding.Location.File ? $"{step.Location.Line}:{step.Location.Column}" : step.Location.ToString();

    /// <summary>A paragraph after a word, its further lines below its first.</summary>
    internal static string Wrapped(string word, string text)
    {
        var lines = new System.Text.StringBuilder().Append("   ").Append(word);
        var used = 3 + word.Length;
        foreach (var piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (used > 3 + word.Length && used + piece.Length > Width)
            {
                lines.Length--;
                lines.Append('\n').Append(' ', 3 + word.Length);
                used = 3 + word.Length;
            }
            lines.Append(piece).Append(' ');
            used += piece.Length + 1;
        }
        lines[^1] = '\n';
        return lines.ToString();
    }

    /// <summary>On one line, so that tools that read logs find the place and the message together.</summary>
    internal static string Line(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Control characters come from users' texts: a terminal must not obey them.</summary>
    internal static string Visible(string text)
    {
        System.Text.StringBuilder? visible = null;
        for (var i = 0; i < text.Length; i++)
        {
            var isShown = text[i] is '\n' or '\t' || !char.IsControl(text[i]);
            if (!isShown) visible ??= new System.Text.StringBuilder(text, 0, i, text.Length + 16);
            if (isShown) visible?.Append(text[i]);
            else visible!.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return visible?.ToString() ?? text;
    }

    private static string Fix(Finding finding) => finding.IsOpen ? "settle what is not known: say it (`--parameter`, `--account`, `--region`), scan the file that defines it, too, or suppress this with the reason why it is right" : finding.Rule.Fix;

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
        var rest = line.TrimEnd().Length - start;
        var length = Math.Max(1, Math.Min(finding.Location.Length > 0 ? finding.Location.Length : rest, rest));
        if (line.EndsWith('…')) length = Math.Min(length, MostCarets);
        yield return new TextPart($"   {margin} | ", TextStyle.Dim);
        yield return new TextPart($"{before}{new string('^', length)}\n", finding.IsOpen ? TextStyle.Note : TextStyle.Error);
    }

    private static IEnumerable<TextPart> Problem(Problem problem)
    {
        yield return new TextPart(Line($"{problem.Location}: "), TextStyle.Bold);
        yield return new TextPart("not judged", TextStyle.Error);
        yield return new TextPart($"{Line($": {problem.Message}")}\n");
        if (problem.Help.Length > 0) yield return new TextPart($"   help: {Line(problem.Help)}\n");
        if (problem.Related is { } related) yield return new TextPart($"   see also {Line(related.ToString())}\n");
        yield return new TextPart("\n");
    }

    /// <summary>One line: the outcome, and how much was looked at.</summary>
    internal static IEnumerable<TextPart> Summary(Report report)
    {
        var counts = report.Counts;
        var failing = report.Findings.Count(report.Fails);
        var told = report.Findings.Count(f => !f.IsOpen);
        var open = report.Findings.Length - told;
        yield return new TextPart(
            report.ExitCode == 0 ? "ok" : report.ExitCode == 1 ? "failed" : "could not judge everything",
            report.ExitCode == 0 ? TextStyle.Good : TextStyle.Error);
        yield return new TextPart($": {Of(told, "finding")}{(failing < told && failing > 0 ? $" ({failing} at or above the threshold)" : "")}, {Of(open, "unknown")}"
            + $"{(counts.Suppressed > 0 ? $", {counts.Suppressed} suppressed" : "")}{(report.Problems.Length > 0 ? $", {Of(report.Problems.Length, "problem")}" : "")}{(report.Assumed.Length > 0 ? $", {Of(report.Assumed.Length, "default")} assumed" : "")}"
            + $" in {Of(counts.Documents, "file")} with {Of(counts.Resources, "resource")}\n");
    }

    private static string Of(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
