using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Functions of which not all arguments are known: what they give is known all the same, or a symbol that equals itself.</summary>
public sealed class FunctionsTests
{
    private static string Template(string properties) => $$"""
        Parameters: { P: { Type: String }, Q: { Type: String }, L: { Type: "List<AWS::EC2::Subnet::Id>" }, M: { Type: CommaDelimitedList }, D: { Type: CommaDelimitedList, Default: "a, b" }, S: { Type: AWS::SSM::Parameter::Value<String>, Default: /a/b } }
        Conditions: { IsOn: !Equals [!Ref P, on] }
        Mappings: { Map: { a: { x: one }, b: { x: one, y: two } }, Lists: { a: { x: [one, two] }, b: { x: [one, three] } } }
        Resources:
          It: { Type: AWS::Test::Thing, Properties: { {{properties}} } }
        """;

    [Theory]
    [InlineData("!Base64 abc", "YWJj")]
    [InlineData("!Select [1, !Cidr [10.0.0.0/16, 4, 8]]", "10.0.1.0/24")]
    [InlineData("!Select [3, !Cidr [192.168.0.0/24, 6, 5]]", "192.168.0.96/27")]
    [InlineData("!Select [0, !Split [\":\", !Sub \"abc:${P}\"]]", "abc")]
    [InlineData("!Select [1, !Split [\"/\", !Sub \"a/b/${P}\"]]", "b")]
    [InlineData("!Select [1, !Ref D]", "b")]
    [InlineData("!Join ['-', !Ref D]", "a-b")]
    [InlineData("!If [IsOn, !Equals [a, a], !Not [!Equals [a, b]]]", "true")]
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
    [InlineData("!Join [\"|\", !Split [\"-\", {0}]]")]
    [InlineData("!Select [0, !FindInMap [Lists, {0}, x]]")]
    [InlineData("!Join [\"\", [\"{{resolve:ssm:\", {0}, \":1}}\"]]")]
    [InlineData("{ 'Fn::GetStackOutput': { StackName: {0}, OutputName: Bucket } }")]
    [InlineData("{ 'Fn::Base64': { 'Fn::Join': [\"\", [{0}, !If [IsOn, a, b]]] } }")]
    public void A_symbol_equals_itself_and_may_equal_others(string function)
    {
        var (one, other) = (function.Replace("{0}", "!Ref P", StringComparison.Ordinal), function.Replace("{0}", "!Ref Q", StringComparison.Ordinal));
        var rule = RuleText.With("require: { text: \"{other}\" }");
        Assert.Equal("pass", RuleText.Verdict(rule, Template($"Text: {one}, Other: {one}")));
        Assert.StartsWith("unknown", RuleText.Verdict(rule, Template($"Text: {one}, Other: {other}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!Select [0, !Ref L]", "!Select [0, !Ref L]", "!Select [1, !Ref L]")]
    [InlineData("!Join [a, !Ref L]", "!Join [a, !Ref L]", "!Join [a, !Ref M]")]
    [InlineData("!Select [0, !GetAtt Other.List]", "!Select [0, !GetAtt Other.List]", "!Select [0, !GetAtt Other.Lost]")]
    [InlineData("!Select [0, !GetAZs '']", "!Select [0, { 'Fn::GetAZs': !Ref AWS::Region }]", "!Select [0, !GetAZs eu-west-1]")]
    [InlineData("'a {{resolve:ssm:x}} b'", "!Sub 'a {{resolve:ssm:x}} b'", "'a {{resolve:ssm:y}} b'")]
    [InlineData("'{{resolve:secretsmanager:x:SecretString:k}}'", "!Join ['', ['{{resolve:', 'secretsmanager:x:SecretString:k}}']]", "'{{resolve:secretsmanager:x}}'")]
    [InlineData("!Ref S", "!Ref S", "/a/b")]
    public void What_only_the_deploy_knows_is_the_same_wherever_it_is_meant(string one, string same, string other)
    {
        var rule = RuleText.With("require: { text: \"{other}\" }");
        string Of(string text) => $"{Template($"Text: {one}, Other: {text}")}\n  Other: {{ Type: AWS::Test::Other }}\n";
        Assert.Equal("pass", RuleText.Verdict(rule, Of(same)));
        Assert.StartsWith("unknown", RuleText.Verdict(rule, Of(other)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!Ref L", "parameter `L` is a list whose items are not known here")]
    [InlineData("!GetAZs ''", "the availability zones of a region are known only at the deploy")]
    [InlineData("{ 'Fn::Transform': { Name: Mine, Parameters: { A: b } } }", "nobody knows what macro `Mine` makes of it")]
    [InlineData("{ 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://a/b.yaml } } }", "what `AWS::Include` brings in is no local file")]
    [InlineData("{ 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: no.yaml } } }", "`no.yaml`, which `Fn::Transform` includes, cannot be read")]
    [InlineData("!FindInMap [Lists, !Ref P, x]", "it depends on the keys of map `Lists`")]
    [InlineData("!Split [',', !Ref P]", "`⟨P⟩` is split, and nobody knows where it has `,`")]
    public void What_is_unknown_says_why(string function, string why) =>
        Assert.Equal($"unknown: cannot tell for It whether things are right: {why}", RuleText.Verdict(RuleText.With("require: { text: a }"), Template($"Text: {function}")));

    [Theory]
    [InlineData("[a, b]", "pass")]
    [InlineData("[a, !Ref AWS::NoValue, b]", "pass")]
    [InlineData("[a, b, !If [IsOn, c, !Ref AWS::NoValue]]", "unknown")]
    [InlineData("!If [IsOn, [a, b], [c, d]]", "pass")]
    [InlineData("!Cidr [!Ref P, 2, 8]", "pass")]
    public void A_list_has_as_many_items_as_are_there(string list, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(RuleText.With("require: { size: { equals: 2 } }"), Template($"Size: {{ Fn::Length: {list} }}")).Split(':')[0]);
}
