namespace PolicyLint.Tests.Cli;

/// <summary>Calls that put objects are found where the infrastructure leads to, and told on their own line.</summary>
public sealed class UploadsTest : IDisposable
{
    private const string Configuration = "account: \"111122223333\"\nbuckets: { partner: { account: \"444455556666\", ownership: BucketOwnerPreferred }, open: \"444455556666\" }\n";
    private const string Put = "s3.put_object(Bucket='partner', Key='k')\n";
    private readonly Workspace workspace = new Workspace().Write("policylint.yaml", Configuration);

    public void Dispose() => workspace.Dispose();

    private string Scan() => UploadPlaces.In(workspace);

    private static string Function(string code, string more = "") =>
        $"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: python3.13\n      Handler: index.handler\n{more}      Code:{code}\n";

    [Theory]
    [InlineData("\n        ZipFile: |\n          import boto3\n\n            # deeper\n          s3.put_object(Bucket='partner')", "t.yaml:12:14")]
    [InlineData("\n        ZipFile: |2-\n          s3.put_object(Bucket='partner')", "t.yaml:9:14")]
    [InlineData("\n        ZipFile: >\n          x = 1\n\n          s3.put_object(Bucket='partner')\n", "t.yaml:11:14")]
    [InlineData("\n        ZipFile: s3.put_object(Bucket='partner')", "t.yaml:8:21")]
    [InlineData("\n        ZipFile: \"import x\\n\\ts3.put_object(Bucket='partner')\"", "t.yaml:8:34")]
    [InlineData("\n        ZipFile: 's3.put_object(Bucket=''partner'')'", "t.yaml:8:22")]
    [InlineData("\n        ZipFile: !Sub |\n          r = '${AWS::Region}'; s3.put_object(Bucket='partner')", "t.yaml:9:36")]
    [InlineData("\n        ZipFile:\n          Fn::Sub:\n            - |\n              b = '${B}'\n              s3.put_object(Bucket=b)\n            - { B: partner }", "t.yaml:12:18")]
    [InlineData("\n        ZipFile:\n          Fn::Join:\n            - \"\\n\"\n            - - import boto3\n              - \"s3.put_object(Bucket='partner')\"", "t.yaml:12:21")]
    [InlineData("\n        ZipFile: !Join\n          - ''\n          - - \"s3.put_object(Bucket='part\"\n            - \"ner')\"", "t.yaml:10:19")]
    public void Inline_code_is_told_on_its_line_in_the_template(string code, string expected)
    {
        workspace.Write("t.yaml", Function(code));
        Assert.Equal(expected, Scan());
    }

    [Fact]
    public void Json_templates_have_all_their_code_on_one_line()
    {
        workspace.Write("t.json", """
            {
              "Resources": {
                "F": {
                  "Type": "AWS::Lambda::Function",
                  "Properties": { "Runtime": "nodejs22.x", "Code": { "ZipFile": "// \"x\"\ns3.putObject({ Bucket: 'partner' })" } }
                }
              }
            }
            """);
        Assert.Equal("t.json:5:83", Scan());
    }

    [Theory]
    [InlineData("CodeUri: src/", "AWS::Serverless::Function", "AWS::Serverless-2016-10-31")]
    [InlineData("Code: src", "AWS::Lambda::Function", "")]
    [InlineData("Code: ./src/index.py", "AWS::Lambda::Function", "")]
    public void Local_sources_are_read(string code, string type, string transform)
    {
        workspace
            .Write("infra/t.yaml", $"Transform: [{transform}]\nResources: {{ F: {{ Type: {type}, Properties: {{ Runtime: python3.13, Handler: index.handler, {code} }} }} }}\n")
            .Write("infra/src/index.py", "import boto3\n" + Put);
        Assert.Equal("infra/src/index.py:2:4", Scan());
    }

    [Fact]
    public void Of_a_shared_folder_each_function_runs_what_it_imports()
    {
        workspace
            .Write("t.yaml", """
                Resources:
                  A: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs22.x, Handler: src/a.handler, Code: ., Environment: { Variables: { TARGET: partner } } } }
                  B: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs22.x, Handler: src/b.handler, Code: ., Environment: { Variables: { TARGET: own } } } }
                """)
            .Write("src/a.ts", "import { put } from './lib/put';\nexport const handler = () => put();\n")
            .Write("src/b.ts", "export const handler = () => s3.putObject({ Bucket: 'partner' });\n".Replace("partner", "own", StringComparison.Ordinal))
            .Write("src/unused.ts", "s3.putObject({ Bucket: 'partner' });\n")
            .Write("src/lib/put.ts", "export const put = () =>\n  s3.putObject({ Bucket: process.env.TARGET });\n");
        Assert.Equal("src/lib/put.ts:2:6", Scan());
    }

    [Fact]
    public void Python_modules_are_followed()
    {
        workspace
            .Write("t.yaml", Function(" src", "").Replace("index.handler", "app.main.handler", StringComparison.Ordinal))
            .Write("src/app/main.py", "from . import store\nfrom lib.more import other\nimport os, helpers.deep as d\n")
            .Write("src/app/store.py", Put)
            .Write("src/lib/more.py", Put)
            .Write("src/helpers/deep.py", Put)
            .Write("src/left/out.py", Put);
        Assert.Equal("src/app/store.py:1:4\nsrc/helpers/deep.py:1:4\nsrc/lib/more.py:1:4", Scan());
    }

    [Fact]
    public void Assets_of_a_cdk_app_are_read()
    {
        workspace
            .Write("cdk.out/S.template.json", """
                {"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "nodejs22.x", "Handler": "index.handler", "Code": {"S3Bucket": {"Fn::Sub": "cdk-${AWS::AccountId}"}, "S3Key": "abc.zip"}},
                 "Metadata": {"aws:asset:path": "asset.abc", "aws:asset:property": "Code"}},
                 "P": {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"Type": "NO_SOURCE", "BuildSpec": "{\n  \"phases\": {\"build\": {\"commands\": [\n \"aws s3 cp a s3://partner\"]}}}"}}}}}
                """)
            .Write("cdk.out/asset.abc/index.js", "\n\nnew client_s3.PutObjectCommand({ Bucket: 'partner' })\n");
        Assert.Equal("cdk.out/S.template.json:3:154\ncdk.out/asset.abc/index.js:3:15", Scan());
    }

    [Theory]
    [InlineData("", "buildspec.yml")]
    [InlineData(", BuildSpec: ci/deploy.yml", "ci/deploy.yml")]
    public void A_build_specification_lies_in_the_source(string named, string file)
    {
        workspace
            .Write("infra/t.yaml", $"Resources: {{ P: {{ Type: AWS::CodeBuild::Project, Properties: {{ Source: {{ Type: CODEPIPELINE{named} }}, Environment: {{ EnvironmentVariables: [{{ Name: B, Value: own }}] }} }} }} }}\n")
            .Write(file, "version: 0.2\nenv: { variables: { B: partner } }\nphases:\n  build:\n    commands:\n      - |\n        set -e\n        aws s3 sync . \"s3://$B\" \\\n          --delete\n");
        Assert.Equal($"{file}:8:9", Scan());
    }

    [Fact]
    public void Archives_of_a_plan_lead_to_their_sources()
    {
        workspace
            .Write("plan.json", """
                {"format_version": "1.2", "resource_changes": [
                  {"address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function", "name": "f",
                   "change": {"actions": ["create"], "after": {"filename": "./build/f.zip", "runtime": "python3.13", "handler": "main.handler", "function_name": "f"}}}],
                 "prior_state": {"values": {"root_module": {"resources": [
                  {"address": "data.archive_file.f", "mode": "data", "type": "archive_file", "name": "f", "values": {"output_path": "build/f.zip", "source_dir": "./src", "type": "zip"}}]}}}}
                """)
            .Write("src/main.py", Put);
        Assert.Equal("src/main.py:1:4", Scan());
    }

    [Theory]
    [InlineData("s3.put_object(Bucket='unheard-of', ACL='public-read')", "")]
    [InlineData("s3.put_object(Bucket='open')", "i.py:1:4 unknown")]
    [InlineData("s3.put_object(Bucket='open', ACL='bucket-owner-full-control')", "")]
    [InlineData("s3.put_object(Bucket='partner', GrantRead='id=1')", "")]
    [InlineData("s3.put_object(Bucket='partner', ACL=acl())", "i.py:1:4 unknown")]
    [InlineData("s3.put_object(Bucket='x', ExpectedBucketOwner='444455556666')", "i.py:1:4 unknown")]
    [InlineData("s3.put_object(Bucket='x', ExpectedBucketOwner='111122223333')", "")]
    [InlineData("s3.put_object(Bucket=event['bucket'])", "")]
    [InlineData("sts.assume_role(RoleArn=r); s3.put_object(Bucket='partner')", "i.py:1:32 unknown")]
    [InlineData("s3.put_object(Bucket='partner') # policylint:ignore upload-cross-account-acl they take it over", "")]
    public void What_is_told_depends_on_what_is_known_of_the_bucket(string code, string expected)
    {
        workspace.Write("t.yaml", Function(" i.py")).Write("i.py", code + "\n");
        Assert.Equal(expected, Scan());
    }

    [Fact]
    public void A_bucket_of_another_stack_of_another_account_is_foreign()
    {
        workspace.Write("policylint.yaml", "")
            .Write("cdk.out/manifest.json", """
                {"artifacts": {"A": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "A.template.json"}},
                               "B": {"type": "aws:cloudformation:stack", "environment": "aws://444455556666/eu-west-1", "properties": {"templateFile": "B.template.json"}}}}
                """)
            .Write("cdk.out/A.template.json", """{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "python3.13", "Environment": {"Variables": {"B": "shared-files"}}, "Code": {"ZipFile": "s3.put_object(Bucket=os.environ['B'])"}}}}}""")
            .Write("cdk.out/B.template.json", """{"Resources": {"S": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "shared-files", "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}}}}""");
        Assert.StartsWith("cdk.out/A.template.json:1:", Scan(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_that_is_a_parameter_is_told_with_its_default()
    {
        workspace.Write("t.yaml", """
            Parameters: { Target: { Type: String, Default: partner } }
            Resources:
              F:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: python3.13
                  Environment: { Variables: { TARGET: !Ref Target } }
                  Code:
                    ZipFile: |
                      s3.put_object(Bucket=os.environ['TARGET'])
            """);
        var answer = workspace.Run("scan", "--rule", "upload-cross-account-acl");
        Assert.Contains("t.yaml:10:14: error: with the default of parameter `Target`, `partner`: `put_object` puts objects into partner of account 444455556666", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_that_is_given_a_foreign_bucket_is_not_passed_over()
    {
        workspace
            .Write("t.yaml", Function(" dist", "      Environment: { Variables: { TARGET: partner } }\n").Replace("python3.13", "nodejs22.x", StringComparison.Ordinal))
            .Write("dist/index.js", new string(' ', 1100 * 1024) + "c.send(new PutObjectCommand({}))");
        Assert.Equal("dist/index.js:1:1 unknown", Scan());
        workspace.Write("dist/index.js", new string(' ', 1100 * 1024) + "c.send(new GetObjectCommand({}))");
        Assert.Equal("", Scan());
    }

    [Fact]
    public void Links_lead_nowhere_and_installed_packages_are_left_alone()
    {
        workspace.Write("t.yaml", Function(" src")).Write("other/index.py", Put).Write("src/node_modules/x/index.js", "s3.putObject({ Bucket: 'partner' })").Write("src/x.py", "");
        Directory.CreateSymbolicLink(workspace.PathOf("src/linked"), workspace.PathOf("other"));
        File.CreateSymbolicLink(workspace.PathOf("src/index.py"), workspace.PathOf("other/index.py"));
        Assert.Equal("", Scan());
    }

    [Fact]
    public void A_reader_that_is_no_canonical_user_is_a_fault()
    {
        workspace.Write("policylint.yaml", "buckets: { partner: { account: \"444455556666\", reader: E1-OAI } }\n").Write("t.yaml", Function(" i.py"));
        var answer = workspace.Run("scan");
        Assert.Equal(2, answer.Code);
        Assert.Contains("policylint.yaml:1:56: error: `E1-OAI` is no canonical user", answer.Error, StringComparison.Ordinal);
        Assert.Contains("write the `S3CanonicalUserId` of the origin access identity, 64 hexadecimal digits", answer.Error, StringComparison.Ordinal);
    }
}
