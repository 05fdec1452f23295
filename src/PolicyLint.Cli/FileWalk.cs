using Microsoft.Extensions.FileSystemGlobbing;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Cli;

/// <summary>Finds the files that may be templates or plans.</summary>
internal sealed class FileWalk(string directory, IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase) { ".yaml", ".yml", ".json", ".template", ".cfn", ".templ", ".tpl" };
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { ".git", "node_modules", ".terraform" };
    private readonly Matcher? included = include.Count == 0 ? null : MatcherOf(include);
    private readonly Matcher? excluded = exclude.Count == 0 ? null : MatcherOf(exclude);
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly Queue<string> links = [];
    private readonly HashSet<string> sourceFolders = new(StringComparer.Ordinal);
    private readonly Lock asking = new();
    private readonly Dictionary<string, Input> inputs = new(StringComparer.Ordinal);

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<Input> Inputs => [.. inputs.Values.OrderBy(i => i.Path, StringComparer.Ordinal)];

    public List<Problem> Problems { get; } = [];

    /// <summary>The folders that hold <c>.tf</c> or <c>.tf.json</c> files, as paths are told.</summary>
    public SortedSet<string> TerraformFolders { get; } = new(StringComparer.Ordinal);

    /// <summary>The folders whose Terraform sources were asked for, as paths are told.</summary>
    public IReadOnlyCollection<string> SourceFolders => sourceFolders;

    private static Matcher MatcherOf(IReadOnlyList<string> globs)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in globs) matcher.AddInclude(glob.EndsWith('/') ? $"{glob}**" : glob);
        return matcher;
    }

    /// <summary>Adds a file, or what lies in a folder.</summary>
    public void Add(string path)
    {
        var full = Path.GetFullPath(path, directory);
        if (File.Exists(full)) AddFile(full, named: true);
        else if (Directory.Exists(full)) AddTree(full);
        else Problems.Add(new Problem(Location.StartOf(Told(full)), "there is no such file or folder", "check the path"));
    }

    /// <summary>Links come after all else, so that what is reached both ways has its own name.</summary>
    private void AddTree(string folder)
    {
        AddFolder(folder);
        while (links.TryDequeue(out var link)) AddFolder(link);
    }

    private void AddFolder(string folder)
    {
        if (!visited.Add(RealPath(folder))) return;
        string[] files, folders;
        try
        {
            files = Directory.GetFiles(folder);
            folders = Directory.GetDirectories(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Add(new Problem(Location.StartOf(Told(folder)), $"the folder cannot be read: {(e is UnauthorizedAccessException ? "access is denied" : e.Message.TrimEnd('.'))}", "give the right to read it, or leave it out with `--exclude`"));
            return;
        }
        foreach (var file in files)
            if (file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tf.json", StringComparison.Ordinal)) TerraformFolders.Add(Told(folder));
            else if (Endings.Contains(Path.GetExtension(file))) AddFile(file, named: false);
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (var inner in folders)
            if (IsSkipped(inner)) continue;
            else if (File.GetAttributes(inner).HasFlag(FileAttributes.ReparsePoint)) links.Enqueue(inner);
            else AddFolder(inner);
    }

    private static bool IsSkipped(string folder)
    {
        var name = Path.GetFileName(folder);
        return Skipped.Contains(name) || (name.StartsWith("asset.", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(folder)) == "cdk.out");
    }

    /// <summary>Where links lead, so that a circle of them ends.</summary>
    private static string RealPath(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        }
        catch (IOException)
        {
            return folder;
        }
    }

    private void AddFile(string full, bool named)
    {
        var told = Told(full);
        if (!named && ((included is not null && !included.Match(directory, full).HasMatches) || (excluded is not null && excluded.Match(directory, full).HasMatches))) return;
        named |= inputs.TryGetValue(told, out var same) && same.Named;
        inputs[told] = new Input(told, named, () => File.ReadAllBytes(full));
    }

    /// <summary>The <c>.tf</c> and <c>.tf.json</c> files of a folder and its <c>modules.json</c>, for plans that were made of them; several threads may ask.</summary>
    public IReadOnlyList<Input> SourcesIn(string folder)
    {
        var full = Path.GetFullPath(folder, directory);
        if (!Directory.Exists(full)) return [];
        try
        {
            var files = Directory.GetFiles(full)
                .Where(f => f.EndsWith(".tf", StringComparison.Ordinal) || f.EndsWith(".tf.json", StringComparison.Ordinal) || Path.GetFileName(f) == "modules.json")
                .Select(f => new Input(Told(f), false, () => File.ReadAllBytes(f))).ToList();
            lock (asking)
                if (files.Count > 0) sourceFolders.Add(Told(full));
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The file at a path as it is told, null where there is none; several threads may ask.</summary>
    public Input? FileAt(string path)
    {
        var full = Path.GetFullPath(path, directory);
        return File.Exists(full) ? new Input(Told(full), Named: true, () => File.ReadAllBytes(full)) : null;
    }

    /// <summary>Relative to the current folder where it lies below it, with <c>/</c>.</summary>
    public string Told(string path)
    {
        var full = Path.GetFullPath(path, directory);
        var relative = Path.GetRelativePath(directory, full);
        var isOutside = relative == ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return (isOutside ? full : relative).Replace('\\', '/');
    }
}
