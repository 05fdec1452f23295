using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of a statement's elements together: what is missing, what must not be there, what has no effect.</summary>
internal static class ElementFaults
{
    public static IEnumerable<Fault> Of(Statement statement, Policy policy)
    {
        var role = policy.Role;
        if (role.IsOfIdentity() && IsThere(StatementPart.Principal) && statement.Principals is { } named)
            yield return Fault(FaultKind.MisplacedElement, "a policy of a user, group or role names no principal; remove it, or write the statement into the policy of the resource", named.Location);
        if (role is PolicyRole.Trust && IsThere(StatementPart.Resource) && statement.Resources is { } resources)
            yield return Fault(FaultKind.MisplacedElement, "a trust policy names no resource: it is about its own role; remove it", resources.Location);
        if (role.NeedsPrincipal() && statement.Principals is null && statement.IsRead)
            yield return Fault(FaultKind.MissingElement, "a statement of a policy of a resource names no `Principal`; add one", statement.Location);
        if (role.IsOfIdentity() && statement.Resources is null && statement.IsRead)
            yield return Fault(FaultKind.MissingElement, "a statement has no `Resource`; add `Resource:`", statement.Location);
        if (role is PolicyRole.Key && statement.Resources is null && statement.IsRead)
            yield return Fault(FaultKind.KeyPolicyWithoutResource, "a statement of a key policy without `Resource` has no effect; add `Resource: \"*\"`", statement.Location);
        if (IsThere(StatementPart.Principal) && statement.Principals is { Negated: true } others && statement.Effect is not Effect.Deny)
            yield return Fault(FaultKind.NotPrincipalAllow, "`NotPrincipal` stands in an `Allow`; AWS takes it with `Deny` only", others.Location) with { IsOpen = statement.Effect is null };
        foreach (var fault in OfConditions(statement).Concat(MfaFaults.Of(policy, statement))) yield return fault;

        Fault Fault(FaultKind kind, string text, Documents.Location at) => new(kind, text, at, statement.Index);

        bool IsThere(StatementPart part) => !statement.Gaps.Any(g => g.Part == part && g.MayBeAbsent);
    }

    private static IEnumerable<Fault> OfConditions(Statement statement)
    {
        foreach (var clause in statement.Conditions.Where(c => c.Operator.Prefix is SetPrefix.ForAllValues && !MayHaveNoValues(c.Key)))
        {
            var asked = statement.Conditions.Aggregate(Truth.No, (truth, c) => truth.Or(NeedsPresence(c, clause.Key)));
            if (statement.Effect is Effect.Deny || asked is Truth.Yes) continue;
            if (statement.Effect is Effect.Allow && asked is Truth.No)
                yield return new Fault(FaultKind.ForAllValuesAllow, $"`{clause.Operator}` also holds for a request without `{clause.Key}`; add `Null: {{ {clause.Key}: \"false\" }}`, or take `ForAnyValue` or a plain operator", clause.Location, statement.Index);
            else
                yield return Fault.Open(FaultKind.ForAllValuesAllow, statement.Effect is null ? statement.Fault : $"whether `Null` asks for `{clause.Key}` is not known here", clause.Location, statement.Index);
        }
    }

    /// <summary>Keys of which AWS's own examples take none as no harm: a request without tags, or without attributes, has none that is forbidden.</summary>
    private static bool MayHaveNoValues(string key) =>
        key.StartsWith("dynamodb:", StringComparison.OrdinalIgnoreCase) || key.EndsWith("TagKeys", StringComparison.OrdinalIgnoreCase) || key.EndsWith("EncryptionContextKeys", StringComparison.OrdinalIgnoreCase);

    private static Truth NeedsPresence(Clause clause, string key) => clause.Key.Equals(key, StringComparison.OrdinalIgnoreCase) ? clause.Operator switch
    {
        { Comparison: Comparison.Null } => clause.Values.Aggregate(Truth.No, (truth, v) => truth.Or(v.Pattern?.Text.Known is { } known ? known.Equals("false", StringComparison.OrdinalIgnoreCase).ToTruth() : Truth.Unknown)),
        { Prefix: SetPrefix.ForAllValues } or { IfExists: true } => Truth.No,
        { Negated: true, Prefix: SetPrefix.None } => Truth.No,
        _ => Truth.Yes,
    } : Truth.No;
}
