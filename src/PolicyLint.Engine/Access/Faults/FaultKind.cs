using System.Collections.Immutable;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>What may be wrong with a policy or a statement: what AWS refuses, or takes and never applies (semantics 1.1).</summary>
public enum FaultKind
{
    UnknownElement, ExclusiveElements, MissingElement, MisplacedElement, UnknownVersion, PlainVariable,
    MalformedSid, DuplicateSid, TooLarge,
    MalformedPrincipal, WildcardPrincipal, DeletedPrincipal, NotPrincipalAllow,
    MalformedAction, UnknownAction, UnlistedAction,
    MalformedResource, MisfitResource, KeyPolicyWithoutResource,
    MalformedCondition, UnknownOperator, UnknownKey, UnlistedKey, AbsentKey, OperatorType, MalformedValue, LiteralWildcard,
    ForAllValuesAllow, WeakMfa,
}

/// <summary>The words by which rules name faults.</summary>
public static class FaultKinds
{
    private static readonly ImmutableDictionary<string, FaultKind> ByWord = Enum.GetValues<FaultKind>().ToImmutableDictionary(WordOf, StringComparer.Ordinal);

    public static IEnumerable<string> Words => ByWord.Keys.Order(StringComparer.Ordinal);

    /// <summary>The fault of a word, null where it is none.</summary>
    public static FaultKind? Named(string word) => ByWord.TryGetValue(word, out var kind) ? kind : null;

    /// <summary>The kebab-case word: <c>unknown-action</c>.</summary>
    public static string WordOf(FaultKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
