using System.Text;

namespace PolicyLint.Engine.Resources;

/// <summary>A partly known text as plain characters, each hole a private-use one, so that it can be cut up and read by what
/// knows strings only; and the way back.</summary>
public sealed class CodedText
{
    private const char FirstHole = '\uE000';
    private const int MostHoles = 0x1800;
    private readonly Text text;

    private CodedText(Text text, string characters) => (this.text, Characters) = (text, characters);

    public string Characters { get; }

    /// <summary>The text's characters. Private-use characters of its own become the replacement character.</summary>
    public static CodedText Of(Text text)
    {
        if (text.Known is { } known && !known.AsSpan().ContainsAnyInRange(FirstHole, '\uF8FF')) return new CodedText(text, known);
        var coded = new StringBuilder();
        for (var i = 0; i < text.Pieces.Length; i++)
            if (text.Pieces[i] is Piece.Literal literal)
                foreach (var c in literal.Text) coded.Append(IsHole(c) ? '\uFFFD' : c);
            else coded.Append(i < MostHoles ? (char)(FirstHole + i) : '\uFFFD');
        return new CodedText(text, coded.ToString());
    }

    public static bool IsHole(char c) => c is >= FirstHole and <= '\uF8FF';

    /// <summary>The text that a part of the characters stands for.</summary>
    public Text Decode(string part)
    {
        if (part.AsSpan().IndexOfAnyInRange(FirstHole, '\uF8FF') < 0) return Text.Of(part);
        return Text.Join(part.Select(c => IsHole(c) && c - FirstHole < text.Pieces.Length ? text.Pieces[c - FirstHole] : new Piece.Literal(c.ToString())));
    }
}
