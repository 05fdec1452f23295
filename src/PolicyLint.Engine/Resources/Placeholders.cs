namespace PolicyLint.Engine.Resources;

/// <summary>Finds marked parts of a text: <c>${x}</c>, <c>{{resolve:x}}</c>, <c>{x}</c>.</summary>
public static class Placeholders
{
    /// <summary>A marked part: the text from <paramref name="Start"/> to before <paramref name="End"/>, marks included.</summary>
    public sealed record Found(int Start, int End, string Inner);

    /// <summary>All parts between <paramref name="open"/> and the next <paramref name="close"/>, in order. Takes time in
    /// proportion to the text.</summary>
    public static IEnumerable<Found> In(string text, string open, string close)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOf(open, at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
            if (end < 0) yield break;
            at = end + close.Length;
            yield return new Found(start, at, text[(start + open.Length)..end]);
        }
    }

    /// <summary>The text with each marked part replaced by pieces.</summary>
    public static Text Replace(string text, string open, string close, Func<Found, IEnumerable<Piece>> replace, Func<string, IEnumerable<Piece>>? between = null)
    {
        between ??= literal => [new Piece.Literal(literal)];
        var pieces = new List<Piece>();
        var at = 0;
        foreach (var found in In(text, open, close))
        {
            pieces.AddRange(between(text[at..found.Start]));
            pieces.AddRange(replace(found));
            at = found.End;
        }
        pieces.AddRange(between(text[at..]));
        return Text.Join(pieces);
    }
}
