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
        if (check.Counts && found.Items.OfType<Item.OfPolicy>().FirstOrDefault(p => p.Policy.Unread.Length > 0) is { Policy: var policy })
            return Outcome.Of(Truth.Unknown, $"`{check.Path.Source}` is not known here: {policy.Unread}", policy.Location);
        if (check.Counts) return Outcome.Of(Holds(check.Comparison, new Value.List(at, [.. found.Items.Select(i => Value.Of(i.Location, ""))]), scope), $"`{check.Path.Source}` has {found.Items.Length}", at);
        foreach (var item in found.Items)
        {
            var one = Holds(check.Comparison, ValueOf(item), scope);
            if (one < truth) (truth, at) = (one, item.Location);
        }
        return truth is Truth.Yes ? Outcome.Yes : Outcome.Of(truth, Why(check, truth, found), at);
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
            Comparison.Any any => any.Parts.Aggregate(Truth.No, (t, p) => t.Or(Holds(p, value, scope))),
            Comparison.Empty empty => IsEmpty(value, empty.IsEmpty, scope),
            _ when value is Value.Unknown or Value.Secret => Truth.Unknown,
            Comparison.In one => AnyOf(one.Values, value, one.IgnoreCase, scope),
            Comparison.Matches matches => Matches(matches, value),
            Comparison.Like like => IsLike(like, value, scope),
            Comparison.Contains { InTexts: true } contains when value is Value.Str => contains.Values.Aggregate(Truth.No, (t, v) => t.Or(IsLike(new Comparison.Like(v, Before: true, After: true, contains.IgnoreCase), value, scope))),
            Comparison.Contains contains => Items(value, scope).Aggregate(Truth.No, (t, v) => t.Or(Unsure(v) ?? AnyOf(contains.Values, v, contains.IgnoreCase, scope))),
            Comparison.SubsetOf subset => Items(value, scope).Aggregate(Truth.Yes, (t, v) => t.And(Unsure(v) ?? AnyOf(subset.Values, v, subset.IgnoreCase, scope))),
            Comparison.Range range => InRange(range, value, scope),
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

    private static Truth IsEmpty(Value value, bool wanted, Scope scope)
    {
        var truth = value switch
        {
            Value.List { Items.Length: > 0 } unsure when unsure.Items.All(i => i is Value.Unknown { Likely: null }) => Truth.Unknown, // something that cannot be read may add to it
            Value.List list when CountOf(list, scope) is var (least, most) => most == 0 ? Truth.Yes : least > 0 ? Truth.No : Truth.Unknown,
            Value.Absent or Value.Map { Fields.IsEmpty: true } or Value.Str { Text.Known: "" } => Truth.Yes,
            Value.Unknown or Value.Secret => Truth.Unknown,
            Value.Str { Text.Known: null } text => text.Text.Pieces.Any(p => p is Piece.Literal or Piece.Hole { Symbol: { OwnerType.Length: > 0 } or { Charset.Shortest: > 0 } }) ? Truth.No : Truth.Unknown,
            _ => Truth.No,
        };
        return wanted ? truth : truth.Not();
    }

    private static Truth AnyOf(ImmutableArray<Message> wanted, Value value, bool ignoreCase, Scope scope)
    {
        if (value.AsText is not { } text) return Truth.No;
        if (text.Only is { Allowed: { IsEmpty: false } allowed }) return Agreed(allowed.Select(a => AnyOf(wanted, Value.Of(value.Location, a), ignoreCase, scope)));
        return wanted.SelectMany(w => Messages.TextsOf(w, scope)).Aggregate(Truth.No, (truth, w) => truth.Or(Equal(text, w, ignoreCase)));
    }

    /// <summary>What all of them say; unknown where they differ.</summary>
    private static Truth Agreed(IEnumerable<Truth> truths)
    {
        Truth? agreed = null;
        foreach (var truth in truths)
        {
            agreed ??= truth;
            if (truth != agreed) return Truth.Unknown;
        }
        return agreed ?? Truth.Unknown;
    }

    private static Truth Equal(Text left, Text? right, bool ignoreCase)
    {
        if (right is null) return Truth.Unknown;
        return ignoreCase && left.Known is { } l && right.Known is { } r
            ? l.Equals(r, StringComparison.OrdinalIgnoreCase).ToTruth()
            : TextMatch.Equal(left, right);
    }

    private static Truth Matches(Comparison.Matches matches, Value value)
    {
        if (value.AsText is not { } text) return Truth.No;
        return text.Known is { } known ? matches.Regex.Value.IsMatch(known).ToTruth() : Truth.Unknown;
    }

    /// <summary>Whether the text has the form, for every filling of what is not known in either.</summary>
    private static Truth IsLike(Comparison.Like like, Value value, Scope scope)
    {
        if (value.AsText is not { } text) return Truth.No;
        if (Messages.TextOf(like.Form, scope) is not { } form) return Truth.Unknown;
        if ((like.Before || like.After) && text.Known is { } whole && form.Known is { } part) return Has(whole, part, like).ToTruth();
        if (like.IgnoreCase)
        {
            if (text.Known is not { } known || form.Known is not { } formKnown) return Truth.Unknown;
            (text, form) = (Text.Of(known.ToUpperInvariant()), Text.Of(formKnown.ToUpperInvariant()));
        }
        var wanted = like.Before || like.After
            ? new Tokens([.. Run(like.Before), .. form.Tokens.All, .. Run(like.After)])
            : Pattern.Read(form, wildcards: true, variables: false).For(RequestContext.Empty(ContextValue.Unknown))!;
        return TextMatch.Match(wanted, text.Tokens);

        static ImmutableArray<Token> Run(bool there) => there ? [Token.Run] : [];
    }

    /// <summary>Whether the text begins with the part, ends with it, or holds it.</summary>
    private static bool Has(string text, string part, Comparison.Like like)
    {
        var comparison = like.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (like.Before && like.After) return text.Contains(part, comparison);
        return like.After ? text.StartsWith(part, comparison) : text.EndsWith(part, comparison);
    }

    /// <summary>How many items the list has, at least and at most: a choice that is not made may leave its item out.</summary>
    private static (int Least, int Most) CountOf(Value.List list, Scope scope)
    {
        var open = list.Items.Count(i => i is Value.Choice && scope.Scenario.Read(i) is Value.Unknown);
        var most = scope.Scenario.ReadItems(list).Count();
        return (most - open, most);
    }

    private static Truth InRange(Comparison.Range range, Value value, Scope scope)
    {
        if (range.OfLength && value is Value.List list)
        {
            var (least, most) = CountOf(list, scope);
            var truth = Contains(range, least);
            for (var count = least + 1; count <= most; count++)
                if (Contains(range, count) != truth) return Truth.Unknown;
            return truth;
        }
        if (range.OfLength)
            return value switch
            {
                Value.Absent => Contains(range, 0),
                Value.Str { Text.Known: { } text } => Contains(range, text.Length),
                Value.Str => Truth.Unknown,
                _ => Truth.No,
            };
        if (value.AsText is not { } written) return Truth.No;
        if (written.Known is not { } known) return Truth.Unknown;
        return decimal.TryParse(known, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Contains(range, number) : Truth.No;
    }

    private static Truth Contains(Comparison.Range range, decimal number) => range.Exclusive
        ? ((range.Least is null || number > range.Least) && (range.Most is null || number < range.Most)).ToTruth()
        : ((range.Least is null || number >= range.Least) && (range.Most is null || number <= range.Most)).ToTruth();

    private static Truth Within(Comparison.CidrWithin within, Value value)
    {
        if (value.AsText is not { } text) return Truth.No;
        if (text.Known is not { } known) return Truth.Unknown;
        if (NetworkOf(known) is not var (address, length)) return Truth.No;
        return within.Networks.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.PrefixLength <= length && n.Contains(address)).ToTruth();
    }

    /// <summary>An address with its prefix; AWS takes one with bits set after the prefix, and so is an address alone.</summary>
    private static (System.Net.IPAddress Address, int Length)? NetworkOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!System.Net.IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address)) return null;
        var longest = address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0) return (address, longest);
        return int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= longest ? (address, length) : null;
    }
}
