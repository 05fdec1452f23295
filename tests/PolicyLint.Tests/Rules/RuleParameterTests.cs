using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>What a project may set for a rule.</summary>
public sealed class RuleParameterTests
{
    private const string Parameters = "parameters: { trusted: { default: [a], about: Whom. }, one: { default: b, about: One. } }";

    [Theory]
    [InlineData("parameters: { trusted: [a] }", "parameter `trusted` must be a map | write `{ default: VALUE, about: TEXT }`")]
    [InlineData("parameters: { trusted: { default: [a] } }", "parameter `trusted` needs `about` | add `about:`")]
    [InlineData("parameters: { trusted: { about: x } }", "parameter `trusted` needs `default` | add `default:`")]
    [InlineData("parameters: { trusted: { default: [a], about: x } }\nrequire: { text: \"{parameters.trustd}\" }", "unknown field `trustd` in `parameters.trustd`, expected `trusted` | did you mean `trusted`?")]
    public void What_is_no_parameter_is_a_problem(string lines, string problem) =>
        Assert.Contains(RuleText.ProblemsOf(RuleText.With(lines)), p => p.EndsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("trusted: c", "c | b")]
    [InlineData("trusted: [c, d]", "c, d | b")]
    [InlineData("trusted: []", " | b")]
    [InlineData("one: c", "a | c")]
    [InlineData("one: [c]", "a | b: parameter `one` must be a text")]
    [InlineData("trusted: [[c]]", "a | b: parameter `trusted` must be a text or a list of texts")]
    [InlineData("trustd: c", "a | b: rule `a-rule` has no parameter `trustd`, expected `one` or `trusted`")]
    public void What_a_project_sets_takes_the_place_of_defaults(string given, string expected)
    {
        var rule = RuleText.Read(RuleText.With(Parameters), []).Named("a-rule")!;
        var problems = new List<Problem>();
        var set = RuleParameter.Set(rule, ((Node.Map)YamlReader.Read("policylint.yaml", given, []).Single()).Entries, problems);
        var shown = string.Join(" | ", set.Parameters.Select(p => string.Join(", ", p.Values)));
        Assert.Equal(expected, problems.Count == 0 ? shown : $"{shown}: {problems.Single().Message}");
    }
}
