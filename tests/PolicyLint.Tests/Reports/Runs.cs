using System.Text;
using System.Text.Json;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Reports;

/// <summary>Runs of the linter over texts, by the rules of the report fixtures.</summary>
internal static class Runs
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "fixtures", "reports");

    public static string Site { get; } = File.ReadAllText(Path.Combine(Folder, "site.yaml"));

    private static readonly RuleSet Rules = ReadRules();

    private static RuleSet ReadRules()
    {
        var problems = new List<Problem>();
        var own = Directory.GetFiles(Path.Combine(Folder, "rules")).Order(StringComparer.Ordinal).Select(f => new RuleFile(Path.GetFileName(f), File.ReadAllText(f)));
        var rules = RuleSetReader.Read([.. RuleFile.Shipped().Where(f => f.IsKind), .. own], problems);
        Assert.Empty(problems);
        return rules;
    }

    /// <summary>The report on files given by path and text.</summary>
    public static Report Of(params (string Path, string Text)[] files) =>
        Linter.Run([.. files.Select(f => new Input(f.Path, false, () => Encoding.UTF8.GetBytes(f.Text)))], Rules, new Deployment(null, null, new Dictionary<string, string>(StringComparer.Ordinal))) with { Version = "1.2.3" };

    public static JsonElement Sarif(Report report)
    {
        using var document = JsonDocument.Parse(SarifReport.Write(report));
        return document.RootElement.GetProperty("runs")[0].Clone();
    }

    public static string Text(Report report, bool verbose = false) => string.Concat(TextReport.Write(report, verbose).Select(p => p.Text));
}
