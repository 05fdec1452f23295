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

    /// <summary>What to say of a rule that is not there.</summary>
    public static Problem NoSuchRule(string id, Location at, RuleSet rules) =>
        new(at, $"there is no rule `{id}`", Words.DidYouMean(id, rules.Ids) is { Length: > 0 } guess ? guess : "`policylint rules` lists them");
}
