using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads the comparisons of a check with positioned problems.</summary>
internal sealed class ComparisonReader(CheckReader checks, List<Problem> problems)
{
    /// <summary>The words of a comparison.</summary>
    public static readonly ImmutableArray<string> ComparisonWords =
    [
        "equals", "in", "matches", "like", "contains", "startsWith", "endsWith", "less", "lessOrEqual", "greater", "greaterOrEqual",
        "length", "empty", "cidrWithin", "subsetOf", "intersects", "not", "ignoreCase",
    ];

    /// <summary>What compares a list as a whole.</summary>
    public static readonly ImmutableArray<string> OfLists = ["contains", "intersects", "subsetOf", "length", "empty"];

    /// <summary>What compares how many records, statements or policies there are.</summary>
    public static readonly ImmutableArray<string> OfCounts = ["length", "empty"];

    /// <summary>Whether the comparison has none but these words, and unknown ones.</summary>
    public static bool Only(Node node, ImmutableArray<string> words) => node is Node.Map map && map.Entries.All(e =>
        words.Contains(e.Key.Text) || e.Key.Text == "ignoreCase" || !ComparisonWords.Contains(e.Key.Text) || (e.Key.Text == "not" && Only(e.Value, words)));

    private void Problem(Location at, string message, string help = "") => problems.Add(new Problem(at, message, help));

    /// <summary>A value or a list of values to be equal to, or a map of comparisons, all of which must hold.</summary>
    public Comparison Read(Node node, Names names) => Read(node, names, ignoreCase: false);

    private Comparison Read(Node node, Names names, bool ignoreCase)
    {
        if (node is not Node.Map map) return new Comparison.In(Values(node, names), ignoreCase);
        ignoreCase |= map["ignoreCase"] is { } flag && Flag(flag, "ignoreCase");
        if (map.Entries.Length == (map["ignoreCase"] is null ? 0 : 1)) Problem(node.Location, "a comparison is needed here", $"one of {Words.OneOf(ComparisonWords)}");
        var parts = map.Entries.Where(e => e.Key.Text != "ignoreCase").Select(e => ReadOne(e, ignoreCase, names)).OfType<Comparison>().ToImmutableArray();
        return parts is [var only] ? only : new Comparison.All(parts);
    }

    private Comparison? ReadOne(Node.Entry entry, bool ignoreCase, Names names)
    {
        var (word, value) = (entry.Key.Text, entry.Value);
        switch (word)
        {
            case "equals" or "in": return new Comparison.In(Values(value, names), ignoreCase);
            case "contains": return new Comparison.Contains(Values(value, names), InTexts: true, ignoreCase);
            case "intersects": return new Comparison.Contains(Values(value, names), InTexts: false, ignoreCase);
            case "subsetOf": return new Comparison.SubsetOf(Values(value, names), ignoreCase);
            case "matches": return AnyOf(Scalars(value).Select(s => Pattern(s, ignoreCase)));
            case "like": return AnyOf(Values(value, names).Select(v => new Comparison.Like(v, Before: false, After: false, ignoreCase)));
            case "startsWith": return AnyOf(Values(value, names).Select(v => new Comparison.Like(v, Before: false, After: true, ignoreCase)));
            case "endsWith": return AnyOf(Values(value, names).Select(v => new Comparison.Like(v, Before: true, After: false, ignoreCase)));
            case "less": return new Comparison.Range(null, Number(value), OfLength: false, Exclusive: true);
            case "lessOrEqual": return new Comparison.Range(null, Number(value), OfLength: false);
            case "greater": return new Comparison.Range(Number(value), null, OfLength: false, Exclusive: true);
            case "greaterOrEqual": return new Comparison.Range(Number(value), null, OfLength: false);
            case "length": return ReadLength(value);
            case "empty": return new Comparison.Empty(Flag(value, word));
            case "cidrWithin": return new Comparison.CidrWithin([.. Scalars(value).Select(Network).OfType<System.Net.IPNetwork>()]);
            case "not": return new Comparison.Not(Read(value, names, ignoreCase));
            default:
                Problem(entry.Key.Location, $"unknown comparison `{word}`, expected {Words.OneOf(ComparisonWords)}", Words.DidYouMean(word, ComparisonWords));
                return null;
        }
    }

    private static Comparison AnyOf(IEnumerable<Comparison?> parts) => parts.OfType<Comparison>().ToImmutableArray() is var all && all is [var only] ? only : new Comparison.Any(all);

    private bool Flag(Node node, string word)
    {
        if (node is Node.Scalar { Kind: ScalarKind.Bool } flag) return IsTrue(flag);
        Problem(node.Location, $"`{word}` must be `true` or `false`");
        return false;
    }

    private static bool IsTrue(Node.Scalar flag) => flag.Text.ToUpperInvariant() is "TRUE" or "YES" or "ON";

    private ImmutableArray<Message> Values(Node node, Names names) =>
        [.. Scalars(node).Select(s => checks.ReadMessage(s.Kind is not ScalarKind.Bool ? s.Text : IsTrue(s) ? "true" : "false", s.Location, names))];

    /// <summary>One value, or a list of them: at least one, none of them empty by mistake.</summary>
    private ImmutableArray<Node.Scalar> Scalars(Node node)
    {
        ImmutableArray<Node> items = node is Node.List list ? list.Items : [node];
        var values = items.OfType<Node.Scalar>().Where(s => s.Kind is not ScalarKind.Null).ToImmutableArray();
        if (values.Length < items.Length || items.IsEmpty) Problem(node.Location, "a value or a list of values is needed here", "for what is not set write `missing: PATH`, for the empty text `\"\"`");
        return values;
    }

    private Comparison.Matches? Pattern(Node.Scalar node, bool ignoreCase)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var matches = new Comparison.Matches(new Lazy<Regex>(() => new Regex(node.Text, options, TimeSpan.FromSeconds(1))));
        if (checks.AreProved) return matches;
        try
        {
            _ = matches.Regex.Value;
            return matches;
        }
        catch (ArgumentException e)
        {
            Problem(node.Location, $"`{node.Text}` is no regular expression: {e.Message.TrimEnd('.')}");
        }
        catch (NotSupportedException)
        {
            Problem(node.Location, $"`{node.Text}` uses lookarounds, backreferences or atomic groups, which are not there", "so no pattern can run away; combine `matches` with `not: { matches: … }` instead");
        }
        return null;
    }

    private decimal? Number(Node node)
    {
        if (node is Node.Scalar scalar && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        Problem(node.Location, "a number is needed here");
        return null;
    }

    private Comparison.Range? ReadLength(Node node)
    {
        if (node is Node.Scalar) return Number(node) is { } exact ? new Comparison.Range(exact, exact, OfLength: true) : null;
        if (node is not Node.Map { Entries.Length: > 0 } map)
        {
            Problem(node.Location, "`length` needs a number, or a map with `least` and `most`");
            return null;
        }
        var reader = new MapReader(map, "`length`", problems);
        var (least, most) = (reader.Take("least"), reader.Take("most"));
        reader.Done();
        return new Comparison.Range(least is null ? null : Number(least), most is null ? null : Number(most), OfLength: true);
    }

    private System.Net.IPNetwork? Network(Node.Scalar node)
    {
        if (System.Net.IPNetwork.TryParse(node.Text, out var network)) return network;
        Problem(node.Location, $"`{node.Text}` is no network", "write `10.0.0.0/8`");
        return null;
    }
}
