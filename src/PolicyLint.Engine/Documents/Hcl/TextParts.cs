using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>What a part of a text is.</summary>
internal enum TextPartKind { Literal, Value, If, Else, EndIf, For, EndFor }

/// <summary>A part of a quoted text or heredoc while it is read; a heredoc's literals end at the end of a line.</summary>
internal sealed class TextPart(TextPartKind kind, Span span)
{
    public TextPartKind Kind => kind;
    public Span Span => span;
    public string Text { get; set; } = "";
    public Expression? Expression { get; init; }
    public Loop? Loop { get; init; }
}

/// <summary>Makes an expression of the parts of a text.</summary>
internal static class TextParts
{
    /// <summary>A literal, one value alone, or a template. Directives become the expressions that mean the same.</summary>
    public static Expression ToExpression(Cursor cursor, Span span, List<TextPart> parts)
    {
        if (parts is [{ Kind: TextPartKind.Value, Expression: { } only }]) return only;
        var at = 0;
        var read = Group(cursor, span, parts, ref at);
        return at == parts.Count ? read : throw cursor.Refuse(parts[at].Span.Start, $"`{parts[at].Span}` without its beginning");
    }

    /// <summary>The parts up to a directive that ends or divides a group.</summary>
    private static Expression Group(Cursor cursor, Span span, List<TextPart> parts, ref int at)
    {
        cursor.Depth++;
        var read = ImmutableArray.CreateBuilder<Expression>();
        while (at < parts.Count && parts[at].Kind is not (TextPartKind.Else or TextPartKind.EndIf or TextPartKind.EndFor))
        {
            var part = parts[at++];
            if (part.Kind is TextPartKind.Literal) AddLiteral(read, part.Span, part.Text);
            else if (part.Kind is TextPartKind.Value) read.Add(part.Expression!);
            else read.Add(part.Kind is TextPartKind.If ? Choice(cursor, part, parts, ref at) : Repetition(cursor, part, parts, ref at));
        }
        cursor.Depth--;
        return read switch
        {
            [] => new Expression.Literal(span, "", ScalarKind.String),
            [Expression.Literal { Kind: ScalarKind.String } literal] => new Expression.Literal(span, literal.Text, ScalarKind.String),
            _ => new Expression.Template(span, read.ToImmutable()),
        };
    }

    private static void AddLiteral(ImmutableArray<Expression>.Builder read, Span span, string text)
    {
        if (text.Length == 0) return;
        if (read.Count > 0 && read[^1] is Expression.Literal { Kind: ScalarKind.String } last && last.Span.End == span.Start) read[^1] = new Expression.Literal(last.Span.To(span), last.Text + text, ScalarKind.String);
        else read.Add(new Expression.Literal(span, text, ScalarKind.String));
    }

    private static Expression.Conditional Choice(Cursor cursor, TextPart part, List<TextPart> parts, ref int at)
    {
        var then = Group(cursor, part.Span, parts, ref at);
        Expression otherwise = new Expression.Literal(part.Span, "", ScalarKind.String);
        if (at < parts.Count && parts[at].Kind is TextPartKind.Else)
        {
            at++;
            otherwise = Group(cursor, part.Span, parts, ref at);
        }
        End(cursor, part, parts, ref at, TextPartKind.EndIf, "endif");
        return new Expression.Conditional(part.Span, part.Expression!, then, otherwise);
    }

    private static Expression.Call Repetition(Cursor cursor, TextPart part, List<TextPart> parts, ref int at)
    {
        var each = Group(cursor, part.Span, parts, ref at);
        End(cursor, part, parts, ref at, TextPartKind.EndFor, "endfor");
        var all = new Expression.For(part.Span, part.Loop!, new Expression.Template(part.Span, [each]));
        return new Expression.Call(part.Span, "join", [new Expression.Literal(part.Span, "", ScalarKind.String), all], spreads: false);
    }

    private static void End(Cursor cursor, TextPart part, List<TextPart> parts, ref int at, TextPartKind kind, string word)
    {
        if (at == parts.Count || parts[at].Kind != kind) throw cursor.Refuse(part.Span.Start, $"`{part.Span}` without its `{word}`");
        at++;
    }

    /// <summary>What <c>~</c> does to the literal before it.</summary>
    public static void TrimLast(List<TextPart> parts)
    {
        if (parts is [.., { Kind: TextPartKind.Literal } last]) last.Text = last.Text.TrimEnd();
    }

    /// <summary>Takes from each line of a <c>&lt;&lt;-</c> heredoc what all of them are indented by; lines of blanks do not count.</summary>
    public static void Unindent(List<TextPart> parts)
    {
        var starts = new List<TextPart>();
        var least = int.MaxValue;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0 && !(parts[i - 1].Kind is TextPartKind.Literal && parts[i - 1].Text.EndsWith('\n'))) continue;
            var text = parts[i].Kind is TextPartKind.Literal ? parts[i].Text : "";
            if (text.EndsWith('\n') && string.IsNullOrWhiteSpace(text)) continue;
            least = Math.Min(least, text.Length - text.TrimStart().Length);
            starts.Add(parts[i]);
        }
        foreach (var start in starts)
            if (start.Kind is TextPartKind.Literal) start.Text = start.Text[least..];
    }
}
