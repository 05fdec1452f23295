using System.Text;
using System.Text.Unicode;

namespace PolicyLint.Engine.Documents;

/// <summary>A file's bytes as UTF-8 without a byte order mark, and its lines.</summary>
public sealed class SourceText
{
    private readonly ReadOnlyMemory<byte> utf8;

    private SourceText(string path, ReadOnlyMemory<byte> utf8) => (Path, this.utf8) = (path, utf8);

    public string Path { get; }

    public ReadOnlySpan<byte> Bytes => utf8.Span;

    /// <summary>Takes UTF-8, or UTF-16 with a byte order mark (PowerShell's <c>&gt;</c> writes it); anything else is a
    /// problem at the first byte that is no UTF-8.</summary>
    public static SourceText? Read(string path, ReadOnlyMemory<byte> bytes, List<Problem> problems)
    {
        var span = bytes.Span;
        if (span.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        else if (span.StartsWith<byte>([0xFF, 0xFE])) bytes = Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes[2..].ToArray());
        else if (span.StartsWith<byte>([0xFE, 0xFF])) bytes = Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes[2..].ToArray());
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
    public string Line(int number)
    {
        var rest = Bytes;
        for (var line = 1; line < number; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0) return "";
            rest = rest[(end + 1)..];
        }
        var length = rest.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]).TrimEnd('\r');
    }

    /// <summary>Whether the text has these characters, to the letter.</summary>
    public bool Contains(ReadOnlySpan<byte> words) => Bytes.IndexOf(words) >= 0;
}
