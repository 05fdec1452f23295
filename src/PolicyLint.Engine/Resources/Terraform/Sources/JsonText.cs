using System.Text;
using System.Text.Encodings.Web;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Values as JSON texts, known or partly known, and back.</summary>
internal static class JsonText
{
    /// <summary>The text that <c>jsonencode</c> gives: keys in order, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> as escapes. What
    /// is not known is a hole that may be anything.</summary>
    public static Text Write(Evaluator evaluator, Value value)
    {
        var text = new TextBuilder();
        Write(evaluator, value, text);
        return text.IsWhole ? text.ToText() : evaluator.Hole("a long JSON text");
    }

    /// <summary>The JSON text that a map stands for.</summary>
    public static Text Inside(Evaluator evaluator, Value.Map map) => Write(evaluator, new Value.Map(map.Location, map.Fields));

    private static void Write(Evaluator evaluator, Value value, TextBuilder text)
    {
        var isOpen = !evaluator.Spend() || evaluator.Marks.IsWhole(value);
        switch (value)
        {
            case Value.Map map when !isOpen && evaluator.Marks.IsJson(map):
                Quote(Inside(evaluator, map), text);
                break;
            case Value.Map map when !isOpen:
                var separator = "{";
                foreach (var field in map.Fields.OrderBy(f => f.Name, StringComparer.Ordinal))
                {
                    text.Add(separator);
                    Quote(Text.Of(field.Name), text);
                    text.Add(":");
                    Write(evaluator, field.Value, text);
                    separator = ",";
                }
                text.Add(map.Fields.IsEmpty ? "{}" : "}");
                break;
            case Value.List list when !isOpen:
                text.Add("[");
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (i > 0) text.Add(",");
                    Write(evaluator, list.Items[i], text);
                }
                text.Add("]");
                break;
            case Value.Str part: Quote(part.Text, text); break;
            case Value.Number number: text.Add(number.Text); break;
            case Value.Flag flag: text.Add(flag.IsTrue ? "true" : "false"); break;
            case Value.Absent: text.Add("null"); break;
            default: text.Add(evaluator.Hole("a part of a JSON text")); break;
        }
    }

    private static void Quote(Text part, TextBuilder text)
    {
        text.Add("\"");
        foreach (var piece in part.Pieces) text.Add(piece is Piece.Literal literal ? Text.Of(Escape(literal.Text)) : Text.Join([piece]));
        text.Add("\"");
    }

    private static string Escape(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && text.AsSpan().IndexOfAny("\"\\<>&") < 0
        ? text
        : JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);

    /// <summary>What a JSON text holds, or null where it is none; every part stands where <paramref name="locate"/> says for
    /// the line that it is on, counted from 0.</summary>
    public static Value? Read(Text text, Func<int, Location> locate)
    {
        var coded = CodedText.Of(text);
        return JsonReader.Read(new Location("", 1, 1), Encoding.UTF8.GetBytes(coded.Characters), []) is { } root ? Plain(root, coded, locate) : null;
    }

    private static Value Plain(Node node, CodedText coded, Func<int, Location> locate)
    {
        var at = locate(node.Location.Line - 1);
        return node switch
        {
            Node.Map map => new Value.Map(at, [.. map.Entries.Select(e => new Value.Field(coded.Decode(e.Key.Text).ToString(), locate(e.Key.Location.Line - 1), Plain(e.Value, coded, locate)))]),
            Node.List list => new Value.List(at, [.. list.Items.Select(i => Plain(i, coded, locate))]),
            Node.Scalar { Kind: ScalarKind.Null } => new Value.Absent(at),
            Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(at, flag.Text == "true"),
            Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(at, Numbers.Plain(number.Text)),
            Node.Scalar scalar => new Value.Str(at, coded.Decode(scalar.Text)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A node of a plan as a value that stands at one place.</summary>
    public static Value OfPlan(Node node, Location at) => Plain(node, CodedText.Of(Text.Empty), _ => at);
}
