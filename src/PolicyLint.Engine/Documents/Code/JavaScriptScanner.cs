using System.Globalization;
using System.Text;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>Takes JavaScript or TypeScript apart into tokens: strings, templates, comments, regular expressions. What is broken ends
/// with its line, so that the rest is still read.</summary>
internal sealed class JavaScriptScanner
{
    private static readonly string[] Marks =
        ["...", "=>", "===", "!==", "==", "!=", "<=", ">=", "&&=", "||=", "??=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "**"];

    private static readonly HashSet<string> BeforeExpression = new(StringComparer.Ordinal)
        { "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "do", "else", "await", "yield", "instanceof" };

    private readonly string text;
    private readonly List<CodeToken> tokens = [];
    private readonly Stack<int> templates = new();
    private int at;
    private int braces;

    private JavaScriptScanner(string text) => this.text = text;

    public static CodeTokens Scan(string text)
    {
        var scanner = new JavaScriptScanner(text);
        while (scanner.at < text.Length) scanner.Step();
        return new CodeTokens(scanner.tokens);
    }

    private char Current => text[at];

    private char Next => at + 1 < text.Length ? text[at + 1] : '\0';

    private void Step()
    {
        switch (Current)
        {
            case '\n':
                Add(CodeTokenKind.Line, "\n", at, ++at);
                break;
            case var c when char.IsWhiteSpace(c): at++; break;
            case '/' when Next == '/' || (at == 0 && Next == '!'): SkipLine(); break;
            case '#' when at == 0 && Next == '!': SkipLine(); break;
            case '/' when Next == '*': at = text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length; break;
            case '/' when MayBeRegex(): ReadRegex(); break;
            case '"' or '\'': ReadText(); break;
            case '`':
                Add(CodeTokenKind.Mark, CodeTokens.TemplateOpen, at, ++at);
                ReadTemplate();
                break;
            case var c when IsWordStart(c): ReadWord(); break;
            case var c when char.IsAsciiDigit(c): ReadNumber(); break;
            default: ReadMark(); break;
        }
    }

    private void Add(CodeTokenKind kind, string token, int start, int end) => tokens.Add(new CodeToken(kind, token, start, end));

    private void SkipLine() => at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;

    private static bool IsWordStart(char c) => char.IsLetter(c) || c is '_' or '$' || CodeText.NumberOf(c) >= 0;

    private void ReadWord()
    {
        var start = at;
        while (at < text.Length && (IsWordStart(Current) || char.IsLetterOrDigit(Current))) at++;
        Add(CodeTokenKind.Word, text[start..at], start, at);
    }

    private void ReadNumber()
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(Current) || Current is '.' or '_')) at++;
        Add(CodeTokenKind.Other, text[start..at], start, at);
    }

    private void ReadMark()
    {
        var start = at;
        if (Current == '}' && templates.Count > 0 && templates.Peek() == braces)
        {
            templates.Pop();
            braces--;
            Add(CodeTokenKind.Mark, "}", start, ++at);
            ReadTemplate();
            return;
        }
        braces += Current switch { '{' => 1, '}' when braces > 0 => -1, _ => 0 };
        var mark = Array.Find(Marks, m => string.CompareOrdinal(text, at, m, 0, m.Length) == 0) ?? text[at].ToString();
        at += mark.Length;
        Add(CodeTokenKind.Mark, mark, start, at);
    }

    /// <summary>Whether a slash begins a regular expression: where an operand is expected.</summary>
    private bool MayBeRegex()
    {
        var last = tokens.Count - 1;
        while (last >= 0 && tokens[last].Kind is CodeTokenKind.Line) last--;
        if (last < 0) return true;
        var token = tokens[last];
        return token.Kind switch
        {
            CodeTokenKind.Word => BeforeExpression.Contains(token.Text),
            CodeTokenKind.Mark => token.Text is not (")" or "]" or "}" or CodeTokens.TemplateClose),
            _ => false,
        };
    }

    private void ReadRegex()
    {
        var start = at++;
        for (var inClass = false; at < text.Length && Current != '\n'; at++)
            if (Current == '\\') at++;
            else if (Current == '[') inClass = true;
            else if (Current == ']') inClass = false;
            else if (Current == '/' && !inClass)
            {
                at++;
                break;
            }
        at = Math.Min(at, text.Length);
        Add(CodeTokenKind.Other, "/", start, at);
    }

    private void ReadText()
    {
        var (start, quote) = (at, Current);
        var read = new StringBuilder();
        for (at++; at < text.Length && Current != quote && Current != '\n';)
            if (Current == '\\') ReadEscape(read);
            else read.Append(text[at++]);
        if (at < text.Length && Current == quote) at++;
        Add(CodeTokenKind.Text, read.ToString(), start, at);
    }

    /// <summary>The text of a template up to its end or to an expression in it, which ends with a brace of the same depth.</summary>
    private void ReadTemplate()
    {
        var start = at;
        var read = new StringBuilder();
        while (at < text.Length && Current != '`' && !(Current == '$' && Next == '{'))
            if (Current == '\\') ReadEscape(read);
            else read.Append(text[at++]);
        if (read.Length > 0) Add(CodeTokenKind.Text, read.ToString(), start, at);
        if (at >= text.Length) return;
        if (Current == '`')
        {
            Add(CodeTokenKind.Mark, CodeTokens.TemplateClose, at, ++at);
            return;
        }
        Add(CodeTokenKind.Mark, "{", at, at += 2);
        templates.Push(++braces);
    }

    private void ReadEscape(StringBuilder read)
    {
        at++;
        if (at >= text.Length) return;
        var c = text[at++];
        switch (c)
        {
            case '\n': break;
            case 'n': read.Append('\n'); break;
            case 't': read.Append('\t'); break;
            case 'r': read.Append('\r'); break;
            case 'x': ReadCode(read, 2); break;
            case 'u' when at < text.Length && Current != '{': ReadCode(read, 4); break;
            default: read.Append(c); break;
        }
    }

    private void ReadCode(StringBuilder read, int digits)
    {
        if (at + digits > text.Length || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return;
        read.Append((char)code);
        at += digits;
    }
}
