using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of the condition keys of a statement: what is no key, and what its requests never have.</summary>
internal sealed class KeyFaults(AwsServices services, Statement statement, List<NamedActions.Entry> actions)
{
    private static readonly FaultKind[] OfKeys = [FaultKind.UnknownKey, FaultKind.UnlistedKey, FaultKind.AbsentKey, FaultKind.OperatorType];

    /// <summary>A key of an identity provider, whose host is all that is not known.</summary>
    private static bool IsOfIssuer(string key) => key.EndsWith("⟩:sub", StringComparison.Ordinal) || key.EndsWith("⟩:aud", StringComparison.Ordinal);

    public IEnumerable<Fault> Find()
    {
        if (statement.Conditions.IsEmpty) yield break;
        foreach (var clause in statement.Conditions)
        {
            if (Known(clause.Key, services) is { } key)
            {
                if (IsOfService(key) && statement.Actions is { Negated: false })
                    foreach (var fault in Absent(clause, key)) yield return fault;
            }
            else if (clause.Key.Contains('⟨', StringComparison.Ordinal) && !IsOfIssuer(clause.Key))
                foreach (var kind in OfKeys) yield return Fault.Open(kind, $"`{clause.Key}` is not known here", clause.Location, statement.Index);
            else if (Unknown(clause.Key) is { } unknown) yield return new Fault(unknown.Fault, unknown.Text, clause.Location, statement.Index);
        }
    }

    /// <summary>A key that the data has, of its own service or of STS, which has those of identity providers.</summary>
    public static AwsKey? Known(string key, AwsServices services)
    {
        if (services.Everywhere.Key(key) is { } global) return global;
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : services.Named(key[..colon])?.Key(key) ?? services.Named("sts")!.Key(key);
    }

    /// <summary>Whether it is there only in requests of some actions.</summary>
    private bool IsOfService(AwsKey key) => services.Everywhere.Key(key.Name) is null && !key.Name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private NamedActions.None? Unknown(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (key.Contains("${", StringComparison.Ordinal) || key.Contains('⟨', StringComparison.Ordinal)) return null;
        if (colon <= 0)
        {
            var bare = services.Everywhere.Keys.FirstOrDefault(k => k.Name.EndsWith($":{key}", StringComparison.OrdinalIgnoreCase));
            return new(FaultKind.UnknownKey, PolicyFaults.Say($"`{key}` is no condition key, for it names no service", bare is null ? "" : $"did you mean `{bare}`?"));
        }
        var prefix = key[..colon];
        if (prefix.Contains('.', StringComparison.Ordinal) || prefix.Equals("saml", StringComparison.OrdinalIgnoreCase) || prefix.StartsWith("cognito-identity", StringComparison.OrdinalIgnoreCase)) return null;
        var keys = prefix.Equals("aws", StringComparison.OrdinalIgnoreCase) ? services.Everywhere.Keys : services.Named(prefix)?.Keys;
        if (keys is null) return new(FaultKind.UnlistedKey, $"AWS has no service `{prefix}` with condition keys in the list of {AwsServices.AsOf}");
        var hint = Words.DidYouMean(key, keys.Select(k => k.Name));
        return hint.Length > 0
            ? new(FaultKind.UnknownKey, $"AWS has no condition key `{key}`; {hint}")
            : new(FaultKind.UnlistedKey, $"`{prefix}` has no condition key `{key}` in the list of {AwsServices.AsOf}");
    }

    private IEnumerable<Fault> Absent(Clause clause, AwsKey key)
    {
        if (actions.Exists(a => a.Named is NamedActions.Everything or NamedActions.None)) yield break;
        var some = actions.Where(a => a.Named is NamedActions.Some).Select(a => (a.Element, Named: (NamedActions.Some)a.Named)).ToList();
        var without = some.Where(a => !a.Named.Actions.Any(x => x.Has(key))).Select(a => $"`{a.Element}`").ToList();
        var open = actions.Find(a => a.Named is NamedActions.Open);
        var all = without.Count == some.Count;
        if (all && open?.Named is NamedActions.Open { Why: var why })
            yield return Fault.Open(FaultKind.AbsentKey, why, clause.Location, statement.Index);
        else if (without.Count > 0 && !all && statement.Effect is null && NeedsKey(clause))
            yield return Fault.Open(FaultKind.AbsentKey, statement.Fault, clause.Location, statement.Index);
        else if (without.Count > 0 && (all || (statement.Effect is Effect.Allow && NeedsKey(clause))))
            yield return new Fault(FaultKind.AbsentKey, $"requests for {string.Join(", ", without)} never have `{clause.Key}`{(NeedsKey(clause) ? $", so the statement never {(statement.Effect is Effect.Deny ? "denies" : "allows")} them" : "")}", clause.Location, statement.Index);
    }

    /// <summary>Whether the clause never holds without its key (1.7).</summary>
    private static bool NeedsKey(Clause clause) => clause.Operator switch
    {
        { Comparison: Comparison.Null } => clause.Values.All(v => v.Pattern?.Text.Known is "false" or "False"),
        { Prefix: SetPrefix.ForAnyValue, IfExists: false } => true,
        { Prefix: SetPrefix.ForAllValues } or { IfExists: true } or { Negated: true } => false,
        _ => true,
    };
}
