using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Cli;

/// <summary>Finds the programs below a folder that infrastructure refers to: few enough to be read, and none that a link would lead
/// out of it to.</summary>
/// <param name="told">How a path is told to people.</param>
internal sealed class CodeWalk(string directory, Func<string, string> told)
{
    private const int MostFolders = 2000;
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
        { "node_modules", "site-packages", "__pycache__", "venv", "cdk.out", "bower_components", "__tests__", "tests", "test" };

    /// <summary>The files below a folder, in order, or the one at a path.</summary>
    public IReadOnlyList<Input> Under(string path)
    {
        var full = Path.GetFullPath(path, directory);
        try
        {
            if (File.Exists(full)) return [InputOf(full)];
            return Directory.Exists(full) ? [.. FilesIn(full).Take(LocalCode.MostFiles + 1).Select(InputOf)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private Input InputOf(string full) => new(told(full), Named: false, () => File.ReadAllBytes(full));

    private static IEnumerable<string> FilesIn(string root)
    {
        var open = new Queue<string>([root]);
        for (var folders = 0; folders < MostFolders && open.TryDequeue(out var folder); folders++)
        {
            foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
                if (IsProgram(file) && !IsLink(file)) yield return file;
            foreach (var inner in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
                if (Path.GetFileName(inner) is var name && !name.StartsWith('.') && !Skipped.Contains(name) && !IsLink(inner)) open.Enqueue(inner);
        }
    }

    private static bool IsProgram(string file) =>
        Path.GetExtension(file) is ".js" or ".mjs" or ".cjs" or ".jsx" or ".ts" or ".mts" or ".cts" or ".tsx" or ".py" or ".sh" or ".bash" && !file.EndsWith(".d.ts", StringComparison.Ordinal);

    private static bool IsLink(string path) => File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
}
