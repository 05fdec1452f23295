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

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
