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
        (ElementName.Principal, _) when statement.Principals!.Negated => $"whether it excepts {request.Caller} is not known here: that is sure only where its session, its role or user, and its account are all listed",
        (ElementName.Principal, _) => $"whether its principal {List(statement.Principals!.Entries)} is {request.Caller} is not known here",
        (ElementName.Action, Truth.No) => $"its actions do not cover {request.Action}",
        (ElementName.Action, _) => "its actions are not known here",
        (ElementName.Resource, Truth.No) => $"its resource {List(statement.Resources!.Items)} does not cover {request.Resource}",
        (ElementName.Resource, _) => $"its resource {List(statement.Resources!.Items)} may not cover all of {request.Resource}",
        (ElementName.Condition, Truth.No) => $"its condition {Quote(statement.Conditions[match.Clause])} does not hold{Given(statement.Conditions[match.Clause], request)}",
        (ElementName.Condition, _) => $"whether its condition {Quote(statement.Conditions[match.Clause])} holds is not known here",
        (ElementName.Statement, _) => statement.Fault,
        _ => statement.Effect is null ? statement.Fault : "it applies",
    };

    /// <summary>What the request has for the key, where that is one thing.</summary>
    public static string Given(Clause clause, Request request) => request.Context[clause.Key] is { Presence: Truth.No }
        ? ": the request has no such key"
        : ValueOf(clause, request) is { Length: > 0 } value ? $": the request has `{value}`" : "";

    /// <summary>The one value of the key, or empty.</summary>
    public static string ValueOf(Clause clause, Request request) =>
        request.Context[clause.Key] is { Presence: Truth.Yes, Nature: ValueNature.Listed, Values: [var only] } ? only.ToString() : "";

    /// <summary>The whole clause between one pair of quotes.</summary>
    public static string Quote(Clause clause) => $"`{clause.Operator} {clause.Key} {First(clause.Values, "")}`";

    /// <summary>The first few, each quoted.</summary>
    public static string List<T>(IReadOnlyList<T> items) => First(items, "`");

    private static string First<T>(IReadOnlyList<T> items, string quote)
    {
        var named = string.Join(", ", items.Take(MostNamed).Select(i => $"{quote}{i}{quote}"));
        return items.Count > MostNamed ? $"{named} and {items.Count - MostNamed} more" : named;
    }
}
