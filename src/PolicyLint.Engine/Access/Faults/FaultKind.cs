namespace PolicyLint.Engine.Access.Faults;

/// <summary>What may be wrong with a policy or a statement: what AWS refuses, or takes and never applies (semantics 1.1).</summary>
public enum FaultKind
{
    UnknownElement, ExclusiveElements, MissingElement, MisplacedElement, UnknownVersion, PlainVariable, UnknownVariable, MalformedVariable,
    MalformedSid, DuplicateSid, TooLarge,
    MalformedPrincipal, WildcardPrincipal, DeletedPrincipal, NotPrincipalAllow,
    MalformedAction, UnknownAction, UnlistedAction,
    MalformedResource, MisfitResource, KeyPolicyWithoutResource,
    MalformedCondition, UnknownOperator, UnknownKey, UnlistedKey, AbsentKey, OperatorType, MalformedValue, LiteralWildcard,
    ForAllValuesAllow, WeakMfa, PrivateAddress, MissingQualifier,
}

/// <summary>The words by which rules name faults.</summary>
public static class FaultKinds
{
    private static readonly string[] InOrder = [.. Enum.GetNames<FaultKind>().Select(Documents.Words.Kebab)];

    public static IEnumerable<string> Words => InOrder.Order(StringComparer.Ordinal);

    /// <summary>The fault of a word, null where it is none.</summary>
    public static FaultKind? Named(string word) => Array.IndexOf(InOrder, word) is >= 0 and var at ? (FaultKind)at : null;

    /// <summary>The kebab-case word: <c>unknown-action</c>.</summary>
    public static string WordOf(FaultKind kind) => InOrder[(int)kind];
}
