using System.Collections.Immutable;
using System.Globalization;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Evaluates comparisons of values, three-valued.</summary>
internal static class ComparisonEvaluator
{
    /// <summary>Whether what the path leads to compares so: every item of it, where it takes items.</summary>
    public static Outcome Evaluate(Check.Compare check, Scope scope)
    {
        var found = scope.Find(check.Path);
        if (found.Doubt is { } doubt) return Outcome.Of(Truth.Unknown, doubt.Why, doubt.At);
        var truth = Truth.Yes;
        var at = scope[check.Path.Root].Location;
        foreach (var item in found.Items)
        {
            var one = Holds(check.Comparison, ValueOf(item), scope);
            if (one < truth) (truth, at) = (one, item.Location);
        }
        return Outcome.Of(truth, Why(check, truth, found), at);
    }

    private static string Why(Check.Compare check, Truth truth, Found found) => truth is Truth.Unknown
        ? found.Items.Select(ValueOf).OfType<Value.Unknown>().FirstOrDefault() is { } unknown ? unknown.Why : $"`{check.Path.Source}` is {Shown(found)}, which is not fully known here"
        : $"`{check.Path.Source}` is {Shown(found)}";

    private static Value ValueOf(Item item) => item is Item.OfValue value ? value.Value : new Value.Absent(item.Location);

    /// <summary>Values as messages show them.</summary>
    public static string Shown(Found found) => found.Items.Length == 0 ? "not set" : string.Join(", ", found.Items.Select(i => Shown(ValueOf(i))));

    private static string Shown(Value value) => value switch
    {
        Value.Str text => $"`{text.Text}`",
        Value.Number number => $"`{number.Text}`",
        Value.Flag flag => flag.IsTrue ? "`true`" : "`false`",
        Value.List list => list.Items.IsEmpty ? "empty" : string.Join(", ", list.Items.Take(5).Select(Shown)),
        Value.Map => "a map",
        Value.Unknown => "not known here",
        Value.Secret => "a secret",
        _ => "not set",
    };

    private static Truth Holds(Comparison comparison, Value value, Scope scope)
    {
        value = scope.Scenario.Read(value);
        if (value is Value.Unknown { Likely: { } likely }) value = likely;
        return comparison switch
        {
            Comparison.Not not => Holds(not.Inner, value, scope).Not(),
            Comparison.All all => all.Parts.Aggregate(Truth.Yes, (t, p) => t.And(Holds(p, value, scope))),
            Comparison.Empty empty => IsEmpty(value, empty.IsEmpty),
            _ when value is Value.Unknown or Value.Secret => Truth.Unknown,
            Comparison.In one => AnyOf(one.Values, value, one.IgnoreCase, scope),
            Comparison.Matches matches => Matches(matches, value),
            Comparison.Contains contains => Items(value, scope).Aggregate(Truth.No, (t, v) => t.Or(Unsure(v) ?? AnyOf(contains.Values, v, contains.IgnoreCase, scope))),
            Comparison.SubsetOf subset => Items(value, scope).Aggregate(Truth.Yes, (t, v) => t.And(Unsure(v) ?? AnyOf(subset.Values, v, ignoreCase: false, scope))),
            Comparison.Range range => InRange(range, value),
            Comparison.CidrWithin within => Within(within, value),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Truth? Unsure(Value value) => value is Value.Unknown or Value.Secret ? Truth.Unknown : null;

    private static IEnumerable<Value> Items(Value value, Scope scope) => value switch
    {
        Value.List list => scope.Scenario.ReadItems(list),
        Value.Absent => [],
        _ => [value],
    };

    private static Truth IsEmpty(Value value, bool wanted)
    {
        var truth = value switch
        {
            Value.Absent or Value.List { Items.IsEmpty: true } or Value.Map { Fields.IsEmpty: true } or Value.Str { Text.Known: "" } => Truth.Yes,
            Value.Unknown => Truth.Unknown,
            Value.Str { Text.Known: null } text => text.Text.Pieces.Any(p => p is Piece.Literal) ? Truth.No : Truth.Unknown,
            _ => Truth.No,
        };
        return wanted ? truth : truth.Not();
    }

    private static Truth AnyOf(ImmutableArray<Message> wanted, Value value, bool ignoreCase, Scope scope)
    {
        if (TextOf(value) is not { } text) return Truth.No;
        return wanted.Aggregate(Truth.No, (truth, w) => truth.Or(Equal(text, Messages.TextOf(w, scope), ignoreCase)));
    }

    private static Truth Equal(Text left, Text? right, bool ignoreCase)
    {
        if (right is null) return Truth.Unknown;
        return ignoreCase && left.Known is { } l && right.Known is { } r
            ? l.Equals(r, StringComparison.OrdinalIgnoreCase).ToTruth()
            : TextMatch.Equal(left, right);
    }

    private static Text? TextOf(Value value) => value switch
    {
        Value.Str text => text.Text,
        Value.Number number => Text.Of(number.Text),
        Value.Flag flag => Text.Of(flag.IsTrue ? "true" : "false"),
        _ => null,
    };

    private static Truth Matches(Comparison.Matches matches, Value value)
    {
        if (TextOf(value) is not { } text) return Truth.No;
        return text.Known is { } known ? matches.Regex.IsMatch(known).ToTruth() : Truth.Unknown;
    }

    private static Truth InRange(Comparison.Range range, Value value)
    {
        decimal? number = (range.OfLength, value) switch
        {
            (true, Value.List list) => list.Items.Length,
            (true, Value.Str { Text.Known: { } text }) => text.Length,
            (true, Value.Absent) => 0,
            (false, _) when TextOf(value)?.Known is { } known && decimal.TryParse(known, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        if (number is null) return value is Value.Str { Text.Known: null } ? Truth.Unknown : Truth.No;
        return ((range.Least is null || number >= range.Least) && (range.Most is null || number <= range.Most)).ToTruth();
    }

    private static Truth Within(Comparison.CidrWithin within, Value value)
    {
        if (TextOf(value) is not { } text) return Truth.No;
        if (text.Known is not { } known) return Truth.Unknown;
        var cidr = known.Contains('/', StringComparison.Ordinal) ? known : known + (known.Contains(':', StringComparison.Ordinal) ? "/128" : "/32");
        return (System.Net.IPNetwork.TryParse(cidr, out var network)
            && within.Networks.Any(n => n.BaseAddress.AddressFamily == network.BaseAddress.AddressFamily && n.PrefixLength <= network.PrefixLength && n.Contains(network.BaseAddress))).ToTruth();
    }
}
