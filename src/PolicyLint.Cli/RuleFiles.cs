using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>Finds the shipped rules and those in the user's folders.</summary>
internal static class RuleFiles
{
    /// <summary>The shipped files, without their examples where nobody asks for them, and the folders' own.</summary>
    public static IEnumerable<RuleFile> All(IEnumerable<string> folders, string directory, bool withExamples, List<Problem> problems)
    {
        foreach (var file in RuleFile.Shipped()) yield return withExamples ? file : file.WithoutExamples();
        foreach (var folder in folders)
            foreach (var file in In(folder, directory, problems)) yield return file;
    }

    /// <summary>The YAML files of a folder and the folders in it.</summary>
    public static ImmutableArray<RuleFile> In(string folder, string directory, List<Problem> problems)
    {
        var full = Path.GetFullPath(folder, directory);
        if (!Directory.Exists(full))
        {
            problems.Add(new Problem(Location.StartOf(folder), "there is no such folder of rules", "check `--rules`"));
            return [];
        }
        var files = ImmutableArray.CreateBuilder<RuleFile>();
        foreach (var path in Directory.EnumerateFiles(full, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path) is not (".yaml" or ".yml")) continue;
            var told = Path.GetRelativePath(directory, path).Replace('\\', '/');
            if (Files.Read(path, told, problems) is { } text) files.Add(new RuleFile(told, text));
        }
        return files.ToImmutable();
    }

    /// <summary>The rules that run: those asked for, without those left out, with the configured severities.</summary>
    public static RuleSet Choose(RuleSet set, IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip, IReadOnlyDictionary<string, string> severity, List<Problem> problems)
    {
        var known = set.Rules.Select(r => r.Id).ToList();
        foreach (var id in only.Concat(skip).Concat(severity.Keys))
            if (!known.Contains(id))
                problems.Add(new Problem(new Location("policylint", 1, 1), $"there is no rule `{id}`", Words.DidYouMean(id, known)));
        foreach (var (id, level) in severity)
            if (level is not ("error" or "warning" or "note"))
                problems.Add(new Problem(new Location("policylint", 1, 1), $"unknown severity `{level}` for rule `{id}`, expected `error`, `note` or `warning`", Words.DidYouMean(level, ["error", "warning", "note"])));
        return set with
        {
            Rules = [.. set.Rules
                .Where(r => (only.Count == 0 || only.Contains(r.Id)) && !skip.Contains(r.Id))
                .Select(r => severity.TryGetValue(r.Id, out var level) && Enum.TryParse<Severity>(level, ignoreCase: true, out var s) ? r with { Severity = s } : r)],
        };
    }
}
