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
    private static readonly Dictionary<string, (Comparison Comparison, bool Negated)> ByName = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = (Comparison.StringEquals, false),
        ["StringNotEquals"] = (Comparison.StringEquals, true),
        ["StringEqualsIgnoreCase"] = (Comparison.StringEqualsIgnoreCase, false),
        ["StringNotEqualsIgnoreCase"] = (Comparison.StringEqualsIgnoreCase, true),
        ["StringLike"] = (Comparison.StringLike, false),
        ["StringNotLike"] = (Comparison.StringLike, true),
        ["NumericEquals"] = (Comparison.NumericEquals, false),
        ["NumericNotEquals"] = (Comparison.NumericEquals, true),
        ["NumericLessThan"] = (Comparison.NumericLessThan, false),
        ["NumericLessThanEquals"] = (Comparison.NumericLessThanEquals, false),
        ["NumericGreaterThan"] = (Comparison.NumericGreaterThan, false),
        ["NumericGreaterThanEquals"] = (Comparison.NumericGreaterThanEquals, false),
        ["DateEquals"] = (Comparison.DateEquals, false),
        ["DateNotEquals"] = (Comparison.DateEquals, true),
        ["DateLessThan"] = (Comparison.DateLessThan, false),
        ["DateLessThanEquals"] = (Comparison.DateLessThanEquals, false),
        ["DateGreaterThan"] = (Comparison.DateGreaterThan, false),
        ["DateGreaterThanEquals"] = (Comparison.DateGreaterThanEquals, false),
        ["Bool"] = (Comparison.Bool, false),
        ["BinaryEquals"] = (Comparison.BinaryEquals, false),
        ["IpAddress"] = (Comparison.IpAddress, false),
        ["NotIpAddress"] = (Comparison.IpAddress, true),
        ["ArnEquals"] = (Comparison.Arn, false),
        ["ArnLike"] = (Comparison.Arn, false),
        ["ArnNotEquals"] = (Comparison.Arn, true),
        ["ArnNotLike"] = (Comparison.Arn, true),
        ["Null"] = (Comparison.Null, false),
    };

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
