using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Conditions that seem to ask for MFA and let through requests by access keys, which never have the key (1.7).</summary>
internal static class MfaFaults
{
    /// <summary>Those of a statement, beside the others of its policy: two Denies together may ask for what one of them does not.</summary>
    public static IEnumerable<Fault> Of(Policy policy, Statement statement)
    {
        foreach (var clause in statement.Conditions.Where(c => IsMfa(c.Key) && c.Operator.Comparison is Comparison.Bool or Comparison.StringEquals or Comparison.StringEqualsIgnoreCase or Comparison.StringLike))
        {
            var asDeny = HoldsWithoutKey(clause) || (statement.Effect is not Effect.Allow && IsCompleted(policy, statement)) ? Truth.No : Has(clause, "false");
            var asAllow = statement.Effect is Effect.Deny || !HoldsWithoutKey(clause) || NeedsKey(statement) || IsOfServices(statement) ? Truth.No : Has(clause, clause.Operator.Negated ? "false" : "true");
            if (statement.Effect is not null && asDeny is Truth.Yes)
                yield return new Fault(FaultKind.WeakMfa, $"`{clause.Operator}` with `{clause.Key}: false` does not hold for requests by access keys, which never have the key; write {(statement.Effect is Effect.Deny ? "`BoolIfExists`" : "`Bool` with `true`, for this lets in who comes without MFA")}", clause.Location, statement.Index);
            else if (statement.Effect is Effect.Allow && asAllow is Truth.Yes)
                yield return new Fault(FaultKind.WeakMfa, $"`{clause.Operator}` with `{clause.Key}` also holds for requests by access keys, which never have the key; write `Bool` with `true`", clause.Location, statement.Index);
            else if (asDeny.Or(asAllow) is not Truth.No)
                yield return Fault.Open(FaultKind.WeakMfa, WhyOpen(clause) ?? statement.Fault, clause.Location, statement.Index);
        }
    }

    private static bool IsMfa(string key) => key.Equals("aws:MultiFactorAuthPresent", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsWithoutKey(Clause clause) => clause.Operator is { IfExists: true } or { Negated: true } or { Prefix: SetPrefix.ForAllValues };

    /// <summary>Whether one of the clause's values is this flag.</summary>
    private static Truth Has(Clause clause, string flag) => clause.Values.Aggregate(Truth.No, (truth, value) => truth.Or(IsFlag(value, flag)));

    private static Truth IsFlag(Element value, string flag) => value.Pattern?.Text.Known is { } known ? known.Equals(flag, StringComparison.OrdinalIgnoreCase).ToTruth() : Truth.Unknown;

    private static string? WhyOpen(Clause clause) => clause.Values.FirstOrDefault(v => v.Pattern?.Text.Known is null) is { } open ? open.WhyOpen ?? $"`{open}` is not known here" : null;

    /// <summary>Whether something else in the statement asks for the key, and for its value.</summary>
    private static bool NeedsKey(Statement statement) => statement.Conditions.Any(c => IsMfa(c.Key) && (c.Operator.Comparison is Comparison.Null
        ? Has(c, "false") is Truth.Yes && c.Values.Length == 1
        : !HoldsWithoutKey(c) && Has(c, "true") is Truth.Yes && c.Values.Length == 1));

    /// <summary>Whether another Deny, of the same actions and resources, holds where the key is missing.</summary>
    private static bool IsCompleted(Policy policy, Statement statement) => policy.Statements.Any(s =>
        s.Effect is Effect.Deny && s.Conditions is [{ Operator.Comparison: Comparison.Null } alone] && IsMfa(alone.Key) && Has(alone, "true") is Truth.Yes
        && Same(s.Actions, statement.Actions) && Same(s.Resources, statement.Resources) && s.Principals is null == statement.Principals is null);

    private static bool Same(Elements? left, Elements? right) =>
        left?.Negated == right?.Negated && (left?.Items ?? []).All(i => i.Pattern is not null) && Names(left).SetEquals(Names(right));

    private static ImmutableHashSet<string> Names(Elements? elements) => [.. (elements?.Items ?? []).Select(e => e.ToString())];

    private static bool IsOfServices(Statement statement) => statement.Principals is { Negated: false, Entries: { IsEmpty: false } entries } && entries.All(e => e.Type == "Service");
}
