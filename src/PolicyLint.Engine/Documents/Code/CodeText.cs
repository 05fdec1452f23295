using System.Collections.Immutable;
using System.Text;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>A program's text, in a file of its own or inside a template, with the place of every character.</summary>
public sealed class CodeText
{
    private const char FirstHole = '\uE000';
    private const int MostHoles = 6000;
    private readonly int[] offsets;
    private readonly ImmutableArray<Location> places;
    private int[]? lines;

    private CodeText(string text, int[] offsets, ImmutableArray<Location> places) => (Text, this.offsets, this.places) = (text, offsets, places);

    /// <summary>The text; a value that only the template knows is one character, its hole.</summary>
    public string Text { get; }

    /// <summary>The place of a character. Between two noted places characters follow each other on one line.</summary>
    public Location At(int offset, int length = 0)
    {
        var found = Array.BinarySearch(offsets, offset);
        var at = found >= 0 ? found : Math.Max(0, ~found - 1);
        return places[at] with { Column = places[at].Column + offset - offsets[at], Length = length };
    }

    /// <summary>The offset of the first noted place behind another.</summary>
    private int NextPlace(int offset)
    {
        var found = Array.BinarySearch(offsets, offset + 1);
        var at = found >= 0 ? found : ~found;
        return at < offsets.Length ? offsets[at] : Text.Length;
    }

    /// <summary>The offset of a place by line and column, counted from 1; the text's end beyond it.</summary>
    public int OffsetOf(int line, int column)
    {
        lines ??= FindLines(Text);
        return line < 1 || line > lines.Length ? Text.Length : Math.Min(Text.Length, lines[line - 1] + column - 1);
    }

    private static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1)) starts.Add(at + 1);
        return [.. starts];
    }

    /// <summary>The character that stands for the value of a number.</summary>
    public static char HoleOf(int number) => (char)(FirstHole + Math.Min(number, MostHoles));

    /// <summary>The number of the value that a character stands for, -1 where it stands for itself.</summary>
    public static int NumberOf(char c) => c is >= FirstHole and < (char)(FirstHole + MostHoles) ? c - FirstHole : -1;

    /// <summary>An empty text at a place: what stands in it cannot be looked up.</summary>
    public static CodeText Nowhere(Location at) => new("", [0], [at]);

    /// <summary>The text of a file.</summary>
    public static CodeText Of(SourceText source)
    {
        var builder = new Builder();
        var text = Encoding.UTF8.GetString(source.Bytes);
        builder.AddLines(text, Location.StartOf(source.Path), 0);
        return builder.Build();
    }

    /// <summary>Puts a text together of parts that stand at different places.</summary>
    public sealed class Builder
    {
        private readonly StringBuilder text = new();
        private readonly List<int> offsets = [];
        private readonly ImmutableArray<Location>.Builder places = ImmutableArray.CreateBuilder<Location>();

        public int Length => text.Length;

        /// <summary>Adds a part that begins at a place and has no end of line.</summary>
        public void Add(string part, Location at)
        {
            Note(at);
            text.Append(part);
        }

        /// <summary>Adds one character that stands at a place.</summary>
        public void Add(char c, Location at)
        {
            Note(at);
            text.Append(c);
        }

        /// <summary>Adds a part of several lines: the first begins at the place, the others so many columns from the left.</summary>
        public void AddLines(string part, Location at, int indent)
        {
            for (int start = 0, line = 0; start <= part.Length; line++)
            {
                var end = part.IndexOf('\n', start);
                var stop = end < 0 ? part.Length : end + 1;
                if (stop > start) Add(part[start..stop], line == 0 ? at : at with { Line = at.Line + line, Column = indent + 1 });
                if (end < 0) break;
                start = stop;
            }
        }

        /// <summary>Adds a part all of which is at one place: nobody knows where in the file its characters stand.</summary>
        public void AddTogether(string part, Location at)
        {
            foreach (var c in part) Add(c, at);
        }

        /// <summary>Adds a part of another text with its places.</summary>
        public void Add(CodeText other, int from, int to)
        {
            for (var start = from; start < to;)
            {
                var next = other.NextPlace(start);
                var end = Math.Min(next, to);
                Add(other.Text[start..end], other.At(start));
                start = end;
            }
        }

        private void Note(Location at)
        {
            if (offsets.Count > 0 && offsets[^1] == text.Length) (offsets[^1], places[^1]) = (text.Length, at);
            else
            {
                offsets.Add(text.Length);
                places.Add(at);
            }
        }

        public CodeText Build()
        {
            if (offsets.Count == 0) Note(Location.StartOf(""));
            return new CodeText(text.ToString(), [.. offsets], places.ToImmutable());
        }
    }
}
