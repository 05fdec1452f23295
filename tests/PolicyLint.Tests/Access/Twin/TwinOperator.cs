using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>A condition operator taken apart, and table 1.7 to the letter.</summary>
/// <param name="Base">The positive operator that it stands on: <c>StringEquals</c> for <c>StringNotEqualsIfExists</c>.</param>
internal sealed record TwinOperator(string Prefix, string Base, bool Negated, bool IfExists)
{
    private static readonly string[] Negatable =
        ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "NumericEquals", "DateEquals", "ArnEquals", "ArnLike"];

    private static readonly string[] Others =
    [
        "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals",
    ];

    /// <summary>The keys that hold several values (1.9); all others that are asked for here hold one.</summary>
    private static readonly string[] Multivalued = ["aws:TagKeys", "aws:CalledVia"];

    /// <summary>Null where no operator is spelled so (rule 52).</summary>
    public static TwinOperator? Read(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var prefix = name[..(colon + 1)];
        var rest = name[(colon + 1)..];
        var ifExists = rest.EndsWith("IfExists", StringComparison.Ordinal);
        if (ifExists) rest = rest[..^"IfExists".Length];
        if (rest is "Null") return new TwinOperator(prefix, rest, false, false);
        if (rest is "IpAddress" or "NotIpAddress") return new TwinOperator(prefix, "IpAddress", rest[0] == 'N', ifExists);
        if (Negatable.Contains(rest) || Others.Contains(rest)) return new TwinOperator(prefix, rest, false, ifExists);
        var positive = rest.Replace("Not", "", StringComparison.Ordinal);
        return rest != positive && Negatable.Contains(positive) ? new TwinOperator(prefix, positive, true, ifExists) : null;
    }

    /// <summary>Whether the policy may say this at all: an address range must be one (1.8).</summary>
    public bool Takes(string value) => Base != "IpAddress" || TwinComparison.Range(value) is not null;

    public Truth Holds(string key, string[] values, bool variables, TwinRequest request)
    {
        if (request[key] is not { } held) return Absent(values);
        if (Base == "Null") return values.Contains("false").ToTruth();
        if (Prefix.Length > 0) return Set([.. held], values, variables, request);
        var single = held.Length == 1 && !Multivalued.Contains(key, StringComparer.OrdinalIgnoreCase);
        return single ? Passes(held[0], values, variables, request) : Truth.Unknown; // rule 56
    }

    /// <summary>The column "key absent".</summary>
    private Truth Absent(string[] values)
    {
        if (Base == "Null") return values.Contains("true").ToTruth();
        if (Prefix == "ForAllValues:") return Truth.Yes;
        if (Prefix == "ForAnyValue:") return IfExists ? Truth.Unknown : Truth.No;
        return (IfExists || Negated).ToTruth();
    }

    private Truth Set(string[] held, string[] values, bool variables, TwinRequest request)
    {
        var each = held.Select(v => Passes(v, values, variables, request)).ToList();
        var all = each.Aggregate(Truth.Yes, (a, b) => a.And(b));
        var any = each.Aggregate(Truth.No, (a, b) => a.Or(b));
        var (asRead, ifEmpty) = Prefix == "ForAllValues:" ? (all, Truth.Yes) : (any, Truth.No);
        return held is not [""] || asRead == ifEmpty ? asRead : Truth.Unknown; // rule 53
    }

    /// <summary>One request value against all values of the policy: any of them, or none of them (rules 49 and 50).</summary>
    private Truth Passes(string held, string[] values, bool variables, TwinRequest request)
    {
        var any = values.Aggregate(Truth.No, (any, v) => any.Or(Compare(held, v, variables, request)));
        return Negated ? any.Not() : any;
    }

    private Truth Compare(string held, string value, bool variables, TwinRequest request)
    {
        if (Base == "Bool" && variables && value.Contains("${", StringComparison.Ordinal)) return Truth.Unknown; // rule 41
        if (Base is "ArnEquals" or "ArnLike" && Negated && !TwinPattern.IsArn(held) && HasValue()) return Truth.Unknown; // 1.8
        return TwinComparison.Holds(Base, held, value, variables, request).ToTruth();

        bool HasValue() => TwinPattern.Expand(value, wildcards: true, variables, request) is not null; // else rule 46
    }
}
