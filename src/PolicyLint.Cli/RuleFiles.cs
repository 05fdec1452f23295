using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>Finds the shipped rules and those in the user's folders.</summary>
internal static class RuleFiles
{
    private const string Pack = "rules.pack";

    /// <summary>The shipped rules, which the build has parsed and packed, and those in the folders.</summary>
    public static RuleSet Read(IEnumerable<string> folders, string directory, List<Problem> problems)
    {
        using var stream = typeof(RuleFiles).Assembly.GetManifestResourceStream(Pack)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return RuleSetReader.Read(RulePack.Read(bytes), folders.SelectMany(f => In(f, directory, problems)), problems);
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
