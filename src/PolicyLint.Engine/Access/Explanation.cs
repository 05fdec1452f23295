using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Says in words which element of a statement keeps it from applying.</summary>
internal static class Explanation
{
    private const int MostNamed = 3;

    public static string Of(StatementMatch match, Statement statement, Request request) => (match.Element, match.Truth) switch
    {
        (ElementName.Principal, Truth.No) when statement.Principals!.Negated => $"it excepts {request.Caller}",
        (ElementName.Principal, Truth.No) => $"its principal is {List(statement.Principals!.Entries)}, not {request.Caller}",
        (ElementName.Principal, _) => $"whether its principal {List(statement.Principals!.Entries)} is {request.Caller} is not known here",
        (ElementName.Action, Truth.No) => $"its actions do not cover {request.Action}",
        (ElementName.Action, _) => "its actions are not known here",
        (ElementName.Resource, Truth.No) => $"its resource {List(statement.Resources!.Items)} does not cover {request.Resource}",
        (ElementName.Resource, _) => $"its resource {List(statement.Resources!.Items)} may not cover all of {request.Resource}",
        (ElementName.Condition, var truth) => Condition(statement, match, truth),
        _ => statement.Fault,
    };

    private static string Condition(Statement statement, StatementMatch match, Truth truth)
    {
        var clause = statement.Conditions.First(c => c.Location == match.At);
        var text = $"{clause.Operator} {clause.Key} {List(clause.Values)}";
        return truth is Truth.No ? $"its condition `{text}` does not hold" : $"whether its condition `{text}` holds is not known here";
    }

    /// <summary>The first few, each quoted.</summary>
    public static string List<T>(IReadOnlyList<T> items)
    {
        var named = string.Join(", ", items.Take(MostNamed).Select(i => $"`{i}`"));
        return items.Count > MostNamed ? $"{named} and {items.Count - MostNamed} more" : named;
    }
}
