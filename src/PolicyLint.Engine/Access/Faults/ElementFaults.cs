namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of a statement's elements together: what is missing, what must not be there, what has no effect.</summary>
internal static class ElementFaults
{
    public static IEnumerable<Fault> Of(Statement statement, PolicyRole role)
    {
        if (role.IsOfIdentity() && statement.Principals is { } named)
            yield return Fault(FaultKind.MisplacedElement, "a policy of a user, group or role names no principal; remove it, or write the statement into the policy of the resource", named.Location);
        if (role is PolicyRole.Trust && statement.Resources is { } resources)
            yield return Fault(FaultKind.MisplacedElement, "a trust policy names no resource: it is about its own role; remove it", resources.Location);
        if (role.NeedsPrincipal() && statement.Principals is null && statement.Fault.Length == 0)
            yield return Fault(FaultKind.MissingElement, "a statement of a policy of a resource names no `Principal`; add one", statement.Location);
        if (role.IsOfIdentity() && statement.Resources is null && statement.Fault.Length == 0)
            yield return Fault(FaultKind.MissingElement, "a statement has no `Resource`; add `Resource:`", statement.Location);
        if (role is PolicyRole.Key && statement.Resources is null && statement.Fault.Length == 0)
            yield return Fault(FaultKind.KeyPolicyWithoutResource, "a statement of a key policy without `Resource` has no effect; add `Resource: \"*\"`", statement.Location);
        if (statement.Principals is { Negated: true } others && statement.Effect is not Effect.Deny)
            yield return Fault(FaultKind.NotPrincipalAllow, "`NotPrincipal` stands in an `Allow`; AWS takes it with `Deny` only", others.Location) with { IsOpen = statement.Effect is null };
        foreach (var fault in OfConditions(statement)) yield return fault;

        Fault Fault(FaultKind kind, string text, Documents.Location at) => new(kind, text, at, statement.Index);
    }

    private static IEnumerable<Fault> OfConditions(Statement statement)
    {
        foreach (var clause in statement.Conditions)
        {
            if (statement.Effect is Effect.Allow && clause.Operator.Prefix is SetPrefix.ForAllValues && !MayHaveNoValues(clause.Key) && !statement.Conditions.Any(c => NeedsPresence(c, clause.Key)))
                yield return new Fault(FaultKind.ForAllValuesAllow, $"`{clause.Operator}` also holds for a request without `{clause.Key}`; add `Null: {{ {clause.Key}: \"false\" }}`, or take `ForAnyValue` or a plain operator", clause.Location, statement.Index);
            if (clause.Operator is { Comparison: Comparison.Bool, IfExists: false } && IsMfa(clause.Key) && clause.Values.Any(v => v.Pattern?.Text.Known is "false" or "False"))
                yield return new Fault(FaultKind.WeakMfa, $"`Bool` with `{clause.Key}: false` does not hold for requests by access keys, which never have the key; write `BoolIfExists`", clause.Location, statement.Index);
        }
    }

    private static bool IsMfa(string key) => key.Equals("aws:MultiFactorAuthPresent", StringComparison.OrdinalIgnoreCase);

    /// <summary>Keys of which AWS's own examples take none as no harm: a request without tags, or without attributes, has none that is forbidden.</summary>
    private static bool MayHaveNoValues(string key) =>
        key.StartsWith("dynamodb:", StringComparison.OrdinalIgnoreCase) || key.EndsWith("TagKeys", StringComparison.OrdinalIgnoreCase) || key.EndsWith("EncryptionContextKeys", StringComparison.OrdinalIgnoreCase);

    private static bool NeedsPresence(Clause clause, string key) => clause.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && clause.Operator switch
    {
        { Comparison: Comparison.Null } => clause.Values.Any(v => v.Pattern?.Text.Known is "false" or "False" or null),
        { Prefix: SetPrefix.ForAllValues } or { IfExists: true } => false,
        { Negated: true, Prefix: SetPrefix.None } => false,
        _ => true,
    };
}
