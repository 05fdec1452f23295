using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Conditions that seem to ask for MFA and let through requests by access keys, which never have the key (1.7).</summary>
internal static class MfaFaults
{
    private const string Present = "aws:MultiFactorAuthPresent";
    private const string Age = "aws:MultiFactorAuthAge";

    /// <summary>Those of a statement, beside the others of its policy: two Denies together may ask for what one of them does not.</summary>
    public static IEnumerable<Fault> Of(Policy policy, Statement statement)
    {
        foreach (var clause in statement.Conditions.Where(IsOfMfa))
        {
            var asDeny = HoldsWithoutKey(clause) || (statement.Effect is not Effect.Allow && IsCompleted(policy, statement)) ? Truth.No : Asks(clause, "false", ofAge: false);
            var asAllow = statement.Effect is Effect.Deny || !HoldsWithoutKey(clause) || NeedsKey(statement) || IsOfServices(statement) ? Truth.No : Asks(clause, clause.Operator.Negated ? "false" : "true", ofAge: true);
            if (statement.Effect is not null && asDeny is Truth.Yes)
                yield return new Fault(FaultKind.WeakMfa, $"{Quoted(clause, "false")} does not hold for requests by access keys, which never have the key; write {(statement.Effect is Effect.Deny ? $"`{clause.Operator}IfExists`" : "`Bool` with `true`, for this lets in who comes without MFA")}", clause.Location, statement.Index);
            else if (statement.Effect is Effect.Allow && asAllow is Truth.Yes)
                yield return new Fault(FaultKind.WeakMfa, $"{Quoted(clause, "")} also holds for requests by access keys, which never have the key; {(Is(clause, Age) ? "take the operator without `IfExists`" : "write `Bool` with `true`")}", clause.Location, statement.Index);
            else if (asDeny.Or(asAllow) is not Truth.No)
                yield return Fault.Open(FaultKind.WeakMfa, WhyOpen(clause) ?? statement.Fault, clause.Location, statement.Index);
        }
    }

    private static string Quoted(Clause clause, string value) => $"`{clause.Operator}` with `{clause.Key}{(value.Length > 0 && Is(clause, Present) ? $": {value}" : "")}`";

    private static bool Is(Clause clause, string key) => clause.Key.Equals(key, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it compares one of the keys of MFA with a value.</summary>
    private static bool IsOfMfa(Clause clause) => clause.Operator.Comparison switch
    {
        Comparison.Bool or Comparison.StringEquals or Comparison.StringEqualsIgnoreCase or Comparison.StringLike => Is(clause, Present),
        >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => Is(clause, Age),
        _ => false,
    };

    /// <summary>Whether it asks for this flag. An age is asked for in an Allow; a Deny of sessions that are too old says nothing of
    /// those without MFA.</summary>
    private static Truth Asks(Clause clause, string flag, bool ofAge) => Is(clause, Present) ? Has(clause, flag) : ofAge.ToTruth();

    private static bool HoldsWithoutKey(Clause clause) => clause.Operator is { IfExists: true } or { Negated: true } or { Prefix: SetPrefix.ForAllValues };

    /// <summary>Whether one of the clause's values is this flag.</summary>
    private static Truth Has(Clause clause, string flag) => clause.Values.Aggregate(Truth.No, (truth, value) => truth.Or(IsFlag(value, flag)));

    private static Truth IsFlag(Element value, string flag) => value.Pattern?.Text.Known is { } known ? known.Equals(flag, StringComparison.OrdinalIgnoreCase).ToTruth() : Truth.Unknown;

    private static string? WhyOpen(Clause clause) => clause.Values.FirstOrDefault(v => v.Pattern?.Text.Known is null) is { } open ? open.WhyOpen ?? $"`{open}` is not known here" : null;

    /// <summary>Whether something else in the statement asks for the key, and for its value.</summary>
    private static bool NeedsKey(Statement statement) => statement.Conditions.Any(c => c.Operator.Comparison is Comparison.Null
        ? (Is(c, Present) || Is(c, Age)) && Has(c, "false") is Truth.Yes && c.Values.Length == 1
        : IsOfMfa(c) && !HoldsWithoutKey(c) && (Is(c, Age) || (Has(c, "true") is Truth.Yes && c.Values.Length == 1)));

    /// <summary>Whether another Deny, of the same actions and resources, holds where the key is missing.</summary>
    private static bool IsCompleted(Policy policy, Statement statement) => policy.Statements.Any(s =>
        s.Effect is Effect.Deny && s.Conditions is [var alone] && ReachesWithoutKey(alone)
        && Same(s.Actions, statement.Actions) && Same(s.Resources, statement.Resources) && s.Principals is null == statement.Principals is null);

    private static bool ReachesWithoutKey(Clause clause) => clause.Operator.Comparison is Comparison.Null
        ? (Is(clause, Present) || Is(clause, Age)) && Has(clause, "true") is Truth.Yes
        : IsOfMfa(clause) && HoldsWithoutKey(clause);

    private static bool Same(Elements? left, Elements? right) =>
        left?.Negated == right?.Negated && (left?.Items ?? []).All(i => i.Pattern is not null) && Names(left).SetEquals(Names(right));

    private static ImmutableHashSet<string> Names(Elements? elements) => [.. (elements?.Items ?? []).Select(e => e.ToString())];

    private static bool IsOfServices(Statement statement) => statement.Principals is { Negated: false, Entries: { IsEmpty: false } entries } && entries.All(e => e.Type == "Service");
}
