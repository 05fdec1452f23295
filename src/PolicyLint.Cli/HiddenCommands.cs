using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>Commands of the build: the manual's pages, and parsing alone for measurements.</summary>
internal static class HiddenCommands
{
    /// <summary>Writes <c>rules/README.md</c>, <c>docs/rules/*.md</c> and <c>docs/support.md</c> below a folder; with <paramref name="check"/> only
    /// compares, and returns 1 where a page differs.</summary>
    public static int Docs(string folder, bool check, Terminal terminal)
    {
        var faults = new List<Problem>();
        var files = RuleFile.Shipped().ToList();
        var rules = RuleSetReader.Read(files, faults);
        if (faults.Count > 0) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
        var pages = rules.Rules.ToDictionary(
            r => $"docs/rules/{r.Id}.md", r => RulePage.Markdown(r, files.First(f => !f.IsKind && f.Name == r.Id)), StringComparer.Ordinal);
        pages["rules/README.md"] = RulePage.Index(rules.Rules);
        var root = Path.GetFullPath(folder, terminal.Directory);
        if (Files.Read(Path.Combine(root, SupportTable.File), SupportTable.File, faults) is not { } support) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
        pages["docs/support.md"] = SupportPage.Markdown(SupportTable.Read(support, faults), rules.Kinds);
        var differing = pages.Where(p => !File.Exists(Path.Combine(root, p.Key)) || File.ReadAllText(Path.Combine(root, p.Key)) != p.Value).ToList();
        foreach (var (path, text) in differing)
        {
            terminal.WriteLine(check ? $"{path} differs from what it is made from: run the Docs task" : path);
            if (check) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }
        return check && differing.Count > 0 ? 1 : 0;
    }

    /// <summary>Reads inputs into nodes and does nothing with them.</summary>
    public static int Parse(IEnumerable<string> paths, Terminal terminal)
    {
        var walk = new FileWalk(terminal.Directory, [], []);
        foreach (var path in paths) walk.Add(path);
        var readings = DocumentReader.ReadAll(walk.Inputs);
        terminal.WriteLine($"{readings.Count(r => r.Document is not null)} documents, {readings.Count(r => r.LeftAlone.Length > 0)} left alone, {readings.Sum(r => r.Problems.Count)} problems");
        return 0;
    }
}
