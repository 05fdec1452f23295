using System.Runtime.CompilerServices;

namespace PolicyLint.Tests;

/// <summary>Where the sources are, as the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = RootOf();

    /// <summary>The full path of a file by its path in the repository.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Path(path));

    private static string RootOf([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", ".."));
}
