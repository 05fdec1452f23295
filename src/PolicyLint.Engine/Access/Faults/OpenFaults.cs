using System.Collections.Immutable;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>What may be a fault because a part of a policy is not known: of each kind that looks at the part.</summary>
internal static class OpenFaults
{
    private static readonly ImmutableArray<FaultKind> OfPrincipal = [FaultKind.MalformedPrincipal, FaultKind.WildcardPrincipal, FaultKind.DeletedPrincipal];
    private static readonly ImmutableArray<FaultKind> OfAbsence = [FaultKind.MissingElement, FaultKind.MisplacedElement, FaultKind.ExclusiveElements];

    private static readonly ImmutableArray<FaultKind> OfCondition =
    [
        FaultKind.MalformedCondition, FaultKind.UnknownOperator, FaultKind.UnknownKey, FaultKind.UnlistedKey, FaultKind.AbsentKey,
        FaultKind.OperatorType, FaultKind.MalformedValue, FaultKind.LiteralWildcard, FaultKind.ForAllValuesAllow, FaultKind.WeakMfa, FaultKind.PlainVariable,
        FaultKind.MalformedVariable, FaultKind.PrivateAddress, FaultKind.MissingQualifier,
    ];

    /// <summary>Those of the gaps of a statement. Actions, resources and principals that are there are looked at one by one.</summary>
    public static IEnumerable<Fault> Of(Policy policy, Statement statement) =>
        statement.Gaps.SelectMany(gap => KindsOf(gap).Where(kind => Concerns(kind, policy)).Select(kind => Fault.Open(kind, gap.Why, gap.Location, statement.Index)));

    private static IEnumerable<FaultKind> KindsOf(Gap gap) => gap.Part switch
    {
        StatementPart.Whole => Enum.GetValues<FaultKind>().Where(k => k is not (FaultKind.UnknownVersion or FaultKind.TooLarge)),
        StatementPart.Sid => [FaultKind.MalformedSid, FaultKind.DuplicateSid],
        StatementPart.Effect => gap.MayBeAbsent ? [FaultKind.UnknownElement, FaultKind.MissingElement] : [FaultKind.UnknownElement],
        StatementPart.Principal when gap.MayBeAbsent => [.. OfAbsence, FaultKind.NotPrincipalAllow],
        StatementPart.Resource when gap.MayBeAbsent => [.. OfAbsence, FaultKind.KeyPolicyWithoutResource],
        StatementPart.Action when gap.MayBeAbsent => OfAbsence,
        StatementPart.Condition => OfCondition,
        _ => [],
    };

    /// <summary>Whether a policy of its role, as far as it is known, may have the fault.</summary>
    public static bool Concerns(FaultKind kind, Policy policy) => kind switch
    {
        FaultKind.UnknownVariable => policy.Unread.Length > 0 || policy.Version?.Pattern?.Text.Known == DocumentFaults.Newest,
        FaultKind.PlainVariable => policy.Version?.Pattern?.Text.Known != DocumentFaults.Newest,
        FaultKind.MalformedVariable => policy.Version?.Pattern?.Text.Known is null or DocumentFaults.Newest,
        FaultKind.MalformedSid => policy.Role.IsOfIdentity() || policy.Role is PolicyRole.Trust or PolicyRole.Unsaid,
        FaultKind.DuplicateSid => policy.Role is not PolicyRole.Bucket && (policy.Unread.Length > 0 || policy.Statements.Length > 1),
        FaultKind.MisplacedElement => policy.Role.IsOfIdentity() || policy.Role is PolicyRole.Trust,
        FaultKind.MissingElement or FaultKind.ExclusiveElements => true,
        FaultKind.KeyPolicyWithoutResource => policy.Role is PolicyRole.Key,
        FaultKind.MisfitResource => policy.Role is not (PolicyRole.Key or PolicyRole.Trust),
        FaultKind.NotPrincipalAllow => !policy.Role.IsOfIdentity(),
        _ => !(policy.Role.IsOfIdentity() && OfPrincipal.Contains(kind)),
    };
}
