namespace PolicyLint.Engine.Documents.Code;

/// <summary>Finds the place of every character of a text that stands inside a YAML or JSON document: in block scalars, in quotes with
/// escapes, over several lines.</summary>
public static class EmbeddedText
{
    private const int LongestHeader = 40;

    /// <summary>The scalar's text with its places.</summary>
    /// <param name="outer">The whole document that it was read from.</param>
    /// <param name="scalar">Placed by line and column of the outer text itself.</param>
    public static CodeText Of(CodeText outer, Node.Scalar scalar)
    {
        var source = outer.Text;
        var start = outer.OffsetOf(scalar.Location.Line, scalar.Location.Column);
        var builder = new CodeText.Builder();
        var (text, at) = (scalar.Text, BehindTag(source, start));
        if (at < source.Length && source[at] is '|' or '>') AddBlock(builder, outer, text, at);
        else if (at < source.Length && source[at] == '"') AddQuoted(builder, outer, text, at + 1);
        else AddWords(builder, outer, text, at < source.Length && source[at] == '\'' ? at + 1 : at);
        return builder.Build();
    }

    /// <summary>Behind a local tag and the spaces after it.</summary>
    private static int BehindTag(string source, int at)
    {
        if (at >= source.Length || source[at] != '!') return at;
        while (at < source.Length && !char.IsWhiteSpace(source[at])) at++;
        while (at < source.Length && source[at] is ' ' or '\t') at++;
        return at;
    }

    /// <summary>Lines of a literal block follow each other as they are written, each behind the same indent.</summary>
    private static void AddBlock(CodeText.Builder builder, CodeText outer, string text, int header)
    {
        var source = outer.Text;
        var line = source.IndexOf('\n', header) is >= 0 and var end ? end + 1 : source.Length;
        if (source[header] == '>' || line - header > LongestHeader)
        {
            AddWords(builder, outer, text, line);
            return;
        }
        var indent = -1;
        for (var start = 0; start < text.Length;)
        {
            var stop = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            if (indent < 0 && !string.IsNullOrWhiteSpace(text[start..stop])) indent = Spaces(source, line) - Spaces(text, start);
            builder.Add(text[start..stop], outer.At(Math.Min(source.Length, line + Math.Max(0, indent))));
            line = source.IndexOf('\n', Math.Min(line, source.Length)) is >= 0 and var next ? next + 1 : source.Length;
            start = stop;
        }
    }

    private static int Spaces(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == ' ') end++;
        return end - at;
    }

    /// <summary>Walks over the escapes of a text in double quotes.</summary>
    private static void AddQuoted(CodeText.Builder builder, CodeText outer, string text, int at)
    {
        var source = outer.Text;
        for (var i = 0; i < text.Length; i++)
        {
            if (at >= source.Length || (source[at] != '\\' && source[at] != text[i]))
            {
                AddWords(builder, outer, text[i..], at);
                return;
            }
            builder.Add(text[i], outer.At(at));
            at += source[at] != '\\' ? 1 : at + 1 < source.Length && source[at + 1] == 'u' ? 6 : at + 1 < source.Length && source[at + 1] == 'x' ? 4 : 2;
        }
    }

    /// <summary>Folded lines: each word is where it is found next.</summary>
    private static void AddWords(CodeText.Builder builder, CodeText outer, string text, int at)
    {
        var source = outer.Text;
        for (var start = 0; start < text.Length;)
        {
            var stop = start;
            while (stop < text.Length && char.IsWhiteSpace(text[stop])) stop++;
            while (stop < text.Length && !char.IsWhiteSpace(text[stop])) stop++;
            var word = text[start..stop].Trim();
            at = Math.Min(at, source.Length);
            var found = word.Length == 0 ? -1 : source.IndexOf(word, at, Math.Min(source.Length - at, word.Length + 2000), StringComparison.Ordinal);
            var lead = text[start..stop].Length - text[start..stop].TrimStart().Length;
            if (found >= 0 && lead > 0) builder.Add(text[start..(start + lead)], outer.At(at));
            if (found >= 0) at = found;
            builder.Add(text[(found >= 0 ? start + lead : start)..stop], outer.At(at));
            if (found >= 0) at += word.Length;
            start = stop;
        }
    }
}
