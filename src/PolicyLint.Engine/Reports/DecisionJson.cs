using System.Collections.Immutable;
using System.Text.Json;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Reports;

/// <summary>The account of a decision in full, as JSON (docs/reports.md).</summary>
internal static class DecisionJson
{
    public static void WriteTrace(Utf8JsonWriter json, ImmutableArray<TraceStep> trace)
    {
        json.WriteStartArray("trace");
        foreach (var step in trace)
        {
            json.WriteStartObject();
            WriteLocation(json, step.Location);
            json.WriteString("text", step.Text);
            if (step.Statement is { } statement) WriteStatement(json, statement);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteStatement(Utf8JsonWriter json, StatementStep step)
    {
        json.WriteString("policyType", Name(step.Type));
        json.WriteString("policy", step.Policy);
        json.WriteNumber("statement", step.Statement.Index);
        if (step.Statement.Sid.Length > 0) json.WriteString("sid", step.Statement.Sid);
        if (step.Statement.Effect is { } effect) json.WriteString("effect", effect.ToString());
        json.WriteString("applies", step.Matches switch { Truth.Yes => "yes", Truth.No => "no", _ => "unknown" });
        if (step.Element is not (ElementName.None or ElementName.Statement)) json.WriteString("element", step.Element.ToString());
        if (step.Clause is not { } clause) return;
        json.WriteString("operator", clause.Operator.Name);
        json.WriteString("key", clause.Key);
        json.WriteStartArray("policyValues");
        foreach (var value in clause.Values) json.WriteStringValue(value.ToString());
        json.WriteEndArray();
        if (step.RequestValue.Length > 0) json.WriteString("requestValue", step.RequestValue);
    }

    /// <summary>AWS's words for the sorts of policies.</summary>
    private static string Name(PolicyType type) => type switch
    {
        PolicyType.ServiceControl => "service control policy",
        PolicyType.ResourceControl => "resource control policy",
        PolicyType.Endpoint => "VPC endpoint policy",
        PolicyType.Resource => "resource-based policy",
        PolicyType.Identity => "identity-based policy",
        PolicyType.Boundary => "permissions boundary",
        _ => "session policy",
    };

    /// <summary>What would settle an unknown.</summary>
    public static void WriteChanges(Utf8JsonWriter json, ImmutableArray<Change> changes)
    {
        json.WriteStartArray("wouldSettle");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("decision", change.Allowed is Truth.Yes ? "allowed" : "denied");
            json.WriteString("if", change.If);
            if (change.Location != default) WriteLocation(json, change.Location);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteAssumptions(Utf8JsonWriter json, ImmutableArray<string> assumptions)
    {
        json.WriteStartArray("assumptions");
        foreach (var assumption in assumptions) json.WriteStringValue(assumption);
        json.WriteEndArray();
    }

    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<Problem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems) WriteProblem(json, problem);
        json.WriteEndArray();
    }

    private static void WriteProblem(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        WriteLocation(json, problem.Location);
        json.WriteString("message", problem.Message);
        json.WriteString("help", problem.Help);
        if (problem.Related is { } related)
        {
            json.WriteStartObject("related");
            WriteLocation(json, related);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    public static void WriteLocation(Utf8JsonWriter json, Location location)
    {
        json.WriteString("file", location.File);
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
    }
}
