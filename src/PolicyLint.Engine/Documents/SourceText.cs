using System.Text;
using System.Text.Unicode;

namespace PolicyLint.Engine.Documents;

/// <summary>A file's bytes as UTF-8 without a byte order mark, and its lines.</summary>
public sealed class SourceText
{
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndianUtf16 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private readonly ReadOnlyMemory<byte> utf8;
    private int[]? lineStarts;

    private SourceText(string path, ReadOnlyMemory<byte> utf8) => (Path, this.utf8) = (path, utf8);

    public string Path { get; }

    public ReadOnlySpan<byte> Bytes => utf8.Span;

    public ReadOnlyMemory<byte> Memory => utf8;

    /// <summary>Takes UTF-8, or UTF-16 with a byte order mark (PowerShell's <c>&gt;</c> writes it); anything else is a
    /// problem at the first byte that is no UTF-8.</summary>
    public static SourceText? Read(string path, ReadOnlyMemory<byte> bytes, List<Problem> problems)
    {
        var span = bytes.Span;
        try
        {
            if (span.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
            else if (span.StartsWith<byte>([0xFF, 0xFE])) bytes = Encoding.Convert(Utf16, Encoding.UTF8, bytes[2..].ToArray());
            else if (span.StartsWith<byte>([0xFE, 0xFF])) bytes = Encoding.Convert(BigEndianUtf16, Encoding.UTF8, bytes[2..].ToArray());
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new Problem(Location.StartOf(path), "not UTF-16, although its first two bytes say so", "save the file as UTF-8"));
            return null;
        }
        if (Utf8.IsValid(bytes.Span)) return new SourceText(path, bytes);
        problems.Add(WrongEncoding(path, bytes.Span));
        return null;

        static Problem WrongEncoding(string path, ReadOnlySpan<byte> bytes)
        {
            var good = FirstBad(bytes);
            var before = bytes[..good];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            return new Problem(
                new Location(path, line, column), $"not UTF-8: found the byte 0x{bytes[good]:X2}", "save the file as UTF-8");
        }
    }

    private static int FirstBad(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length && Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            position += consumed;
        return Math.Min(position, bytes.Length - 1);
    }

    /// <summary>The text of a line, counted from 1, without its end; empty beyond the last.</summary>
    /// <param name="most">Of a longer line (a plan is often one line of many MB), only so many code units.</param>
    public string Line(int number, int most)
    {
        var starts = lineStarts ??= FindLines(Bytes);
        if (number < 1 || number > starts.Length) return "";
        var line = number < starts.Length ? Bytes[starts[number - 1]..(starts[number] - 1)] : Bytes[starts[number - 1]..];
        if (line.Length > 3L * most) line = line[..WholeCharacters(line, 3 * most)];
        var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        if (text.Length <= most) return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private static int[] FindLines(ReadOnlySpan<byte> utf8)
    {
        var starts = new int[utf8.Count((byte)'\n') + 1];
        for (var line = 1; line < starts.Length; line++) starts[line] = starts[line - 1] + utf8[starts[line - 1]..].IndexOf((byte)'\n') + 1;
        return starts;
    }

    private static int WholeCharacters(ReadOnlySpan<byte> utf8, int length)
    {
        while (length > 0 && (utf8[length] & 0xC0) == 0x80) length--;
        return length;
    }

    /// <summary>Whether the text has these characters, to the letter.</summary>
    public bool Contains(ReadOnlySpan<byte> words) => Bytes.IndexOf(words) >= 0;
}
