using PolicyLint.Engine.Documents;
using PolicyLint.Tests.Reports;

namespace PolicyLint.Tests.Findings;

public sealed class SuppressionsTest
{
    private const string Template = """
        Resources:
          Admin:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: "*"
                    Resource: "*"
        """;

    [Theory]
    [InlineData("- Effect: Allow", "- Effect: Allow # policylint:ignore no-star a sandbox")]
    [InlineData("          - Effect", "          # policylint:ignore no-star a sandbox\n          - Effect")]
    [InlineData("          - Effect", "          # policylint:ignore no-star a sandbox\n          # policylint:ignore other why not\n          - Effect")]
    [InlineData("Admin:", "Admin: # policylint:ignore no-star a sandbox")]
    [InlineData("  Admin:", "  # policylint:ignore no-star a sandbox\n  Admin:")]
    [InlineData("    Properties:", "    Metadata: { PolicyLint: { ignore: { no-star: a sandbox } } }\n    Properties:")]
    public void A_reason_silences_the_finding(string where, string with)
    {
        var report = Runs.Of(("a.yaml", Template.Replace(where, with, StringComparison.Ordinal)));
        Assert.Empty(report.Findings);
        Assert.Empty(report.Problems);
        Assert.Equal(1, report.Counts.Suppressed);
    }

    [Theory]
    [InlineData("- Effect: Allow", "- Effect: Allow # policylint:ignore other-rule a sandbox")]
    [InlineData("Statement:", "Statement: # policylint:ignore no-star too far up")]
    [InlineData("Action: \"*\"", "Action: \"*\" # policylint:ignore no-star below")]
    [InlineData("    Properties:", "    Metadata: { PolicyLint: { ignore: { other-rule: a sandbox } } }\n    Properties:")]
    [InlineData("- Effect: Allow", "- Effect: Allow\n            Sid: policylint:ignore no-star no comment")]
    public void Another_rule_or_another_line_silences_nothing(string where, string with)
    {
        var report = Runs.Of(("a.yaml", Template.Replace(where, with, StringComparison.Ordinal)));
        Assert.Single(report.Findings);
        Assert.Equal(0, report.Counts.Suppressed);
    }

    [Theory]
    [InlineData("- Effect: Allow", "- Effect: Allow # policylint:ignore no-star", "7:29", "a suppression needs a rule and a reason", "write `# policylint:ignore RULE why it is right here`")]
    [InlineData("- Effect: Allow", "- Effect: Allow # policylint:ignore", "7:29", "a suppression needs a rule and a reason", "write `# policylint:ignore RULE why it is right here`")]
    [InlineData("    Properties:", "    Metadata: { PolicyLint: { ignore: { no-star: } } }\n    Properties:", "4:41", "a suppression needs a reason", "write `no-star: why it is right here`")]
    [InlineData("    Properties:", "    Metadata: { PolicyLint: { ignore: no-star } }\n    Properties:", "4:29", "`PolicyLint` in a resource's metadata holds `ignore`, a map of rules and reasons", "write `PolicyLint: { ignore: { RULE: why it is right here } }`")]
    [InlineData("    Properties:", "    Metadata: { PolicyLint: { ignroe: { no-star: x } } }\n    Properties:", "4:29", "`PolicyLint` in a resource's metadata holds `ignore`, a map of rules and reasons", "write `PolicyLint: { ignore: { RULE: why it is right here } }`")]
    public void Without_a_reason_it_is_a_problem_and_silences_nothing(string where, string with, string place, string message, string help)
    {
        var report = Runs.Of(("a.yaml", Template.Replace(where, with, StringComparison.Ordinal)));
        Assert.Single(report.Findings);
        var problem = Assert.Single(report.Problems);
        Assert.Equal((place, message, help), ($"{problem.Location.Line}:{problem.Location.Column}", problem.Message, problem.Help));
        Assert.Equal(3, report.ExitCode);
    }

    [Fact]
    public void Only_the_file_that_says_so_is_meant()
    {
        var silenced = Template.Replace("Admin:", "Admin: # policylint:ignore no-star a sandbox", StringComparison.Ordinal);
        Assert.Equal("b.yaml", Assert.Single(Runs.Of(("a.yaml", silenced), ("b.yaml", Template)).Findings).Location.File);
    }

    [Fact]
    public void Findings_stand_in_the_order_of_file_and_line_each_once()
    {
        var report = Runs.Of(("b.yaml", Template), ("a.yaml", Runs.Site), ("a/a.yaml", Template));
        Assert.Equal(report.Findings.Select(f => f.Location).Order(), report.Findings.Select(f => f.Location));
        Assert.Equal(report.Findings.Length, report.Findings.Select(f => f.Fingerprint).Distinct().Count());
        Assert.Equal(new Location("a/a.yaml", 7, 13), report.Findings.Single(f => f.Location.File == "a/a.yaml").Location with { Length = 0 });
    }
}
