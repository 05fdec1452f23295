namespace PolicyLint.Engine.Documents;

/// <summary>A place in a user's file: <paramref name="Line"/> and <paramref name="Column"/> count from 1 (columns in
/// UTF-16 code units), <paramref name="Length"/> is the number of code units on that line, 0 where it is not known.</summary>
public readonly record struct Location(string File, int Line, int Column, int Length = 0) : IComparable<Location>
{
    /// <summary>The start of <paramref name="file"/>, for what concerns it as a whole.</summary>
    public static Location StartOf(string file) => new(file, 1, 1);

    /// <summary>Orders by file, line, column.</summary>
    public int CompareTo(Location other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0) return byFile;
        return Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
    }

    /// <summary><c>file:line:column</c>, as compilers print it.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";

    public static bool operator <(Location left, Location right) => left.CompareTo(right) < 0;
    public static bool operator >(Location left, Location right) => left.CompareTo(right) > 0;
    public static bool operator <=(Location left, Location right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Location left, Location right) => left.CompareTo(right) >= 0;
}
