using System.Globalization;
using System.Text;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Golden;

/// <summary>Policies and values as <c>truth.txt</c> has them.</summary>
internal static class TruthText
{
    public static void Write(StringBuilder text, Policy policy)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n  by {policy.Holder!.Address}{(policy.Unread.Length > 0 ? ": unknown" : "")}");
        foreach (var statement in policy.Statements) Write(text, statement);
    }

    private static void Write(StringBuilder text, Statement statement)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n    {statement.Effect?.ToString() ?? "unknown"}");
        if (statement.Sid.Length > 0) text.Append(CultureInfo.InvariantCulture, $" ({statement.Sid})");
        if (statement.Principals is { } principals)
            text.Append(principals.Negated ? " all but" : "").AppendJoin(',', principals.Entries.Select(e => $" {(e.Type == "*" ? "" : $"{e.Type} ")}{(e.Text is null ? "unknown" : e.Text)}"));
        if (statement.Fault.Length > 0) text.Append(" unknown");
        text.Append(CultureInfo.InvariantCulture, $"\n      {Of(statement.Actions)}");
        if (statement.Resources is not null) text.Append(CultureInfo.InvariantCulture, $"\n      on {Of(statement.Resources)}");
        foreach (var clause in statement.Conditions)
            text.Append(CultureInfo.InvariantCulture, $"\n      if {clause.Operator.Name} {clause.Key}: {string.Join(", ", clause.Values.Select(Of))}");
    }

    private static string Of(Elements? elements) =>
        elements is null ? "nothing" : $"{(elements.Negated ? "all but " : "")}{string.Join(", ", elements.Items.Select(Of))}";

    private static string Of(Element element) => element.Pattern is null ? "unknown" : element.Pattern.Text.ToString();

    public static string Of(Value value, Scenario scenario) => scenario.Read(value) switch
    {
        Value.Str text => text.Text.ToString(),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Absent => "none",
        Value.List list => $"[{string.Join(", ", scenario.ReadItems(list).Select(i => Of(i, scenario)))}]",
        Value.Map map => $"{{{string.Join(", ", map.Fields.Select(f => $"{f.Name} {Of(f.Value, scenario)}"))}}}",
        Value.Unknown { Likely: { } likely } => $"likely {Of(likely, scenario)}",
        Value.Secret => "secret",
        _ => "unknown",
    };
}
