using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Reports;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>What a finding says of values that were written in another template than the one that it points into.</summary>
public sealed class BroughtTests
{
    private const string Policy = "Version: \"2012-10-17\", Statement: [{ Effect: Allow, Principal: { AWS: !Ref Who }, Action: s3:GetObject, Resource: \"*\" }]";

    private const string Inner = $$"""
        Parameters: { Who: { Type: String } }
        Resources:
          Data: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } }
          P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Data, PolicyDocument: { {{Policy}} } } }
        """;

    private static string TraceOf(Finding finding) => string.Join('\n', finding.Trace.Select(s => $"{s.Location} {s.Text}"));

    private static Finding Found(Report report) => Assert.Single(report.Findings, f => f.Rule.Id == "s3-bucket-public-access");

    [Fact]
    public void A_parameter_of_a_nested_stack_is_given_elsewhere()
    {
        var report = Scanned.Run(
            ("main.yaml", "Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./inner.yaml\n      Parameters:\n        Who: \"*\"\n"),
            ("inner.yaml", Inner));
        var finding = Found(report);
        Assert.Equal(("inner.yaml", 4), (finding.Location.File, finding.Location.Line));
        Assert.EndsWith("main.yaml:7:14 parameter `Who` is given by the stack that nests this one", TraceOf(finding), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_where_the_resource_that_is_judged_stands_in_the_outer_stack_too()
    {
        var report = Scanned.Run(
            ("main.yaml", """
                Resources:
                  Data: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } }
                  S: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./inner.yaml, Parameters: { Who: "*", Bucket: !Ref Data } } }
                """),
            ("inner.yaml", "Parameters: { Who: { Type: String }, Bucket: { Type: String } }\nResources:\n  P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Bucket, PolicyDocument: { " + Policy + " } } }\n"));
        var finding = Found(report);
        Assert.Equal(("inner.yaml", "Data"), (finding.Location.File, finding.Resource));
        Assert.Contains("main.yaml:3:102 parameter `Who` is given by the stack that nests this one", TraceOf(finding), StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_was_exported_elsewhere()
    {
        var report = Scanned.Run(
            ("main.yaml", Inner.Replace("Parameters: { Who: { Type: String } }\n", "", StringComparison.Ordinal).Replace("!Ref Who", "!ImportValue who", StringComparison.Ordinal)),
            ("other.yaml", "Resources: { T: { Type: AWS::SNS::Topic } }\nOutputs:\n  O: { Value: \"*\", Export: { Name: who } }\n"));
        var finding = Found(report);
        Assert.Equal(("main.yaml", 3), (finding.Location.File, finding.Location.Line));
        Assert.EndsWith("other.yaml:3:15 `who` is imported from another stack", TraceOf(finding), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_a_nested_stack_was_made_there()
    {
        var report = Scanned.Run(
            ("main.yaml", Inner.Replace("Parameters: { Who: { Type: String } }\n", "", StringComparison.Ordinal).Replace("!Ref Who", "!GetAtt S.Outputs.Who", StringComparison.Ordinal) + "\n  S: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./inner.yaml } }\n"),
            ("inner.yaml", "Resources: { T: { Type: AWS::SNS::Topic } }\nOutputs:\n  Who: { Value: \"*\" }\n"));
        Assert.EndsWith("inner.yaml:3:17 output `Who` comes from nested stack `S`", TraceOf(Found(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_same_file_is_not_told()
    {
        var report = Scanned.Run(("main.yaml", Inner.Replace("Parameters: { Who: { Type: String } }\n", "", StringComparison.Ordinal).Replace("!Ref Who", "\"*\"", StringComparison.Ordinal)));
        Assert.DoesNotContain("given by", TraceOf(Found(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_included_file_says_is_found_there()
    {
        var report = Scanned.Run(
            ("main.yaml", "Resources:\n  Data: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } }\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Data\n      Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/policy.yaml } }\n"),
            ("parts/policy.yaml", "PolicyDocument:\n  Version: \"2012-10-17\"\n  Statement:\n    - { Effect: Allow, Principal: \"*\", Action: s3:GetObject, Resource: !Sub \"${Data.Arn}/*\" }\n"));
        var finding = Found(report);
        Assert.Equal(("parts/policy.yaml", 4), (finding.Location.File, finding.Location.Line));
        Assert.Contains("Principal", finding.Excerpt, StringComparison.Ordinal);
    }
}
