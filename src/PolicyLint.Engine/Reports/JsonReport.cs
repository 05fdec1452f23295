using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>The report for programs. Its shape is stated in docs/reports.md.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>UTF-8 with a line break at the end.</summary>
    public static ReadOnlyMemory<byte> Write(Report report) => Bytes(json => Write(json, report));

    /// <summary>What is written, as all our JSON is: indented UTF-8 with a line break at the end.</summary>
    internal static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("version", report.Version);
        json.WriteNumber("exitCode", report.ExitCode);
        WriteCounts(json, report);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            if (!finding.IsOpen || report.Unknown is not UnknownMode.Ignore) WriteFinding(json, finding, report);
        json.WriteEndArray();
        DecisionJson.WriteProblems(json, report.Problems);
        json.WriteStartArray("leftAlone");
        foreach (var (path, why) in report.LeftAlone)
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteString("why", why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteAssumed(json, report);
        json.WriteEndObject();
    }

    private static void WriteAssumed(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("assumed");
        foreach (var (known, verdicts) in report.Assumed)
        {
            json.WriteStartObject();
            json.WriteString("file", known.Scope);
            json.WriteString("parameter", known.Parameter);
            json.WriteString("default", known.Text);
            json.WriteNumber("verdicts", verdicts);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("files", report.Counts.Documents);
        json.WriteNumber("resources", report.Counts.Resources);
        json.WriteNumber("suppressed", report.Counts.Suppressed);
        json.WriteEndObject();
        json.WriteStartArray("verdicts");
        foreach (var rule in report.ByRule)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.RuleId);
            json.WriteNumber("fail", rule.Failed);
            json.WriteNumber("unknown", rule.Unknown);
            json.WriteNumber("pass", rule.Passed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, Report report)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("kind", finding.IsOpen ? "unknown" : "fail");
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        WriteStandards(json, finding.Rule);
        json.WriteBoolean("failsTheBuild", report.Fails(finding));
        DecisionJson.WriteLocation(json, finding.Location);
        json.WriteString("resource", finding.Resource);
        if (finding.Construct.Length > 0) json.WriteString("construct", finding.Construct);
        json.WriteString("message", finding.Message);
        json.WriteString("reason", finding.Reason);
        DecisionJson.WriteTrace(json, finding.Trace);
        if (finding.IsOpen) DecisionJson.WriteChanges(json, finding.Changes);
        json.WriteString("fix", finding.Rule.Fix);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteEndObject();
    }

    private static void WriteStandards(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject("standards");
        foreach (var (name, controls) in rule.Standards)
        {
            json.WriteStartArray(name);
            foreach (var control in controls) json.WriteStringValue(control);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
