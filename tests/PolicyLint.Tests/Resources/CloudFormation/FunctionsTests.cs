using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Functions of which not all arguments are known: what they give is known all the same, or a symbol that equals itself.</summary>
public sealed class FunctionsTests
{
    private static string Template(string properties) => $$"""
        Parameters: { P: { Type: String }, Q: { Type: String } }
        Conditions: { IsOn: !Equals [!Ref P, on] }
        Mappings: { Map: { a: { x: one }, b: { x: one, y: two } } }
        Resources:
          It: { Type: AWS::Test::Thing, Properties: { {{properties}} } }
        """;

    [Theory]
    [InlineData("!Base64 abc", "YWJj")]
    [InlineData("!Select [1, !Cidr [10.0.0.0/16, 4, 8]]", "10.0.1.0/24")]
    [InlineData("!Select [3, !Cidr [192.168.0.0/24, 6, 5]]", "192.168.0.96/27")]
    [InlineData("!Select [0, !Split [\":\", !Sub \"abc:${P}\"]]", "abc")]
    [InlineData("!Select [1, !Split [\"/\", !Sub \"a/b/${P}\"]]", "b")]
    [InlineData("!FindInMap [Map, a, y, { DefaultValue: zero }]", "zero")]
    [InlineData("!FindInMap [None, a, y, { DefaultValue: zero }]", "zero")]
    [InlineData("!FindInMap [Map, b, y, { DefaultValue: zero }]", "two")]
    [InlineData("!FindInMap [Map, !Ref P, x, { DefaultValue: one }]", "one")]
    public void What_is_known_in_spite_of_it(string function, string text) =>
        Assert.Equal("pass", RuleText.Verdict(RuleText.With($"require: {{ text: \"{text}\" }}"), Template($"Text: {function}")));

    [Theory]
    [InlineData("{ 'Fn::Base64': {0} }")]
    [InlineData("!Select [2, !Cidr [{0}, 4, 8]]")]
    [InlineData("!Select [0, { 'Fn::GetAZs': {0} }]")]
    [InlineData("!Select [1, !Split [\"-\", {0}]]")]
    public void A_symbol_equals_itself_and_may_equal_others(string function)
    {
        var (one, other) = (function.Replace("{0}", "!Ref P", StringComparison.Ordinal), function.Replace("{0}", "!Ref Q", StringComparison.Ordinal));
        var rule = RuleText.With("require: { text: \"{other}\" }");
        Assert.Equal("pass", RuleText.Verdict(rule, Template($"Text: {one}, Other: {one}")));
        Assert.StartsWith("unknown", RuleText.Verdict(rule, Template($"Text: {one}, Other: {other}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a, b]", "pass")]
    [InlineData("[a, !Ref AWS::NoValue, b]", "pass")]
    [InlineData("[a, b, !If [IsOn, c, !Ref AWS::NoValue]]", "unknown")]
    [InlineData("!If [IsOn, [a, b], [c, d]]", "pass")]
    [InlineData("!Cidr [!Ref P, 2, 8]", "pass")]
    public void A_list_has_as_many_items_as_are_there(string list, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(RuleText.With("require: { size: { equals: 2 } }"), Template($"Size: {{ Fn::Length: {list} }}")).Split(':')[0]);
}
