using System.Collections.Immutable;
using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Whether a pattern of <c>Resource</c> can stand for an ARN of a resource type.</summary>
internal static class ArnForm
{
    /// <summary>No only where it surely stands for none.</summary>
    public static Truth Fits(Tokens pattern, AwsResourceType type) => ArnMatch.OfResource(pattern, type.Shape.Tokens) is Truth.No ? Truth.No : Truth.Yes;

    /// <summary>The form with a hole for each of its names.</summary>
    internal static Text ShapeOf(AwsResourceType type)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        pieces.Add(new Piece.Literal("arn:"));
        pieces.Add(new Piece.Hole(new Symbol("", "form Partition") { Display = "Partition", Charset = Charset.Partition }));
        pieces.Add(new Piece.Literal(":"));
        var at = 0;
        foreach (var found in Placeholders.In(type.Form, "${", "}"))
        {
            if (found.Start > at) pieces.Add(new Piece.Literal(type.Form[at..found.Start]));
            pieces.Add(new Piece.Hole(new Symbol("", $"form {found.Start} {found.Inner}") { Display = found.Inner, Charset = CharsetOf(found.Inner) }));
            at = found.End;
        }
        if (at < type.Form.Length) pieces.Add(new Piece.Literal(type.Form[at..]));
        return Text.Join(pieces);
    }

    private static Charset CharsetOf(string name) => name switch
    {
        "BucketName" => Charset.Name256, // holds no `/`, which tells objects from buckets
        "Region" => Charset.Region,
        _ => Charset.Any,
    };

    /// <summary>The tokens of a pattern, each policy variable as any text.</summary>
    public static Tokens TokensOf(Text text)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        foreach (var piece in text.Pieces)
            if (piece is Piece.Hole hole) tokens.Add(new Token(TokenKind.Hole, Symbol: hole.Symbol));
            else if (piece is Piece.Literal literal) AddLiteral(tokens, literal.Text);
            else tokens.Add(Token.Run);
        return new Tokens(tokens.ToImmutable());
    }

    private static void AddLiteral(ImmutableArray<Token>.Builder tokens, string text)
    {
        var at = 0;
        foreach (var found in Placeholders.In(text, "${", "}"))
        {
            AddPlain(tokens, text[at..found.Start]);
            tokens.Add(Token.Run);
            at = found.End;
        }
        AddPlain(tokens, text[at..]);
    }

    private static void AddPlain(ImmutableArray<Token>.Builder tokens, string text)
    {
        foreach (var c in text) tokens.Add(c switch { '*' => Token.Run, '?' => Token.One, _ => Token.Of(c) });
    }
}
