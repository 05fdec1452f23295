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
        return Join(call.Location, delimiter.Kind is ScalarKind.Null ? "" : delimiter.Text, Resolve(list), MostAlternatives);
    }

    private Value Join(Location at, string delimiter, Value list, int alternatives)
    {
        switch (list)
        {
            case Value.Choice choice when alternatives > 1:
                return new Value.Choice(at, choice.Condition,
                    Join(at, delimiter, choice.Then, alternatives / 2), Join(at, delimiter, choice.Otherwise, alternatives / 2));
            case Value.List { Items: var items }:
                var optional = items.FirstOrDefault(i => i is Value.Choice { Then: Value.Absent } or Value.Choice { Otherwise: Value.Absent }) as Value.Choice;
                if (optional is not null && alternatives <= 1) return new Value.Unknown(at, "too many conditions decide what is joined");
                if (optional is not null)
                    return new Value.Choice(at, optional.Condition,
                        Join(at, delimiter, With(optional.Then), alternatives / 2), Join(at, delimiter, With(optional.Otherwise), alternatives / 2));
                return new Value.Str(at, Text.Join(Interleave(items.Where(i => i is not Value.Absent), delimiter)));
                Value.List With(Value branch) => new(list.Location, items.Replace(optional, branch));
            case Value.Str single:
                return new Value.Str(at, single.Text);
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
            ? Select(call, i, from)
            : Wrong(call, $"takes a whole number as index, found `{position}`");
    }

    private Value Select(Intrinsic call, int index, Value list) => list switch
    {
        Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Select(call, index, choice.Then), Select(call, index, choice.Otherwise)),
        Value.List { Items: var items } when items.Any(i => i is Value.Choice or Value.Absent) => Unknown(call, "what the list holds depends on a condition"),
        Value.List { Items: var items } when index < items.Length => items[index],
        Value.List { Items: var items } => Wrong(call, $"selects item {index} of a list of {items.Length}"),
        Value.Unknown unknown => Unknown(call, unknown.Why),
        _ => Unknown(call, "the list is not known here"),
    };

    private Value Split(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [Node.Scalar { Tag: "" } delimiter, var text] }) return Wrong(call, "takes a delimiter and a text");
        return Split(call, delimiter.Text, Resolve(text));
    }

    private Value Split(Intrinsic call, string delimiter, Value text, int alternatives = MostAlternatives)
    {
        return text switch
        {
            Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Split(call, delimiter, choice.Then, alternatives / 2), Split(call, delimiter, choice.Otherwise, alternatives / 2)),
            Value.Str { Text.HasEither: true } when alternatives <= 1 => Unknown(call, "too many conditions decide what is split"),
            Value.Str { Text: { HasEither: true } t } => Choose(t.Pieces.OfType<Piece.Either>().First(), t),
            Value.Str { Text: var t } when delimiter.Length > 0 && t.Symbols.All(s => !delimiter.All(s.Charset.Has)) =>
                new Value.List(call.Location, [.. t.Split(delimiter).Select(p => new Value.Str(text.Location, p))]),
            Value.Str { Text: var t } => Unknown(call, $"`{t}` is split, and nobody knows where it has `{delimiter}`"),
            Value.Unknown unknown => Unknown(call, unknown.Why),
            _ => Unknown(call, "the text that is split is not known here"),
        };

        Value Choose(Piece.Either either, Text whole) => new Value.Choice(
            call.Location, either.Condition, Half(whole, either, either.Then), Half(whole, either, either.Otherwise));

        Value Half(Text whole, Piece.Either either, Value branch) => Split(
            call, delimiter, new Value.Str(text.Location, Text.Join(whole.Pieces.SelectMany(p => p == either ? PiecesOf(branch) : [p]))), alternatives / 2);
    }

    private Value FindInMap(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [var map, var top, var second, ..] }) return Wrong(call, "takes a map's name and two keys");
        if (Known(map) is not { } name) return Unknown(call, "the map's name is not known here");
        if (template.Mappings[name] is not Node.Map mapping)
        {
            if (template.Mappings["Fn::Transform"] is not null) return Unknown(call, "`Fn::Transform` in `Mappings` is not expanded");
            Fault(map.Location, $"map `{name}` is not in `Mappings`", Words.DidYouMean(name, template.Mappings.Entries.Select(e => e.Key.Text)));
            return Unknown(call, $"map `{name}` is not there");
        }
        var (first, then) = (Resolve(top), Resolve(second));
        var found = Candidates(mapping, first).SelectMany(t => t is Node.Map m ? Candidates(m, then) : []).Select(Resolve).ToList();
        if (found.Count == 0) return Unknown(call, $"map `{name}` has no such keys");
        return found.Count == 1 || found.TrueForAll(f => Same(f, found[0])) ? found[0] : OneOf(call, name, [first, then], found);
    }

    /// <summary>One of a map's texts, nobody knows which: the same one wherever the same keys are asked for.</summary>
    private Value OneOf(Intrinsic call, string map, Value[] keys, List<Value> found)
    {
        var texts = found.Select(f => f.KnownText).Distinct().ToList();
        if (texts.Contains(null) || keys.Any(k => k is not Value.Str { Text.HasEither: false })) return Unknown(call, $"it depends on the keys of map `{map}`");
        var named = string.Join(' ', keys.Select(k => ((Value.Str)k).Text.Key));
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

    private string? Known(Node node) => Resolve(node).KnownText;
}
