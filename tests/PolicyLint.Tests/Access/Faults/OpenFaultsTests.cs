using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Access.Faults;

/// <summary>No rule of a fault takes what is not known for right.</summary>
public sealed class OpenFaultsTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    /// <summary>The shipped rules that look for one fault.</summary>
    private static IEnumerable<(string Rule, FaultKind Fault)> Rules() => Shipped.Entries
        .Select(e => e.Rule).Where(r => r.Require is Check.Not { Inner: Check.Fault }).Select(r => (r.Id, ((Check.Fault)((Check.Not)r.Require).Inner).Is));

    /// <summary>Each fault with a resource that may have it.</summary>
    public static TheoryData<string, string> Holders()
    {
        var data = new TheoryData<string, string>();
        foreach (var (rule, fault) in Rules())
            data.Add(rule, fault switch
            {
                FaultKind.KeyPolicyWithoutResource => "AWS::KMS::Key",
                FaultKind.MalformedPrincipal or FaultKind.WildcardPrincipal or FaultKind.DeletedPrincipal or FaultKind.NotPrincipalAllow => "AWS::SNS::TopicPolicy",
                _ => "AWS::IAM::ManagedPolicy",
            });
        return data;
    }

    private static string Template(string type, string document) => $$"""
        Parameters: { Document: { Type: String }, Stage: { Type: String } }
        Conditions: { IsProd: !Equals [!Ref Stage, prod] }
        Resources:
          It:
            Type: {{type}}
            Properties: { Topics: [t], {{(type == "AWS::KMS::Key" ? "KeyPolicy" : "PolicyDocument")}}: {{document}} }
        """;

    [Fact]
    public void Every_fault_has_a_rule() => Assert.Equal(FaultKinds.Words, Rules().Select(r => FaultKinds.WordOf(r.Fault)).Distinct().Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Holders))]
    public void A_document_of_which_nothing_is_known_is_unknown(string rule, string type) =>
        Assert.Equal("the policy of `It` is not known: the document `⟨Document⟩` is not known here", Assert.Single(Open(rule, Template(type, "!Ref Document"))));

    [Theory, MemberData(nameof(Holders))]
    public void A_statement_of_which_nothing_is_known_is_unknown(string rule, string type)
    {
        if (rule is "policy-too-large" or "policy-unknown-version") return; // they look at the document, and what is written of it is well
        const string Right = "{ Effect: Deny, Action: 's3:*', Resource: '*' }";
        var version = rule == "policy-plain-variable" ? "2008-10-17" : "2012-10-17";
        Assert.NotEmpty(Open(rule, Template(type, $"{{ Version: '{version}', Statement: [{Right}, {{ Fn::Transform: {{ Name: AWS::Include, Parameters: {{ Location: 's3://b/k' }} }} }}] }}")));
    }

    [Theory]
    [InlineData("policy-misplaced-element", "AWS::IAM::ManagedPolicy", "Principal: !If [IsProd, '*', !Ref AWS::NoValue], Action: 's3:*', Resource: '*'")]
    [InlineData("policy-missing-element", "AWS::IAM::ManagedPolicy", "Action: 's3:*', Resource: !If [IsProd, '*', !Ref AWS::NoValue]")]
    [InlineData("policy-missing-element", "AWS::IAM::ManagedPolicy", "Action: !If [IsProd, 's3:*', !Ref AWS::NoValue], Resource: '*'")]
    [InlineData("policy-exclusive-elements", "AWS::IAM::ManagedPolicy", "Action: 's3:*', NotAction: !If [IsProd, 'iam:*', !Ref AWS::NoValue], Resource: '*'")]
    [InlineData("policy-not-principal-allow", "AWS::SNS::TopicPolicy", "NotPrincipal: !If [IsProd, { AWS: '111122223333' }, !Ref AWS::NoValue], Action: 'sns:*', Resource: '*'")]
    [InlineData("key-policy-without-resource", "AWS::KMS::Key", "Principal: '*', Action: 'kms:*', Resource: !If [IsProd, '*', !Ref AWS::NoValue]")]
    [InlineData("policy-malformed-condition", "AWS::IAM::ManagedPolicy", "Action: 's3:*', Resource: '*', Condition: !If [IsProd, { Bool: yes }, { Bool: { aws:SecureTransport: true } }]")]
    [InlineData("policy-unknown-key", "AWS::IAM::ManagedPolicy", "Action: 's3:*', Resource: '*', Condition: { Bool: !If [IsProd, { aws:SecureTransprt: true }, { aws:SecureTransport: true }] }")]
    [InlineData("policy-unknown-operator", "AWS::IAM::ManagedPolicy", "Action: 's3:*', Resource: '*', Condition: !If [IsProd, { Boole: { aws:SecureTransport: true } }, !Ref AWS::NoValue]")]
    [InlineData("policy-malformed-sid", "AWS::IAM::ManagedPolicy", "Sid: !If [IsProd, 'a b', ab], Action: 's3:*', Resource: '*'")]
    [InlineData("policy-unknown-element", "AWS::IAM::ManagedPolicy", "Sid: a, Action: 's3:*', Resource: '*'", "!If [IsProd, allow, Allow]")]
    public void One_faulty_branch_of_two_is_unknown_and_names_the_condition(string rule, string type, string statement, string effect = "Allow") =>
        Assert.Contains("when Stage is ", Assert.Single(Open(rule, Template(type, $"{{ Version: '2012-10-17', Statement: [{{ Effect: {effect}, {statement} }}] }}"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("policy-exclusive-elements", "Action: !If [IsProd, 's3:*', !Ref AWS::NoValue], NotAction: !If [IsProd, !Ref AWS::NoValue, 'iam:*'], Resource: '*'")]
    [InlineData("policy-missing-element", "Action: 's3:*', Resource: !If [IsProd, '*', 'arn:aws:s3:::b']")]
    [InlineData("policy-weak-mfa", "Action: 's3:*', Resource: '*', Condition: !If [IsProd, { Bool: { aws:MultiFactorAuthPresent: true } }, !Ref AWS::NoValue]")]
    public void Two_right_branches_pass(string rule, string statement) =>
        Assert.Empty(Open(rule, Template("AWS::IAM::ManagedPolicy", $"{{ Version: '2012-10-17', Statement: [{{ Effect: Allow, {statement} }}] }}")));

    [Fact]
    public void A_parameter_of_a_few_values_is_each_of_them()
    {
        var template = Template("AWS::IAM::ManagedPolicy", "{ Version: '2012-10-17', Statement: [{ Effect: Deny, Action: 's3:*', Resource: '*', Condition: { Bool: { aws:MultiFactorAuthPresent: !Ref Stage } } }] }");
        Assert.Empty(Open("policy-weak-mfa", template.Replace("Stage: { Type: String }", "Stage: { Type: String, AllowedValues: ['true'] }", StringComparison.Ordinal)));
        Assert.False(Assert.Single(Run("policy-weak-mfa", template.Replace("Stage: { Type: String }", "Stage: { Type: String, AllowedValues: ['false', 'FALSE'] }", StringComparison.Ordinal)).Findings).IsOpen);
    }

    [Theory]
    [InlineData("policy-unknown-version", "version", "2012-10-17")]
    [InlineData("policy-malformed-sid", "sid", "A")]
    public void A_part_of_a_policy_document_that_is_known_after_the_apply_is_unknown(string rule, string part, string known)
    {
        Assert.Single(PlanOpen(rule, part, "null", isUnknown: true));
        Assert.Empty(PlanOpen(rule, part, $"\"{known}\"", isUnknown: false));
    }

    private static List<string> PlanOpen(string rule, string part, string value, bool isUnknown)
    {
        var (outer, inner) = part == "version" ? ($"\"version\": {value},", "") : ("", $"\"sid\": {value},");
        var (outerUnknown, innerUnknown) = !isUnknown ? ("", "") : part == "version" ? ("\"version\": true,", "") : ("", "\"sid\": true");
        var plan = $$"""
            { "format_version": "1.2", "resource_changes": [
              { "address": "data.aws_iam_policy_document.d", "mode": "data", "type": "aws_iam_policy_document", "name": "d", "change": { "actions": ["read"],
                "after": { {{outer}} "statement": [{ {{inner}} "effect": "Allow", "actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/*"] }] },
                "after_unknown": { {{outerUnknown}} "json": true, "statement": [{ {{innerUnknown}} }] } } },
              { "address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p", "change": { "actions": ["create"], "after": { "name": "p" }, "after_unknown": { "policy": true } } }],
              "configuration": { "root_module": { "resources": [
                { "address": "data.aws_iam_policy_document.d", "mode": "data", "type": "aws_iam_policy_document", "name": "d", "expressions": { "statement": [{ "sid": { "references": ["aws_vpc.v.id", "aws_vpc.v"] } }], "version": { "references": ["aws_vpc.v.id", "aws_vpc.v"] } } },
                { "address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p", "expressions": { "policy": { "references": ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"] } } }] } } }
            """;
        return ReasonsOf(Linter.Run([new Input("p.json", Named: true, () => Encoding.UTF8.GetBytes(plan))], Shipped.Only(rule), Deployment.Unsaid));
    }

    private static Report Run(string rule, string template) =>
        Linter.Run([new Input("t.yaml", Named: true, () => Encoding.UTF8.GetBytes(template))], Shipped.Only(rule), Deployment.Unsaid);

    private static List<string> Open(string rule, string template) => ReasonsOf(Run(rule, template));

    /// <summary>The reasons of the unknowns; there are no failures.</summary>
    private static List<string> ReasonsOf(Report report)
    {
        Assert.Empty(report.Problems);
        Assert.All(report.Findings, f => Assert.True(f.IsOpen, f.Message));
        return [.. report.Findings.Select(f => f.Reason)];
    }
}
