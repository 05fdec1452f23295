using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>A folder that CDK made: its manifest tells where its stacks are deployed.</summary>
public sealed class AssemblyTests
{
    private static string Manifest(string environment) => $$"""
        {
          "version": "36.0.0",
          "artifacts": {
            "SiteStack.assets": { "type": "cdk:asset-manifest", "properties": { "file": "SiteStack.assets.json" } },
            "SiteStack": {
              "type": "aws:cloudformation:stack",
              "environment": "{{environment}}",
              "properties": { "templateFile": "SiteStack.template.json", "stackName": "site-prod" }
            },
            "Tree": { "type": "cdk:tree", "properties": { "file": "tree.json" } }
          }
        }
        """;

    private const string Template = """
        {
          "Resources": {
            "Bucket83908E77": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": { "Fn::Sub": "${AWS::StackName}-files" } }, "Metadata": { "aws:cdk:path": "SiteStack/Site/Bucket/Resource" } },
            "PolicyE2A4": {
              "Type": "AWS::S3::BucketPolicy",
              "Properties": {
                "Bucket": "site-prod-files",
                "PolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::222233334444:root" }, "Action": "s3:PutObject", "Resource": "*" }] }
              }
            }
          }
        }
        """;

    private static Report Run(string environment, string? account = null) => Scanned.Run(
        [Scanned.InputOf("cdk.out/SiteStack.template.json", Template), Scanned.InputOf("cdk.out/manifest.json", Manifest(environment)), Scanned.InputOf("cdk.out/tree.json", """{ "version": "tree-0.1", "tree": { "id": "App", "Resources": {} } }""")],
        [], Deployment.Unsaid with { Account = account });

    private static int[] CountsOf(Report report) => report.ByRule.Single(r => r.RuleId == "cross-account-put-ownership") is var counts ? [counts.Failed, counts.Unknown, counts.Passed] : [];

    [Theory]
    [InlineData("aws://111122223333/eu-west-1", null, "0 0 1")]
    [InlineData("aws://unknown-account/unknown-region", null, "0 0 1")]
    public void The_account_is_that_of_the_environment(string environment, string? account, string counts) =>
        Assert.Equal(counts, string.Join(' ', CountsOf(Run(environment, account))));

    [Theory]
    [InlineData("aws://111122223333/eu-west-1", null, "111122223333 eu-west-1 site-prod")]
    [InlineData("aws://unknown-account/unknown-region", null, "⟨AWS::AccountId⟩ ⟨AWS::Region⟩ site-prod")]
    [InlineData("aws://111122223333/unknown-region", null, "111122223333 ⟨AWS::Region⟩ site-prod")]
    [InlineData("aws://111122223333/eu-west-1", "999988887777", "999988887777 eu-west-1 site-prod")]
    public void Stacks_know_account_region_and_name(string environment, string? account, string expected)
    {
        const string Stack = """
            { "Resources": { "It": { "Type": "AWS::Test::Thing", "Properties": { "Text": { "Fn::Sub": "${AWS::AccountId} ${AWS::Region} ${AWS::StackName}" } } } } }
            """;
        var (graph, _) = GraphReader.Read(
            [Scanned.InputOf("cdk.out/SiteStack.template.json", Stack)],
            new Wanted(Deployment.Unsaid with { Account = account }, new Kinds([]), new HashSet<string>(StringComparer.Ordinal) { "AWS::Test::Thing" }) { FileAt = path => path == "cdk.out/manifest.json" ? Scanned.InputOf(path, Manifest(environment)) : null },
            []);
        Assert.Equal(expected, ((Value.Str)Assert.Single(graph.Resources).Properties["Text"]).Text.ToString());
    }

    [Fact]
    public void Its_other_files_are_left_alone() =>
        Assert.Equal(["cdk.out/manifest.json", "cdk.out/tree.json"], Run("aws://111122223333/eu-west-1").LeftAlone.Select(l => l.Path));

    [Fact]
    public void Findings_tell_the_construct()
    {
        var open = Template.Replace("\"Properties\": { \"BucketName\"", "\"Properties\": { \"PublicAccessBlockConfiguration\": { \"BlockPublicPolicy\": false }, \"BucketName\"", StringComparison.Ordinal)
            .Replace("{ \"AWS\": \"arn:aws:iam::222233334444:root\" }", "\"*\"", StringComparison.Ordinal);
        var report = Scanned.Run([Scanned.InputOf("cdk.out/SiteStack.template.json", open), Scanned.InputOf("cdk.out/manifest.json", Manifest("aws://111122223333/eu-west-1"))], [], Deployment.Unsaid);
        var finding = Assert.Single(report.Findings, f => f.Rule.Id == "s3-bucket-public-access");
        Assert.Equal("SiteStack/Site/Bucket", finding.Construct);
        Assert.Contains("   construct: SiteStack/Site/Bucket\n", string.Concat(TextReport.Write(report, verbose: false).Select(p => p.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_nested_stack_is_found_by_its_asset()
    {
        const string Parent = """
            {
              "Resources": {
                "Nested": {
                  "Type": "AWS::CloudFormation::Stack",
                  "Properties": { "TemplateURL": { "Fn::Join": ["", ["https://s3.", { "Ref": "AWS::Region" }, ".amazonaws.com/assets/abc.json"]] } },
                  "Metadata": { "aws:cdk:path": "SiteStack/Nested.NestedStack/Nested.NestedStackResource", "aws:asset:path": "SiteStackNested.nested.template.json", "aws:asset:property": "TemplateURL" }
                }
              }
            }
            """;
        const string Nested = """
            {
              "Resources": {
                "Files": { "Type": "AWS::S3::Bucket", "Properties": { "AccessControl": "PublicRead", "OwnershipControls": { "Rules": [{ "ObjectOwnership": "BucketOwnerPreferred" }] }, "PublicAccessBlockConfiguration": { "IgnorePublicAcls": false }, "BucketName": { "Fn::Sub": "f-${AWS::AccountId}" } } }
              }
            }
            """;
        var report = Scanned.Run(("cdk.out/SiteStack.template.json", Parent), ("cdk.out/SiteStackNested.nested.template.json", Nested), ("cdk.out/manifest.json", Manifest("aws://111122223333/eu-west-1")));
        Assert.All(report.Findings, f => Assert.Equal("cdk.out/SiteStackNested.nested.template.json", f.Location.File));
        Assert.Equal(2, report.Counts.Resources);
        Assert.Contains(report.Findings, f => f.Rule.Id == "s3-bucket-public-access" && !f.IsOpen);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"artifacts\": { \"SiteStack\": { \"type\": \"aws:cloudformation:stack\" } } }")]
    [InlineData("{")]
    public void A_manifest_that_cannot_be_read_says_nothing(string manifest) => Assert.Equal(
        "", Scanned.Told(Scanned.Run(("cdk.out/SiteStack.template.json", Template), ("cdk.out/manifest.json", manifest))));
}
