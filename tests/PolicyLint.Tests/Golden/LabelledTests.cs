using System.Text.Json;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Templates of other projects whose truth was read by people: what is certain must be right, and what is right must
/// mostly be certain.</summary>
public sealed class LabelledTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private sealed record Case(string Id, string Expected, string Verdict);

    private static List<Case> Run(string suite, string rule, Func<JsonElement, string?> expected)
    {
        var folder = SharedCases.Folder("labelled")!;
        var cases = new List<Case>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.GetProperty("suite").GetString() != suite || expected(entry.GetProperty("expected")) is not { } truth) continue;
            var path = Path.Combine(folder, entry.GetProperty("data").GetString()!);
            var report = Linter.Run([new Input("case", Named: true, () => File.ReadAllBytes(path))], Shipped, Deployment.Unsaid);
            cases.Add(new Case(entry.GetProperty("id").GetString()!, truth, VerdictOf(report.ByRule.Single(r => r.RuleId == rule))));
        }
        Assert.NotEmpty(cases);
        return cases;
    }

    private static string VerdictOf(RuleCounts counts) =>
        counts.Failed > 0 ? "fail" : counts.Unknown > 0 ? "unknown" : counts.Passed > 0 ? "pass" : "none";

    [SharedFact("labelled")]
    public void What_an_origin_gets_is_never_told_wrongly_and_rarely_left_open()
    {
        var cases = Run("cf-origin", "cloudfront-origin-access", e => e.GetProperty("origin").GetString());
        Assert.DoesNotContain(cases, c => c.Expected == "ok" && c.Verdict == "fail");
        Assert.DoesNotContain(cases, c => c.Expected == "broken" && c.Verdict != "fail");
        Assert.DoesNotContain(cases, c => c.Expected == "unknown" && c.Verdict != "unknown");
        var open = cases.Where(c => c.Expected == "ok" && c.Verdict != "pass").Select(c => c.Id).ToList();
        Assert.True(open.Count * 10 <= cases.Count, $"{open.Count} of {cases.Count} are left open: {string.Join(", ", open)}");
    }

    [SharedFact("labelled")]
    public void Ownership_at_risk_is_told_and_what_is_right_is_left_alone()
    {
        var cases = Run("xacct-s3", "cross-account-put-ownership", e => e.GetProperty("ownership").GetString() == "BucketOwnerPreferred" || e.GetProperty("verdict").GetString() == "ok" ? e.GetProperty("verdict").GetString() : null);
        Assert.DoesNotContain(cases, c => c.Expected == "ok" && c.Verdict == "fail");
        Assert.DoesNotContain(cases, c => c.Expected == "at-risk" && c.Verdict != "fail");
    }
}
