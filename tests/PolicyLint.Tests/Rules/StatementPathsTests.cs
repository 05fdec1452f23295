namespace PolicyLint.Tests.Rules;

/// <summary>What is not known of a statement is unknown to rules, never empty.</summary>
public sealed class StatementPathsTests
{
    private static string Verdict(string require, string statement) => RuleText.Verdict(
        RuleText.With($"each: \"policy.statements[*] as s\"\nrequire: {require}"),
        $"Parameters: {{ P: {{ Type: String }} }}\nConditions: {{ C: !Equals [!Ref P, x] }}\nResources:\n  It: {{ Type: AWS::Test::Thing, Properties: {{ Policy: {{ Version: '2012-10-17', Statement: [{statement}] }} }} }}").Split(':')[0];

    private const string Included = "{ Fn::Transform: { Name: AWS::Include, Parameters: { Location: 's3://b/k' } } }";

    [Theory]
    [InlineData("{ s.effect: Deny }")]
    [InlineData("{ not: { s.actions: { contains: '*' } } }")]
    [InlineData("{ s.actions: { contains: '*' } }")]
    [InlineData("{ not: { s.resources: { contains: '*' } } }")]
    [InlineData("{ s.conditionKeys: { contains: 'aws:SourceArn' } }")]
    [InlineData("{ some: 's.conditions[*] as c', satisfies: { c.key: 'aws:SourceArn' } }")]
    [InlineData("{ no: 's.conditions[*] as c', satisfies: { c.key: 'aws:SourceArn' } }")]
    [InlineData("{ no: 's.principals[*] as p', satisfies: { p.type: '*' } }")]
    [InlineData("{ s.sid: a }")]
    public void Of_an_included_statement_nothing_is_known(string require) => Assert.Equal("unknown", Verdict(require, Included));

    [Theory]
    [InlineData("!If [C, { Bool: { aws:SecureTransport: true } }, !Ref AWS::NoValue]", "unknown")]
    [InlineData("!If [C, { Bool: { aws:SecureTransport: true } }, { Bool: { aws:SecureTransport: true } }]", "pass")]
    [InlineData("!If [C, { Bool: { aws:ViaAWSService: true } }, !Ref AWS::NoValue]", "fail")]
    public void Each_branch_of_a_condition_is_looked_at(string condition, string expected)
    {
        var statement = $"{{ Effect: Allow, Principal: '*', Action: 's3:*', Resource: '*', Condition: {condition} }}";
        Assert.Equal(expected, Verdict("{ some: 's.conditions[*] as c', satisfies: { c.key: 'aws:SecureTransport' } }", statement));
        Assert.Equal(expected, Verdict("{ s.conditionKeys: { contains: 'aws:SecureTransport' } }", statement));
    }

    [Fact]
    public void Whether_a_condition_narrows_is_a_word_of_rules()
    {
        static string Of(string condition) => Verdict("{ some: 's.conditions[*] as c', satisfies: { c.narrows: true } }", $"{{ Effect: Allow, Principal: '*', Action: 's3:*', Resource: '*', Condition: {condition} }}");
        Assert.Equal("pass", Of("{ StringLike: { aws:SourceAccount: '1*' } }"));
        Assert.Equal("fail", Of("{ StringLike: { aws:SourceAccount: '*' } }"));
        Assert.Equal("unknown", Of("{ StringLike: { aws:SourceAccount: !Ref P } }"));
    }
}
