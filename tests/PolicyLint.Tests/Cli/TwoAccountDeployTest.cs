using System.Text.RegularExpressions;

namespace PolicyLint.Tests.Cli;

/// <summary>A site's bucket and CDN stand in one account, and whatever deploys the site works in another: uploads succeed, and then
/// visitors get 403. Each way to deploy is told on the line that does it, and is quiet once it is right.</summary>
public sealed partial class TwoAccountDeployTest : IDisposable
{
    private const string Site = """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Site:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: example-site-prod
              OwnershipControls: { Rules: [{ ObjectOwnership: OWNERSHIP }] }
          Identity:
            Type: AWS::CloudFront::CloudFrontOriginAccessIdentity
            Properties: { CloudFrontOriginAccessIdentityConfig: { Comment: site } }
          Cdn:
            Type: AWS::CloudFront::Distribution
            Properties:
              DistributionConfig:
                Enabled: true
                Origins:
                  - Id: site
                    DomainName: !GetAtt Site.RegionalDomainName
                    S3OriginConfig: { OriginAccessIdentity: !Sub "origin-access-identity/cloudfront/${Identity}" }
                DefaultCacheBehavior: { TargetOriginId: site, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 }
          SitePolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Site
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Principal: { CanonicalUser: !GetAtt Identity.S3CanonicalUserId }
                    Action: s3:GetObject
                    Resource: !Sub ${Site.Arn}/*
                  - Effect: Allow
                    Principal: { AWS: arn:aws:iam::111122223333:role/deploy }
                    Action: s3:PutObject
                    Resource: !Sub ${Site.Arn}/*
                    Condition: { StringEquals: { s3:x-amz-acl: bucket-owner-full-control } }

        """;

    private const string Workflow = """
        name: deploy
        on: { push: { branches: [main] } }
        permissions: { id-token: write, contents: read }
        env:
          BUCKET: example-site-prod
        jobs:
          build:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: npm ci && npm run build
          publish:
            runs-on: ubuntu-latest
            needs: build
            steps:
              - uses: actions/download-artifact@v4
              - uses: aws-actions/configure-aws-credentials@v4
                with:
                  role-to-assume: arn:aws:iam::111122223333:role/deploy
                  aws-region: eu-west-1
              - name: Upload
                run: |
                  aws s3 sync dist "s3://$BUCKET" --delete --exclude index.html
                  aws s3 cp dist/index.html s3://${{ env.BUCKET }}/index.html \
                    --cache-control no-cache --acl bucket-owner-full-control
              - run: aws cloudfront create-invalidation --distribution-id ${{ vars.CDN }} --paths '/*'

        """;

    private readonly Workspace workspace = new Workspace().Write("policylint.yaml", "account: \"444455556666\"\nregion: eu-west-1\n");

    public void Dispose() => workspace.Dispose();

    [GeneratedRegex(@"^(?<place>\S+:\d+:\d+): (?<level>error|warning|unknown): .*\[(?<rule>[a-z0-9-]+)\]$", RegexOptions.Multiline, 1000)]
    private static partial Regex Finding();

    /// <summary>All findings of the default rules, and the exit code.</summary>
    private string Scan(string ownership)
    {
        workspace.Write("infra/site.yaml", Site.Replace("OWNERSHIP", ownership, StringComparison.Ordinal));
        var answer = workspace.Run("scan", ".");
        return string.Join('\n', Finding().Matches(answer.Output).Select(m => $"{m.Groups["place"]} {m.Groups["level"]} {m.Groups["rule"]}").Append($"exit {answer.Code}"));
    }

    [Theory]
    [InlineData("BucketOwnerPreferred", ".github/workflows/deploy.yml:23:11 error upload-cross-account-acl\nexit 1")]
    [InlineData("ObjectWriter", ".github/workflows/deploy.yml:23:11 error upload-cross-account-acl\n.github/workflows/deploy.yml:25:44 error upload-reader-access\ninfra/site.yaml:33:31 error cross-account-put-ownership\nexit 1")]
    [InlineData("BucketOwnerEnforced", "exit 0")]
    public void A_workflow_that_syncs_the_site(string ownership, string expected)
    {
        workspace.Write(".github/workflows/deploy.yml", Workflow);
        Assert.Equal(expected.Split("\n"), Scan(ownership).Split("\n"));
    }

    [Fact]
    public void A_workflow_that_hands_everything_over_is_quiet()
    {
        workspace.Write(".github/workflows/deploy.yml", Workflow.Replace("--delete", "--delete --acl bucket-owner-full-control", StringComparison.Ordinal));
        Assert.Equal("exit 0", Scan("BucketOwnerPreferred"));
    }

    [Fact]
    public void A_workflow_of_the_same_account_is_quiet()
    {
        workspace.Write(".github/workflows/deploy.yml", Workflow.Replace("111122223333", "444455556666", StringComparison.Ordinal));
        Assert.Equal("exit 0", Scan("BucketOwnerPreferred"));
    }

    [Fact]
    public void A_workflow_whose_role_is_a_secret_is_not_passed_where_the_deploy_is_of_another_account()
    {
        workspace.Write("policylint.yaml", "account: \"111122223333\"\nregion: eu-west-1\nbuckets: { example-site-prod: { account: \"444455556666\", ownership: BucketOwnerPreferred } }\n")
            .Write("infra/own.yaml", "Resources: { Queue: { Type: AWS::SQS::Queue } }\n")
            .Write(".github/workflows/deploy.yml", Workflow.Replace("arn:aws:iam::111122223333:role/deploy", "${{ secrets.DEPLOY_ROLE }}", StringComparison.Ordinal));
        var answer = workspace.Run("scan", ".");
        Assert.Contains(".github/workflows/deploy.yml:23:11: unknown: ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("the workflow keeps elsewhere which role it takes on", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_syncs_the_site()
    {
        workspace
            .Write("infra/pipeline.yaml", """
                AWSTemplateFormatVersion: "2010-09-09"
                Resources:
                  Publish:
                    Type: AWS::CodeBuild::Project
                    Properties:
                      ServiceRole: arn:aws:iam::111122223333:role/deploy
                      Artifacts: { Type: CODEPIPELINE }
                      Environment: { Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: aws/codebuild/standard:7.0, EnvironmentVariables: [{ Name: SITE, Value: example-site-prod }] }
                      Source: { Type: CODEPIPELINE, BuildSpec: ci/publish.yml }

                """)
            .Write("ci/publish.yml", """
                version: 0.2
                phases:
                  install:
                    commands: [ npm ci ]
                  build:
                    commands:
                      - npm run build
                      - aws s3 sync dist/ "s3://${SITE}/" --delete
                  post_build:
                    commands:
                      - aws s3 cp dist/robots.txt "s3://${SITE}/robots.txt" --acl public-read

                """);
        Assert.Equal("ci/publish.yml:8:9 error upload-cross-account-acl\nci/publish.yml:11:9 error upload-cross-account-acl\nexit 1", Scan("BucketOwnerPreferred"));
        Assert.Equal("ci/publish.yml:11:67 error upload-acl-refused\nexit 1", Scan("BucketOwnerEnforced"));
    }

    [Fact]
    public void A_Python_function_that_uploads_the_site()
    {
        workspace
            .Write("infra/publisher.yaml", """
                AWSTemplateFormatVersion: "2010-09-09"
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Publisher:
                    Type: AWS::Serverless::Function
                    Properties:
                      Runtime: python3.13
                      Handler: publish.handler
                      CodeUri: ../publisher/
                      Role: arn:aws:iam::111122223333:role/deploy
                      Environment: { Variables: { SITE_BUCKET: example-site-prod } }

                """)
            .Write("publisher/publish.py", """
                import mimetypes
                import os
                from pathlib import Path

                import boto3

                s3 = boto3.client("s3")
                BUCKET = os.environ["SITE_BUCKET"]


                def handler(event, context):
                    for path in Path("/opt/site").rglob("*"):
                        kind = mimetypes.guess_type(path)[0] or "binary/octet-stream"
                        s3.upload_file(
                            str(path), BUCKET, str(path.relative_to("/opt/site")),
                            ExtraArgs={"ContentType": kind},
                        )
                    s3.put_object(Bucket=BUCKET, Key="done", Body=b"", ACL="bucket-owner-full-control")

                """);
        Assert.Equal("publisher/publish.py:14:12 error upload-cross-account-acl\nexit 1", Scan("BucketOwnerPreferred"));
    }
}
