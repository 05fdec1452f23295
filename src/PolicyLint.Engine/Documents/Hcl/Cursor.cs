namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>A place in a text that moves on as the text is read.</summary>
internal sealed class Cursor(HclText text)
{
    private int depth;

    public HclText Text => text;

    /// <summary>The next character's number.</summary>
    public int At { get; set; }

    /// <summary>Where the part that is read ends.</summary>
    public int End { get; set; } = text.Characters.Length;

    /// <summary>Whether line breaks count as blanks, as they do within brackets.</summary>
    public bool OverLines { get; set; }

    public int Depth
    {
        get => depth;
        set => depth = value <= Limits.Depth ? value : throw Refuse($"nested deeper than {Limits.Depth} levels", "flatten the expression");
    }

    public bool IsAtEnd => At >= End;

    /// <summary>The next character, or a null character at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text.Characters[At];

    public char Peek(int ahead) => At + ahead < End ? text.Characters[At + ahead] : '\0';

    public bool Sees(string word) => End - At >= word.Length && string.CompareOrdinal(text.Characters, At, word, 0, word.Length) == 0;

    /// <summary>Whether a name of its own stands here.</summary>
    public bool SeesWord(string word) => Sees(word) && !IsNamePart(Peek(word.Length));

    public bool Take(string word)
    {
        if (!Sees(word)) return false;
        At += word.Length;
        return true;
    }

    public void Expect(string word, string after)
    {
        SkipBlanks();
        if (!Take(word)) throw Refuse($"expected `{word}` {after}, found {Found}");
    }

    public string Found => IsAtEnd ? "the end" : Next == '\n' ? "the end of the line" : $"`{Next}`";

    public Span From(int start) => new(text, start, Math.Max(start, At));

    /// <summary>Goes over blanks and comments, and over line breaks where these do not count.</summary>
    public void SkipBlanks() => SkipBlanks(OverLines);

    public void SkipBlanks(bool overLines)
    {
        while (!IsAtEnd)
            if (Next is ' ' or '\t' or '\r' or '\uFEFF' || (overLines && Next == '\n')) At++;
            else if (Next == '#' || Sees("//")) SkipTo("\n");
            else if (Sees("/*")) SkipOver("*/");
            else return;
    }

    private void SkipTo(string mark)
    {
        var found = text.Characters.IndexOf(mark, At, End - At, StringComparison.Ordinal);
        At = found < 0 ? End : found;
    }

    private void SkipOver(string mark)
    {
        var start = At;
        At += 2;
        SkipTo(mark);
        if (!Take(mark)) throw Refuse(start, "the comment has no end", "write `*/` where it ends");
    }

    /// <summary>A name, or an empty text where none stands here.</summary>
    public string TakeName()
    {
        var start = At;
        if (IsNameStart(Next))
            while (IsNamePart(Next)) At++;
        return text.Characters[start..At];
    }

    public static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    public Refusal Refuse(string message, string help = "") => Refuse(At, message, help);

    public Refusal Refuse(int at, string message, string help = "") =>
        new(new Problem(text.At(Math.Min(at, text.Characters.Length), Math.Min(at + 1, text.Characters.Length)), $"broken HCL: {message}", help));

    /// <summary>Leaves the reading of one argument or block; never seen outside the reader.</summary>
    internal sealed class Refusal(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }
}
