using System.Globalization;
using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of condition operators and values: operators for another type than the key's, values that do not parse, wildcards that are none.</summary>
internal static class ValueFaults
{
    public static IEnumerable<Fault> Of(AwsServices services, Statement statement)
    {
        foreach (var clause in statement.Conditions)
        {
            if (KeyFaults.Known(clause.Key, services) is { } key && !Fits(clause, key))
                yield return new Fault(FaultKind.OperatorType, $"`{clause.Operator}` does not compare {Name(key.Type)}, as `{clause.Key}` has; use {Better(key.Type)}", clause.Location, statement.Index);
            if (OfAll(services, clause) is { } whole) yield return new Fault(whole.Kind, whole.Text, clause.Location, statement.Index);
            foreach (var value in clause.Values)
                if (OfValue(clause, value) is { } found) yield return new Fault(found.Kind, found.Text, value.Location, statement.Index) { IsOpen = found.IsOpen };
        }
    }

    private readonly record struct Said(FaultKind Kind, string Text, bool IsOpen = false);

    /// <summary>What is wrong with the clause whatever each of its values is.</summary>
    private static Said? OfAll(AwsServices services, Clause clause)
    {
        var values = clause.Values.Select(v => v.Pattern?.Text.Known).ToList();
        if (clause.Operator.Comparison is Comparison.Bool && values.Select(v => v?.ToUpperInvariant()).Distinct().Count(v => v is "TRUE" or "FALSE") > 1)
            return new(FaultKind.MalformedValue, $"`{clause.Operator}` takes `true` or `false`, not both");
        if (IsSourceIp(clause) && values.Count > 0 && values.TrueForAll(IsPrivate))
            return new(FaultKind.PrivateAddress, $"`{clause.Key}` is the public address of who calls, so that `{clause.Operator}` {(clause.Operator.Negated ? "always" : "never")} holds with private ranges; take `aws:VpcSourceIp` with `aws:SourceVpc` beside it");
        return clause.Operator is { Prefix: SetPrefix.None, Comparison: not Comparison.Null } && KeyFaults.Known(clause.Key, services) is { HasMany: true }
            ? new(FaultKind.MissingQualifier, $"a request has any number of `{clause.Key}`, and `{clause.Operator}` does not say how many must fit; write `ForAnyValue:{clause.Operator}` or `ForAllValues:{clause.Operator}`")
            : null;
    }

    private static bool IsSourceIp(Clause clause) => clause.Operator is { Comparison: Comparison.IpAddress, IfExists: false } && clause.Key.Equals("aws:SourceIp", StringComparison.OrdinalIgnoreCase);

    private static readonly IpRange[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10" }.Select(r => IpRange.Parse(r)!)];

    private static bool IsPrivate(string? text) => text is not null && IpRange.Parse(text) is { } range && Array.Exists(Private, range.IsWithin);

    private static Said? OfValue(Clause clause, Element value)
    {
        if (value.WhyOpen is { } why) return Looking(clause) is { } kind ? new(kind, why, true) : null;
        var pattern = value.Pattern!;
        if (pattern.HasVariable || pattern.Text.Symbols.Any(s => s.Charset != Charset.Any && pattern.Text.Only is null)) return null;
        if (pattern.Text.Known is not { } text)
            return Expected(clause.Operator) is not null && pattern.Text.Only is not null ? new(FaultKind.MalformedValue, $"`{value}` is not known here", true) : null;
        if (text.Contains("{{", StringComparison.Ordinal)) return null;
        if (clause.Operator.Comparison is Comparison.StringEquals or Comparison.StringEqualsIgnoreCase)
            return text.Replace("${*}", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal) && !clause.Key.EndsWith("delimiter", StringComparison.OrdinalIgnoreCase)
                ? new(FaultKind.LiteralWildcard, $"`*` is no wildcard under `{clause.Operator}`: `{text}` is compared to the letter; use `{Liking(clause)}`")
                : null;
        return Parses(clause.Operator.Comparison, text) || Expected(clause.Operator) is not { } form ? null : new(FaultKind.MalformedValue, $"`{text}` is not {form}, as `{clause.Operator}` expects");
    }

    /// <summary>What looks at the values of a clause.</summary>
    private static FaultKind? Looking(Clause clause) => clause.Operator.Comparison switch
    {
        Comparison.StringEquals or Comparison.StringEqualsIgnoreCase => clause.Key.EndsWith("delimiter", StringComparison.OrdinalIgnoreCase) ? null : FaultKind.LiteralWildcard,
        _ => Expected(clause.Operator) is null ? null : FaultKind.MalformedValue,
    };

    private static string Liking(Clause clause) => $"{(clause.Key.EndsWith("arn", StringComparison.OrdinalIgnoreCase) ? "Arn" : "String")}{(clause.Operator.Negated ? "Not" : "")}Like";

    private static string? Expected(Operator @operator) => @operator.Comparison switch
    {
        Comparison.Bool or Comparison.Null => "`true` or `false`",
        >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => "a number",
        >= Comparison.DateEquals and <= Comparison.DateGreaterThanEquals => "a date such as `2030-01-31T12:00:00Z`",
        Comparison.IpAddress => "an IP address or a CIDR range",
        Comparison.Arn => "an ARN",
        _ => null,
    };

    private static bool Parses(Comparison comparison, string text) => comparison switch
    {
        Comparison.Bool or Comparison.Null => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase),
        >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        >= Comparison.DateEquals and <= Comparison.DateGreaterThanEquals => ConditionMatch.Date(text) is not null,
        Comparison.Arn => text.AsSpan().IndexOfAny('*', '?') >= 0 || (text.StartsWith("arn:", StringComparison.Ordinal) && text.Count(c => c == ':') >= 5),
        Comparison.IpAddress => IpRange.Parse(text) is not null,
        _ => true,
    };

    /// <summary>Whether the operator can compare what the key has. Texts also compare flags and ARNs, which are texts in a request.</summary>
    private static bool Fits(Clause clause, AwsKey key) => clause.Operator.Comparison switch
    {
        Comparison.Null or Comparison.BinaryEquals => true,
        Comparison.StringEquals or Comparison.StringEqualsIgnoreCase or Comparison.StringLike => key.Type is KeyType.Text or KeyType.Arn or KeyType.Binary || (key.Type is KeyType.Flag && clause.Values.All(v => Parses(Comparison.Bool, v.Pattern?.Text.Known ?? "true"))),
        >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => key.Type is KeyType.Number || key.Name is "aws:EpochTime",
        >= Comparison.DateEquals and <= Comparison.DateGreaterThanEquals => key.Type is KeyType.Date,
        Comparison.Bool => key.Type is KeyType.Flag || (key.Type is KeyType.Text && clause.Values.All(v => Parses(Comparison.Bool, v.Pattern?.Text.Known ?? "true"))),
        Comparison.IpAddress => key.Type is KeyType.Address,
        Comparison.Arn => key.Type is KeyType.Arn or KeyType.Text,
        _ => true,
    };

    private static string Name(KeyType type) => type switch
    {
        KeyType.Number => "numbers",
        KeyType.Flag => "true and false",
        KeyType.Arn => "ARNs",
        KeyType.Date => "dates",
        KeyType.Address => "IP addresses",
        KeyType.Binary => "binary values",
        _ => "texts",
    };

    private static string Better(KeyType type) => type switch
    {
        KeyType.Number => "`NumericEquals` or another of its family",
        KeyType.Flag => "`Bool`",
        KeyType.Arn => "`ArnLike`",
        KeyType.Date => "`DateLessThan` or another of its family",
        KeyType.Address => "`IpAddress`",
        KeyType.Binary => "`BinaryEquals`",
        _ => "`StringEquals` or `StringLike`",
    };
}
