using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>What a token of a program is.</summary>
internal enum CodeTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>A string, or a part of a template between its expressions; its text is decoded.</summary>
    Text,

    /// <summary>An operator, a bracket, or the mark that opens or closes a template.</summary>
    Mark,

    /// <summary>A number or a regular expression.</summary>
    Other,

    /// <summary>The end of a line that may end a statement.</summary>
    Line,
}

/// <summary>A token with the place of its first character and of the one behind its last.</summary>
internal sealed record CodeToken(CodeTokenKind Kind, string Text, int Start, int End)
{
    public static readonly CodeToken Nothing = new(CodeTokenKind.Line, "", 0, 0);

    public bool Is(string mark) => Kind is CodeTokenKind.Mark && Text == mark;

    public bool IsWord(string word) => Kind is CodeTokenKind.Word && Text == word;
}

/// <summary>Some tokens in a row, from the first to before the last.</summary>
internal sealed record Span(int From, int To)
{
    public bool IsEmpty => From >= To;

    public int Length => To - From;
}

/// <summary>The tokens of a program with its brackets paired. Whatever the text is, they are made in time that is proportional to it.</summary>
internal sealed class CodeTokens
{
    /// <summary>The mark that opens a template literal, and the one that closes it.</summary>
    public const string TemplateOpen = "`(", TemplateClose = ")`";

    private readonly List<CodeToken> all;
    private readonly int[] closes;

    public CodeTokens(List<CodeToken> all)
    {
        this.all = all;
        closes = Pair(all);
    }

    public int Count => all.Count;

    public CodeToken this[int at] => at >= 0 && at < all.Count ? all[at] : CodeToken.Nothing;

    /// <summary>The bracket that closes the one at a place; behind the last token where none does, or where it is no bracket.</summary>
    public int Close(int open) => open >= 0 && open < closes.Length ? closes[open] : all.Count;

    /// <summary>The opening bracket that a closing one answers.</summary>
    public static string? Opens(string close) => close switch { ")" => "(", "]" => "[", "}" => "{", TemplateClose => TemplateOpen, _ => null };

    public static bool IsOpen(CodeToken token) => token.Kind is CodeTokenKind.Mark && token.Text is "(" or "[" or "{" or TemplateOpen;

    /// <summary>A closing bracket answers the nearest of its sort; those between have none.</summary>
    private static int[] Pair(List<CodeToken> all)
    {
        var pairs = new int[all.Count];
        Array.Fill(pairs, all.Count);
        var open = new Stack<int>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < all.Count; i++)
            if (IsOpen(all[i]))
            {
                open.Push(i);
                counts[all[i].Text] = counts.GetValueOrDefault(all[i].Text) + 1;
            }
            else if (all[i].Kind is CodeTokenKind.Mark && Opens(all[i].Text) is { } wanted && counts.GetValueOrDefault(wanted) > 0)
                for (var found = false; !found;)
                {
                    var last = open.Pop();
                    counts[all[last].Text]--;
                    if (!(found = all[last].Text == wanted)) continue;
                    pairs[last] = i;
                }
        return pairs;
    }

    /// <summary>Whether one of the words is anywhere in it.</summary>
    public bool HasWord(HashSet<string> words) => all.Exists(t => t.Kind is CodeTokenKind.Word && words.Contains(t.Text));

    /// <summary>The parts of a row of tokens between marks that stand in no bracket.</summary>
    public ImmutableArray<Span> Split(Span span, params ReadOnlySpan<string> marks)
    {
        var parts = ImmutableArray.CreateBuilder<Span>();
        var from = span.From;
        for (var i = span.From; i < span.To; i++)
            if (IsOpen(all[i])) i = Math.Min(Close(i), span.To);
            else if (all[i].Kind is CodeTokenKind.Mark && marks.Contains(all[i].Text))
            {
                parts.Add(new Span(from, i));
                from = i + 1;
            }
        parts.Add(new Span(from, span.To));
        return parts.ToImmutable();
    }

    /// <summary>The first place of a mark or word that stands in no bracket, or -1.</summary>
    public int Find(Span span, CodeTokenKind kind, string text)
    {
        for (var i = span.From; i < span.To; i++)
            if (all[i].Kind == kind && all[i].Text == text) return i;
            else if (IsOpen(all[i])) i = Math.Min(Close(i), span.To);
        return -1;
    }

    /// <summary>What stands inside the brackets that open at a place.</summary>
    public Span Inside(int open) => new(open + 1, Math.Max(open + 1, Math.Min(Close(open), Count)));

    /// <summary>The arguments or items in the brackets that open at a place; a trailing comma adds none.</summary>
    public ImmutableArray<Span> Items(int open) => [.. Split(Inside(open), ",").Select(Trim).Where(s => !s.IsEmpty)];

    /// <summary>The row without the ends of lines at its ends.</summary>
    public Span Trim(Span span)
    {
        var (from, to) = (span.From, span.To);
        while (from < to && this[from].Kind is CodeTokenKind.Line) from++;
        while (to > from && this[to - 1].Kind is CodeTokenKind.Line) to--;
        return from == span.From && to == span.To ? span : new Span(from, to);
    }

    /// <summary>The row without the brackets that hold all of it.</summary>
    public Span Bare(Span span)
    {
        span = Trim(span);
        while (span.Length > 1 && this[span.From].Is("(") && Close(span.From) == span.To - 1) span = Trim(new Span(span.From + 1, span.To - 1));
        return span;
    }
}
