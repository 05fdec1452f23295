using PolicyLint.Engine.Rules;
using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Mutations;

/// <summary>The check of mutants can fail: it tells of rules and examples that are wrong.</summary>
public sealed class MutationCheckTests
{
    private const string Sends = """access: { who: { service: sns.amazonaws.com }, may: "sqs:SendMessage", on: "{resource.arn}" }""";
    private const string Closed = """denied: { who: anonymous, may: "sqs:SendMessage", on: "{resource.arn}" }""";
    private const string Service = """{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: "sqs:SendMessage", Resource: "*" }""";
    private const string Everybody = """{ Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*" }""";
    private const string Other = """{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: "sqs:SendMessage", Resource: "*" }""";
    private const string ServiceTold = "`Service=sns.amazonaws.com sqs:SendMessage`";
    private const string EverybodyTold = "`* sqs:SendMessage`";
    private const string OtherTold = "`Service=s3.amazonaws.com sqs:SendMessage`";

    [Theory]
    [InlineData(Service)]
    [InlineData($"{Service}, {Everybody}")] // each does by itself
    public void A_rule_that_notices_has_no_complaints(string statements) =>
        Assert.Equal([], Complaints($"{{ {Sends} }}", "good", statements));

    [Fact]
    public void A_rule_that_looks_at_something_else_is_told() => Assert.Equal(
        [
            "all grants are left out, and the rule passes",
            $"{ServiceTold} is left out, and the rule passes: if it is not needed, leave it out of the example",
            $"{ServiceTold} is refused, and the rule passes",
        ],
        Complaints($"{{ any: [{{ {Sends} }}, {{ exists: policy }}] }}", "good", Service));

    [Fact]
    public void A_rule_that_no_longer_applies_is_told() => Assert.Equal(
        [
            "all grants are left out, and the rule does not apply",
            $"{ServiceTold} is left out, and the rule does not apply: if it is not needed, leave it out of the example",
        ],
        Complaints($"{{ {Sends} }}", "good", Service, where: "{ policy.statements: { length: 1 } }"));

    [Fact]
    public void A_grant_that_is_not_needed_is_told() => Assert.Equal(
        [
            $"{OtherTold} is left out, and the rule passes: if it is not needed, leave it out of the example",
            $"{OtherTold} is refused, and the rule passes",
        ],
        Complaints($"{{ {Sends} }}", "good", $"{Service}, {Other}"));

    [Fact]
    public void A_grant_that_is_listed_as_not_needed_is_told_where_it_is() => Assert.Equal(
        [$"{ServiceTold} is needed, though it is listed as one beside what the rule needs"],
        Complaints($"{{ {Sends} }}", "good", Service, beside: "sns"));

    [Fact]
    public void A_Deny_must_fail_where_a_missing_Allow_may_be_unknown() => Assert.Equal(
        [$"{ServiceTold} is refused, and the rule unknown: nobody says"],
        Complaints($"{{ any: [{{ {Sends} }}, {{ unknown: nobody says }}] }}", "good", Service));

    [Fact]
    public void Good_examples_without_grants_are_told() =>
        Assert.Equal(["no good example has a grant (cloudformation)"], Complaints($"{{ any: [{{ {Sends} }}, {{ missing: policy }}] }}", "good", ""));

    [Fact]
    public void What_must_be_denied_is_told_where_it_stays_a_fault() => Assert.Equal(
        ["all grants are left out, and the rule fails: `resource.key` is not set", "all grants are refused, and the rule fails: `resource.key` is not set"],
        Complaints($"{{ {Closed}, exists: resource.key }}", "bad", Everybody, beside: "[*]"));

    [Fact]
    public void A_grant_that_is_no_fault_is_told() => Assert.Equal(
        [$"{OtherTold} is left out, and the rule fails: REASON: if it is no fault, leave it out of the example"],
        Complaints($"{{ {Closed} }}", "bad", $"{Everybody}, {Other}").Select(c => System.Text.RegularExpressions.Regex.Replace(c, "fails: .*: if", "fails: REASON: if", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))));

    [Fact]
    public void A_fault_that_is_listed_as_none_is_told() => Assert.Equal(
        [$"{EverybodyTold} is a fault, though it is listed as one beside what the rule needs"],
        Complaints($"{{ {Closed} }}", "bad", Everybody, beside: "[*]"));

    private static IEnumerable<string> Complaints(string require, string example, string statements, string where = "", string beside = "$^")
    {
        var policy = statements.Length == 0 ? "" : $$"""
                    Policy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Jobs], PolicyDocument: { Version: "2012-10-17", Statement: [{{statements}}] } } }
            """;
        var text = RuleText.With($"""
            resource: sqs-queue
            {(where.Length > 0 ? $"where: {where}" : "tags: [x]")}
            require: {require}
            examples:
              - {example}: an example
                cloudformation: |
                  Resources:
                    Jobs: {"{"} Type: AWS::SQS::Queue {"}"}
            {policy}
            """);
        var problems = new List<Engine.Documents.Problem>();
        var rules = RuleText.Read(text, problems);
        Assert.Empty(problems);
        var check = new MutationCheck(rules.Named("a-rule")!, g => System.Text.RegularExpressions.Regex.IsMatch(g.Told, beside, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        return check.Complaints([.. Trial.Of(new RuleFile("rules/a-rule.yaml", text), rules)]).Select(c => c.Replace(": an example (cloudformation)", "", StringComparison.Ordinal)).Select(c => c.StartsWith("rules/", StringComparison.Ordinal) ? c[(c.IndexOf(": ", StringComparison.Ordinal) + 2)..] : c);
    }
}
