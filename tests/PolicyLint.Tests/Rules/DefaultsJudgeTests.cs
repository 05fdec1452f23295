using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Rules;

/// <summary>What a parameter's default decides, and what it may not (semantics 8.1).</summary>
public sealed class DefaultsJudgeTests
{
    private static readonly string Rule = RuleText.With("require: { text: a }");

    private static string Template(string parameters, string properties, string resources = "") => $$"""
        Parameters: { {{parameters}} }
        Conditions: { IsProd: !Equals [!Ref P, prod], HasNone: !Equals [!Ref P, ""] }
        Mappings: { Map: { dev: { text: a, on: true, many: [a, b] }, prod: { text: b, on: false, many: [c] } } }
        Resources:
          It: { Type: AWS::Test::Thing, Properties: { {{properties}} } }
        {{resources}}
        """;

    [Theory]
    [InlineData("a", "pass")]
    [InlineData("b", "fail: with the default of parameter `P`, `b`: it is wrong: `text` is `b`")]
    public void A_default_decides_what_stays_unknown_without_it(string text, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(Rule, Template($"P: {{ Type: String, Default: {text} }}", "Text: !Ref P")));

    [Theory]
    [InlineData("Type: String")]
    [InlineData("Type: String, NoEcho: true, Default: a")]
    [InlineData("Type: AWS::SSM::Parameter::Value<String>, Default: a")]
    public void A_secret_a_stored_parameter_and_one_without_default_stay_unknown(string declared) =>
        Assert.Equal("unknown", RuleText.Verdict(Rule, Template($"P: {{ {declared} }}", "Text: !Ref P")).Split(':')[0]);

    [Theory]
    [InlineData("!If [IsProd, b, a]", "unknown: cannot tell for It whether things are right: `text` is `b`, when P is `prod`; it holds with the default of parameter `P`, `dev`")]
    [InlineData("!If [IsProd, a, b]", "fail: with the default of parameter `P`, `dev`: it is wrong: `text` is `b`")]
    [InlineData("!If [IsProd, !Ref Q, a]", "pass")]
    [InlineData("!If [HasNone, a, !Ref Q]", "unknown: cannot tell for It whether things are right: `text` is `⟨Q⟩`, which is not fully known here")]
    public void A_failure_with_another_value_of_the_parameter_is_told_still(string text, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(Rule, Template("P: { Type: String, Default: dev }, Q: { Type: String }", $"Text: {text}")));

    [Fact]
    public void Only_the_defaults_that_matter_are_named()
    {
        var parameters = "P: { Type: String, Default: x }, Q: { Type: String, Default: b }, S: { Type: String, Default: y }";
        Assert.StartsWith("fail: with the default of parameter `Q`, `b`: ", RuleText.Verdict(Rule, Template(parameters, "Text: !Ref Q, Other: !Ref P, Mode: !Ref S")), StringComparison.Ordinal);
        Assert.StartsWith("fail: with the defaults of parameter `P`, `x`, and of parameter `Q`, `b`: ", RuleText.Verdict(RuleText.With("require: { not: { text: xb } }"), Template(parameters, "Text: !Sub \"${P}${Q}\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text: !FindInMap [Map, !Ref P, text]", "pass")]
    [InlineData("Text: !Sub [\"${T}\", { T: !FindInMap [Map, !Ref P, text] }]", "pass")]
    [InlineData("Text: !Select [1, !Split [\"-\", !Sub \"x-${D}\"]]", "pass")]
    [InlineData("Text: !Select [0, !FindInMap [Map, !Ref P, many]]", "pass")]
    [InlineData("Text: !Select [1, !Ref L]", "pass")]
    [InlineData("Text: !Select [0, !Ref L]", "fail")]
    [InlineData("Text: !Join [\"\", [!Select [1, !Ref L]]]", "pass")]
    [InlineData("Text: !Select [!Ref N, [b, a]]", "pass")]
    [InlineData("Text: !If [IsProd, !Ref Q, !Ref D]", "pass")]
    public void Defaults_go_through_functions(string properties, string expected) => Assert.Equal(expected, RuleText.Verdict(Rule, Template(
        "P: { Type: String, Default: dev }, D: { Type: String, Default: a }, N: { Type: Number, Default: 1 }, Q: { Type: String }, L: { Type: CommaDelimitedList, Default: \"b, a\" }", properties)).Split(':')[0]);

    [Fact]
    public void Each_item_of_a_default_list_is_judged() => Assert.Equal(
        "fail: with the default of parameter `L`, `a,b`: it is wrong: `i` is `b`",
        RuleText.Verdict(RuleText.With("each: \"items[*] as i\"\nrequire: { i: a }"), Template("P: { Type: String }, L: { Type: CommaDelimitedList, Default: \"a,b\" }", "Items: !Ref L")));

    [Theory]
    [InlineData("Name: it", "!Ref P", "pass")]
    [InlineData("Name: !Ref P", "!Ref D", "pass")]
    [InlineData("Name: other", "!Ref P", "unknown")]
    public void A_resource_is_known_by_a_default_name(string name, string partner, string expected) => Assert.Equal(expected, RuleText.Verdict(
        RuleText.With("where: { exists: partner }\nbind: { partner: { follow: partner, kind: thing } }\nrequire: { partner.text: a }"),
        Template("P: { Type: String, Default: it }, D: { Type: String, Default: it }, S: { Type: String, Default: x }", $"{name}, Text: a", $"  Two: {{ Type: AWS::Test::Thing, Properties: {{ Partner: {partner} }} }}")).Split(':')[0]);

    [Fact]
    public void A_given_value_comes_before_the_default()
    {
        var given = Deployment.Unsaid with { Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["P"] = "a" } };
        var report = RuleText.Judge(Rule, Template("P: { Type: String, Default: b }", "Text: !Ref P"), given);
        Assert.Empty(report.Findings);
        Assert.Empty(report.Assumed);
    }

    [Fact]
    public void A_pass_by_default_is_recorded_and_unknown_in_strict_mode()
    {
        var template = Template("P: { Type: String, Default: a }", "Text: !Ref P");
        var report = RuleText.Judge(Rule, template);
        Assert.Equal(1, report.Counts.Passed);
        Assert.Equal("parameter `P`, `a` 1", string.Join("; ", report.Assumed.Select(a => $"{a.Default} {a.Verdicts}")));
        var finding = Assert.Single(RuleText.Judge(Rule, template, Deployment.Unsaid with { Strict = true }).Findings);
        Assert.Equal((true, "`text` is `⟨P⟩`, which is not fully known here; it holds with the default of parameter `P`, `a`"), (finding.IsOpen, finding.Reason));
    }

    [Fact]
    public void What_fails_by_default_fails_in_strict_mode_too() => Assert.False(
        Assert.Single(RuleText.Judge(Rule, Template("P: { Type: String, Default: b }", "Text: !Ref P"), Deployment.Unsaid with { Strict = true }).Findings).IsOpen);

    [Fact]
    public void What_the_default_leaves_out_stays_unknown() => Assert.StartsWith("unknown", RuleText.Verdict(
        Rule, Template("P: { Type: String, Default: dev }, Q: { Type: String }", "Text: a", "  Two: { Type: AWS::Test::Thing, Condition: IsProd, Properties: { Text: !Ref Q } }")), StringComparison.Ordinal);

    [Theory]
    [InlineData("P: { Type: String, Default: \"\" }", "Text: !Ref P")]
    [InlineData("P: { Type: String, Default: \"\" }", "Text: !Join [\"\", [!Ref P, !Ref P]]")]
    [InlineData("P: { Type: CommaDelimitedList, Default: \"\" }", "Text: !Select [0, !Ref P]")]
    [InlineData("P: { Type: String, Default: \"\" }", "Text: !Select [0, !Split [\",\", !Ref P]]")]
    public void An_empty_default_in_a_text_fails_nothing_because_another_value_would_be_given(string parameter, string properties) =>
        Assert.StartsWith("unknown: ", RuleText.Verdict(Rule, Template(parameter, properties)), StringComparison.Ordinal);

    [Fact]
    public void What_stays_unknown_says_that_the_default_is_empty() => Assert.Equal(
        "unknown: cannot tell for It whether things are right: `text` is `⟨P⟩`, which is not fully known here; parameter `P` is empty by default, which counts as not given here",
        RuleText.Verdict(Rule, Template("P: { Type: String, Default: \"\" }", "Text: !Ref P")));

    [Theory]
    [InlineData("!If [HasNone, b, a]", "fail: with the default of parameter `P`, ``: it is wrong: `text` is `b`")]
    [InlineData("!If [HasNone, !Ref D, a]", "fail: with the defaults of parameter `D`, `b`, and of parameter `P`, ``: it is wrong: `text` is `b`")]
    [InlineData("!If [HasNone, a, !Ref P]", "pass")]
    [InlineData("!If [HasNone, a, b]", "unknown: cannot tell for It whether things are right: `text` is `b`, when P is not ``; it holds with the default of parameter `P`, ``")]
    public void An_empty_default_decides_the_conditions_that_ask_for_it(string text, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(Rule, Template("P: { Type: String, Default: \"\" }, D: { Type: String, Default: b }", $"Text: {text}")));

    [Fact]
    public void An_empty_default_that_is_right_passes() =>
        Assert.Equal("pass", RuleText.Verdict(RuleText.With("require: { text: { startsWith: x- } }"), Template("P: { Type: String, Default: \"\" }", "Text: !Sub \"${P}x-a\"")));
}
