using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Local templates that templates nest: parameters go in as values, outputs come out, findings stand in the nested file.</summary>
public sealed class NestedStacksTests
{
    private const string Site = """
        Parameters: { Files: { Type: String }, Arn: { Type: String }, Who: { Type: String, Default: "*" } }
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Files
              PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: !Ref Who, Action: s3:GetObject, Resource: !Sub "${Arn}/*" }] }
        """;

    private const string Open = "PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }";

    private static string Parent(string parameters, string nested = "site.yaml", string more = "") => $$"""
        Resources:
          Assets: { Type: AWS::S3::Bucket, Properties: { {{Open}} } }
          Site: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: {{nested}}, Parameters: { {{parameters}} } } }
        {{more}}
        """;

    [Fact]
    public void A_policy_of_the_nested_stack_is_of_the_parent_s_bucket() => Assert.Equal(
        "infra/site.yaml:7:60 fail Assets",
        Scanned.Told(Scanned.Run(("infra/main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn")), ("infra/site.yaml", Site))));

    [Fact]
    public void A_parameter_that_the_parent_gives_comes_before_the_default() => Assert.Equal(
        "", Scanned.Told(Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn, Who: { AWS: 111122223333 }".Replace("{ AWS: 111122223333 }", "\"111122223333\"", StringComparison.Ordinal))), ("site.yaml", Site.Replace("Principal: !Ref Who", "Principal: { AWS: !Ref Who }", StringComparison.Ordinal)))));

    [Fact]
    public void By_itself_it_is_judged_only_where_nothing_nests_it()
    {
        var report = Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn")), ("site.yaml", Site));
        Assert.Equal((2, 3), (report.Counts.Documents, report.Counts.Resources));
        Assert.Equal(1, Scanned.Run(("site.yaml", Site)).Counts.Resources);
    }

    [Fact]
    public void Outputs_come_out()
    {
        const string Buckets = """
            Resources: { Files: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } } }
            Outputs: { Name: { Value: !Ref Files }, Arn: { Value: !GetAtt Files.Arn } }
            """;
        const string Main = """
            Resources:
              Storage: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./buckets.yaml } }
              Site: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: site.yaml, Parameters: { Files: !GetAtt Storage.Outputs.Name, Arn: !Sub "${Storage.Outputs.Arn}" } } }
            """;
        Assert.Equal("site.yaml:7:60 fail Files", Scanned.Told(Scanned.Run(("buckets.yaml", Buckets), ("main.yaml", Main), ("site.yaml", Site))));
        Assert.Equal("main.yaml:3:112: `buckets.yaml` has no output `Nam`", Scanned.Told(Scanned.Run(("buckets.yaml", Buckets), ("main.yaml", Main.Replace("Outputs.Name", "Outputs.Nam", StringComparison.Ordinal)), ("site.yaml", Site))).Split('\n')[0]);
    }

    [Fact]
    public void A_nested_stack_of_a_serverless_application_is_one_too() => Assert.Equal(
        "site.yaml:7:60 fail Assets",
        Scanned.Told(Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn").Replace("AWS::CloudFormation::Stack", "AWS::Serverless::Application", StringComparison.Ordinal).Replace("TemplateURL", "Location", StringComparison.Ordinal)), ("site.yaml", Site))));

    [Fact]
    public void Two_uses_are_told_once_each_in_its_context()
    {
        var more = $$"""
              Other: { Type: AWS::S3::Bucket, Properties: { {{Open}} } }
              Again: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: site.yaml, Parameters: { Files: !Ref Other, Arn: !GetAtt Other.Arn } } }
            """;
        Assert.Equal("site.yaml:7:60 fail Assets\nsite.yaml:7:60 fail Other", Scanned.Told(Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn", more: more)), ("site.yaml", Site))));
        var inner = $$"""
            Resources: { Assets: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead, PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }, OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] } } } }
            """;
        Assert.Equal("inner.yaml:1:76 fail Assets", Scanned.Told(Scanned.Run(("a.yaml", Using("inner.yaml")), ("b.yaml", Using("inner.yaml")), ("inner.yaml", inner))));
    }

    private static string Using(string file) => $"Resources: {{ In: {{ Type: AWS::CloudFormation::Stack, Properties: {{ TemplateURL: {file} }} }} }}";

    [Fact]
    public void A_circle_ends() => Assert.Equal("", Scanned.Told(Scanned.Run(("a.yaml", Using("b.yaml")), ("b.yaml", Using("a.yaml")))));

    [Fact]
    public void A_chain_of_templates_that_has_no_end_ends()
    {
        var files = Enumerable.Range(0, 40).Select(i => ($"{i}.yaml", Using($"{i + 1}.yaml"))).Append(("40.yaml", Site)).ToArray();
        Assert.Equal("40.yaml:3:3 unknown ⟨Files⟩", Scanned.Told(Scanned.Run(files)));
    }

    [Fact]
    public void Templates_that_nest_each_other_many_times_over_end()
    {
        var files = Enumerable.Range(0, 12).Select(i => ($"{i}.yaml", $"Resources:\n{string.Concat(Enumerable.Range(0, 8).Select(n => $"  In{n}: {{ Type: AWS::CloudFormation::Stack, Properties: {{ TemplateURL: {i + 1}.yaml }} }}\n"))}"));
        Assert.Equal("", Scanned.Told(Scanned.Run([.. files, ("12.yaml", "Resources: { Files: { Type: AWS::S3::Bucket } }")])));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        const string Main = """
            Resources:
              Site: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: parts/site.yaml } }
              Files: { Type: AWS::S3::Bucket, Properties: { AccessControl: !GetAtt Site.Outputs.Acl, PublicAccessBlockConfiguration: { IgnorePublicAcls: false } } }
            """;
        var finding = Scanned.Run(("infra/main.yaml", Main)).Findings.First(f => f.IsOpen);
        Assert.Contains("⟨Site.Outputs.Acl: there is no file infra/parts/site.yaml⟩", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_beside_the_inputs_are_read()
    {
        var report = Scanned.Run([Scanned.InputOf("main.yaml", Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn"))], [Scanned.InputOf("site.yaml", Site)], Deployment.Unsaid);
        Assert.Equal("site.yaml:7:60 fail Assets", Scanned.Told(report));
        Assert.Equal(1, report.Counts.Documents);
        Assert.Contains("Principal", Assert.Single(report.Findings, f => f.Rule.Id == "s3-bucket-public-access").Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Condition: IsOn,", "unknown")]
    [InlineData("", "fail")]
    public void The_condition_of_the_stack_is_that_of_its_resources(string condition, string expected)
    {
        var parent = Parent("Files: !Ref Assets, Arn: !GetAtt Assets.Arn").Replace("Site: {", $"Site: {{ {condition}", StringComparison.Ordinal);
        var main = $"Parameters: {{ On: {{ Type: String }} }}\nConditions: {{ IsOn: !Equals [!Ref On, \"true\"] }}\n{parent}";
        Assert.Equal($"site.yaml:7:60 {expected} Assets", Scanned.Told(Scanned.Run(("main.yaml", main), ("site.yaml", Site))));
    }

    [Fact]
    public void A_list_is_given_as_one_text()
    {
        const string Inner = """
            Parameters: { Files: { Type: String }, Who: { Type: CommaDelimitedList } }
            Resources:
              Policy:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Files
                  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Ref Who }, Action: s3:GetObject, Resource: !Sub "arn:aws:s3:::${Files}/*" }] }
            """;
        Assert.Equal("", Scanned.Told(Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Who: !Join [\",\", [\"111122223333\", !Ref AWS::AccountId]]")), ("site.yaml", Inner))));
        Assert.Equal("site.yaml:7:60 fail Assets", Scanned.Told(Scanned.Run(("main.yaml", Parent("Files: !Ref Assets, Who: !Join [\",\", [\"111122223333\", \"*\"]]")), ("site.yaml", Inner))));
    }
}
