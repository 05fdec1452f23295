using System.Globalization;
using System.Text;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>Reads quoted texts and heredocs into parts; <see cref="TextParts"/> makes an expression of them.</summary>
internal sealed class TextReader(Cursor cursor, ExpressionReader expressions)
{
    /// <summary>From a quote to the quote that ends it.</summary>
    public Expression ReadQuoted()
    {
        var start = cursor.At;
        cursor.At++;
        var parts = new List<TextPart>();
        while (!cursor.Take("\""))
            if (cursor.IsAtEnd || cursor.Next == '\n') throw cursor.Refuse(start, "the text has no end on its line", "write `\"` where it ends, or use a heredoc for several lines");
            else if (SeesSequence()) ReadSequence(parts, inQuotes: true);
            else ReadLiteral(parts, inQuotes: true);
        return TextParts.ToExpression(cursor, cursor.From(start), parts);
    }

    /// <summary>Up to the end, without quotes or escapes.</summary>
    public Expression ReadBare()
    {
        var start = cursor.At;
        var parts = new List<TextPart>();
        while (!cursor.IsAtEnd)
            if (SeesSequence()) ReadSequence(parts, inQuotes: false);
            else ReadLiteral(parts, inQuotes: false);
        return TextParts.ToExpression(cursor, cursor.From(start), parts);
    }

    /// <summary>From <c>&lt;&lt;MARK</c> to the line that is only the mark.</summary>
    public Expression ReadHeredoc()
    {
        var start = cursor.At;
        cursor.At += 2;
        var isIndented = cursor.Take("-");
        var mark = cursor.TakeName();
        while (cursor.Next is ' ' or '\t' or '\r') cursor.At++;
        if (mark.Length == 0 || cursor.Next != '\n') throw cursor.Refuse("expected a mark and the end of the line after `<<`");
        cursor.At++;
        var (last, after) = FindEnd(start, mark);
        var (end, overLines) = (cursor.End, cursor.OverLines);
        cursor.End = last;
        var parts = new List<TextPart>();
        while (!cursor.IsAtEnd)
            if (SeesSequence()) ReadSequence(parts, inQuotes: false);
            else ReadLiteral(parts, inQuotes: false);
        (cursor.End, cursor.OverLines, cursor.At) = (end, overLines, after);
        if (isIndented) TextParts.Unindent(parts);
        return TextParts.ToExpression(cursor, cursor.From(start), parts);
    }

    /// <summary>Where the line of the mark begins, and where the mark ends.</summary>
    private (int Line, int After) FindEnd(int start, string mark)
    {
        var text = cursor.Text.Characters;
        for (var line = cursor.At; line < cursor.End;)
        {
            var next = text.IndexOf('\n', line, cursor.End - line) is >= 0 and var found ? found : cursor.End;
            var content = text.AsSpan(line, next - line);
            if (content.Trim().SequenceEqual(mark)) return (line, line + content.TrimEnd().Length);
            line = next + 1;
        }
        throw cursor.Refuse(start, $"the text has no end: no line is only `{mark}`");
    }

    private bool SeesSequence() => cursor.Sees("${") || cursor.Sees("%{");

    /// <summary>Characters up to the next sequence, in heredocs up to the end of the line.</summary>
    private void ReadLiteral(List<TextPart> parts, bool inQuotes)
    {
        var start = cursor.At;
        var text = new StringBuilder();
        while (!cursor.IsAtEnd && !SeesSequence())
        {
            if (cursor.Sees("$${") || cursor.Sees("%%{")) cursor.At++;
            else if (inQuotes && cursor.Next is '"' or '\n') break;
            else if (inQuotes && cursor.Next == '\\')
            {
                ReadEscape(text);
                continue;
            }
            else
            {
                text.Append(cursor.Next);
                cursor.At++;
                if (text[^1] == '\n') break;
                continue;
            }
            text.Append(cursor.Next).Append('{');
            cursor.At += 2;
        }
        parts.Add(new TextPart(TextPartKind.Literal, cursor.From(start)) { Text = text.ToString() });
    }

    private void ReadEscape(StringBuilder text)
    {
        var c = cursor.Peek(1);
        var digits = c switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var start = cursor.At;
            cursor.At += 2;
            var hex = cursor.Text.Characters.AsSpan(cursor.At, Math.Min(digits, cursor.End - cursor.At));
            if (!int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || hex.Length != digits || !Rune.IsValid(code))
                throw cursor.Refuse(start, $"`\\{c}` needs {digits} hexadecimal digits of a character");
            text.Append(new Rune(code).ToString());
            cursor.At += digits;
            return;
        }
        text.Append(c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' or '\\' => c,
            _ => throw cursor.Refuse("no escape of HCL", "write `\\\\` for a backslash"),
        });
        cursor.At += 2;
    }

    /// <summary><c>${…}</c> or <c>%{…}</c>, with <c>~</c> for the blanks beside it.</summary>
    private void ReadSequence(List<TextPart> parts, bool inQuotes)
    {
        var start = cursor.At;
        var isDirective = cursor.Next == '%';
        cursor.At += 2;
        var before = cursor.OverLines;
        cursor.OverLines = true;
        cursor.Depth++;
        if (cursor.Take("~")) TextParts.TrimLast(parts);
        cursor.SkipBlanks();
        var part = isDirective ? ReadDirective(start) : ReadValue(start);
        cursor.SkipBlanks();
        var trims = cursor.Take("~");
        if (!cursor.Take("}")) throw cursor.Refuse($"expected `}}`, found {cursor.Found}");
        cursor.Depth--;
        cursor.OverLines = before;
        parts.Add(part);
        if (!trims || SeesSequence() || cursor.IsAtEnd || (inQuotes && cursor.Next is '"' or '\n')) return;
        ReadLiteral(parts, inQuotes);
        parts[^1].Text = parts[^1].Text.TrimStart();
    }

    private TextPart ReadValue(int start)
    {
        var value = expressions.Read();
        return new TextPart(TextPartKind.Value, cursor.From(start)) { Expression = value };
    }

    private TextPart ReadDirective(int start)
    {
        var word = cursor.SeesWord("for") ? "for" : cursor.TakeName();
        cursor.SkipBlanks();
        switch (word)
        {
            case "if":
                var test = expressions.Read();
                return new TextPart(TextPartKind.If, cursor.From(start)) { Expression = test };
            case "else": return new TextPart(TextPartKind.Else, cursor.From(start));
            case "endif": return new TextPart(TextPartKind.EndIf, cursor.From(start));
            case "endfor": return new TextPart(TextPartKind.EndFor, cursor.From(start));
            case "for":
                var (key, value, of) = CollectionReader.ReadIntroduction(cursor, expressions);
                return new TextPart(TextPartKind.For, cursor.From(start)) { Loop = new Loop(key, value, of, null), Expression = of };
            default:
                throw cursor.Refuse(start, $"unknown directive `{word}`, expected `if`, `else`, `endif`, `for` or `endfor`");
        }
    }
}
