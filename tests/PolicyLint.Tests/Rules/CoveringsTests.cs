using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>Where one rule tells more of the same, the other is silent, and nothing is lost.</summary>
public sealed class CoveringsTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private static string Rule(string id, string lines) => $"id: {id}\ntitle: Keys are right\nwhy: because\nfix: change it\nresource: kms-key\nmessage: wrong\n{lines}\n";

    private static RuleSet Read(List<Problem> problems, params (string Id, string Lines)[] rules) => RuleSetReader.Read(
        [.. RuleFile.Shipped().Where(f => f.IsKind), .. rules.Select(r => new RuleFile($"rules/{r.Id}.yaml", Rule(r.Id, r.Lines)))], problems);

    /// <summary>What is told of a key that is never rotated and has no description, with <c>special</c> covered by <c>general</c>.</summary>
    private static string Told(string general, string special, string properties = "EnableKeyRotation: false")
    {
        var problems = new List<Problem>();
        var rules = Read(problems, ("general", general), ("special", $"covered-by: general\n{special}"));
        Assert.Empty(problems);
        var template = $"Parameters: {{ P: {{ Type: String }} }}\nResources: {{ K: {{ Type: AWS::KMS::Key, Properties: {{ {properties} }} }} }}";
        var report = PolicyLint.Engine.Linter.Run([new Input("t.yaml", Named: true, () => System.Text.Encoding.UTF8.GetBytes(template))], rules, PolicyLint.Engine.Resources.Deployment.Unsaid);
        return string.Join(" ", report.Findings.Select(f => $"{f.Rule.Id}{(f.IsOpen ? "?" : "")}"));
    }

    private const string Fails = "require: { rotation: true }";
    private const string Passes = "require: { rotation: false }";

    [Fact]
    public void The_special_rule_is_silent_where_the_general_one_speaks() => Assert.Equal("general", Told(Fails, Fails));

    [Fact]
    public void It_speaks_where_the_general_one_passes() => Assert.Equal("special", Told(Passes, Fails));

    [Fact]
    public void It_speaks_where_it_is_graver() => Assert.Equal("general special", Told($"severity: note\n{Fails}", Fails));

    [Fact]
    public void An_unknown_covers_no_failure() => Assert.Equal("general? special", Told("require: { policyless: true }".Replace("policyless", "rotation", StringComparison.Ordinal), "require: { missing: rotation }", "EnableKeyRotation: !Ref P"));

    [Fact]
    public void An_unknown_covers_an_unknown() => Assert.Equal("general?", Told(Fails, Fails, "EnableKeyRotation: !Ref P"));

    [Fact]
    public void A_rule_that_is_not_there_is_a_problem()
    {
        var problems = new List<Problem>();
        Read(problems, ("general", Fails), ("special", $"covered-by: genral\n{Fails}"));
        Assert.Equal(("`covered-by` of `special` names the rule `genral`, which does not exist", "did you mean `general`?"), (Assert.Single(problems).Message, problems[0].Help));
    }

    [Fact]
    public void Two_rules_that_cover_each_other_are_a_problem()
    {
        var problems = new List<Problem>();
        Read(problems, ("a", $"covered-by: b\n{Fails}"), ("b", $"covered-by: a\n{Fails}"));
        Assert.Equal(["`a` and `b` are covered by each other, so that neither would tell anything", "`b` and `a` are covered by each other, so that neither would tell anything"], problems.Select(p => p.Message));
    }

    [Fact]
    public void A_shipped_rule_that_covers_another_runs_wherever_that_runs_and_is_as_grave()
    {
        var covered = Shipped.Rules.SelectMany(r => r.CoveredBy.Select(id => (Rule: r, By: Shipped.Named(id)!))).ToList();
        Assert.NotEmpty(covered);
        Assert.All(covered, c => Assert.True(c.By.Profile <= c.Rule.Profile && c.By.Severity >= c.Rule.Severity, $"{c.By.Id} does not cover {c.Rule.Id}"));
    }
}
