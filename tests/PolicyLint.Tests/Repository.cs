namespace PolicyLint.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of a file by its path in the repository.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Path(path));

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "PolicyLint.sln")) ? folder : Find(System.IO.Path.GetDirectoryName(folder)!);
}
