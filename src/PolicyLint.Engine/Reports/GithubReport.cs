using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>Workflow commands that GitHub shows on the lines of a pull request.</summary>
public static class GithubReport
{
    /// <summary>One line a finding or problem, then the summary.</summary>
    public static string Write(Report report)
    {
        var text = new System.Text.StringBuilder();
        foreach (var told in Told.Of(report))
        {
            var finding = told.Finding;
            var level = finding.IsOpen && report.Unknown is not UnknownMode.Fail ? "notice" : finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
            Line(text, level, finding.Location, $"{finding.Rule.Title} [{finding.Rule.Id}]", Message(told));
        }
        foreach (var problem in report.Problems) Line(text, "error", problem.Location, "not judged", problem.Help.Length > 0 ? $"{problem.Message}; {problem.Help}" : problem.Message);
        foreach (var part in TextReport.Summary(report)) text.Append(part.Text);
        return text.ToString();
    }

    private static string Message(Told told)
    {
        var message = told.Finding.Construct.Length > 0 ? $"{told.Finding.Message} (construct `{told.Finding.Construct}`)" : told.Finding.Message;
        return told.Also.Length > 0 ? $"{message}; {told.Also}" : message;
    }

    private static void Line(System.Text.StringBuilder text, string level, Documents.Location at, string title, string message) =>
        text.Append("::").Append(level).Append(" file=").Append(Property(at.File)).Append(",line=").Append(at.Line).Append(",col=").Append(at.Column)
            .Append(",title=").Append(Property(title)).Append("::").Append(Data(message)).Append('\n');

    /// <summary>What would end the command or start another is written in percent.</summary>
    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
