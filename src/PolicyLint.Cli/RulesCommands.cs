using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary><c>policylint rules</c>, <c>explain</c> and <c>test</c>.</summary>
internal static class RulesCommands
{
    /// <summary>One line a rule, or one rule.</summary>
    public static int List(string? id, IEnumerable<string> folders, Terminal terminal)
    {
        var faults = new List<Problem>();
        var rules = RuleFiles.Read(folders, terminal.Directory, faults);
        if (faults.Count > 0) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
        if (id is not null && rules.Named(id) is null) return NoSuchRule(id, rules, terminal);
        var width = rules.Rules.Max(r => r.Id.Length);
        foreach (var rule in rules.Rules)
            if (id is null || rule.Id == id)
                terminal.WriteLine($"{rule.Id.PadRight(width)}  {rule.Severity.ToString().ToLowerInvariant(),-7}  {rule.Profile.ToString().ToLowerInvariant(),-8}  {rule.Title}");
        return 0;
    }

    private static int NoSuchRule(string id, RuleSet rules, Terminal terminal) =>
        Problems.Tell([RuleFiles.NoSuchRule(id, Usage.Place, rules)], terminal, ScanCommand.WrongUsage);

    /// <summary>All that a rule says of itself, its first bad example included.</summary>
    public static int Explain(string id, IEnumerable<string> folders, Terminal terminal)
    {
        var faults = new List<Problem>();
        var files = RuleFile.Shipped().Concat(folders.SelectMany(f => RuleFiles.In(f, terminal.Directory, faults))).ToList();
        var rules = RuleSetReader.Read(files, faults);
        if (faults.Count > 0) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
        if (rules.Named(id) is not { } rule) return NoSuchRule(id, rules, terminal);
        var file = files.First(f => !f.IsKind && f.Name == id);
        terminal.Write(RulePage.Terminal(rule, file));
        return 0;
    }

    /// <summary>Runs the examples of the rules in a folder.</summary>
    public static int Test(string folder, Terminal terminal)
    {
        var faults = new List<Problem>();
        var own = RuleFiles.In(folder, terminal.Directory, faults);
        var shipped = RuleFile.Shipped().Where(f => !own.Any(o => o.Name == f.Name));
        var rules = RuleSetReader.Read([.. shipped, .. own], faults);
        if (faults.Count > 0) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
        var (passed, failed) = (0, 0);
        foreach (var file in own.Where(f => !f.IsKind))
        {
            var results = RuleTester.Run(file, rules).ToList();
            if (results.Count == 0)
            {
                failed++;
                terminal.WriteLine($"{file.Path}: `{file.Name}` has no examples, so nothing tests it");
            }
            else foreach (var expectation in new[] { Expectation.Bad, Expectation.Good })
                if (!results.Exists(r => r.Example.Expectation == expectation))
                {
                    failed++;
                    terminal.WriteLine($"{file.Path}: `{file.Name}` has no {expectation.ToString().ToLowerInvariant()} example");
                }
            foreach (var result in results)
                if (result.Failure.Length == 0) passed++;
                else
                {
                    failed++;
                    terminal.WriteLine($"{result.Example.Location}: {result.RuleId}, \"{result.Example.Title}\" ({result.Format}): {result.Failure}");
                }
        }
        if (passed + failed == 0) return Problems.Tell([new Problem(Location.StartOf(folder), "no rule was found", "name a folder that holds rules")], terminal, ScanCommand.WrongUsage);
        terminal.Write([new TextPart(failed == 0 ? "ok" : "failed", failed == 0 ? TextStyle.Good : TextStyle.Error), new TextPart($": {passed} passed, {failed} failed\n")]);
        return failed == 0 ? 0 : 1;
    }
}
