using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of principals: what AWS takes for none, and what names nobody (semantics 1.2 P12, P13).</summary>
internal static class PrincipalFaults
{
    private static readonly string[] NoPrincipals = [":group/", ":policy/", ":instance-profile/", ":server-certificate/"];

    public static IEnumerable<Fault> Of(Statement statement)
    {
        foreach (var entry in statement.Principals?.Entries ?? [])
        {
            if (entry.IsEveryone || (entry.Text is null && !statement.Refusals.IsEmpty)) continue;
            if (entry.Text is not { } text || Element.WhyOpenIs(text) is not null)
            {
                foreach (var kind in KindsOf(entry)) yield return Fault.Open(kind, entry.Text is null ? entry.Why : Element.WhyOpenIs(entry.Text)!, entry.Location, statement.Index);
                continue;
            }
            var found = entry.Type switch
            {
                "AWS" => OfAws(entry, text),
                "Service" => OfService(text),
                "Federated" => OfFederated(text),
                _ => null,
            };
            if (found is { } fault) yield return new Fault(fault.Kind, fault.Text, entry.Location, statement.Index);
        }
    }

    /// <summary>What an entry of which nothing is known may be.</summary>
    private static FaultKind[] KindsOf(PrincipalEntry entry) => entry.Type switch
    {
        "AWS" => [FaultKind.MalformedPrincipal, FaultKind.WildcardPrincipal, FaultKind.DeletedPrincipal],
        "Service" => [FaultKind.MalformedPrincipal, FaultKind.WildcardPrincipal],
        "Federated" => [FaultKind.MalformedPrincipal],
        _ => [],
    };

    private readonly record struct Said(FaultKind Kind, string Text);

    private static Said? OfAws(PrincipalEntry entry, Text text)
    {
        if (entry.HasWildcard) return new(FaultKind.WildcardPrincipal, $"`{text}` has a wildcard, which stands for nobody in a principal; name each, or write `*` or the account with a condition on `aws:PrincipalArn`");
        if (text.Known is not { } known) return IsName(text) ? new(FaultKind.MalformedPrincipal, $"`{text}` is a name, which is no principal; write its ARN, as `!GetAtt` or the attribute `arn` gives it") : null;
        if (IsUniqueId(known)) return new(FaultKind.DeletedPrincipal, $"`{known}` is the id that stays in a policy when its role or user is deleted, and stands for nobody; name who is meant, or remove it");
        return NoPrincipals.FirstOrDefault(n => known.Contains(n, StringComparison.Ordinal)) is { } part
            ? new(FaultKind.MalformedPrincipal, $"`{known}` is a {part.Trim(':', '/')}, which is no principal; name users, roles or accounts")
            : OfArn(known);
    }

    /// <summary>A name or id that AWS makes or that a resource has: no ARN, and no account.</summary>
    private static bool IsName(Text text) => text.Only is { IsParameter: false, Charset: var charset } && charset != Charset.Account && !charset.Has(':') && charset.Has('a');

    /// <summary>An ARN of IAM or STS that has not the form of a principal's.</summary>
    private static Said? OfArn(string known)
    {
        var parts = known.Split(':', PartsOfArn);
        var forms = parts.Length < PartsOfArn ? [] : parts[2] switch { "iam" => ["root", "user/", "role/"], "sts" => ["assumed-role/", "federated-user/"], _ => (string[])[] };
        return forms.Length == 0 || forms.Any(f => f == "root" ? parts[^1] == f : parts[^1].StartsWith(f, StringComparison.Ordinal) && parts[^1].Length > f.Length)
            ? null
            : new(FaultKind.MalformedPrincipal, $"`{known}` is no principal: after the account stands `{parts[^1]}`, expected {Documents.Words.OneOf(forms)}");
    }

    private const int PartsOfArn = 6;

    /// <summary>The ids of roles and users that were deleted.</summary>
    private static bool IsUniqueId(string text) =>
        (text.StartsWith("AROA", StringComparison.Ordinal) || text.StartsWith("AIDA", StringComparison.Ordinal)) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static Said? OfService(Text text)
    {
        if (text.Known is not { } known || known == "*" || known.Contains("{{", StringComparison.Ordinal)) return null;
        if (known.AsSpan().IndexOfAny('*', '?') >= 0) return new(FaultKind.WildcardPrincipal, $"`{known}` has a wildcard; name each service");
        if (Meant(known) is { } meant) return new(FaultKind.MalformedPrincipal, $"`{known}` is no service; did you mean `{meant}`?");
        return known.Contains('.', StringComparison.Ordinal) && !known.Any(c => char.IsWhiteSpace(c) || c is ':' or '/')
            ? null
            : new(FaultKind.MalformedPrincipal, $"`{known}` is no service; write it as `{(known.Length > 0 && known.All(char.IsAsciiLetterOrDigit) ? known.ToLowerInvariant() : "lambda")}.amazonaws.com`");
    }

    private const string Domain = "amazonaws.com";

    /// <summary>The name of a service whose domain has a slip of the pen; null where it has none.</summary>
    private static string? Meant(string known)
    {
        var labels = known.Split('.');
        if (labels.Length < 3 || known.EndsWith($".{Domain}", StringComparison.Ordinal) || known.EndsWith($".{Domain}.cn", StringComparison.Ordinal)) return null;
        return Words.Distance($"{labels[^2]}.{labels[^1]}", Domain) <= 2 ? string.Join('.', [.. labels[..^2], Domain]) : null;
    }

    private static Said? OfFederated(Text text) =>
        text.Known is { } known && known != "*" && !known.StartsWith("arn:", StringComparison.Ordinal) && !known.Contains('.', StringComparison.Ordinal) && !known.Contains("{{", StringComparison.Ordinal)
            ? new(FaultKind.MalformedPrincipal, $"`{known}` is no identity provider; write the ARN of one, or its host such as `cognito-identity.amazonaws.com`")
            : null;
}
