using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Matches patterns against texts that are known in part (semantics 8.2, 8.3): yes where every filling of the holes
/// matches, no where none does. Both halves err only towards unknown.</summary>
public static class TextMatch
{
    /// <summary>Texts longer than this together are not compared hole by hole.</summary>
    private const int MostTokens = 4096;

    private const int MostStates = 1 << 20;
    private const long MostSteps = 1 << 24;

    /// <summary>Up to this many pairs of positions are noted on the stack.</summary>
    private const int SmallSearch = 512;

    /// <summary>Whether two texts are the same text (8.3).</summary>
    public static Truth Equal(Text left, Text right)
    {
        if (left.Key == right.Key) return Truth.Yes;
        if (left.Known is not null && right.Known is not null) return Truth.No;
        return Match(left.Tokens, right.Tokens);
    }

    /// <summary>Whether the pattern matches the subject.</summary>
    public static Truth Match(Tokens pattern, Tokens subject)
    {
        var start = SameStart(pattern, subject);
        if (start < 0) return Truth.No;
        var p = pattern.All.AsSpan()[start..];
        var s = subject.All.AsSpan()[start..];
        for (; p.Length > 0 && s.Length > 0 && Certain(p[^1], s[^1]) is { } same; p = p[..^1], s = s[..^1])
            if (!same) return Truth.No;
        if (p.Length == 0 && s.Length == 0) return Truth.Yes;
        if (p.Length == 1 && p[0].Kind is TokenKind.Run) return Truth.Yes;
        if ((p.Length == 0 && HasCharacter(s)) || (s.Length == 0 && HasCharacter(p))) return Truth.No;
        if (p.Length == 1 && p[0].Kind is TokenKind.Hole && Fills(p[0].Symbol!, s) is { } covered) return covered;
        if (s.Length == 1 && s[0].Kind is TokenKind.Hole && Fills(s[0].Symbol!, p) is { } filled) return filled;
        if (!pattern.HasHole && s.Length == 1 && IsAnything(s[0])) return Truth.Unknown;
        if (!pattern.HasHole && !subject.HasHole) return MatchKnown(p, s).ToTruth();
        return Search(p, s);
    }

    /// <summary>Whether a token is a hole that can be whatever text.</summary>
    private static bool IsAnything(Token token) => token is { Kind: TokenKind.Hole, Symbol: { Generated: false, Not: "" } symbol } && symbol.Charset == Charset.Any;

    /// <summary>Whether a lone hole can be this text, which it is not surely; null where the text is not all known.</summary>
    private static Truth? Fills(Symbol symbol, ReadOnlySpan<Token> text)
    {
        foreach (var token in text)
            if (token.Kind is not TokenKind.Char) return null;
        if (symbol.IsParameter && symbol.Charset.Has('*')) return Truth.Unknown;
        if (symbol.Generated || text.Length < symbol.Charset.Shortest || Finder.IsExcluded(symbol, text)) return Truth.No;
        foreach (var token in text)
            if (!symbol.Charset.Has(token.Char)) return Truth.No;
        return Truth.Unknown;
    }

    /// <summary>Whether the tokens stand for one character at least.</summary>
    private static bool HasCharacter(ReadOnlySpan<Token> tokens)
    {
        foreach (var token in tokens)
            if (token.Kind is TokenKind.Char or TokenKind.One) return true;
        return false;
    }

    /// <summary>How many tokens are surely the same from the start; -1 where the texts surely differ there.</summary>
    private static int SameStart(Tokens pattern, Tokens subject)
    {
        for (var at = 0; ;)
        {
            var rest = pattern.Line.AsSpan(at);
            var same = rest.CommonPrefixLength(subject.Line.AsSpan(at));
            var stop = rest[..same].IndexOf(Tokens.NoCharacter);
            at += stop < 0 ? same : stop;
            if (at == pattern.All.Length || at == subject.All.Length || Certain(pattern.All[at], subject.All[at]) is not { } equal) return at;
            if (!equal) return -1;
            at++;
        }
    }

    /// <summary>Wildcards against characters: on a mismatch the last <c>*</c> takes one character more.</summary>
    private static bool MatchKnown(ReadOnlySpan<Token> pattern, ReadOnlySpan<Token> subject)
    {
        var (i, j, star, taken) = (0, 0, -1, 0);
        while (j < subject.Length)
        {
            if (i < pattern.Length && pattern[i].Kind is TokenKind.Run) (star, taken, i) = (i, j, i + 1);
            else if (i < pattern.Length && (pattern[i].Kind is TokenKind.One || pattern[i].Char == subject[j].Char)) (i, j) = (i + 1, j + 1);
            else if (star >= 0) (i, taken, j) = (star + 1, taken + 1, taken + 1);
            else return false;
        }
        while (i < pattern.Length && pattern[i].Kind is TokenKind.Run) i++;
        return i == pattern.Length;
    }

    private static Truth Search(ReadOnlySpan<Token> p, ReadOnlySpan<Token> s)
    {
        var size = (p.Length + 1) * (s.Length + 1);
        if (p.Length + s.Length > MostTokens || size > MostStates || Steps(p, s) + Steps(s, p) > MostSteps) return Truth.Unknown;
        var memo = size <= SmallSearch ? stackalloc byte[SmallSearch] : new byte[size];
        memo = memo[..size];
        memo.Clear();
        if (new Finder(p, s, memo).Must(0, 0)) return Truth.Yes;
        memo.Clear();
        return new Finder(p, s, memo).Can(0, 0) ? Truth.Unknown : Truth.No;
    }

    /// <summary>How often a hole of one is held against a run of the other, at most.</summary>
    private static long Steps(ReadOnlySpan<Token> holes, ReadOnlySpan<Token> runs)
    {
        var count = 0L;
        foreach (var token in holes)
            if (token.Kind is TokenKind.Hole) count++;
        return count * runs.Length * runs.Length;
    }

    /// <summary>Whether two tokens surely are, or surely are not, the same single thing; null where that is not the question.
    /// A parameter that the subject holds as well is a part of a real name there, so it holds no wildcard.</summary>
    private static bool? Certain(Token pattern, Token subject) => (pattern.Kind, subject.Kind) switch
    {
        (TokenKind.Char, TokenKind.Char) => pattern.Char == subject.Char,
        (TokenKind.Hole, TokenKind.Hole) when pattern.Symbol == subject.Symbol => true,
        (TokenKind.Hole, TokenKind.Hole) when pattern.Symbol!.Generated && subject.Symbol!.Generated => false,
        (TokenKind.Hole, TokenKind.Hole) when pattern.Symbol!.Differs(subject.Symbol!) => false,
        _ => null,
    };

    /// <summary>The search over positions in both; each pair is answered once.</summary>
    private readonly ref struct Finder(ReadOnlySpan<Token> pattern, ReadOnlySpan<Token> subject, Span<byte> memo)
    {
        private const byte Yes = 1;
        private const byte No = 2;
        private readonly ReadOnlySpan<Token> pattern = pattern;
        private readonly ReadOnlySpan<Token> subject = subject;
        private readonly Span<byte> memo = memo;

        /// <summary>Whether every filling matches: each hole must fall under a <c>*</c> or meet its own symbol.</summary>
        public bool Must(int i, int j)
        {
            ref var known = ref memo[(i * (subject.Length + 1)) + j];
            if (known == 0) known = MustOnce(i, j) ? Yes : No;
            return known == Yes;
        }

        private bool MustOnce(int i, int j)
        {
            if (i == pattern.Length) return j == subject.Length;
            if (pattern[i].Kind is TokenKind.Run) return Must(i + 1, j) || (j < subject.Length && Must(i, j + 1));
            if (j == subject.Length) return false;
            var one = pattern[i].Kind is TokenKind.One && subject[j].Kind is TokenKind.Char;
            return (one || Certain(pattern[i], subject[j]) is true) && Must(i + 1, j + 1);
        }

        /// <summary>Whether some filling matches.</summary>
        public bool Can(int i, int j)
        {
            ref var known = ref memo[(i * (subject.Length + 1)) + j];
            if (known == 0) known = CanOnce(i, j) ? Yes : No;
            return known == Yes;
        }

        private bool CanOnce(int i, int j)
        {
            if (i == pattern.Length) return AllCanBeEmpty(subject[j..]);
            if (pattern[i].Kind is TokenKind.Run) return Can(i + 1, j) || (j < subject.Length && Can(i, j + 1));
            if (j == subject.Length) return AllCanBeEmpty(pattern[i..]);
            if (Certain(pattern[i], subject[j]) is true) return Can(i + 1, j + 1) || (subject[j].Kind is TokenKind.Hole && CanFill(i, j));
            if (subject[j].Kind is TokenKind.Hole) return CanFill(i, j) || (pattern[i].Kind is TokenKind.Hole && CanCover(i, j));
            if (pattern[i].Kind is TokenKind.Hole) return CanCover(i, j);
            return pattern[i].Kind is TokenKind.One && Can(i + 1, j + 1);
        }

        private static bool AllCanBeEmpty(ReadOnlySpan<Token> rest)
        {
            foreach (var token in rest)
                if (token.Kind is not TokenKind.Run && token is not { Kind: TokenKind.Hole, Symbol: { Generated: false, Charset.Shortest: 0 } }) return false;
            return true;
        }

        /// <summary>Whether the subject's hole at <paramref name="j"/> can hold what some run of the pattern from
        /// <paramref name="i"/> asks for. A generated text is never one that is written out (8.3 rule 3).</summary>
        private bool CanFill(int i, int j)
        {
            var symbol = subject[j].Symbol!;
            var (length, open) = (0, false);
            for (var end = i; ; end++)
            {
                var stays = end < pattern.Length && pattern[end].Kind is TokenKind.Run;
                open |= stays;
                var fits = open || (!symbol.Generated && length >= symbol.Charset.Shortest);
                if (fits && !IsExcluded(symbol, pattern[i..end]) && Can(end, j + 1)) return true;
                if (end == pattern.Length) return false;
                var token = pattern[end];
                if (token.Kind is TokenKind.Char && !symbol.Charset.Has(token.Char)) return false;
                if (token.Kind is TokenKind.Hole && token.Symbol!.Generated && symbol.Generated && token.Symbol != symbol) return false;
                open |= token.Kind is TokenKind.One or TokenKind.Hole;
                length++;
            }
        }

        /// <summary>Whether the run spells the one text that the symbol is known not to be.</summary>
        public static bool IsExcluded(Symbol symbol, ReadOnlySpan<Token> run)
        {
            if (symbol.Not.Length == 0 || run.Length != symbol.Not.Length) return false;
            for (var k = 0; k < run.Length; k++)
                if (run[k].Kind is not TokenKind.Char || run[k].Char != symbol.Not[k]) return false;
            return true;
        }

        /// <summary>Whether the pattern's hole at <paramref name="i"/> can stand for some run of the subject. A parameter may
        /// hold wildcards.</summary>
        private bool CanCover(int i, int j)
        {
            var symbol = pattern[i].Symbol!;
            var (length, open) = (0, symbol.IsParameter && symbol.Charset.Has('*'));
            for (var end = j; ; end++)
            {
                if ((open || (!symbol.Generated && length >= symbol.Charset.Shortest)) && Can(i + 1, end)) return true;
                if (end == subject.Length) return false;
                var token = subject[end];
                if (token.Kind is TokenKind.Char && (symbol.Generated || !symbol.Charset.Has(token.Char))) return false;
                if (token.Kind is TokenKind.Hole && token.Symbol!.Generated && symbol.Generated && token.Symbol != symbol) return false;
                open |= token.Kind is TokenKind.Hole;
                length++;
            }
        }
    }
}
