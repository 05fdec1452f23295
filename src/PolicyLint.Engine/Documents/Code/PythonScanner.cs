using System.Globalization;
using System.Text;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>Takes Python apart into tokens: strings of every sort, comments, lines that go on. What is broken ends with its line, so
/// that the rest is still read.</summary>
internal sealed class PythonScanner
{
    private static readonly string[] Marks = ["**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "**", "//", "+=", "-=", "*=", "/=", "%=", "|=", "&="];
    private readonly string text;
    private readonly List<CodeToken> tokens = [];
    private readonly Stack<Template> templates = new();
    private int at;
    private int braces;
    private int round;

    /// <summary>A formatted string that is open: the quotes that end it, the depth of its expression.</summary>
    private sealed record Template(string Quotes, bool IsRaw, int Depth);

    private PythonScanner(string text) => this.text = text;

    public static CodeTokens Scan(string text)
    {
        var scanner = new PythonScanner(text);
        while (scanner.at < text.Length) scanner.Step();
        return new CodeTokens(scanner.tokens);
    }

    private char Current => text[at];

    private void Step()
    {
        switch (Current)
        {
            case '\n': ReadLine(); break;
            case '\\' when at + 1 < text.Length && text[at + 1] is '\n' or '\r': at += text[at + 1] == '\r' ? 3 : 2; break;
            case var c when char.IsWhiteSpace(c): at++; break;
            case '#': at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length; break;
            case '"' or '\'': ReadText(at, ""); break;
            case var c when IsWordStart(c): ReadWord(); break;
            case var c when char.IsAsciiDigit(c): ReadNumber(); break;
            default: ReadMark(); break;
        }
    }

    private void Add(CodeTokenKind kind, string token, int start, int end) => tokens.Add(new CodeToken(kind, token, start, end));

    /// <summary>The end of a line ends a statement outside of brackets, and an expression in a string of one line.</summary>
    private void ReadLine()
    {
        if (templates.Count > 0 && templates.Peek().Quotes.Length == 1)
        {
            Add(CodeTokenKind.Mark, "}", at, at);
            Add(CodeTokenKind.Mark, CodeTokens.TemplateClose, at, at);
            braces = templates.Pop().Depth - 1;
        }
        if (round + braces <= 0) Add(CodeTokenKind.Line, "\n", at, at + 1);
        at++;
    }

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_' || CodeText.NumberOf(c) >= 0;

    private void ReadWord()
    {
        var start = at;
        while (at < text.Length && (IsWordStart(Current) || char.IsLetterOrDigit(Current))) at++;
        var word = text[start..at];
        if (at < text.Length && Current is '"' or '\'' && word.Length <= 2 && word.All(c => "rRbBuUfFtT".Contains(c, StringComparison.Ordinal))) ReadText(start, word);
        else Add(CodeTokenKind.Word, word, start, at);
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
        if (Current == '}' && templates.Count > 0 && templates.Peek().Depth == braces)
        {
            var template = templates.Pop();
            braces--;
            Add(CodeTokenKind.Mark, "}", start, ++at);
            ReadTemplate(template);
            return;
        }
        braces += Current switch { '{' => 1, '}' when braces > 0 => -1, _ => 0 };
        round += Current switch { '(' or '[' => 1, ')' or ']' when round > 0 => -1, _ => 0 };
        var mark = Array.Find(Marks, m => string.CompareOrdinal(text, at, m, 0, m.Length) == 0) ?? text[at].ToString();
        at += mark.Length;
        Add(CodeTokenKind.Mark, mark, start, at);
    }

    private string QuotesHere()
    {
        var quote = text[at];
        return at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote ? new string(quote, 3) : quote.ToString();
    }

    private void ReadText(int start, string prefix)
    {
        var isRaw = prefix.Contains('r', StringComparison.OrdinalIgnoreCase);
        var quotes = QuotesHere();
        at += quotes.Length;
        if (prefix.Contains('f', StringComparison.OrdinalIgnoreCase) || prefix.Contains('t', StringComparison.OrdinalIgnoreCase))
        {
            Add(CodeTokenKind.Mark, CodeTokens.TemplateOpen, start, at);
            ReadTemplate(new Template(quotes, isRaw, 0));
            return;
        }
        var read = new StringBuilder();
        while (at < text.Length && !EndsHere(quotes)) ReadCharacter(read, isRaw);
        if (IsAt(quotes)) at += quotes.Length;
        Add(CodeTokenKind.Text, read.ToString(), start, at);
    }

    private bool IsAt(string quotes) => string.CompareOrdinal(text, at, quotes, 0, quotes.Length) == 0;

    private bool EndsHere(string quotes) => IsAt(quotes) || (quotes.Length == 1 && Current == '\n');

    /// <summary>The text of a formatted string up to its end or to an expression in it.</summary>
    private void ReadTemplate(Template template)
    {
        var start = at;
        var read = new StringBuilder();
        while (at < text.Length && !EndsHere(template.Quotes))
            if (Current is '{' or '}' && at + 1 < text.Length && text[at + 1] == Current)
            {
                read.Append(Current);
                at += 2;
            }
            else if (Current == '{') break;
            else ReadCharacter(read, template.IsRaw);
        if (read.Length > 0) Add(CodeTokenKind.Text, read.ToString(), start, at);
        if (at < text.Length && Current == '{' && !EndsHere(template.Quotes))
        {
            Add(CodeTokenKind.Mark, "{", at, ++at);
            templates.Push(template with { Depth = ++braces });
            return;
        }
        if (IsAt(template.Quotes)) at += template.Quotes.Length;
        Add(CodeTokenKind.Mark, CodeTokens.TemplateClose, at, at);
    }

    private void ReadCharacter(StringBuilder read, bool isRaw)
    {
        if (Current != '\\' || at + 1 >= text.Length)
        {
            read.Append(text[at++]);
            return;
        }
        var c = text[at + 1];
        at += 2;
        if (isRaw) read.Append('\\').Append(c);
        else if (c == 'x' && at + 2 <= text.Length && int.TryParse(text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            read.Append((char)code);
            at += 2;
        }
        else if (c is not ('\n' or '\r')) read.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c });
    }
}
