using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Reports;

/// <summary>One thing that is not known, for which several rules cannot decide, is told once.</summary>
public sealed class ToldTests
{
    private const string Rule = """
        id: ID
        title: Keys are rotated
        severity: SEVERITY
        why: because
        fix: change it
        resource: kms-key
        require: { rotation: true }
        message: "no: {reason}"
        """;

    private static Report Judged()
    {
        (string Id, string Severity)[] own = [("one", "note"), ("two", "error"), ("three", "warning")];
        var rules = RuleSetReader.Read(
            [
                .. RuleFile.Shipped().Where(f => f.IsKind),
                .. own.Select(r => new RuleFile($"rules/{r.Id}.yaml", Rule.Replace("ID", r.Id, StringComparison.Ordinal).Replace("SEVERITY", r.Severity, StringComparison.Ordinal))),
            ], []);
        const string Template = """
            Parameters: { Rotate: { Type: String } }
            Resources:
              A: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: !Ref Rotate } }
              B: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: !Ref Rotate } }
              C: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: false } }
            """;
        return Linter.Run([new Input("a.yaml", Named: true, () => Encoding.UTF8.GetBytes(Template))], rules, Deployment.Unsaid);
    }

    [Fact]
    public void Unknowns_of_one_resource_for_one_reason_are_told_by_the_gravest_rule_with_the_others_named()
    {
        var text = string.Concat(TextReport.Write(Judged(), verbose: false).Select(p => p.Text));
        Assert.Equal(2, text.Split("cannot tell for ").Length - 1);
        Assert.Equal(2, text.Split("also: for the same reason nothing can be told by one, three\n").Length - 1);
        Assert.Equal(3, text.Split("no: ").Length - 1);
        Assert.Contains("3 findings (1 at or above the threshold), 6 unknowns", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_rules_a_few_are_named() => Assert.Equal(
        "for the same reason nothing can be told by a, b, c, d and 2 other rules", new Told(Judged().Findings.First(f => f.IsOpen), ["a", "b", "c", "d", "e", "f"]).Also);

    [Fact]
    public void Accesses_that_are_refused_for_one_reason_at_one_place_are_told_once()
    {
        string[] own = ["read", "write"];
        var rules = RuleSetReader.Read(
            [
                .. RuleFile.Shipped().Where(f => f.IsKind),
                .. own.Select(id => new RuleFile($"rules/{id}.yaml", $"id: {id}\ntitle: Everybody gets in\nwhy: because\nfix: change it\nresource: s3-bucket\nmessage: \"{id} is refused: {{reason}}\"\nrequire: {{ access: {{ who: anonymous, may: s3:{(id == "read" ? "GetObject" : "PutObject")}, on: \"{{resource.arn}}/*\" }} }}\n")),
            ], []);
        var report = Linter.Run([new Input("a.yaml", Named: true, () => Encoding.UTF8.GetBytes("Resources: { B: { Type: AWS::S3::Bucket } }"))], rules, Deployment.Unsaid);
        Assert.Equal(2, report.Findings.Length);
        Assert.Equal("write fails for the same reason", Assert.Single(Told.Of(report)).Also);
    }

    [Fact]
    public void Other_failures_are_told_each() => Assert.Equal(3, Told.Of(Judged()).Count(t => !t.Finding.IsOpen && t.Others.IsEmpty));

    [Fact]
    public void GitHub_shows_them_as_one_annotation()
    {
        var lines = GithubReport.Write(Judged()).Split('\n').Where(l => l.StartsWith("::", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, lines.Count);
        Assert.Equal(2, lines.Count(l => l.Contains("[two]", StringComparison.Ordinal) && l.EndsWith("; for the same reason nothing can be told by one, three", StringComparison.Ordinal)));
    }
}
