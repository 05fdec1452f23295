using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Local files that <c>AWS::Include</c> names are read, and findings stand in them; what is not read is unknown.</summary>
public sealed class IncludesTests
{
    private const string Open = "PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }";

    private static string Include(string file) => $"{{ Name: AWS::Include, Parameters: {{ Location: {file} }} }}";

    private static string Told(string template, params (string Path, string Text)[] beside) =>
        Scanned.Told(Scanned.Run([Scanned.InputOf("infra/main.yaml", template)], [.. beside.Select(b => Scanned.InputOf(b.Path, b.Text))], Deployment.Unsaid));

    private static string Policy(string statement) => $$"""
        Resources:
          Files: { Type: AWS::S3::Bucket, Properties: { {{Open}} } }
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Files
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {{statement}}
        """;

    private const string Everyone = """
        Effect: Allow
        Principal: "*"
        Action: s3:GetObject
        Resource: "*"
        """;

    [Fact]
    public void A_statement_is_included() =>
        Assert.Equal("infra/parts/everyone.yaml:1:1 fail Files", Told(Policy($"Fn::Transform: {Include("parts/everyone.yaml")}"), ("infra/parts/everyone.yaml", Everyone)));

    [Fact]
    public void What_stands_beside_the_call_comes_first() => Assert.Equal(
        "", Told(Policy($"{{ Effect: Deny, Fn::Transform: {Include("parts/everyone.yaml")} }}"), ("infra/parts/everyone.yaml", Everyone)));

    [Fact]
    public void What_cannot_be_read_is_unknown() =>
        Assert.Equal("unknown", Told(Policy($"Fn::Transform: {Include("parts/everyone.yaml")}")).Split(' ')[1]);

    [Fact]
    public void What_a_file_that_is_elsewhere_may_add_to_properties_is_unknown()
    {
        var template = $$"""
            Resources:
              Files:
                Type: AWS::S3::Bucket
                Properties:
                  AccessControl: PublicRead
                  OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] }
                  Fn::Transform: {{Include("s3://elsewhere/block.yaml")}}
            """;
        Assert.EndsWith("unknown Files", Told(template), StringComparison.Ordinal);
        Assert.EndsWith("fail Files", Told(template.Replace("s3://elsewhere/", "", StringComparison.Ordinal), ("infra/block.yaml", "PublicAccessBlockConfiguration: { IgnorePublicAcls: false }")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resources")]
    [InlineData("Transform")]
    [InlineData("Transforms")]
    public void Resources_are_included(string where)
    {
        var resources = $"Files: {{ Type: AWS::S3::Bucket, Properties: {{ AccessControl: PublicRead, PublicAccessBlockConfiguration: {{ IgnorePublicAcls: false }}, OwnershipControls: {{ Rules: [{{ ObjectOwnership: BucketOwnerPreferred }}] }} }} }}\n";
        var call = Include("more.yaml");
        var (template, file) = where switch
        {
            "Resources" => ($"Resources:\n  Fn::Transform: {call}\n  Topic: {{ Type: AWS::SNS::Topic }}\n", resources),
            "Transform" => ($"AWSTemplateFormatVersion: '2010-09-09'\nTransform: {call}\n", $"Resources:\n  {resources}"),
            _ => ($"AWSTemplateFormatVersion: '2010-09-09'\nTransform: [AWS::LanguageExtensions, {call}]\n", $"Resources:\n  {resources}"),
        };
        Assert.Matches(@"\Ainfra/more.yaml:[12]:\d+ fail Files\z", Told(template, ("infra/more.yaml", file)));
    }

    [Fact]
    public void Files_that_include_each_other_end() => Assert.Equal(
        "unknown", Told(Policy($"Fn::Transform: {Include("a.yaml")}"), ("infra/a.yaml", $"Fn::Transform: {Include("b.yaml")}"), ("infra/b.yaml", $"Fn::Transform: {Include("a.yaml")}")).Split(' ')[1]);
}
