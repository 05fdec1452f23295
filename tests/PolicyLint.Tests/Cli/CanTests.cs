using System.Text.Json;

namespace PolicyLint.Tests.Cli;

/// <summary><c>policylint can</c> from its words to its exit code.</summary>
public sealed class CanTests : IDisposable
{
    private const string Site = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Reader: { Type: String }
        Resources:
          Oac: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: o, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }
          Oai: { Type: AWS::CloudFront::CloudFrontOriginAccessIdentity, Properties: { CloudFrontOriginAccessIdentityConfig: { Comment: c } } }
          Site: { Type: AWS::S3::Bucket, Properties: { BucketName: site-files } }
          SitePolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Site
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Sid: Cdn
                    Effect: Allow
                    Principal: { Service: cloudfront.amazonaws.com }
                    Action: s3:GetObject
                    Resource: !Sub "${Site.Arn}/*"
                    Condition: { StringEquals: { AWS:SourceArn: !Sub "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}" } }
                  - Sid: Partner
                    Effect: Allow
                    Principal: { AWS: "444455556666" }
                    Action: s3:PutObject
                    Resource: !Sub "${Site.Arn}/in/*"
                    Condition: { StringEquals: { aws:SourceVpce: vpce-1 } }
                  - Sid: Session
                    Effect: Allow
                    Principal: { AWS: "arn:aws:sts::111122223333:assumed-role/worker/nightly" }
                    Action: s3:DeleteObject
                    Resource: !Sub "${Site.Arn}/*"
                  - Sid: Oai
                    Effect: Allow
                    Principal: { CanonicalUser: !GetAtt Oai.S3CanonicalUserId }
                    Action: s3:GetObjectTagging
                    Resource: !Sub "${Site.Arn}/*"
          Cdn:
            Type: AWS::CloudFront::Distribution
            Properties:
              DistributionConfig:
                Enabled: true
                Origins: [{ Id: o, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Oac.Id, S3OriginConfig: {} }]
                DefaultCacheBehavior: { TargetOriginId: o, ViewerProtocolPolicy: https-only }
          Worker:
            Type: AWS::IAM::Role
            Properties:
              RoleName: worker
              AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
              Policies:
                - PolicyName: own
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - { Sid: Put, Effect: Allow, Action: "s3:PutObject", Resource: "*" }
          Resize: { Type: AWS::Lambda::Function, Properties: { FunctionName: resize, Role: !GetAtt Worker.Arn } }
          Person: { Type: AWS::IAM::User, Properties: { UserName: person } }
          Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
          Names:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Jobs]
              PolicyDocument: { Version: "2012-10-17", Statement: [{ Sid: Named, Effect: Allow, Principal: { AWS: !Ref Reader }, Action: "sqs:SendMessage", Resource: "*" }] }

        """;

    private const string Broken = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n   B: [\n";
    private const string Objects = "arn:aws:s3:::site-files/⟨any key⟩";
    private readonly Workspace workspace = new Workspace().Write("site.yaml", Site);

    public void Dispose() => workspace.Dispose();

    private Answer Can(params string[] words) => workspace.Run(["can", .. words]);

    private Answer Can(string line) => Can([.. line.Split(' '), "site.yaml", "--account", "111122223333", "--region", "eu-west-1"]);

    [Fact]
    public void An_allowed_answer_in_full()
    {
        var answer = Can("Cdn s3:GetObject Site");
        Assert.Equal(
            $"""
            allowed: Cdn s3:GetObject {Objects}
               because statement `Cdn` of `SitePolicy` allows it (site.yaml:15:13)
               assuming no resource control policy outside the input denies it

            """, answer.Output);
        Assert.Equal(("", 0), (answer.Error, answer.Code));
    }

    [Fact]
    public void A_denied_answer_in_full()
    {
        var answer = Can("Person s3:PutObject Site");
        Assert.Equal(
            $"""
            denied: Person s3:PutObject {Objects}
               because no statement of the policies of `Person` allows s3:PutObject to
                       arn:aws:iam::111122223333:user/person

            """, answer.Output);
        Assert.Equal(("", 1), (answer.Error, answer.Code));
    }

    [Fact]
    public void An_unknown_answer_in_full()
    {
        var answer = Can("Person sqs:SendMessage Jobs");
        Assert.Equal(
            """
            unknown: Person sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:jobs
               because statement `Named` of `Names`: whether its principal `⟨Reader⟩` is
                       arn:aws:iam::111122223333:user/person is not known here (site.yaml:62:100)
               would be allowed if parameter `Reader` is `arn:aws:iam::111122223333:user/person`

            """, answer.Output);
        Assert.Equal(("", 4), (answer.Error, answer.Code));
    }

    [Fact]
    public void A_parameter_settles_it()
    {
        string[] words = ["Person", "sqs:SendMessage", "Jobs", "site.yaml", "--account", "111122223333", "--parameter"];
        Assert.Equal(0, Can([.. words, "Reader=arn:aws:iam::111122223333:user/person"]).Code);
        Assert.Equal(1, Can([.. words, "Reader=arn:aws:iam::111122223333:user/eve"]).Code);
    }

    [Theory]
    [InlineData("Cdn s3:GetObject Site", 0, $"allowed: Cdn s3:GetObject {Objects}")]
    [InlineData("Cdn s3:PutObject Site", 1, $"denied: Cdn s3:PutObject {Objects}")]
    [InlineData("Cdn sqs:SendMessage Jobs", 4, "unknown: Cdn sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:jobs")]
    [InlineData("Worker s3:PutObject Site", 0, $"allowed: Worker s3:PutObject {Objects}")]
    [InlineData("Resize s3:PutObject Site", 0, $"allowed: Resize (by its role Worker) s3:PutObject {Objects}")]
    [InlineData("arn:aws:iam::111122223333:role/worker s3:PutObject Site", 0, $"allowed: Worker s3:PutObject {Objects}")]
    [InlineData("arn:aws:iam::111122223333:user/person s3:PutObject Site", 1, $"denied: Person s3:PutObject {Objects}")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/worker/nightly s3:PutObject Site", 0, $"allowed: arn:aws:sts::111122223333:assumed-role/worker/nightly s3:PutObject {Objects}")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/worker/nightly s3:DeleteObject Site", 0, $"allowed: arn:aws:sts::111122223333:assumed-role/worker/nightly s3:DeleteObject {Objects}")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/worker/daily s3:DeleteObject Site", 1, $"denied: arn:aws:sts::111122223333:assumed-role/worker/daily s3:DeleteObject {Objects}")]
    [InlineData("arn:aws:iam::111122223333:user/eve s3:PutObject Site", 4, $"unknown: arn:aws:iam::111122223333:user/eve s3:PutObject {Objects}")]
    [InlineData("arn:aws:iam::444455556666:role/other s3:GetObject Site", 1, $"denied: arn:aws:iam::444455556666:role/other s3:GetObject {Objects}")]
    [InlineData("arn:aws:iam::111122223333:root s3:PutObject Site", 0, $"allowed: arn:aws:iam::111122223333:root s3:PutObject {Objects}")]
    [InlineData("arn:aws:iam::444455556666:root s3:GetObject Site", 1, $"denied: arn:aws:iam::444455556666:root s3:GetObject {Objects}")]
    [InlineData("Oai s3:GetObjectTagging Site", 0, $"allowed: Oai s3:GetObjectTagging {Objects}")]
    [InlineData("Oai s3:GetObject Site", 1, $"denied: Oai s3:GetObject {Objects}")]
    [InlineData("anonymous s3:GetObject Site", 1, $"denied: anonymous s3:GetObject {Objects}")]
    [InlineData("service:cloudfront.amazonaws.com s3:GetObject Site", 4, $"unknown: cloudfront.amazonaws.com s3:GetObject {Objects}")]
    [InlineData("service:cloudtrail.amazonaws.com s3:GetObject Site", 1, $"denied: cloudtrail.amazonaws.com s3:GetObject {Objects}")]
    [InlineData("444455556666 s3:PutObject Site/in/x", 0, "allowed: account 444455556666 s3:PutObject arn:aws:s3:::site-files/in/x")]
    [InlineData("444455556666 s3:PutObject Site/out/x", 1, "denied: account 444455556666 s3:PutObject arn:aws:s3:::site-files/out/x")]
    [InlineData("555566667777 s3:PutObject Site/in/x", 1, "denied: account 555566667777 s3:PutObject arn:aws:s3:::site-files/in/x")]
    public void Whoever_may_be_asked_about(string line, int code, string first)
    {
        var answer = Can(line);
        Assert.Equal((code, first, ""), (answer.Code, answer.Output.Split('\n')[0], answer.Error));
    }

    [Fact]
    public void An_origin_access_identity_by_its_ARN() => Assert.Equal(
        1, Can("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA", "s3:GetObject", "Site", "site.yaml", "--account", "111122223333").Code);

    [Theory]
    [InlineData("Site", Objects)]
    [InlineData("Site/a/b", "arn:aws:s3:::site-files/a/b")]
    [InlineData("Site/a/*", "arn:aws:s3:::site-files/a/⟨any key⟩")]
    [InlineData("arn:aws:s3:::site-files/a", "arn:aws:s3:::site-files/a")]
    [InlineData("site.yaml#Site", Objects)]
    [InlineData("site.yaml#Site/a", "arn:aws:s3:::site-files/a")]
    public void Whatever_may_be_asked_for(string resource, string on)
    {
        var answer = Can($"Worker s3:PutObject {resource}");
        Assert.Equal((0, $"allowed: Worker s3:PutObject {on}"), (answer.Code, answer.Output.Split('\n')[0]));
    }

    [Fact]
    public void An_ARN_that_is_not_in_the_input_is_open()
    {
        var answer = Can("service:cloudtrail.amazonaws.com s3:PutObject arn:aws:s3:::elsewhere/x");
        Assert.Equal(
            """
            unknown: cloudtrail.amazonaws.com s3:PutObject arn:aws:s3:::elsewhere/x
               because arn:aws:s3:::elsewhere/x is not in the input, nor what its policy says
               would be allowed if something in the resource policy that the input does not show allows it

            """, answer.Output);
        Assert.Equal(4, answer.Code);
    }

    [Fact]
    public void A_plan_s_resources_by_their_addresses()
    {
        workspace.Write("plan.json", """
            { "format_version": "1.2", "resource_changes": [
              { "address": "module.site.aws_s3_bucket.b[\"x\"]", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "change": { "actions": ["create"], "after": { "bucket": "planned" } } },
              { "address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r", "change": { "actions": ["create"], "after": { "name": "r", "inline_policy": [{ "name": "own", "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}" }] } } }] }
            """);
        var answer = Can("aws_iam_role.r", "s3:GetObject", "module.site.aws_s3_bucket.b[\"x\"]/a", "plan.json", "--account", "111122223333");
        Assert.Equal((0, "allowed: aws_iam_role.r s3:GetObject arn:aws:s3:::planned/a"), (answer.Code, answer.Output.Split('\n')[0]));
    }

    [Theory]
    [InlineData("Wroker s3:GetObject Site", "nothing in the input is called `Wroker`", "did you mean `Worker`?")]
    [InlineData("Worker s3:GetObject Stie", "nothing in the input is called `Stie`", "did you mean `Site`?")]
    [InlineData("Worker s3:GetObject qqqqqqqq", "nothing in the input is called `qqqqqqqq`", "name a resource by its logical id, its Terraform address or its ARN")]
    [InlineData("Worker s3:Get* Site", "`s3:Get*` stands for many actions", "ask about one: `s3:GetObject`")]
    [InlineData("Worker s3:?etObject Site", "`s3:?etObject` stands for many actions", "ask about one: `s3:GetObject`")]
    [InlineData("Worker GetObject Site", "`GetObject` is no action", "write SERVICE:NAME, as in `s3:GetObject`")]
    [InlineData("Worker s3: Site", "`s3:` is no action", "write SERVICE:NAME, as in `s3:GetObject`")]
    [InlineData("Worker a:b:c Site", "`a:b:c` is no action", "write SERVICE:NAME, as in `s3:GetObject`")]
    [InlineData("SitePolicy s3:GetObject Site", "`SitePolicy` (AWS::S3::BucketPolicy) makes no requests that are known here", "name a role, a user, a distribution, a function whose role is in the input, an ARN, `anonymous`, `service:NAME` or an account id")]
    [InlineData("Worker s3:GetObject SitePolicy", "what is decided about `SitePolicy` (AWS::S3::BucketPolicy) is not known here", "ask about its ARN")]
    [InlineData("service: s3:GetObject Site", "nothing in the input is called `service:`", "name a resource by its logical id, its Terraform address or its ARN")]
    [InlineData("arn:aws:s3:::b s3:GetObject Site", "`arn:aws:s3:::b` is not the ARN of somebody who makes requests", "write the ARN of a role, a session, a user, an account's root or an origin access identity")]
    [InlineData("Worker s3:GetObject arn:nonsense", "`arn:nonsense` is no ARN", "an ARN has six parts, as in `arn:aws:s3:::bucket/key`")]
    [InlineData("other.yaml#Worker s3:GetObject Site", "nothing in the input is called `other.yaml#Worker`", "name a resource by its logical id, its Terraform address or its ARN")]
    public void A_question_that_makes_no_sense_is_exit_2_with_the_next_step(string line, string message, string help)
    {
        var answer = Can(line);
        Assert.Equal(($"policylint: error: {message}\n   help: {help}\n", "", 2), (answer.Error, answer.Output, answer.Code));
    }

    [Theory]
    [InlineData("", "`can` needs WHO ACTION RESOURCE, and then the inputs", "as in `policylint can cdn s3:GetObject Site ./infra`")]
    [InlineData("Cdn s3:GetObject", "`can` needs WHO ACTION RESOURCE, and then the inputs", "as in `policylint can cdn s3:GetObject Site ./infra`")]
    [InlineData("--all s3:GetObject", "`can` needs ACTION RESOURCE, and then the inputs", "as in `policylint can cdn s3:GetObject Site ./infra`")]
    [InlineData("Cdn s3:GetObject Site --context aws:SourceVpce", "`--context aws:SourceVpce` has no `=`", "write `--context aws:SourceVpce=vpce-1`; `--without KEY` says that the request lacks a key")]
    [InlineData("Cdn s3:GetObject Site --format sarif", "unknown word `sarif` in `--format`, expected `json` or `text`", "`policylint can --help` tells what there is")]
    [InlineData("Cdn s3:GetObject Site --acount 1", "unknown flag `--acount`", "did you mean `--account`?")]
    [InlineData("Cdn s3:GetObject Site --account 1", "`1` is no account id", "write its 12 digits")]
    public void Wrong_words_are_exit_2(string line, string message, string help)
    {
        var answer = Can(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(($"policylint: error: {message}\n   help: {help}\n", "", 2), (answer.Error, answer.Output, answer.Code));
    }

    [Theory]
    [InlineData("Group s3:GetObject Site")]
    [InlineData("Worker ec2:DescribeSecurityGroups Group")]
    public void What_is_in_the_input_is_not_said_to_be_missing(string line)
    {
        workspace.Write("site.yaml", $"{Site}  Group: {{ Type: AWS::EC2::SecurityGroup }}\n");
        var answer = Can(line);
        Assert.Contains("`Group` (AWS::EC2::SecurityGroup)", answer.Error, StringComparison.Ordinal);
        Assert.Equal(2, answer.Code);
    }

    [Theory]
    [InlineData("--without")]
    [InlineData("--context")]
    [InlineData("--scp")]
    public void A_flag_without_its_value_is_exit_2(string flag)
    {
        var answer = Can("Cdn", "s3:GetObject", "Site", "site.yaml", flag);
        Assert.Equal($"policylint: error: required argument missing for option: `{flag}`\n   help: `policylint can --help` tells what there is\n", answer.Error);
        Assert.Equal(2, answer.Code);
    }

    [Fact]
    public void A_name_that_several_files_have_needs_its_file()
    {
        workspace.Write("other.yaml", Site);
        var answer = Can("Cdn", "s3:GetObject", "Site", ".");
        Assert.Equal(
            "policylint: error: `Cdn` is the address of 2 resources\n   help: say which: `other.yaml#Cdn`, `site.yaml#Cdn`\n"
            + "policylint: error: `Site` is the address of 2 resources\n   help: say which: `other.yaml#Site`, `site.yaml#Site`\n", answer.Error);
        Assert.Equal(2, answer.Code);
        Assert.Equal(0, Can("site.yaml#Cdn", "s3:GetObject", "site.yaml#Site", ".", "--account", "111122223333").Code);
    }

    [Fact]
    public void Where_no_path_is_named_the_folder_is_asked() => Assert.Equal(0, Can("Cdn", "s3:GetObject", "Site").Code);

    [Fact]
    public void A_missing_input_is_exit_3_although_the_name_is_then_unknown_too()
    {
        var answer = Can("Cdn", "s3:GetObject", "Site", "nowhere");
        Assert.StartsWith("nowhere:1:1: error: there is no such file or folder\n   help: check the path\n", answer.Error, StringComparison.Ordinal);
        Assert.Equal(3, answer.Code);
    }

    [Fact]
    public void A_faulty_input_is_told_beside_the_answer_and_is_exit_3()
    {
        workspace.Write("site.yaml", Site.Replace("Sid: Partner\n            Effect: Allow", "Sid: Partner\n            Effect: allow", StringComparison.Ordinal));
        workspace.Write("broken.yaml", Broken);
        var answer = Can("Cdn", "s3:GetObject", "Site", ".", "--account", "111122223333");
        Assert.StartsWith("allowed: Cdn ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("site.yaml:22:21: error: unknown `Effect` `allow`, expected `Allow` or `Deny`\n   help: did you mean `Allow`?\n", answer.Error, StringComparison.Ordinal);
        Assert.Contains("broken.yaml:", answer.Error, StringComparison.Ordinal);
        Assert.Equal(3, answer.Code);
    }

    [Fact]
    public void Everybody_who_is_not_denied()
    {
        var answer = Can("--all s3:DeleteObject Site/x");
        Assert.Equal(
            """
            allowed: arn:aws:sts::111122223333:assumed-role/worker/nightly s3:DeleteObject arn:aws:s3:::site-files/x
               because statement `Session` of `SitePolicy` allows it (site.yaml:27:13)
               assuming no service control policy outside the input denies it
               assuming no resource control policy outside the input denies it
               assuming no session policy limits arn:aws:sts::111122223333:assumed-role/worker/nightly
            unknown: Worker s3:DeleteObject arn:aws:s3:::site-files/x
               because statement `Session` of `SitePolicy`: whether its principal
                       `arn:aws:sts::111122223333:assumed-role/worker/nightly` is arn:aws:iam::111122223333:role/worker is
                       not known here (site.yaml:29:24)
               would be allowed if the session is `arn:aws:sts::111122223333:assumed-role/worker/nightly`

            """, answer.Output);
        Assert.Equal(0, answer.Code);
    }

    [Theory]
    [InlineData("s3:GetObject", "allowed Cdn, unknown cloudfront.amazonaws.com", 0)]
    [InlineData("s3:PutObject", "allowed Worker, allowed account 444455556666, allowed arnawssts111122223333assumed-role/worker/nightly", 0)]
    [InlineData("s3:GetBucketPolicy", "", 1)]
    public void Everybody_is_sorted_by_the_answer(string action, string expected, int code)
    {
        var answer = Can($"--all {action} Site{(action == "s3:PutObject" ? "/in/x" : "")}");
        Assert.Equal(expected, string.Join(", ", answer.Output.Split('\n').Where(l => l.Contains($" {action} arn:", StringComparison.Ordinal)).Select(l => l[..l.IndexOf($" {action}", StringComparison.Ordinal)].Replace(":", "", StringComparison.Ordinal))));
        Assert.Equal(code, answer.Code);
        if (expected.Length == 0) Assert.Equal("denied: nobody of the input, and nobody whom the resource's policy names\n", answer.Output);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("--context aws:SourceVpce=vpce-1", 0)]
    [InlineData("--context aws:SourceVpce=vpce-2", 1)]
    [InlineData("--without aws:SourceVpce", 1)]
    [InlineData("--without AWS:sourcevpce", 1)]
    public void Condition_keys_may_be_said_or_denied(string flags, int code) => Assert.Equal(code, Can($"444455556666 s3:PutObject Site/in/x {flags}".TrimEnd()).Code);

    [Fact]
    public void What_is_said_of_the_request_is_no_assumption()
    {
        Assert.Contains("   assuming the request is made so that `StringEquals aws:SourceVpce vpce-1` holds\n", Can("444455556666 s3:PutObject Site/in/x").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the request is made", Can("444455556666 s3:PutObject Site/in/x --context aws:SourceVpce=vpce-1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_everything_that_the_text_has()
    {
        using var json = JsonDocument.Parse(Can("service:cloudfront.amazonaws.com s3:GetObject Site --format json").Output);
        Assert.Equal(["answers", "problems"], json.RootElement.EnumerateObject().Select(p => p.Name));
        var answer = Assert.Single(json.RootElement.GetProperty("answers").EnumerateArray());
        Assert.Equal(["who", "action", "on", "decision", "reason", "trace", "wouldSettle", "assumptions"], answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("cloudfront.amazonaws.com", "s3:GetObject", Objects, "unknown"), (Of("who"), Of("action"), Of("on"), Of("decision")));
        var step = answer.GetProperty("trace")[0];
        Assert.Equal(
            ["file", "line", "column", "text", "policyType", "policy", "statement", "sid", "effect", "applies", "element", "operator", "key", "policyValues"], step.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("site.yaml", 20, "SitePolicy", 0), (step.GetProperty("file").GetString(), step.GetProperty("line").GetInt32(), step.GetProperty("policy").GetString(), step.GetProperty("statement").GetInt32()));
        Assert.Equal(["decision", "if", "file", "line", "column"], answer.GetProperty("wouldSettle")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(0, answer.GetProperty("assumptions").GetArrayLength());

        string Of(string name) => answer.GetProperty(name).GetString()!;
    }

    [Fact]
    public void Json_of_an_allowed_answer_has_what_it_assumes_and_of_a_fault_the_problem()
    {
        workspace.Write("broken.yaml", Broken);
        var run = Can("Cdn", "s3:GetObject", "Site", ".", "--format", "json", "--account", "111122223333");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["no resource control policy outside the input denies it"], json.RootElement.GetProperty("answers")[0].GetProperty("assumptions").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(["file", "line", "column", "message", "help"], Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal(("", 3), (run.Error, run.Code));
    }

    [Fact]
    public void Control_policies_are_files_or_folders_a_level_each()
    {
        workspace.Write("root.json", """{ "Version": "2012-10-17", "Statement": [{ "Sid": "NoPut", "Effect": "Deny", "Action": "s3:Put*", "Resource": "*" }] }""");
        workspace.Write("ou/a.json", """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }] }""");
        workspace.Write("ou/b.json", """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }""");
        Assert.Equal(
            $"""
            denied: Worker s3:PutObject {Objects}
               because statement `NoPut` of `root.json` denies it to arn:aws:iam::111122223333:role/worker explicitly
                       (root.json:1:42)

            """, Can("Worker s3:PutObject Site --scp root.json").Output);
        Assert.Equal(0, Can("Worker s3:PutObject Site --scp ou").Code);
        Assert.Equal(1, Can("Worker s3:PutObject Site --scp ou/a.json").Code);
        Assert.Equal(1, Can("Worker s3:PutObject Site --scp ou --scp root.json").Code);
        Assert.Equal(1, Can("Worker s3:PutObject Site --scp ou --scp ou/a.json").Code);
        Assert.DoesNotContain("service control", Can("Worker s3:PutObject Site --scp none").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("assuming", Can("Worker s3:PutObject Site --scp none --rcp none").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_policies_that_are_not_there_are_exit_2_and_broken_ones_exit_3()
    {
        workspace.Write("broken.json", "{ \"Statement\": [");
        Directory.CreateDirectory(workspace.PathOf("empty"));
        var missing = Can("Worker s3:PutObject Site --scp nowhere");
        Assert.Equal(("nowhere:1:1: error: `--scp` names no policies\n   help: name a JSON file or a folder that holds some, or say `none`\n", 2), (missing.Error, missing.Code));
        Assert.Equal(2, Can("Worker s3:PutObject Site --rcp empty").Code);
        var broken = Can("Worker s3:PutObject Site --scp broken.json");
        Assert.Equal(("broken.json:1:17: error: broken JSON: the text ends inside a list or a map\n", 3), (broken.Error, broken.Code));
        Assert.StartsWith("unknown: Worker ", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strict_answer_is_unknown_where_it_assumes_something()
    {
        var answer = Can("Cdn s3:GetObject Site --strict");
        Assert.Equal(
            $"""
            unknown: Cdn s3:GetObject {Objects}
               because it is allowed only if no resource control policy outside the input denies it
                  - statement `Cdn` of `SitePolicy` allows it (site.yaml:15:13)

            """, answer.Output);
        Assert.Equal(4, answer.Code);
        Assert.Equal(0, Can("Cdn s3:GetObject Site --strict --rcp none").Code);
    }

    [Fact]
    public void The_configuration_says_what_flags_do_not()
    {
        workspace.Write("policylint.yaml", "account: \"111122223333\"\nscp: none\nrcp: none\nstrict: true\n");
        Assert.Equal(0, Can("Cdn", "s3:GetObject", "Site").Code);
        Assert.Equal(2, Can("Cdn", "s3:GetObject", "Site", "--config", "none.yaml").Code);
    }

    [Fact]
    public void The_answer_is_coloured_for_terminals_only()
    {
        var plain = Can("Cdn", "s3:GetObject", "Site").Output;
        var coloured = workspace.RunInColors("can", "Cdn", "s3:GetObject", "Site").Output;
        Assert.DoesNotContain("\u001b", plain, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.NonBacktracking));
    }
}
