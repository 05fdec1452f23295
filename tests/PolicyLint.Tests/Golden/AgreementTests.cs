using System.Text.Json;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;
using Xunit.Abstractions;

namespace PolicyLint.Tests.Golden;

/// <summary>The cases of other tools' test suites: where a rule here checks what one of theirs checks, the verdicts agree but for
/// the cases that <c>tests/fixtures/agreement</c> lists with a reason.</summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private sealed record Case(string Id, string Rule, bool Fails, string File);

    private sealed record Table(Dictionary<string, string[]> Rules, HashSet<string> Unmapped, Dictionary<string, string> Reasons);

    [SharedFact("labelled")]
    public void Guards_rules_registry() => Agree("guard");

    [SharedFact("labelled")]
    public void Cfn_nag() => Agree("cfn_nag");

    [SharedFact("labelled")]
    public void Kics() => Agree("kics-cfn");

    [SharedFact("labelled")]
    public void Regula() => Agree("regula");

    private void Agree(string suite)
    {
        var table = Read(suite);
        Assert.All(table.Rules.Values.SelectMany(r => r), rule => Assert.NotNull(Shipped.Named(rule)));
        var cases = Cases(suite).ToList();
        Assert.Equal([], cases.Select(c => c.Rule).Distinct().Where(r => !table.Rules.ContainsKey(r) && !table.Unmapped.Contains(r)).Order());
        var judged = cases.Where(c => table.Rules.ContainsKey(c.Rule)).Select(c => (Case: c, Verdict: VerdictOf(c, table.Rules[c.Rule]))).ToList();
        var differing = judged.Where(j => j.Verdict != (j.Case.Fails ? "fail" : "pass")).ToList();
        output.WriteLine($"{suite}: {judged.Count - differing.Count} of {judged.Count} agree, {differing.Count} differ; {table.Unmapped.Count} rules are of no concern here");
        foreach (var (one, verdict) in differing) output.WriteLine($"{one.Id} {one.Rule}: {(one.Fails ? "fail" : "pass")} there, {verdict} here, {one.File}");
        Assert.Equal(table.Reasons.Keys.Order(StringComparer.Ordinal), differing.Select(d => d.Case.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>The cases with a verdict; what is skipped because somebody suppressed it says nothing of the rule.</summary>
    private static IEnumerable<Case> Cases(string suite)
    {
        var folder = SharedCases.Folder("labelled")!;
        foreach (var line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.GetProperty("suite").GetString() != suite) continue;
            var expected = entry.GetProperty("expected");
            if (expected.GetProperty("verdict").GetString() is not ("pass" or "fail") and not null) continue;
            if (expected.GetProperty("verdict").ValueKind is JsonValueKind.Null) continue;
            yield return new Case(
                entry.GetProperty("id").GetString()!, expected.GetProperty("rule").GetString()!, expected.GetProperty("verdict").GetString() == "fail",
                Path.Combine(folder, entry.GetProperty("data").GetString()!));
        }
    }

    private static string VerdictOf(Case one, string[] rules)
    {
        var wanted = Shipped with { Entries = [.. Shipped.Entries.Where(e => rules.Contains(e.Id))] };
        var report = Linter.Run([new Input("case", Named: true, () => File.ReadAllBytes(one.File))], wanted, Deployment.Unsaid);
        return report.Findings.Any(f => !f.IsOpen) ? "fail" : report.Findings.IsEmpty ? "pass" : "unknown";
    }

    private static Table Read(string suite)
    {
        var table = new Table(new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var line in File.ReadLines(Repository.Path($"tests/fixtures/agreement/{suite}.txt")))
            if (line.StartsWith("- ", StringComparison.Ordinal)) table.Unmapped.Add(line[2..].Split(" | ")[0]);
            else if (line.StartsWith("! ", StringComparison.Ordinal)) table.Reasons.Add(line[2..].Split(": ")[0], line[2..].Split(": ", 2)[1]);
            else if (line.Length > 0 && line[0] != '#') table.Rules.Add(line.Split(": ")[0], line.Split(": ")[1].Split(", "));
        return table;
    }
}
