using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>One element of a text that is matched: a character, a wildcard, or a hole.</summary>
public enum TokenKind { Char, One, Run, Hole }

/// <summary>A character, <c>?</c>, <c>*</c>, or a hole with its symbol.</summary>
public sealed record Token(TokenKind Kind, char Char = '\0', Symbol? Symbol = null)
{
    public static readonly Token One = new(TokenKind.One);
    public static readonly Token Run = new(TokenKind.Run);
    private static readonly Token[] Ascii = OfAscii();

    private static Token[] OfAscii()
    {
        var tokens = new Token[128];
        for (var c = 0; c < tokens.Length; c++) tokens[c] = new Token(TokenKind.Char, (char)c);
        return tokens;
    }

    /// <summary>The token of a character; those of ASCII are shared.</summary>
    public static Token Of(char c) => c < Ascii.Length ? Ascii[c] : new Token(TokenKind.Char, c);
}

/// <summary>A text taken apart for matching: a pattern with its wildcards, or a subject without any.</summary>
public sealed class Tokens
{
    private const int PartsOfArn = 6;

    /// <summary>What stands in <see cref="Line"/> for a token that is no character.</summary>
    public const char NoCharacter = '\uE000';

    private ImmutableArray<Tokens> parts;
    private Tokens? lower;
    private Tokens? lowerHead;
    private Truth hasWildHead = Truth.Unknown; // one write, as several threads may ask

    public Tokens(ImmutableArray<Token> all)
    {
        All = all;
        foreach (var token in all)
        {
            HasHole |= token.Kind is TokenKind.Hole;
            HasWildcard |= token.Kind is TokenKind.One or TokenKind.Run;
        }
        Line = string.Create(all.Length, all, static (line, tokens) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = tokens[i].Kind is TokenKind.Char ? tokens[i].Char : NoCharacter;
        });
    }

    /// <summary>The characters in a row, for comparing many at once; <see cref="NoCharacter"/> where a token is none (or is
    /// that very character).</summary>
    public string Line { get; }

    public ImmutableArray<Token> All { get; }

    public bool HasHole { get; }

    public bool HasWildcard { get; }

    /// <summary>Whether it is a lone <c>*</c>, which takes everything.</summary>
    public bool IsEverything => All is [{ Kind: TokenKind.Run }];

    /// <summary>The tokens of a text that holds no wildcards.</summary>
    internal static Tokens Of(Text text)
    {
        if (text.Known is { } known) return Of(known);
        var tokens = ImmutableArray.CreateBuilder<Token>();
        foreach (var piece in text.Pieces)
            if (piece is Piece.Literal literal)
                foreach (var c in literal.Text) tokens.Add(Token.Of(c));
            else if (piece is Piece.Hole hole) tokens.Add(new Token(TokenKind.Hole, Symbol: hole.Symbol));
        return new Tokens(tokens.ToImmutable());
    }

    private static Tokens Of(string known)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>(known.Length);
        foreach (var c in known) tokens.Add(Token.Of(c));
        return new Tokens(tokens.MoveToImmutable());
    }

    /// <summary>The parts between the first five colons, the sixth keeping its own; fewer where there are fewer colons.</summary>
    public ImmutableArray<Tokens> Parts => parts.IsDefault ? parts = Split() : parts;

    private ImmutableArray<Tokens> Split()
    {
        var split = ImmutableArray.CreateBuilder<Tokens>(PartsOfArn);
        var start = 0;
        for (var i = 0; i < All.Length && split.Count < PartsOfArn - 1; i++)
            if (All[i] is { Kind: TokenKind.Char, Char: ':' })
            {
                split.Add(new Tokens(All[start..i]));
                start = i + 1;
            }
        split.Add(new Tokens(All[start..]));
        return split.ToImmutable();
    }

    /// <summary>Whether a wildcard stands before the fifth colon, or there is no fifth.</summary>
    public bool HasWildHead
    {
        get
        {
            if (hasWildHead is Truth.Unknown) hasWildHead = (Parts.Length < PartsOfArn || Parts.Take(PartsOfArn - 1).Any(p => p.HasWildcard)).ToTruth();
            return hasWildHead is Truth.Yes;
        }
    }

    /// <summary>The same with what stands before the fifth colon of an ARN in lower case.</summary>
    public Tokens LowerHead => lowerHead ??= LowerTo(Parts.Length < PartsOfArn ? 0 : All.Length - Parts[^1].All.Length);

    private Tokens LowerTo(int end)
    {
        for (var i = 0; i < end; i++)
            if (char.IsAsciiLetterUpper(Line[i]))
                return new Tokens([.. All.Select((t, at) => at < end && t.Kind is TokenKind.Char ? Token.Of(char.ToLowerInvariant(t.Char)) : t)]);
        return this;
    }

    /// <summary>The same in lower case.</summary>
    public Tokens Lower => lower ??= new Tokens([.. All.Select(t => t.Kind is TokenKind.Char ? Token.Of(char.ToLowerInvariant(t.Char)) : t)]);
}
