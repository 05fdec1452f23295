using System.Globalization;
using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources;

/// <summary>Undecided conditions are assumed both ways, but never all ways of many.</summary>
public sealed class ManyConditionsTests
{
    /// <summary>Were all ways of the conditions tried, this would not end.</summary>
    [Fact]
    public void A_template_of_500_resources_and_40_conditions_is_judged()
    {
        var resources = new StringBuilder();
        for (var i = 0; i < 499; i++)
            resources.Append(CultureInfo.InvariantCulture, $"  Bucket{i}: {{ Type: AWS::S3::Bucket, Condition: C{i % 40}, Properties: {{ AccessControl: !If [C{i * 7 % 40}, Private, !Ref P{i * 11 % 40}] }} }}\n");
        var nested = Enumerable.Range(0, 40).Aggregate("Private", (inner, i) => $"!If [C{i}, {inner}, Private]");
        resources.Append(CultureInfo.InvariantCulture, $"  Last: {{ Type: AWS::S3::Bucket, Properties: {{ AccessControl: {nested} }} }}\n");
        var input = new Input("template.yaml", Named: true, () => Encoding.UTF8.GetBytes(Template(40, resources.ToString())));
        var report = Linter.Run([input], RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).Only("s3-acl-refused"), Deployment.Unsaid);
        Assert.Empty(report.Problems);
        Assert.Equal(500, report.Counts.Resources);
        Assert.Contains(report.Findings, f => f.Resource == "Last" && f.Message.EndsWith("more than 6 conditions decide it, and no more are tried", StringComparison.Ordinal));
    }

    /// <summary>The scenarios of a bucket are those of its own policy, not of all policies.</summary>
    [Fact]
    public void A_bucket_does_not_depend_on_the_conditions_of_the_policies_of_others()
    {
        var resources = new StringBuilder();
        for (var i = 0; i < 20; i++)
            resources.Append(string.Create(CultureInfo.InvariantCulture, $$"""
                  Bucket{{i}}:
                    Type: AWS::S3::Bucket
                    Properties:
                      BucketName: !If [C{{i}}, "a-{{i}}", "b-{{i}}"]
                      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false }
                  Policy{{i}}:
                    Type: AWS::S3::BucketPolicy
                    Properties:
                      Bucket: !Ref Bucket{{i}}
                      PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: !If [C{{(i + 1) % 20}}, Allow, Deny], Principal: "*", Action: s3:GetObject, Resource: !Sub "${Bucket{{i}}.Arn}/*" }] }

                """));
        var input = new Input("template.yaml", Named: true, () => Encoding.UTF8.GetBytes(Template(20, resources.ToString())));
        var report = Linter.Run([input], RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).Only("s3-bucket-public-access"), Deployment.Unsaid);
        Assert.Empty(report.Problems);
        var told = report.Findings.Where(f => f.IsOpen).ToDictionary(f => f.Resource, f => f.Reason);
        for (var i = 0; i < 20; i++)
            Assert.Equal($"statement 1 of `Policy{i}` allows it, when P{(i + 1) % 20} is `yes`", told[string.Create(CultureInfo.InvariantCulture, $"Bucket{i}")]);
    }

    private static string Template(int conditions, string resources)
    {
        var text = new StringBuilder("Parameters:\n");
        for (var i = 0; i < conditions; i++) text.Append(CultureInfo.InvariantCulture, $"  P{i}: {{ Type: String }}\n");
        text.Append("Conditions:\n");
        for (var i = 0; i < conditions; i++) text.Append(CultureInfo.InvariantCulture, $"  C{i}: !Equals [!Ref P{i}, \"yes\"]\n");
        return text.Append("Resources:\n").Append(resources).ToString();
    }
}
