using System.Collections.Immutable;
using System.Text;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>A word of a command.</summary>
/// <param name="IsQuoted">Whether a part of it stands in quotes, so that its value is not taken apart at spaces.</param>
internal sealed record ShellWord(ImmutableArray<CodeValue> Parts, bool IsQuoted, int Start, int End)
{
    /// <summary>The text where all of it is known, or null.</summary>
    public string? Known => Parts switch
    {
        [] => "",
        [CodeValue.Literal only] => only.Text,
        _ => null,
    };

    public CodeValue Value => Parts is [var only] ? only : new CodeValue.Joined(Parts);
}

/// <summary>A simple command: its words, and whether it runs whatever came of the ones before.</summary>
internal sealed record ShellCommand(ImmutableArray<ShellWord> Words, bool IsConditional);

/// <summary>Takes a shell script apart into its simple commands: quotes, variables, substitutions, comments, here-documents, lines
/// that go on.</summary>
internal sealed class ShellScanner
{
    private const int Deepest = 40;
    private const int LongestName = 300;
    private readonly string text;
    private readonly List<ShellCommand> commands = [];
    private readonly Queue<string> documents = new();
    private int at;

    private ShellScanner(string text) => this.text = text;

    /// <summary>The commands in the order in which they end.</summary>
    public static IReadOnlyList<ShellCommand> Scan(string text)
    {
        var scanner = new ShellScanner(text);
        while (scanner.at < text.Length)
        {
            scanner.ReadCommands('\0', 0);
            scanner.at++;
        }
        return scanner.commands;
    }

    private char Current => text[at];

    private char Peek(int ahead) => at + ahead < text.Length ? text[at + ahead] : '\0';

    /// <summary>Reads commands up to a character that ends a substitution, or the end.</summary>
    private void ReadCommands(char end, int depth)
    {
        var words = ImmutableArray.CreateBuilder<ShellWord>();
        var (conditional, skipNext) = (false, false);
        while (at < text.Length && Current != end)
            switch (Current)
            {
                case '\n':
                    Finish(false);
                    at++;
                    SkipDocuments();
                    break;
                case ' ' or '\t' or '\r': at++; break;
                case '\\' when IsLineEnd(at + 1): at += Peek(1) == '\r' ? 3 : 2; break;
                case '#': at = text.IndexOf('\n', at) is >= 0 and var line ? line : text.Length; break;
                case '&' when Peek(1) == '>': at++; break;
                case ';' or '&' or '|':
                    var twice = Peek(1) == Current && Current is '&' or '|';
                    Finish(twice);
                    at += twice ? 2 : 1;
                    break;
                case '>' or '<': skipNext = ReadRedirection(depth); break;
                case '(' when depth < Deepest:
                    at++;
                    var before = at;
                    ReadCommands(')', depth + 1);
                    at++;
                    if (words.Count > 0 && before > 1) words.Add(new ShellWord([new CodeValue.Unknown("a list of words")], IsQuoted: false, before - 1, Math.Min(at, text.Length)));
                    break;
                case '(' or ')':
                    Finish(false);
                    at++;
                    break;
                default:
                    var word = ReadWord(end, depth);
                    if (!skipNext && !IsDescriptor(word)) words.Add(word);
                    skipNext = false;
                    break;
            }
        Finish(false);

        void Finish(bool next)
        {
            if (words.Count > 0) commands.Add(new ShellCommand(words.ToImmutable(), conditional));
            words.Clear();
            (conditional, skipNext) = (next, false);
        }
    }

    private bool IsLineEnd(int place) => place < text.Length && (text[place] == '\n' || (text[place] == '\r' && place + 1 < text.Length && text[place + 1] == '\n'));

    /// <summary>The number before <c>&gt;</c>.</summary>
    private bool IsDescriptor(ShellWord word) => at < text.Length && Current is '>' or '<' && word.Known is { Length: 1 } known && char.IsAsciiDigit(known[0]);

    /// <summary>Whether the next word is where it leads, and no argument.</summary>
    private bool ReadRedirection(int depth)
    {
        if (Current == '<' && Peek(1) == '<' && Peek(2) != '<')
        {
            at += Peek(2) == '-' ? 3 : 2;
            while (at < text.Length && Current is ' ' or '\t') at++;
            if (at < text.Length && Current != '\n') documents.Enqueue(ReadWord('\0', depth).Known ?? "");
            return false;
        }
        while (at < text.Length && Current is '>' or '<' or '&' or '|') at++;
        return true;
    }

    /// <summary>The lines of here-documents up to the words that end them.</summary>
    private void SkipDocuments()
    {
        while (documents.TryDequeue(out var word))
            while (word.Length > 0 && at < text.Length)
            {
                var end = text.IndexOf('\n', at) is >= 0 and var line ? line : text.Length;
                var isEnd = text.AsSpan(at, end - at).Trim().SequenceEqual(word);
                at = Math.Min(end + 1, text.Length);
                if (isEnd) break;
            }
    }

    private ShellWord ReadWord(char end, int depth)
    {
        var parts = new Parts();
        var (start, isQuoted) = (at, false);
        while (at < text.Length && Current != end && Current is not (' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '>' or '<' or '(' or ')'))
            switch (Current)
            {
                case '\'':
                    isQuoted = true;
                    ReadSingle(parts);
                    break;
                case '"':
                    isQuoted = true;
                    at++;
                    ReadDouble(parts, depth);
                    break;
                case '$': ReadExpansion(parts, depth); break;
                case '`': ReadBackticks(parts, depth); break;
                case '\\' when IsLineEnd(at + 1): at += Peek(1) == '\r' ? 3 : 2; break;
                case '\\':
                    parts.Add(Peek(1));
                    at += 2;
                    break;
                default: parts.Add(text[at++]); break;
            }
        at = Math.Min(at, text.Length);
        return new ShellWord(parts.All(), isQuoted, start, at);
    }

    private void ReadSingle(Parts parts)
    {
        var close = text.IndexOf('\'', at + 1) is >= 0 and var found ? found : text.Length;
        for (var i = at + 1; i < close; i++) parts.Add(text[i]);
        at = close + 1;
    }

    private void ReadDouble(Parts parts, int depth)
    {
        while (at < text.Length && Current != '"')
            switch (Current)
            {
                case '$': ReadExpansion(parts, depth); break;
                case '`': ReadBackticks(parts, depth); break;
                case '\\' when IsLineEnd(at + 1): at += Peek(1) == '\r' ? 3 : 2; break;
                case '\\' when Peek(1) is '"' or '$' or '\\' or '`':
                    parts.Add(Peek(1));
                    at += 2;
                    break;
                default: parts.Add(text[at++]); break;
            }
        at++;
    }

    private void ReadBackticks(Parts parts, int depth)
    {
        at++;
        if (depth < Deepest) ReadCommands('`', depth + 1);
        at++;
        parts.Add(new CodeValue.Unknown("a command gives it"));
    }

    private void ReadExpansion(Parts parts, int depth)
    {
        var next = Peek(1);
        if (next == '(' && depth < Deepest)
        {
            at += 2;
            ReadCommands(')', depth + 1);
            at++;
            parts.Add(new CodeValue.Unknown("a command gives it"));
        }
        else if (next == '{') ReadBraces(parts);
        else if (next == '\'')
        {
            at++;
            ReadSingle(parts);
        }
        else if (IsNameStart(next))
        {
            var start = ++at;
            while (at < text.Length && (IsNameStart(Current) || char.IsAsciiDigit(Current))) at++;
            parts.Add(new CodeValue.Variable(text[start..at]));
        }
        else if (next is '@' or '*' or '#' or '?' or '!' or '$' or '-' || char.IsAsciiDigit(next))
        {
            at += 2;
            parts.Add(new CodeValue.Unknown("the script is given it"));
        }
        else parts.Add(text[at++]);
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    /// <summary><c>${NAME}</c>, <c>${NAME:-otherwise}</c>; what else may be done with a variable makes it unknown.</summary>
    private void ReadBraces(Parts parts)
    {
        var line = text.IndexOfAny(['}', '\n'], at, Math.Min(LongestName, text.Length - at));
        var close = line >= 0 && text[line] == '}' ? line : -1;
        if (close < 0)
        {
            parts.Add(text[at++]);
            return;
        }
        var inner = text[(at + 2)..close];
        at = close + 1;
        var length = inner.TakeWhile(c => IsNameStart(c) || char.IsAsciiDigit(c)).Count();
        var (name, rest) = (inner[..length], inner[length..]);
        if (length == 0 || char.IsAsciiDigit(name[0])) parts.Add(new CodeValue.Unknown("the script is given it"));
        else if (rest.Length == 0 || rest.StartsWith(":?", StringComparison.Ordinal) || rest[0] == '?') parts.Add(new CodeValue.Variable(name));
        else if (rest.StartsWith(":-", StringComparison.Ordinal) || rest[0] == '-' || rest.StartsWith(":=", StringComparison.Ordinal)) parts.Add(new CodeValue.Variable(name, Otherwise(rest[(rest[0] == ':' ? 2 : 1)..])));
        else parts.Add(new CodeValue.Unknown("the script changes it"));
    }

    private static CodeValue Otherwise(string written) =>
        written.IndexOfAny(['$', '`', '\\', '"', '\'']) >= 0 ? new CodeValue.Unknown("the script makes it") : new CodeValue.Literal(written);

    /// <summary>The parts of a word, neighbouring characters as one.</summary>
    private sealed class Parts
    {
        private readonly ImmutableArray<CodeValue>.Builder parts = ImmutableArray.CreateBuilder<CodeValue>();
        private readonly StringBuilder literal = new();

        public void Add(char c) => literal.Append(c);

        public void Add(CodeValue value)
        {
            Flush();
            parts.Add(value);
        }

        public ImmutableArray<CodeValue> All()
        {
            Flush();
            return parts.ToImmutable();
        }

        private void Flush()
        {
            if (literal.Length > 0) parts.Add(new CodeValue.Literal(literal.ToString()));
            literal.Clear();
        }
    }
}
