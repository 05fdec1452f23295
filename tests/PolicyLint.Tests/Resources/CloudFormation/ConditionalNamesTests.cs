namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>A name that a condition chooses is the resource's name wherever the resource is referred to, whichever it will be.</summary>
public sealed class ConditionalNamesTests
{
    private const string Name = "Parameters: { Name: { Type: String }, Env: { Type: String } }\nConditions: { Named: !Not [!Equals [!Ref Name, \"\"]], Prod: !Equals [!Ref Env, prod] }\n";

    [Theory]
    [InlineData("!If [Named, !Ref Name, !Ref AWS::NoValue]")]
    [InlineData("!If [Prod, site, site-test]")]
    [InlineData("!Join ['-', [site, !If [Prod, one, two]]]")]
    [InlineData("!If [Prod, !Sub 'site-${Env}', !If [Named, !Ref Name, !Ref AWS::NoValue]]")]
    public void The_policy_of_a_bucket_is_found_by_its_reference(string name)
    {
        var template = $$"""
            {{Name}}Resources:
              Site:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: {{name}}
                  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false }
              Other:
                Type: AWS::S3::Bucket
                Properties: { BucketName: !If [Prod, other, other-test] }
              Open:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Site
                  PolicyDocument: { Version: "2012-10-17", Statement: [
                    { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Site.Arn}/*" }] }
            """;
        Assert.Equal("t.yaml:17:9 fail Site", Scanned.Told(Scanned.Run(("t.yaml", template))));
    }

    [Fact]
    public void What_a_role_may_do_is_found_by_its_reference()
    {
        var template = $$"""
            {{Name}}Resources:
              Work: { Type: AWS::SQS::Queue, Properties: { QueueName: !If [Named, !Ref Name, !Ref AWS::NoValue] } }
              Runner:
                Type: AWS::IAM::Role
                Properties:
                  RoleName: !If [Prod, runner, runner-test]
                  AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
              Rights:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyName: rights
                  Roles: [!Ref Runner]
                  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: sqs:ReceiveMessage, Resource: !GetAtt Work.Arn }] }
              Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Runner.Arn, Handler: a.b, Runtime: nodejs22.x, Code: { S3Bucket: code, S3Key: key } } }
              Source: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Function, EventSourceArn: !GetAtt Work.Arn } }
            """;
        var report = Scanned.Run(("t.yaml", template));
        Assert.Equal("t.yaml:15:23 fail Source", Scanned.Told(report, "event-source-queue"));
    }

    /// <summary>Whether the policy is that of the bucket depends on what chooses the bucket's name.</summary>
    [Theory]
    [InlineData("!If [Named, !Ref Name, !Ref AWS::NoValue]", "!Ref Name", "unknown Site")]
    [InlineData("!If [Prod, site, site-test]", "site", "unknown site\nunknown Site")]
    [InlineData("!If [Prod, site, site-test]", "elsewhere", "unknown elsewhere")]
    public void The_policy_of_a_bucket_is_found_by_what_may_be_its_name(string name, string link, string told)
    {
        var template = $$"""
            {{Name}}Resources:
              Site:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: {{name}}
                  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false }
              Open:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: {{link}}
                  PolicyDocument: { Version: "2012-10-17", Statement: [
                    { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Site.Arn}/*" },
                    { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::elsewhere/*" }] }
            """;
        var report = Scanned.Run(("t.yaml", template));
        Assert.Equal(told, string.Join('\n', report.Findings.Where(f => f.Rule.Id == "s3-bucket-public-access").Select(f => $"{(f.IsOpen ? "unknown" : "fail")} {f.Resource}")));
    }

    /// <summary>With the default, the name is the one that is written down.</summary>
    [Fact]
    public void A_default_settles_which_name_it_is()
    {
        const string Template = """
            Parameters: { Env: { Type: String, Default: prod } }
            Conditions: { Prod: !Equals [!Ref Env, prod] }
            Resources:
              Site:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: !If [Prod, site, site-test]
                  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false }
              Open:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: site
                  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::site/*" }] }
            """;
        Assert.Contains("fail Site", Scanned.Told(Scanned.Run(("t.yaml", Template))), StringComparison.Ordinal);
    }
}
