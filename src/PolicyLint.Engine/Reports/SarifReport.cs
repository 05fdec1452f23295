using System.Text.Json;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>SARIF 2.1.0, as OASIS states it and GitHub code scanning reads it.</summary>
public static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Root = "%SRCROOT%";

    /// <summary>UTF-8 with a line break at the end.</summary>
    public static ReadOnlyMemory<byte> Write(Report report) => JsonReport.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        WriteRun(json, report);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteRun(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "PolicyLint");
        json.WriteString("version", report.Version);
        json.WriteString("semanticVersion", report.Version);
        json.WriteString("informationUri", "https://github.com/policylint/policylint");
        var told = report.Findings.Where(f => !f.IsOpen || report.Unknown is not UnknownMode.Ignore).ToList();
        var rules = told.Select(f => f.Rule).DistinctBy(r => r.Id, StringComparer.Ordinal).OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var taxonomies = new SarifTaxonomies(rules);
        json.WriteStartArray("rules");
        foreach (var rule in rules) WriteRule(json, rule, taxonomies);
        json.WriteEndArray();
        taxonomies.WriteSupported(json);
        json.WriteEndObject();
        json.WriteEndObject();
        taxonomies.Write(json);
        WriteInvocation(json, report);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        WriteText(json, "description", "The root of the checkout.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "policylint/");
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var finding in told) WriteResult(json, finding, rules.FindIndex(r => r.Id == finding.Rule.Id));
        json.WriteEndArray();
        WriteRulesRun(json, report);
        json.WriteEndObject();
    }

    /// <summary>The ids of all rules that ran; those that found something are described in the driver.</summary>
    private static void WriteRulesRun(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("properties");
        json.WriteStartArray("rulesRun");
        foreach (var id in report.Rules.Ids) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule, SarifTaxonomies taxonomies)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", string.Concat(rule.Id.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
        WriteText(json, "shortDescription", rule.Title.TrimEnd('.') + ".");
        WriteText(json, "fullDescription", Flat(rule.Why));
        json.WriteStartObject("help");
        json.WriteString("text", $"{Flat(rule.Why)}\n\nFix: {Flat(rule.Fix)}");
        json.WriteString("markdown", $"**{rule.Title}**\n\n{Flat(rule.Why)}\n\n**Fix.** {Flat(rule.Fix)}\n\n{string.Join('\n', rule.Links.Select(l => $"- <{l}>"))}".TrimEnd());
        json.WriteEndObject();
        if (rule.Links is [var link, ..]) json.WriteString("helpUri", link);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        taxonomies.WriteRelationships(json, rule);
        json.WriteStartObject("properties");
        json.WriteString("precision", "high");
        json.WriteString("problem.severity", rule.Severity is Severity.Note ? "recommendation" : Level(rule.Severity));
        if (rule.SecuritySeverity is { } severity) json.WriteString("security-severity", severity);
        json.WriteStartArray("tags");
        foreach (var tag in rule.Tags.Concat(rule.Standards.SelectMany(s => s.Controls.Select(c => $"{s.Name}/{c}")))) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Problems.IsEmpty);
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var problem in report.Problems)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            WriteText(json, "message", problem.Help.Length > 0 ? $"{problem.Message}: {problem.Help}." : $"{problem.Message}.");
            json.WriteStartArray("locations");
            WriteLocation(json, problem.Location);
            if (problem.Related is { } related) WriteLocation(json, related, "see also");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("kind", finding.IsOpen ? "open" : "fail");
        json.WriteString("level", finding.IsOpen ? "none" : Level(finding.Severity)); // 3.27.10: only `fail` has a level
        WriteText(json, "message", $"{finding.Message}{(finding.Construct.Length > 0 ? $" (construct `{finding.Construct}`)" : "")}.");
        json.WriteStartArray("locations");
        WriteLocation(json, finding.Location, of: finding);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("policylint/v1", finding.Fingerprint);
        json.WriteEndObject();
        WriteTrace(json, finding);
        json.WriteEndObject();
    }

    private static void WriteTrace(Utf8JsonWriter json, Finding finding)
    {
        var settling = finding.Changes.Where(c => c.Location != default).Select(c => new TraceStep($"it {c}", c.Location)).ToList();
        if (finding.Trace.IsEmpty && settling.Count == 0) return;
        json.WriteStartArray("relatedLocations");
        foreach (var (i, step) in finding.Trace.Concat(settling).Index()) WriteLocation(json, step.Location, $"{step.Text}.", id: i + 1);
        json.WriteEndArray();
        if (finding.Trace.IsEmpty) return;
        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        foreach (var step in finding.Trace.Append(new TraceStep(finding.Message, finding.Location)))
        {
            json.WriteStartObject();
            json.WritePropertyName("location");
            WriteLocation(json, step.Location, $"{step.Text}.");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, Location location, string? message = null, Finding? of = null, int id = 0)
    {
        json.WriteStartObject();
        if (id > 0) json.WriteNumber("id", id);
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(location.File));
        if (!IsAbsolute(location.File)) json.WriteString("uriBaseId", Root);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", location.Line);
        json.WriteNumber("startColumn", location.Column);
        if (location.Length > 0) json.WriteNumber("endColumn", location.Column + location.Length);
        json.WriteEndObject();
        json.WriteEndObject();
        if (of is not null)
        {
            json.WriteStartArray("logicalLocations");
            WriteLogical(json, of.Resource, of.Resource, "resource");
            if (of.Construct.Length > 0) WriteLogical(json, of.Construct[(of.Construct.LastIndexOf('/') + 1)..], of.Construct, "construct");
            json.WriteEndArray();
        }
        if (message is not null) WriteText(json, "message", message);
        json.WriteEndObject();
    }

    private static void WriteLogical(Utf8JsonWriter json, string name, string path, string kind)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("fullyQualifiedName", path);
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }

    private static bool IsAbsolute(string path) => path.StartsWith('/') || path is [_, ':', ..];

    /// <summary>A path as a URI: each of its parts escaped.</summary>
    private static string Uri(string path) =>
        (path.StartsWith('/') ? "file://" : path is [_, ':', ..] ? "file:///" : "") + string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    internal static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Level(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
}
