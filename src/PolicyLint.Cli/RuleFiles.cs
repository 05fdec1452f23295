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
    public static RuleSet Choose(
        RuleSet set, IEnumerable<Node.Scalar> only, IEnumerable<Node.Scalar> skip, IReadOnlyCollection<RuleSeverity> severities, List<Problem> problems)
    {
        var (chosen, skipped) = (Known(only), Known(skip));
        var severity = new Dictionary<string, RuleSeverity>(StringComparer.Ordinal);
        foreach (var given in severities)
            if (Known([given.Rule]).Count > 0) severity[given.Rule.Text] = given;
        return set with
        {
            Rules = [.. set.Rules
                .Where(r => (chosen.Count == 0 || chosen.Contains(r.Id)) && !skipped.Contains(r.Id))
                .Select(r => severity.TryGetValue(r.Id, out var given) ? r with { Severity = given.Severity } : r)],
        };

        HashSet<string> Known(IEnumerable<Node.Scalar> rules)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var rule in rules)
                if (set.Named(rule.Text) is not null) known.Add(rule.Text);
                else problems.Add(NoSuchRule(rule.Text, rule.Location, set));
            return known;
        }
    }

    /// <summary>What to say of a rule that is not there.</summary>
    public static Problem NoSuchRule(string id, Location at, RuleSet rules) =>
        new(at, $"there is no rule `{id}`", Words.DidYouMean(id, rules.Rules.Select(r => r.Id)) is { Length: > 0 } guess ? guess : "`policylint rules` lists them");
}
