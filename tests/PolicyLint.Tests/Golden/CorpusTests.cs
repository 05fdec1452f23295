using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Templates and plans of real projects: none is lost, and the same bytes come out twice.</summary>
public sealed class CorpusTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private static Report Scan(IEnumerable<string> files) => Linter.Run(
        [.. files.Select(f => new Input(f, Named: false, () => File.ReadAllBytes(f)))], Shipped, Deployment.Unsaid);

    private static List<string> Files() =>
        [.. Directory.EnumerateFiles(SharedCases.Folder("corpus")!, "*.*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [SharedFact("corpus")]
    public void Every_file_is_judged_or_named_with_its_reason()
    {
        var files = Files();
        var report = Scan(files);
        var told = report.Documents.Select(d => d.Path).Concat(report.LeftAlone.Select(l => l.Path)).Concat(report.Problems.Select(p => p.Location.File)).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(files, f => !told.Contains(f));
        Assert.All(report.Problems, p => Assert.NotEmpty(p.Message));
        Assert.All(report.Findings, f => Assert.NotEmpty(f.Reason));
    }

    [SharedFact("corpus")]
    public void Two_runs_in_different_order_give_the_same_bytes()
    {
        var files = Files();
        var forwards = SarifReport.Write(Scan(files));
        files.Reverse();
        Assert.True(forwards.Span.SequenceEqual(SarifReport.Write(Scan(files)).Span));
    }
}
