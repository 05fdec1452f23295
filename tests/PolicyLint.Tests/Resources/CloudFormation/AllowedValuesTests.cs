using PolicyLint.Engine.Resources;
using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>A parameter with <c>AllowedValues</c> is one of a few texts: what holds for all of them is certain, and what does not
/// says for which it fails.</summary>
public sealed class AllowedValuesTests
{
    private static string Template(string parameter, string properties = "Text: !Ref P") => $$"""
        Parameters: { P: { {{parameter}} }, Q: { Type: String, AllowedValues: [x, y] } }
        Resources:
          It: { Type: AWS::Test::Thing, Properties: { {{properties}} } }
        """;

    [Theory]
    [InlineData("Type: String, AllowedValues: [one, two]", "pass")]
    [InlineData("Type: String, AllowedValues: [one]", "pass")]
    [InlineData("Type: String, AllowedValues: [three, four]", "fail: it is wrong: `text` is `⟨P⟩`")]
    [InlineData("Type: String, AllowedValues: [three]", "fail: it is wrong: `text` is `three`")]
    [InlineData("Type: String, AllowedValues: [one, three]", "unknown: cannot tell for It whether things are right: `text` is `three`, when P is `three`")]
    [InlineData("Type: String, Default: one, AllowedValues: [one, three]", "pass")]
    [InlineData("Type: String, Default: three, AllowedValues: [one, three]", "fail: with the default of parameter `P`, `three`: it is wrong: `text` is `three`")]
    [InlineData("Type: AWS::SSM::Parameter::Value<String>, AllowedValues: [one, two]", "unknown: cannot tell for It whether things are right: `text` is `⟨P⟩`, which is not fully known here")]
    public void A_text_is_one_of_them(string parameter, string verdict) =>
        Assert.Equal(verdict, RuleText.Verdict(RuleText.With("require: { text: { in: [one, two] } }"), Template(parameter)));

    [Theory]
    [InlineData("Text: !Sub '${P}-${Q}'", "^(one|two)-[xy]$", "pass")]
    [InlineData("Text: !Sub '${P}-${Q}'", "^(one|two)-x$", "unknown: cannot tell for It whether things are right: `text` is `one-y`, when P is `one` and Q is `y`")]
    [InlineData("Text: !Join ['-', [!Ref P, b]]", "^[a-z]+-b$", "pass")]
    public void A_part_of_a_text_is_one_of_them(string properties, string form, string verdict) =>
        Assert.Equal(verdict, RuleText.Verdict(RuleText.With($"require: {{ text: {{ matches: \"{form}\" }} }}"), Template("Type: String, AllowedValues: [one, two]", properties)));

    [Theory]
    [InlineData("Type: String, AllowedValues: [one, two]", "one", "")]
    [InlineData("Type: String, AllowedValues: [one, two]", "three", "t.yaml:1:49: parameter `P` is given `three`, which is not one of its `AllowedValues`")]
    [InlineData("Type: CommaDelimitedList, AllowedValues: [one, two]", "two, one", "")]
    [InlineData("Type: CommaDelimitedList, AllowedValues: [one, two]", "one,three", "t.yaml:1:61: parameter `P` is given `three`, which is not one of its `AllowedValues`")]
    [InlineData("Type: String", "three", "")]
    public void What_is_given_is_one_of_them(string parameter, string given, string problem)
    {
        var deployment = Deployment.Unsaid with { Parameters = new Dictionary<string, string> { ["P"] = given } };
        Assert.Equal(problem, Scanned.Told(Scanned.Run([Scanned.InputOf("t.yaml", Template(parameter))], [], deployment)));
    }

    [Fact]
    public void A_stored_parameter_is_given_its_name_and_not_its_value()
    {
        var deployment = Deployment.Unsaid with { Parameters = new Dictionary<string, string> { ["P"] = "one" } };
        var report = RuleText.Judge(RuleText.With("require: { text: one }"), Template("Type: AWS::SSM::Parameter::Value<String>"), deployment);
        Assert.True(Assert.Single(report.Findings).IsOpen);
    }

    [Fact]
    public void What_is_not_known_for_another_reason_is_told_as_it_is_written()
    {
        var template = Template("Type: String, AllowedValues: [one, two]", "Text: !Sub '${P}-${AWS::StackName}'");
        Assert.Equal("unknown: cannot tell for It whether things are right: `text` is `⟨P⟩-⟨AWS::StackName⟩`, which is not fully known here",
            RuleText.Verdict(RuleText.With("require: { text: { matches: \"^one-a$\" } }"), template));
    }

    [Fact]
    public void More_values_than_are_tried_are_said()
    {
        var many = string.Join(", ", Enumerable.Range(0, 65).Select(i => $"v{i}"));
        var verdict = RuleText.Verdict(RuleText.With("require: { text: { matches: \"^v\" } }"), Template($"Type: String, AllowedValues: [{many}]"));
        Assert.Equal("unknown: cannot tell for It whether things are right: `text` is `⟨P⟩`, which is not fully known here; `P` has 65 allowed values, and not all are tried", verdict);
    }

    [Fact]
    public void More_conditions_than_are_tried_are_said()
    {
        var names = Enumerable.Range(0, 7).Select(i => $"P{i}").ToList();
        var template = $$"""
            Parameters: { {{string.Join(", ", names.Select(n => $"{n}: {{ Type: String }}"))}} }
            Conditions: { {{string.Join(", ", names.Select(n => $"C{n}: !Equals [!Ref {n}, x]"))}} }
            Resources:
              It: { Type: AWS::Test::Thing, Properties: { Items: [{{string.Join(", ", names.Select(n => $"!If [C{n}, a, b]"))}}] } }
            """;
        var verdict = RuleText.Verdict(RuleText.With("require: { items: { contains: c } }"), template);
        Assert.EndsWith("; more than 6 conditions decide it, and no more are tried", verdict, StringComparison.Ordinal);
    }
}
