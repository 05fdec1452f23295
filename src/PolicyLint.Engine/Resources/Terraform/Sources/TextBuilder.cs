using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Puts a text together of literals and holes, up to a bound.</summary>
internal sealed class TextBuilder
{
    private const int MostPieces = 4096;
    private const int MostCharacters = Limits.HclBytes / 4;
    private readonly StringBuilder literal = new();
    private readonly List<Piece> pieces = [];
    private int characters;

    /// <summary>Whether nothing was too much for it.</summary>
    public bool IsWhole { get; private set; } = true;

    public TextBuilder Add(string text)
    {
        characters += text.Length;
        IsWhole &= characters <= MostCharacters;
        if (IsWhole) literal.Append(text);
        return this;
    }

    /// <summary>False where it becomes too long.</summary>
    public bool Add(Text text)
    {
        if (text.Known is { } known) return Add(known).IsWhole;
        foreach (var piece in text.Pieces)
            if (piece is Piece.Literal part) Add(part.Text);
            else Add(piece);
        return IsWhole;
    }

    private void Add(Piece hole)
    {
        IsWhole &= pieces.Count <= MostPieces;
        if (!IsWhole) return;
        Flush();
        pieces.Add(hole);
    }

    private void Flush()
    {
        if (literal.Length > 0) pieces.Add(new Piece.Literal(literal.ToString()));
        literal.Clear();
    }

    public Text ToText()
    {
        Flush();
        return Text.Join(pieces);
    }
}
