namespace PolicyLint.Engine.Access;

/// <summary>What a condition operator compares (semantics 1.8).</summary>
public enum Comparison
{
    StringEquals, StringEqualsIgnoreCase, StringLike,
    NumericEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals,
    DateEquals, DateLessThan, DateLessThanEquals, DateGreaterThan, DateGreaterThanEquals,
    Bool, BinaryEquals, IpAddress, Arn, Null,
}

/// <summary>How the values of a multivalued key are taken (semantics 1.7).</summary>
public enum SetPrefix { None, ForAnyValue, ForAllValues }

/// <summary>A condition operator.</summary>
public readonly record struct Operator(Comparison Comparison, bool Negated, bool IfExists, SetPrefix Prefix, string Name)
{
    private static readonly Dictionary<string, Known> ByName = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = new(Comparison.StringEquals, false),
        ["StringNotEquals"] = new(Comparison.StringEquals, true),
        ["StringEqualsIgnoreCase"] = new(Comparison.StringEqualsIgnoreCase, false),
        ["StringNotEqualsIgnoreCase"] = new(Comparison.StringEqualsIgnoreCase, true),
        ["StringLike"] = new(Comparison.StringLike, false),
        ["StringNotLike"] = new(Comparison.StringLike, true),
        ["NumericEquals"] = new(Comparison.NumericEquals, false),
        ["NumericNotEquals"] = new(Comparison.NumericEquals, true),
        ["NumericLessThan"] = new(Comparison.NumericLessThan, false),
        ["NumericLessThanEquals"] = new(Comparison.NumericLessThanEquals, false),
        ["NumericGreaterThan"] = new(Comparison.NumericGreaterThan, false),
        ["NumericGreaterThanEquals"] = new(Comparison.NumericGreaterThanEquals, false),
        ["DateEquals"] = new(Comparison.DateEquals, false),
        ["DateNotEquals"] = new(Comparison.DateEquals, true),
        ["DateLessThan"] = new(Comparison.DateLessThan, false),
        ["DateLessThanEquals"] = new(Comparison.DateLessThanEquals, false),
        ["DateGreaterThan"] = new(Comparison.DateGreaterThan, false),
        ["DateGreaterThanEquals"] = new(Comparison.DateGreaterThanEquals, false),
        ["Bool"] = new(Comparison.Bool, false),
        ["BinaryEquals"] = new(Comparison.BinaryEquals, false),
        ["IpAddress"] = new(Comparison.IpAddress, false),
        ["NotIpAddress"] = new(Comparison.IpAddress, true),
        ["ArnEquals"] = new(Comparison.Arn, false),
        ["ArnLike"] = new(Comparison.Arn, false),
        ["ArnNotEquals"] = new(Comparison.Arn, true),
        ["ArnNotLike"] = new(Comparison.Arn, true),
        ["Null"] = new(Comparison.Null, false),
    };

    private sealed record Known(Comparison Comparison, bool Negated);

    /// <summary>Every plain operator, for suggestions.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Reads an operator's name, spelled as documented (1.6 rule 52); null where it is none.</summary>
    public static Operator? Read(string name)
    {
        var rest = name;
        var prefix = SetPrefix.None;
        if (rest.StartsWith("ForAnyValue:", StringComparison.Ordinal)) (prefix, rest) = (SetPrefix.ForAnyValue, rest["ForAnyValue:".Length..]);
        else if (rest.StartsWith("ForAllValues:", StringComparison.Ordinal)) (prefix, rest) = (SetPrefix.ForAllValues, rest["ForAllValues:".Length..]);
        var ifExists = rest.EndsWith("IfExists", StringComparison.Ordinal);
        if (ifExists) rest = rest[..^"IfExists".Length];
        if (!ByName.TryGetValue(rest, out var known) || (ifExists && known.Comparison is Comparison.Null)) return null;
        return new Operator(known.Comparison, known.Negated, ifExists, prefix, name);
    }

    /// <summary>Whether <c>*</c> and <c>?</c> in its values are wildcards.</summary>
    public bool HasWildcards => Comparison is Comparison.StringLike or Comparison.Arn;

    /// <summary>Whether its values may hold policy variables (1.5 rule 41); for Bool, AWS's pages disagree.</summary>
    public bool HasVariables => Comparison is Comparison.StringEquals or Comparison.StringEqualsIgnoreCase or Comparison.StringLike or Comparison.Arn or Comparison.Bool;

    public override string ToString() => Name;
}
