using PolicyLint.Engine;
using PolicyLint.Engine.Rules;
using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests;

public sealed class RuleTesterTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped(), []);

    public static TheoryData<string> Rules => [.. RuleFile.Shipped().Where(f => !f.IsKind).Select(f => f.Path)];

    [Theory, MemberData(nameof(Rules))]
    public void The_examples_of_a_shipped_rule_come_as_they_say(string path) =>
        Assert.Equal([], RuleTester.Run(FileOf(path), Shipped).Where(r => r.Failure.Length > 0).Select(r => $"{r.Example.Location}: {r.Example.Title} ({r.Format}): {r.Failure}"));

    [Theory, MemberData(nameof(Rules))]
    public void A_shipped_rule_shows_what_is_bad_and_what_is_good(string path)
    {
        var shown = RuleTester.Run(FileOf(path), Shipped).Select(r => r.Example.Expectation).ToHashSet();
        Assert.Superset(new HashSet<Expectation> { Expectation.Bad, Expectation.Good }, shown);
    }

    /// <summary>Examples are tests that can fail: each mark is moved to the next line, which must be noticed.</summary>
    [Theory, MemberData(nameof(Rules))]
    public void A_mark_on_another_line_fails(string path)
    {
        var lines = FileOf(path).Text.Split('\n');
        var marked = Enumerable.Range(0, lines.Length).Where(i => lines[i].EndsWith(Example.Mark, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(marked);
        foreach (var i in marked)
        {
            var moved = lines.ToArray();
            moved[i] = moved[i][..^Example.Mark.Length].TrimEnd();
            moved[i - 1] += $" {Example.Mark}";
            var failures = RuleTester.Run(new RuleFile(path, string.Join('\n', moved)), Shipped).Where(r => r.Failure.Length > 0).ToList();
            Assert.True(failures.Count == 1, $"line {i + 1}: {failures.Count} failures");
            Assert.Contains(" on line ", failures[0].Failure, StringComparison.Ordinal);
        }
    }

    /// <summary>A good example that is called bad fails, and a bad one that is called good or unknown.</summary>
    [Theory, MemberData(nameof(Rules))]
    public void An_example_called_what_it_is_not_fails(string path)
    {
        var text = FileOf(path).Text;
        foreach (var (from, to) in new[] { ("good", "bad"), ("bad", "good"), ("bad", "unknown"), ("good", "unknown") })
        {
            var called = new RuleFile(path, text.Replace($"\n  - {from}: ", $"\n  - {to}: ", StringComparison.Ordinal));
            var wrong = RuleTester.Run(FileOf(path), Shipped).Count(r => r.Example.Expectation.ToString() == char.ToUpperInvariant(from[0]) + from[1..]);
            Assert.Equal(wrong, RuleTester.Run(called, Shipped).Count(r => r.Failure.Length > 0));
        }
    }

    [Theory]
    [InlineData("- { bad: a, cloudformation: 'Resources: { It: { Type: AWS::Test::Thing, Properties: { Text: a } } }' }", "expected a finding, found none")]
    [InlineData("- { good: a, cloudformation: 'Resources: { It: { Type: AWS::Test::Thing } }' }", "expected no finding, found line 1: it is wrong: `text` is not set")]
    [InlineData("- { good: a, cloudformation: 'Resources: { It: { Type: AWS::SQS::Queue } }' }", "expected a pass, but the rule applies to nothing here")]
    [InlineData("- { unknown: a, cloudformation: 'Resources: { It: { Type: AWS::Test::Thing, Properties: { Text: a } } }' }", "expected an unknown, found none")]
    [InlineData("- { bad: a, cloudformation: 'Resources: {' }", "the template cannot be read: broken YAML: while parsing a node, did not find expected node content")]
    public void What_came_instead_is_told(string example, string failure)
    {
        var text = RuleText.With($"require: {{ exists: text }}\nexamples:\n  {example}");
        var result = Assert.Single(RuleTester.Run(new RuleFile("rules/a-rule.yaml", text), RuleText.Read(text, [])));
        Assert.Equal(failure, result.Failure);
    }

    private static RuleFile FileOf(string path) => RuleFile.Shipped().Single(f => f.Path == path);
}
