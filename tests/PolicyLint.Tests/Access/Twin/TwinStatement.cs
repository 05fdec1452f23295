using System.Text.Json;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>One statement as it stands in the JSON, and what it says of a request (semantics 8.4, first line).</summary>
/// <param name="Variables">Whether the policy's version has variables (1.1 rules 3 and 4).</param>
internal sealed record TwinStatement(JsonElement Json, bool Variables)
{
    public static IEnumerable<TwinStatement> Read(string policy)
    {
        var root = JsonDocument.Parse(policy).RootElement;
        var variables = root.TryGetProperty("Version", out var version) && version.GetString() == "2012-10-17";
        return Items(root.GetProperty("Statement")).Select(s => new TwinStatement(s, variables));
    }

    /// <summary>A list's items, or the lone value (1.1 rule 2).</summary>
    private static IEnumerable<JsonElement> Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    /// <summary>The texts of a list or a lone value; numbers and flags as written (1.1 rule 9).</summary>
    public static string[] Texts(JsonElement element) =>
        [.. Items(element).Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : i.GetRawText())];

    public bool IsDeny => Json.GetProperty("Effect").GetString() == "Deny";

    /// <summary>What it says, by whichever way its principal means the caller.</summary>
    public Truth Matches(TwinRequest request, bool bounded) => Principal(request.Caller, bounded).And(Rest(request));

    /// <summary>What it says where its principal means the caller in this way.</summary>
    public Truth Matches(TwinRequest request, TwinKind kind) =>
        TwinPrincipal.Matches(Json.GetProperty("Principal"), request.Caller, kind).And(Rest(request));

    private Truth Principal(TwinCaller caller, bool bounded)
    {
        if (Json.TryGetProperty("NotPrincipal", out var others)) return TwinPrincipal.Excludes(others, caller, bounded);
        if (!Json.TryGetProperty("Principal", out var principal)) return Truth.Yes;
        return Enum.GetValues<TwinKind>().Aggregate(Truth.No, (any, kind) => any.Or(TwinPrincipal.Matches(principal, caller, kind)));
    }

    private Truth Rest(TwinRequest request) => (Faulty ? Truth.Unknown : Truth.Yes).And(Action(request)).And(Resource(request)).And(Conditions(request));

    /// <summary>An empty list, a misspelled operator, no address range: nobody can say what that element does (rules 11 and 52,
    /// 1.8), so the statement applies at most perhaps.</summary>
    public bool Faulty => Json.EnumerateObject().Any(e => IsEmpty(e.Value)) || Clauses().Any(c => !IsClear(c)) || !NamesAreArns;

    /// <summary>What AWS takes for a principal: everyone, an account id, an ARN; for a resource: an ARN or a pattern.</summary>
    private bool NamesAreArns =>
        Of("Principal").Concat(Of("NotPrincipal")).All(p => p == "*" || (p.Length == 12 && p.All(char.IsAsciiDigit)) || IsArn(p) || p.StartsWith("AROA", StringComparison.Ordinal)) // P13
        && new[] { "Resource", "NotResource" }.SelectMany(e => Json.TryGetProperty(e, out var list) ? Texts(list) : []).All(r => IsArn(r) || r.Contains('*', StringComparison.Ordinal) || r.Contains('?', StringComparison.Ordinal));

    private string[] Of(string element) =>
        Json.TryGetProperty(element, out var principal) && principal.ValueKind == JsonValueKind.Object && principal.TryGetProperty("AWS", out var named) ? Texts(named) : [];

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.Count(c => c == ':') >= 5;

    private static bool IsEmpty(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0;

    private static bool IsClear((string Operator, string Key, string[] Values) clause) =>
        clause.Values.Length > 0 && TwinOperator.Read(clause.Operator) is { } known && clause.Values.All(known.Takes);

    private Truth Action(TwinRequest request)
    {
        if (Json.TryGetProperty("NotAction", out var others)) return Any(others).Not();
        return Any(Json.GetProperty("Action"));

        Truth Any(JsonElement actions) => IsEmpty(actions) ? Truth.Unknown : Texts(actions).Any(a => TwinPattern.MatchesAction(a, request.Action, request)).ToTruth();
    }

    private Truth Resource(TwinRequest request)
    {
        if (Json.TryGetProperty("NotResource", out var others)) return Any(others, Truth.Unknown).Not(); // rule 37
        return !Json.TryGetProperty("Resource", out var resources) ? Truth.Yes : Any(resources, Truth.No); // rules 6 and 36

        Truth Any(JsonElement patterns, Truth withoutValue) => IsEmpty(patterns) ? Truth.Unknown : Texts(patterns).Aggregate(Truth.No, (any, p) => any.Or(One(p, withoutValue)));

        Truth One(string pattern, Truth withoutValue) => TwinPattern.Expand(pattern, wildcards: true, Variables, request) is { } expanded
            ? TwinPattern.MatchesResource(expanded, request.Resource)
            : withoutValue;
    }

    private Truth Conditions(TwinRequest request) =>
        Clauses().Where(IsClear).Aggregate(Truth.Yes, (all, c) => all.And(TwinOperator.Read(c.Operator)!.Holds(c.Key, c.Values, Variables, request)));

    private IEnumerable<(string Operator, string Key, string[] Values)> Clauses() => !Json.TryGetProperty("Condition", out var conditions)
        ? []
        : conditions.EnumerateObject().SelectMany(o => o.Value.EnumerateObject().Select(k => (o.Name, k.Name, Texts(k.Value))));
}
