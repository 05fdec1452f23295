using System.Globalization;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>The functions that put lists together and take them apart: <c>Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap</c>.</summary>
internal sealed partial class Resolver
{
    private const int MostAlternatives = 16;

    private Value Join(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [Node.Scalar { Tag: "" } delimiter, var list] })
            return call.Argument is Node.List { Items: [not Node.Scalar, _] } ? Unknown(call, "the delimiter is not known here") : Wrong(call, "takes a delimiter and a list");
        return Join(call, delimiter.Kind is ScalarKind.Null ? "" : delimiter.Text, Resolve(list), MostAlternatives);
    }

    private Value Join(Intrinsic call, string delimiter, Value list, int alternatives)
    {
        var at = call.Location;
        switch (list)
        {
            case Value.Choice choice when alternatives > 1:
                return new Value.Choice(at, choice.Condition,
                    Join(call, delimiter, choice.Then, alternatives / 2), Join(call, delimiter, choice.Otherwise, alternatives / 2));
            case Value.List { Items: var items }:
                var optional = items.FirstOrDefault(i => i is Value.Choice { Then: Value.Absent } or Value.Choice { Otherwise: Value.Absent }) as Value.Choice;
                if (optional is not null && alternatives <= 1) return new Value.Unknown(at, "too many conditions decide what is joined");
                if (optional is not null)
                    return new Value.Choice(at, optional.Condition,
                        Join(call, delimiter, With(optional.Then), alternatives / 2), Join(call, delimiter, With(optional.Otherwise), alternatives / 2));
                return new Value.Str(at, DynamicReferences.In(Text.Join(Interleave(items.Where(i => i is not Value.Absent), delimiter))));
                Value.List With(Value branch) => new(list.Location, items.Replace(optional, branch));
            case Value.Str { Text.Known: not null }:
                return Wrong(call, "takes a delimiter and a list");
            case Value.Str single:
                return new Value.Str(at, single.Text);
            case Value.Unknown { Symbol: { } all }:
                return Symbolic(call, $"joined {delimiter} {all.Scope} {all.Name}", $"{all.Display} joined", Charset.Any);
            default:
                return new Value.Unknown(at, list is Value.Unknown u ? u.Why : "the list that is joined is not known here");
        }
    }

    private IEnumerable<Piece> Interleave(IEnumerable<Value> items, string delimiter)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first && delimiter.Length > 0) yield return new Piece.Literal(delimiter);
            first = false;
            foreach (var piece in PiecesOf(item)) yield return piece;
        }
    }

    private Value Select(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [var index, var list] }) return Wrong(call, "takes an index and a list");
        var position = Resolve(index) switch
        {
            Value.Number number => number.Text,
            Value.Str { Text.Known: { } known } => known,
            _ => null,
        };
        var from = Resolve(list);
        if (position is null) return Unknown(call, "the index is not known here");
        return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            ? from is Value.Unknown ? OfSplit(call, i, list) ?? Select(call, i, from) : Select(call, i, from)
            : Wrong(call, $"takes a whole number as index, found `{position}`");
    }

    private Value Select(Intrinsic call, int index, Value list) => list switch
    {
        Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Select(call, index, choice.Then), Select(call, index, choice.Otherwise)),
        Value.List { Items: var items } when items.Any(i => i is Value.Choice or Value.Absent) => Unknown(call, "what the list holds depends on a condition"),
        Value.List { Items: var items } when index < items.Length => items[index],
        Value.List { Items: var items } => Wrong(call, $"selects item {index} of a list of {items.Length}"),
        Value.Unknown { Symbol: { } all } => ItemOf(call, index, all),
        Value.Str { Text.Only: { } all } => ItemOf(call, index, all),
        Value.Unknown unknown => Unknown(call, unknown.Why),
        _ => Unknown(call, "the list is not known here"),
    };

    /// <summary>An item of a list that is known by name only: the same text wherever it is selected.</summary>
    private Value.Str ItemOf(Intrinsic call, int index, Symbol list) =>
        Symbolic(call, $"item {index} {list.Scope} {list.Name}", $"item {index} of {list.Display}", list.Charset == Charset.Name256 ? Charset.Name256 : Charset.Any);

    private Value Split(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [Node.Scalar { Tag: "" } delimiter, var text] }) return Wrong(call, "takes a delimiter and a text");
        return Split(call, delimiter.Text, Resolve(text));
    }

    private Value Split(Intrinsic call, string delimiter, Value text, int alternatives = MostAlternatives) => text switch
    {
        Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Split(call, delimiter, choice.Then, alternatives / 2), Split(call, delimiter, choice.Otherwise, alternatives / 2)),
        Value.Str { Text: var t } => EachWay(call, t, alternatives, whole => Split(call, delimiter, whole, text.Location)),
        Value.Unknown unknown => Unknown(call, unknown.Why),
        _ => Unknown(call, "the text that is split is not known here"),
    };

    private Value Split(Intrinsic call, string delimiter, Text text, Location at) => delimiter.Length > 0 && text.Symbols.All(s => !delimiter.All(s.Charset.Has))
        ? new Value.List(call.Location, [.. text.Split(delimiter).Select(p => new Value.Str(at, p))])
        : new Value.Unknown(call.Location, $"`{text}` is split, and nobody knows where it has `{delimiter}`")
        {
            Symbol = new Symbol(template.Document.Scope, $"split {delimiter} {text.Key}") { Display = text.ToString() },
        };

    /// <summary>What a function gives for a text whose parts depend on conditions.</summary>
    private Value EachWay(Intrinsic call, Text text, int alternatives, Func<Text, Value> give)
    {
        if (text.Pieces.OfType<Piece.Either>().FirstOrDefault() is not { } either) return give(text);
        return alternatives <= 1
            ? Unknown(call, "too many conditions decide the text")
            : new Value.Choice(call.Location, either.Condition, Way(either.Then), Way(either.Otherwise));

        Value Way(Value branch) => EachWay(call, Text.Join(text.Pieces.SelectMany(p => p == either ? PiecesOf(branch) : [p])), alternatives / 2, give);
    }

    private Value FindInMap(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [var map, var top, var second, .. var rest] }) return Wrong(call, "takes a map's name and two keys");
        var otherwise = rest is [Node.Map more] && more["DefaultValue"] is { } node ? Resolve(node) : null;
        var (named, first, then) = (Resolve(map), Resolve(top), Resolve(second));
        if (named is Value.List or Value.Map || first is Value.List or Value.Map || then is Value.List or Value.Map) return Wrong(call, "takes a map's name and two keys");
        if (named.KnownText is not { } name) return Unknown(call, "the map's name is not known here");
        if (template.Mappings[name] is not Node.Map mapping)
        {
            if (otherwise is not null && template.Mappings["Fn::Transform"] is null) return otherwise;
            if (template.Mappings["Fn::Transform"] is not null) return Unknown(call, Template.Unexpanded(template.Mappings["Fn::Transform"]!));
            Fault(map.Location, $"map `{name}` is not in `Mappings`", Words.DidYouMean(name, template.Mappings.Entries.Select(e => e.Key.Text)));
            return Unknown(call, $"map `{name}` is not there");
        }
        var found = Candidates(mapping, first).SelectMany(t => t is Node.Map m ? Candidates(m, then) : []).Select(Resolve).ToList();
        if (otherwise is not null && (found.Count == 0 || first.KnownText is null || then.KnownText is null)) found.Add(otherwise);
        if (found.Count == 0) return Unknown(call, $"map `{name}` has no such keys");
        return found.Count == 1 || found.TrueForAll(f => Same(f, found[0])) ? found[0] : OneOf(call, name, [first, then], found);
    }

    /// <summary>One of a map's texts, nobody knows which: the same one wherever the same keys are asked for.</summary>
    private Value OneOf(Intrinsic call, string map, Value[] keys, List<Value> found)
    {
        var texts = found.Select(f => f.KnownText).Distinct().ToList();
        if (keys.Any(k => k.AsText is null)) return Unknown(call, $"it depends on the keys of map `{map}`");
        var named = string.Join(' ', keys.Select(k => k.AsText!.Key));
        if (texts.Contains(null))
            return new Value.Unknown(call.Location, $"it depends on the keys of map `{map}`") { Symbol = new Symbol(template.Document.Scope, $"map {map} {named}") { Display = $"map {map}" } };
        return new Value.Str(call.Location, Text.Of(new Symbol(template.Document.Scope, $"map {map} {named}")
        {
            Display = $"of map {map}",
            Allowed = [.. texts.OfType<string>()],
            Default = Defaults.Of(() => FindInMap(call)) is { Value.KnownText: { } text } known ? new TextByDefault(known.Of, text) : null,
            Charset = texts.TrueForAll(t => t!.Length == 12 && t.All(char.IsAsciiDigit)) ? Charset.Account : texts.TrueForAll(t => t!.All(Charset.Plain.Has)) ? Charset.Plain : Charset.Any,
        }));
    }

    private static IEnumerable<Node> Candidates(Node.Map map, Value key) => key switch
    {
        Value.Str { Text.Known: { } known } => map[known] is { } only ? [only] : [],
        Value.Number number => map[number.Text] is { } only ? [only] : [],
        _ => map.Entries.Select(e => e.Value),
    };

    private static bool Same(Value left, Value right) =>
        left is Value.Str l && right is Value.Str r ? l.Text.Equals(r.Text)
        : left is Value.Flag a && right is Value.Flag b && a.IsTrue == b.IsTrue;
}
