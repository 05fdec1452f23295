using System.Text;

namespace PolicyLint.Engine.Resources;

/// <summary>The data that the engine carries with it.</summary>
internal static class Carried
{
    /// <summary>The bytes of a file of <c>data/</c>.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Carried).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The day that a file of <c>data/</c> is of: its first line says <c>as of</c> it.</summary>
    public static string DateOf(string name)
    {
        using var stream = typeof(Carried).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 128);
        var line = reader.ReadLine()!;
        const string Before = " as of ";
        return line.Substring(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length, "2026-01-01".Length);
    }
}
