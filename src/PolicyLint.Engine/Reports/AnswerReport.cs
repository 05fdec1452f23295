using System.Text.Json;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Reports;

/// <summary>What <c>policylint can</c> answers, for people and for programs.</summary>
public static class AnswerReport
{
    /// <summary>A line with the answer, the steps that led there, what would settle it, and what it assumes.</summary>
    public static IEnumerable<TextPart> Text(Answered answer)
    {
        var (word, style) = answer.Decision.Allowed switch { Truth.Yes => ("allowed", TextStyle.Good), Truth.No => ("denied", TextStyle.Error), _ => ("unknown", TextStyle.Note) };
        var account = answer.Decision.Account;
        yield return new TextPart(word, style);
        yield return new TextPart($": {Clean($"{answer.Who} {answer.Action} {answer.On}")}\n");
        yield return new TextPart(TextReport.Wrapped("because ", Clean($"{account.Reason}{(account.Trace is [var first, ..] && IsTold(first, account) ? $" ({first.Location})" : "")}")));
        foreach (var step in account.Trace.Where((s, i) => s.Location != default && !(i == 0 && IsTold(s, account))))
            yield return new TextPart(TextReport.Wrapped("   - ", Clean($"{step.Text} ({step.Location})")), TextStyle.Dim);
        foreach (var change in TextReport.Settling(account.Changes, account.Reason))
            yield return new TextPart(TextReport.Wrapped("", Clean(change.ToString())));
        foreach (var assumption in account.Assumptions)
            yield return new TextPart(TextReport.Wrapped("assuming ", Clean(assumption)), TextStyle.Dim);
    }

    /// <summary>Whether the reason says what the step says.</summary>
    private static bool IsTold(TraceStep step, Account account) =>
        step.Location != default && (account.Reason.Contains(step.Text, StringComparison.Ordinal) || (step.Statement is { } statement && account.Reason.Contains(statement.Statement.Label, StringComparison.Ordinal)));

    private static string Clean(string text) => TextReport.Visible(TextReport.Line(text));

    /// <summary>All answers as one JSON document (docs/reports.md).</summary>
    public static ReadOnlyMemory<byte> Json(IEnumerable<Answered> answers, IEnumerable<Problem> problems) => JsonReport.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("answers");
        foreach (var answer in answers) WriteAnswer(json, answer);
        json.WriteEndArray();
        DecisionJson.WriteProblems(json, problems);
        json.WriteEndObject();
    });

    private static void WriteAnswer(Utf8JsonWriter json, Answered answer)
    {
        json.WriteStartObject();
        json.WriteString("who", answer.Who);
        json.WriteString("action", answer.Action);
        json.WriteString("on", answer.On);
        json.WriteString("decision", answer.Decision.Allowed switch { Truth.Yes => "allowed", Truth.No => "denied", _ => "unknown" });
        json.WriteString("reason", answer.Decision.Reason);
        DecisionJson.WriteTrace(json, answer.Decision.Trace);
        DecisionJson.WriteChanges(json, answer.Decision.Account.Changes);
        DecisionJson.WriteAssumptions(json, answer.Decision.Account.Assumptions);
        json.WriteEndObject();
    }
}
