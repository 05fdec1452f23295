using System.Globalization;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether S3 counts a bucket policy as public (semantics 3.6): it starts from public and looks for fixed values.</summary>
public static class PublicPolicy
{
    private static readonly string[] Literals =
    [
        "aws:SourceArn", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceOwner", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths",
        "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalIsAWSService",
        "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:SourceVpcArn",
        "s3:DataAccessPointArn", "s3:DataAccessPointAccount",
    ];

    /// <summary>Keys of several values: they count under a set prefix only (3.6 rule 5).</summary>
    private static readonly string[] Multivalued = ["aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

    /// <summary>Keys on which AWS's own texts disagree.</summary>
    private static readonly string[] Disputed = ["aws:userid", "s3:x-amz-server-side-encryption-aws-kms-key-id"];

    /// <summary>Any Allow statement that is public makes the policy so; a Deny never takes it back.</summary>
    public static Truth Judge(Policy policy)
    {
        if (policy.Unread.Length > 0) return Truth.Unknown;
        return policy.Statements.Where(s => s.Effect is not Effect.Deny).Aggregate(Truth.No, (truth, s) => truth.Or(IsPublic(s)));
    }

    /// <summary>What has to be known to say whether it is public; empty where it is known.</summary>
    public static string Doubt(Policy policy)
    {
        if (policy.Unread.Length > 0) return $"the bucket policy is not known: {policy.Unread}";
        if (policy.Statements.FirstOrDefault(s => s.Effect is not Effect.Deny && IsPublic(s) is Truth.Unknown) is not { } open) return "";
        var reason = open.Fault.Length > 0 ? open.Fault
            : open.Principals?.Entries.FirstOrDefault(e => IsOpen(e) is Truth.Unknown) is { } entry ? entry.Text is null ? $"its principal is not known: {entry.Why}" : $"its principal `{entry}` may be everyone"
            : open.Conditions.FirstOrDefault(c => Limits(c) is Truth.Unknown) is { } clause ? $"whether its condition on `{clause.Key}` names fixed values only is not known"
            : "whether it allows or denies is not known";
        return $"whether S3 counts the policy as public is not known here: of {open.Label} {reason}";
    }

    private static Truth IsPublic(Statement statement)
    {
        if (statement.Principals is not { } principals) return statement.Fault.Length > 0 ? Truth.Unknown : Truth.No;
        if (principals.Negated) return Truth.Yes;
        var open = principals.Entries.Aggregate(Truth.No, (truth, e) => truth.Or(IsOpen(e)));
        var limited = statement.Conditions.Aggregate(Truth.No, (truth, c) => truth.Or(Limits(c)));
        var result = open.And(limited.Not());
        return statement.Fault.Length > 0 || statement.Effect is null ? result.And(Truth.Unknown) : result;
    }

    private static Truth IsOpen(PrincipalEntry entry)
    {
        if (entry.IsEveryone || entry.Type == "Federated") return Truth.Yes;
        if (entry.Text is null) return Truth.Unknown;
        return entry.Type == "AWS" && entry.Text.Only is { IsParameter: true } ? Truth.Unknown : Truth.No;
    }

    /// <summary>Whether the clause fixes who may come: a positive operator, a key that counts, and only fixed values.</summary>
    private static Truth Limits(Clause clause)
    {
        var op = clause.Operator;
        if (op.Negated || op.IfExists || op.Comparison is Comparison.Null) return Truth.No;
        if (op.Prefix is SetPrefix.None && Multivalued.Contains(clause.Key, StringComparer.OrdinalIgnoreCase)) return Truth.No;
        var limits = LimitsByKey(clause);
        return op.Prefix is SetPrefix.ForAllValues ? limits.And(Truth.Unknown) : limits; // a request without the key passes (3.6 rule 5)
    }

    private static Truth LimitsByKey(Clause clause)
    {
        if (clause.Key.Equals("aws:SourceIp", StringComparison.OrdinalIgnoreCase)) return All(clause, IsNarrow);
        if (Disputed.Contains(clause.Key, StringComparer.OrdinalIgnoreCase)) return Truth.Unknown;
        return Literals.Contains(clause.Key, StringComparer.OrdinalIgnoreCase) ? All(clause, e => IsFixed(clause.Key, e)) : Truth.No;
    }

    private static Truth All(Clause clause, Func<Element, Truth> test) => clause.Values.Aggregate(Truth.Yes, (truth, v) => truth.And(test(v)));

    private static Truth IsFixed(string key, Element element)
    {
        if (element.Pattern is not { } pattern) return Truth.Unknown;
        if (pattern.HasVariable) return Truth.No;
        if (key.Equals("aws:PrincipalIsAWSService", StringComparison.OrdinalIgnoreCase) && pattern.Text.Known is "false") return Truth.No;
        if (pattern.Text.Symbols.Any(s => s.IsParameter && s.Charset.Has('*'))) return Truth.Unknown;
        var literals = string.Concat(pattern.Text.Pieces.OfType<Piece.Literal>().Select(l => l.Text));
        if (literals.AsSpan().IndexOfAny('*', '?') < 0) return Truth.Yes;
        if (key.StartsWith("aws:PrincipalService", StringComparison.OrdinalIgnoreCase)) return (literals != "*").ToTruth();
        if (key.EndsWith("OrgPaths", StringComparison.OrdinalIgnoreCase)) return (literals.IndexOf('*', StringComparison.Ordinal) == literals.Length - 1 && literals.Length > 1).ToTruth();
        if (key.Equals("aws:PrincipalArn", StringComparison.OrdinalIgnoreCase)) return OfOneAccount(pattern).Or(NamesRole(pattern).And(Truth.Unknown));
        return key.Equals("s3:DataAccessPointArn", StringComparison.OrdinalIgnoreCase) ? OfOneAccount(pattern) : Truth.No;
    }

    private static Truth OfOneAccount(Pattern pattern) =>
        (Arns.Parts(pattern.Text) is { } parts && parts[4].Pieces.Length > 0 && parts[4].Known?.AsSpan().IndexOfAny('*', '?') is null or < 0).ToTruth();

    /// <summary>A role or user by its name in whatever account: AWS's own templates have such policies written while public ones are
    /// blocked (3.6 rule 4).</summary>
    private static Truth NamesRole(Pattern pattern) =>
        (Arns.Parts(pattern.Text) is { } parts && parts[5].Pieces is [Piece.Literal { Text: var named }, ..] && named.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash + 1 < named.Length && named[slash + 1] != '*').ToTruth();

    /// <summary>IPv4 ranges of /8 and narrower, IPv6 ranges of /32 and narrower, and the private ranges.</summary>
    private static Truth IsNarrow(Element element)
    {
        if (element.Pattern?.Text.Known is not { } cidr) return Truth.Unknown;
        var slash = cidr.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return Truth.Yes;
        if (!int.TryParse(cidr[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) return Truth.Unknown;
        return (bits >= (cidr.Contains(':', StringComparison.Ordinal) ? 32 : 8)).ToTruth();
    }
}
