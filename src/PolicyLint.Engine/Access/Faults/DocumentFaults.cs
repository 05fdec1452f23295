using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of a policy as a whole: its version, its Sids, its size.</summary>
internal static class DocumentFaults
{
    /// <summary>The version of the language that has variables.</summary>
    public const string Newest = "2012-10-17";

    private static readonly string[] Versions = [Newest, "2008-10-17"];

    public static IEnumerable<Fault> Of(Policy policy)
    {
        foreach (var refusal in policy.Refusals) yield return new Fault(FaultKinds.Named(refusal.Fault)!.Value, PolicyFaults.Say(refusal.Message, refusal.Help), refusal.Location, -1);
        foreach (var fault in OfVersion(policy).Concat(OfVariables(policy)).Concat(OfSids(policy))) yield return fault;
        if (PolicySize.Excess(policy) is { } excess) yield return excess;
    }

    private static IEnumerable<Fault> OfVersion(Policy policy)
    {
        var version = policy.Version;
        if (version is not null && version.Pattern?.Text.Known is null)
            yield return new Fault(FaultKind.UnknownVersion, $"the `Version` `{version}` is not known here", version.Location, -1) { IsOpen = true };
        else if (version is not null && !Versions.Contains(version.Pattern!.Text.Known))
            yield return new Fault(FaultKind.UnknownVersion, $"unknown `Version` `{version}`, expected `2012-10-17`: it is the language's version, not the policy's date", version.Location, -1);
        if (version?.Pattern?.Text.Known == Newest) yield break;
        var (what, isOpen) = (version is null ? "a policy without `Version`" : $"version `{version}`", version is not null && version.Pattern?.Text.Known is null);
        foreach (var statement in policy.Statements)
            foreach (var element in VariableFaults.TextsOf(statement))
                if (element.Pattern is { } pattern && VariableIn(pattern.Text) is { } variable)
                    yield return new Fault(FaultKind.PlainVariable, isOpen
                        ? $"whether `{variable}` is a variable depends on the `Version`, which is not known here"
                        : $"`{variable}` is plain text under {what}; write `Version: \"2012-10-17\"`", element.Location, statement.Index)
                    { IsOpen = isOpen };
    }

    /// <summary>What stands between braces and names no key, so that it has no value in any request: a template's own
    /// <c>${Name}</c> where nothing fills it in (1.5 rule 46).</summary>
    private static IEnumerable<Fault> OfVariables(Policy policy)
    {
        if (policy.Version?.Pattern?.Text.Known != Newest) yield break;
        foreach (var statement in policy.Statements)
            foreach (var element in VariableFaults.TextsOf(statement))
                if (element.Pattern is { } pattern && Unfilled(pattern.Text) is { } unfilled)
                    yield return new Fault(FaultKind.UnknownVariable, $"`{unfilled}` is no variable of policies; where the template's own is meant, write the text under `Fn::Sub`", element.Location, statement.Index);
    }

    private static string? Unfilled(Text text)
    {
        foreach (var literal in text.Pieces.OfType<Piece.Literal>())
            foreach (var found in Placeholders.In(literal.Text, "${", "}"))
                if (found.Inner.Split(',')[0].Trim() is var name && name is not ("*" or "?" or "$") && (name.Contains("::", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal)))
                    return $"${{{found.Inner}}}";
        return null;
    }

    private static string? VariableIn(Text text)
    {
        foreach (var literal in text.Pieces.OfType<Piece.Literal>())
            foreach (var found in Placeholders.In(literal.Text, "${", "}"))
                if (found.Inner.Contains(':', StringComparison.Ordinal)) return $"${{{found.Inner}}}";
        return null;
    }

    private static IEnumerable<Fault> OfSids(Policy policy)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in policy.Statements)
        {
            var sid = statement.Sid;
            if (sid.Length == 0) continue;
            var isKnown = !sid.Contains('⟨', StringComparison.Ordinal);
            if (!seen.Add(sid) && OfTwice(sid, statement, policy.Role) is { } fault) yield return fault;
            if ((policy.Role.IsOfIdentity() || policy.Role is PolicyRole.Trust) && isKnown && sid.Any(c => !char.IsAsciiLetterOrDigit(c)))
                yield return new Fault(FaultKind.MalformedSid, $"the Sid `{sid}` may hold nothing but letters and digits in a policy of IAM", statement.Location, statement.Index);
            else if (!isKnown)
                yield return Fault.Open(FaultKind.MalformedSid, $"`{sid}` is not known here", statement.Location, statement.Index);
            if (!isKnown && policy.Statements.Length > 1 && policy.Role is not PolicyRole.Bucket && IsLone(sid))
                yield return Fault.Open(FaultKind.DuplicateSid, $"`{sid}` is not known here", statement.Location, statement.Index);
        }
    }

    /// <summary>Whether nothing of it is known, so that it may be that of another statement.</summary>
    private static bool IsLone(string sid) => sid.StartsWith('⟨') && sid.IndexOf('⟩', StringComparison.Ordinal) == sid.Length - 1;

    /// <summary>IAM, SNS and SQS refuse a Sid that stands twice, S3 takes it; of the others nobody says (1.1).</summary>
    private static Fault? OfTwice(string sid, Statement statement, PolicyRole role) => role switch
    {
        PolicyRole.Bucket => null,
        PolicyRole.Key or PolicyRole.Resource => new Fault(FaultKind.DuplicateSid, $"the Sid `{sid}` stands twice, which IAM, SNS and SQS refuse; whether this service does, AWS does not say", statement.Location, statement.Index) { IsOpen = true },
        _ => new Fault(FaultKind.DuplicateSid, $"the Sid `{sid}` stands twice", statement.Location, statement.Index),
    };
}
