using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>JSON inside a text, as task definitions and state machines are written: what it says, as a value.</summary>
internal static class TextDocument
{
    /// <summary>The document that the text is; unknown where it is broken; null where the text is none.</summary>
    public static Value? Of(Value.Str text)
    {
        if (text.Text.Pieces is not [Piece.Literal { Text: var first }, ..] || first.AsSpan().TrimStart() is not ['{' or '[', ..]) return null;
        if (text.Text.HasEither) return new Value.Unknown(text.Location, "its JSON depends on a condition");
        var coded = CodedText.Of(text.Text);
        return JsonReader.Read(text.Location, Encoding.UTF8.GetBytes(coded.Characters), []) is { } root
            ? ValueOf(root, text.Location, coded)
            : new Value.Unknown(text.Location, "its JSON cannot be read here");
    }

    /// <summary>Every node stands at the text's place, for the places inside it are of no file.</summary>
    public static Value ValueOf(Node node, Location at, CodedText coded) => node switch
    {
        Node.Map map => new Value.Map(at, [.. map.Entries.Select(e => new Value.Field(coded.Decode(e.Key.Text).ToString(), at, map.Doubled.Contains(e.Key.Text) ? Value.Doubled(e) : ValueOf(e.Value, at, coded)))]),
        Node.List list => new Value.List(at, [.. list.Items.Select(i => ValueOf(i, at, coded))]),
        Node.Scalar { Kind: ScalarKind.Null } => new Value.Absent(at),
        Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(at, flag.Text == "true"),
        Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(at, number.Text),
        Node.Scalar scalar => new Value.Str(at, coded.Decode(scalar.Text)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
