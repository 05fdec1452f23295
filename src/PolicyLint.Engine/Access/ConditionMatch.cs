using System.Globalization;
using System.Net;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether a condition clause holds for a request (semantics 1.6–1.8).</summary>
public static class ConditionMatch
{
    /// <summary>One clause. A key that the caller may choose counts as the caller would choose it: so that an Allow
    /// (<paramref name="wanted"/>) applies and a Deny does not (8.6 rule 4).</summary>
    public static Truth Of(Clause clause, RequestContext context, bool wanted)
    {
        var value = context[clause.Key];
        var op = clause.Operator;
        if (op.Comparison is Comparison.Null) return Null(clause, value, wanted);
        if (value.Nature is ValueNature.Free && value.Values.IsEmpty) return wanted.ToTruth();
        if (value.Nature is ValueNature.Free) return Compare(clause, value, context) is Truth.Unknown ? wanted.ToTruth() : Compare(clause, value, context);
        return WithPresence(op, value.Presence, Compare(clause, value, context));
    }

    /// <summary>The table of missing keys (1.7), to the letter.</summary>
    private static Truth WithPresence(Operator op, Truth presence, Truth compared)
    {
        var absent = op switch
        {
            { Prefix: SetPrefix.ForAnyValue, IfExists: true } => Truth.Unknown,
            { Prefix: SetPrefix.ForAnyValue } => Truth.No,
            { Prefix: SetPrefix.ForAllValues } or { IfExists: true } or { Negated: true } => Truth.Yes,
            _ => Truth.No,
        };
        return presence switch
        {
            Truth.Yes => compared,
            Truth.No => absent,
            _ => compared == absent ? absent : Truth.Unknown,
        };
    }

    private static Truth Null(Clause clause, ContextValue value, bool wanted)
    {
        if (value.Nature is ValueNature.Free && value.Values.IsEmpty) return wanted.ToTruth();
        var holds = Truth.No;
        foreach (var item in clause.Values)
            holds = holds.Or(item.Pattern?.Text.Known?.ToLowerInvariant() switch
            {
                "true" => value.Presence.Not(),
                "false" => value.Presence,
                _ => Truth.Unknown,
            });
        return holds;
    }

    /// <summary>The comparison for a key that is there.</summary>
    private static Truth Compare(Clause clause, ContextValue value, RequestContext context) => value.Nature switch
    {
        ValueNature.Any => Truth.Unknown,
        ValueNature.Opaque => Signed(clause.Operator, OpaqueMatches(clause)),
        ValueNature.Alternatives => Agreeing(clause, value, context),
        _ => Listed(clause, value, context),
    };

    private static Truth Agreeing(Clause clause, ContextValue value, RequestContext context)
    {
        var first = Signed(clause.Operator, AnyOf(clause, value.Values[0], context));
        foreach (var other in value.Values)
            if (Signed(clause.Operator, AnyOf(clause, other, context)) != first) return Truth.Unknown;
        return first;
    }

    private static Truth Listed(Clause clause, ContextValue value, RequestContext context)
    {
        var op = clause.Operator;
        if (op.Prefix is SetPrefix.None && (value.Values.Length != 1 || ConditionKeys.HasManyValues(clause.Key))) return Truth.Unknown; // rule 56
        var forAny = op.Prefix is SetPrefix.ForAnyValue;
        var truth = forAny ? Truth.No : Truth.Yes;
        foreach (var one in value.Values)
        {
            var passes = Signed(op, AnyOf(clause, one, context));
            truth = forAny ? truth.Or(passes) : truth.And(passes);
        }
        var ofNone = forAny ? Truth.No : Truth.Yes;
        return op.Prefix is not SetPrefix.None && value.Values is [{ Known: "" }] && truth != ofNone ? Truth.Unknown : truth; // rule 53
    }

    private static Truth Signed(Operator op, Truth positive) => op.Negated ? positive.Not() : positive;

    private static Truth AnyOf(Clause clause, Text value, RequestContext context)
    {
        var truth = Truth.No;
        foreach (var item in clause.Values)
        {
            truth = truth.Or(item.Pattern is null ? Truth.Unknown : One(clause.Operator, item.Pattern, value, context));
            if (truth is Truth.Yes) return truth;
        }
        return truth;
    }

    /// <summary>A value that is AWS's own equals no customer's; only a pattern that takes everything takes it (8.3 rule 5).</summary>
    private static Truth OpaqueMatches(Clause clause)
    {
        var truth = Truth.No;
        foreach (var item in clause.Values)
            truth = truth.Or(clause.Operator.Comparison switch
            {
                Comparison.StringLike or Comparison.Arn when item.Pattern?.IsEverything is true => Truth.Yes,
                Comparison.StringLike or Comparison.Arn when item.Pattern?.Text.Known is { } k && k.Length > 0 && k.All(c => c is '*' or '?' or ':') => Truth.Unknown,
                Comparison.IpAddress when item.Pattern?.Text.Known is { } cidr && PrefixLength(cidr) < (cidr.Contains(':', StringComparison.Ordinal) ? 32 : 16) => Truth.Unknown,
                _ => Truth.No,
            });
        return truth;
    }

    private static int? PrefixLength(string cidr)
    {
        var slash = cidr.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && int.TryParse(cidr[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? bits : null;
    }

    private static Truth One(Operator op, Pattern pattern, Text value, RequestContext context)
    {
        if (op.Comparison is Comparison.StringEquals or Comparison.StringLike or Comparison.Arn or Comparison.StringEqualsIgnoreCase)
        {
            if (pattern.For(context) is not { } tokens) return Truth.No; // rule 46
            return op.Comparison switch
            {
                Comparison.Arn when op.Negated && value.Known is { } text && !IsArn(text) => Truth.Unknown, // 1.8: not settled
                Comparison.Arn => ArnMatch.Of(tokens, value.Tokens),
                Comparison.StringEqualsIgnoreCase => TextMatch.Match(tokens.Lower, value.Tokens.Lower),
                _ => TextMatch.Match(tokens, value.Tokens),
            };
        }
        if (pattern.HasVariable) return Truth.Unknown;
        if (pattern.Text.Known is not { } wanted || value.Known is not { } found)
            return pattern.Text.Equals(value) && op.Comparison is Comparison.Bool or Comparison.NumericEquals or Comparison.DateEquals ? Truth.Yes : Truth.Unknown;
        return op.Comparison switch
        {
            Comparison.Bool => (IsBool(wanted) && IsBool(found) && string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase)).ToTruth(),
            Comparison.BinaryEquals => (wanted.TrimEnd('=') == found.TrimEnd('=')).ToTruth(),
            Comparison.IpAddress => IpMatches(wanted, found),
            >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => Ordered(op.Comparison - Comparison.NumericEquals, Number(wanted), Number(found)),
            _ => Ordered(op.Comparison - Comparison.DateEquals, Date(wanted), Date(found)),
        };
    }

    private static bool IsArn(string text) => text.Count(c => c == ':') >= 5;

    private static bool IsBool(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Seconds since 1970, from ISO 8601 or from epoch seconds.</summary>
    internal static decimal? Date(string text)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && text.Length != 4) return Number(text);
        if (text.Length == 4 && text.All(char.IsAsciiDigit)) text += "-01-01";
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? (decimal)(date - DateTimeOffset.UnixEpoch).TotalSeconds
            : null;
    }

    /// <summary>The five orders (equals, less, less or equal, greater, greater or equal); what is no number matches nothing.</summary>
    private static Truth Ordered(int order, decimal? wanted, decimal? found) => (order switch
    {
        0 => found == wanted,
        1 => found < wanted,
        2 => found <= wanted,
        3 => found > wanted,
        _ => found >= wanted,
    } && found is not null && wanted is not null).ToTruth();

    private static Truth IpMatches(string cidr, string address)
    {
        if (IpRange.Parse(cidr) is not { } range) return Truth.Unknown;
        return IPAddress.TryParse(address, out var ip) ? range.Contains(ip).ToTruth() : Truth.No;
    }
}
