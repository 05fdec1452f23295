using System.Text;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>The text of a <c>.tf</c> file, of which places are parts.</summary>
public sealed class HclText(string file, string characters)
{
    private Location? whole;
    private int[]? lineStarts;

    public string File { get; } = file;
    public string Characters { get; } = characters;

    /// <summary>A text of which every part stands at one place: the value of a JSON text.</summary>
    public static HclText At(Location place, string characters) => new(place.File, characters) { whole = place };

    /// <summary>The place of the characters from <paramref name="start"/> to before <paramref name="end"/>; of several lines,
    /// the first.</summary>
    public Location At(int start, int end)
    {
        if (whole is { } place) return place;
        var starts = lineStarts ??= FindLines(Characters);
        var line = Array.BinarySearch(starts, start);
        if (line < 0) line = ~line - 1;
        var stop = line + 1 < starts.Length ? Math.Min(end, starts[line + 1] - 1) : end;
        var length = Characters.AsSpan(start, Math.Max(0, stop - start)).TrimEnd().Length;
        return new Location(File, line + 1, start - starts[line] + 1, length);
    }

    /// <summary>What is to be seen of a line, counted from 1.</summary>
    public Location Visible(int line)
    {
        if (whole is { } place) return place;
        var starts = lineStarts ??= FindLines(Characters);
        var (start, end) = (starts[line - 1], line < starts.Length ? starts[line] - 1 : Characters.Length);
        while (start < end && char.IsWhiteSpace(Characters[start])) start++;
        return At(start, end);
    }

    private static int[] FindLines(string text)
    {
        var starts = new int[text.AsSpan().Count('\n') + 1];
        for (var line = 1; line < starts.Length; line++) starts[line] = text.IndexOf('\n', starts[line - 1]) + 1;
        return starts;
    }
}

/// <summary>A part of a text, from <paramref name="start"/> to before <paramref name="end"/>.</summary>
public sealed class Span(HclText text, int start, int end)
{
    private const int Longest = 60;

    /// <summary>A whole text.</summary>
    public Span(HclText text) : this(text, 0, text.Characters.Length) { }

    public HclText Text => text;
    public int Start => start;
    public int End => end;

    public Location Location => text.At(start, end);

    /// <summary>From its beginning to the other's end.</summary>
    public Span To(Span last) => new(text, start, Math.Max(end, last.End));

    /// <summary>The characters on one line, shortened where they are many.</summary>
    public override string ToString()
    {
        var shown = new StringBuilder();
        for (var i = start; i < end && shown.Length <= Longest; i++)
            if (!char.IsWhiteSpace(text.Characters[i])) shown.Append(text.Characters[i]);
            else if (shown.Length > 0 && shown[^1] != ' ') shown.Append(' ');
        return shown.Length <= Longest ? shown.ToString().TrimEnd() : $"{shown.ToString(0, Longest - 1)}…";
    }
}
