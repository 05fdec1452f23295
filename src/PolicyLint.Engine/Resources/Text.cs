using System.Collections.Immutable;
using System.Text;

namespace PolicyLint.Engine.Resources;

/// <summary>One part of a text that is known in part.</summary>
public abstract class Piece
{
    private Piece() { }

    /// <summary>Known characters, never none.</summary>
    public sealed class Literal(string text) : Piece
    {
        public string Text { get; } = text;
    }

    /// <summary>An unknown text with an identity.</summary>
    public sealed class Hole(Symbol symbol) : Piece
    {
        public Symbol Symbol { get; } = symbol;
    }

    /// <summary>One of two texts, by a condition that is not decided here.</summary>
    public sealed class Either(Condition condition, Value then, Value otherwise) : Piece
    {
        public Condition Condition { get; } = condition;
        public Value Then { get; } = then;
        public Value Otherwise { get; } = otherwise;
    }
}

/// <summary>A text as a list of literals and holes, neighbouring literals joined.</summary>
public sealed class Text : IEquatable<Text>
{
    public static readonly Text Empty = new("", []);

    private readonly string? literal;
    private ImmutableArray<Piece> pieces;
    private string? key;
    private Tokens? tokens;

    private Text(string? literal, ImmutableArray<Piece> pieces) => (this.literal, this.pieces) = (literal, pieces);

    public ImmutableArray<Piece> Pieces => pieces.IsDefault ? pieces = [new Piece.Literal(literal!)] : pieces;

    public static Text Of(string literal) => literal.Length == 0 ? Empty : new Text(literal, default);

    public static Text Of(Symbol symbol) => new(null, [new Piece.Hole(symbol)]);

    /// <summary>The pieces one after the other, as one text.</summary>
    public static Text Join(IEnumerable<Piece> pieces)
    {
        var joined = ImmutableArray.CreateBuilder<Piece>();
        foreach (var piece in pieces)
            if (piece is Piece.Literal next && joined.Count > 0 && joined[^1] is Piece.Literal last)
                joined[^1] = new Piece.Literal(last.Text + next.Text);
            else if (piece is not Piece.Literal { Text.Length: 0 }) joined.Add(piece);
        return joined switch
        {
            [] => Empty,
            [Piece.Literal only] => Of(only.Text),
            _ => new Text(null, joined.ToImmutable()),
        };
    }

    public static Text operator +(Text left, Text right) => Join(left.Pieces.Concat(right.Pieces));

    public static Text Add(Text left, Text right) => left + right;

    /// <summary>The whole text where all of it is known, or null.</summary>
    public string? Known => literal;

    /// <summary>The symbol where the text is nothing but one, or null.</summary>
    public Symbol? Only => literal is null && Pieces is [Piece.Hole only] ? only.Symbol : null;

    public IEnumerable<Symbol> Symbols => literal is not null ? [] : Pieces.OfType<Piece.Hole>().Select(h => h.Symbol);

    /// <summary>The text ready to be matched, without wildcards.</summary>
    public Tokens Tokens => tokens ??= Tokens.Of(this);

    /// <summary>Whether an undecided condition is left in it.</summary>
    public bool HasEither => literal is null && Pieces.Any(p => p is Piece.Either);

    /// <summary>A string that two texts share exactly when they are certainly equal.</summary>
    public string Key => literal ?? (key ??= Encode());

    private string Encode()
    {
        var text = new StringBuilder();
        foreach (var piece in Pieces)
            _ = piece switch
            {
                Piece.Literal literal => text.Append(literal.Text),
                Piece.Hole hole => text.Append('\u0001').Append(hole.Symbol.Scope).Append('\u0002').Append(hole.Symbol.Name).Append('\u0003'),
                _ => text.Append('\u0004').Append(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(piece)).Append('\u0003'),
            };
        return text.ToString();
    }

    /// <summary>The parts between the separators that stand in literals; a hole is taken to hold none.</summary>
    public ImmutableArray<Text> Split(string separator)
    {
        var parts = ImmutableArray.CreateBuilder<Text>();
        var current = new List<Piece>();
        foreach (var piece in Pieces)
        {
            if (piece is not Piece.Literal literal)
            {
                current.Add(piece);
                continue;
            }
            var words = literal.Text.Split(separator);
            for (var i = 0; i < words.Length; i++)
            {
                if (i > 0)
                {
                    parts.Add(Join(current));
                    current.Clear();
                }
                current.Add(new Piece.Literal(words[i]));
            }
        }
        parts.Add(Join(current));
        return parts.ToImmutable();
    }

    public bool Equals(Text? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as Text);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    /// <summary>For people: holes as <c>⟨Name⟩</c>.</summary>
    public override string ToString()
    {
        if (Known is { } known) return known;
        var text = new StringBuilder();
        foreach (var piece in Pieces)
            _ = piece switch
            {
                Piece.Literal literal => text.Append(literal.Text),
                Piece.Hole hole => text.Append('⟨').Append(hole.Symbol.Display).Append('⟩'),
                _ => text.Append("⟨depends on a condition⟩"),
            };
        return text.ToString();
    }
}
