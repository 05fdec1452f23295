using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

public class RefusalsTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private const string Template = """
        Resources:
          Deploy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Action: s3:ListBucket
                    Resource: "*"
                    Condition:
                      StringEqual: { s3:prefix: home }
        """;

    private static Report Run(string template, Func<Rule, bool> keep) => Linter.Run(
        [new Input("a.yaml", Named: true, () => Encoding.UTF8.GetBytes(template))], Shipped with { Entries = [.. Shipped.Entries.Where(e => keep(e.Rule))] }, Deployment.Unsaid);

    [Fact]
    public void A_refusal_that_a_rule_looks_for_is_a_finding_at_its_place_and_no_problem()
    {
        var report = Run(Template, _ => true);
        Assert.Empty(report.Problems);
        var finding = Assert.Single(report.Findings, f => f.Rule.Id == "policy-unknown-operator");
        Assert.Equal(12, finding.Location.Line);
    }

    [Fact]
    public void Without_the_rule_it_stays_a_problem()
    {
        var report = Run(Template, r => r.Id != "policy-unknown-operator");
        var problem = Assert.Single(report.Problems);
        Assert.Equal((12, "unknown condition operator `StringEqual`"), (problem.Location.Line, problem.Message));
        Assert.Equal("did you mean `StringEquals`?", problem.Help);
    }

    [Fact]
    public void What_leaves_the_whole_policy_unread_is_a_problem_whatever_rules_there_are()
    {
        var report = Run(Template.Replace("Statement:", "Statements:", StringComparison.Ordinal), _ => true);
        Assert.Contains(report.Problems, p => p.Message == "the policy has no `Statement`");
    }

    [Fact]
    public void A_fault_that_depends_on_a_condition_is_unknown()
    {
        var report = Run("Parameters: { Old: { Type: String } }\nConditions: { IsOld: !Equals [!Ref Old, 'yes'] }\n" + Template.Replace("StringEqual: { s3:prefix: home }", "StringEquals: { s3:prefix: home }", StringComparison.Ordinal)
            .Replace("Action: s3:ListBucket", "Action: !If [IsOld, s3:ListBuckt, s3:ListBucket]", StringComparison.Ordinal), r => r.Id == "policy-unknown-action");
        Assert.Empty(report.Problems);
        Assert.True(Assert.Single(report.Findings).IsOpen);
    }
}
