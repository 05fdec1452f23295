using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>CloudFront's calls on S3, through the rule that asks for them.</summary>
public class CloudFrontTests
{
    private const string Rule = "cloudfront-origin-access";
    private const string OacReads = "{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*', Condition: { StringEquals: { AWS:SourceArn: !Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}' } } }";
    private const string OaiReads = "{ Effect: Allow, Principal: { CanonicalUser: !GetAtt Oai.S3CanonicalUserId }, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*' }";
    private const string OrgOnly = "{ Sid: Org, Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } } }";
    private const string OrgAndServices = "{ Sid: Org, Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 }, BoolIfExists: { aws:PrincipalIsAWSService: false } } }";
    private const string ByOac = "OriginAccessControlId: !GetAtt Oac.Id, S3OriginConfig: { OriginAccessIdentity: '' }";
    private const string ByOai = "S3OriginConfig: { OriginAccessIdentity: !Sub 'origin-access-identity/cloudfront/${Oai}' }";

    /// <summary>A template with a distribution whose one origin is the bucket <c>B</c>.</summary>
    private sealed record Setup(string Origin, params string[] Statements)
    {
        public string Domain { get; init; } = "!GetAtt B.RegionalDomainName";
        public string Bucket { get; init; } = "{}";
        public string Signing { get; init; } = "always";
        public string Viewers { get; init; } = "redirect-to-https";
        public string More { get; init; } = "";
        public string Head { get; init; } = "";

        public override string ToString() => $$"""
            AWSTemplateFormatVersion: "2010-09-09"
            {{Head}}
            Resources:
              Oac: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: o, OriginAccessControlOriginType: s3, SigningBehavior: {{Signing}}, SigningProtocol: sigv4 } } }
              Oai: { Type: AWS::CloudFront::CloudFrontOriginAccessIdentity, Properties: { CloudFrontOriginAccessIdentityConfig: { Comment: o } } }
              B: { Type: AWS::S3::Bucket, Properties: {{Bucket}} }
              {{Policy}}
              Cdn:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    Origins: [{ Id: o, DomainName: {{Domain}}, {{Origin}} }]
                    DefaultCacheBehavior: { TargetOriginId: o, ViewerProtocolPolicy: {{Viewers}} }
              {{More}}
            """;

        private string Policy => Statements.Length == 0 ? "" : $"P: {{ Type: AWS::S3::BucketPolicy, Properties: {{ Bucket: !Ref B, PolicyDocument: {{ Version: '2012-10-17', Statement: [{string.Join(", ", Statements)}] }} }} }}";
    }

    private static void AssertJudged(Truth expected, Setup setup, string reason = "", Engine.Resources.Deployment? deployment = null)
    {
        var (verdict, told) = Given.Judge(Rule, setup.ToString(), deployment);
        Assert.True(expected == verdict, $"{verdict}: {told}");
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    private static string Allow(string principal, string resource, string condition = "{}") =>
        $"{{ Effect: Allow, Principal: {principal}, Action: 's3:GetObject', Resource: {resource}, Condition: {condition} }}";

    private static string Deny(string condition, string principal = "Principal: '*'") =>
        $"{{ Sid: D, Effect: Deny, {principal}, Action: 's3:*', Resource: '*', Condition: {{ {condition} }} }}";

    [Fact]
    public void T_401_the_service_held_to_the_distribution_reads() => AssertJudged(Truth.Yes, new Setup(ByOac, OacReads));

    [Fact]
    public void T_402_another_distribution_s_ARN_lets_nobody_in() => AssertJudged(
        Truth.No, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'", "{ StringEquals: { AWS:SourceArn: 'arn:aws:cloudfront::111122223333:distribution/E1AAAAAAAAAAAA' } }")),
        "its condition `StringEquals AWS:SourceArn");

    [Fact]
    public void T_403_an_identity_s_permission_is_none_for_an_access_control() =>
        AssertJudged(Truth.No, new Setup(ByOac, OaiReads), "allows s3:GetObject to cloudfront.amazonaws.com");

    [Fact]
    public void T_404_an_identity_reads_by_its_canonical_user() => AssertJudged(Truth.Yes, new Setup(ByOai, OaiReads));

    [Theory]
    [InlineData("AWS: !Sub 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${Oai}'", Truth.Yes)]
    [InlineData("AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA'", Truth.No)]
    [InlineData("CanonicalUser: 0123456789abcdef", Truth.No)]
    [InlineData("Service: cloudfront.amazonaws.com", Truth.No)]
    [InlineData("AWS: '*'", Truth.Yes)]
    public void An_identity_reads_where_it_is_named(string principal, Truth expected) => AssertJudged(
        expected, new Setup(ByOai, Allow($"{{ {principal} }}", "!Sub '${B.Arn}/*'")) { Bucket = "{ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }" });

    [Fact]
    public void T_405_a_Deny_outside_the_organization_reaches_CloudFront() => AssertJudged(Truth.No, new Setup(ByOac, OacReads, OrgOnly), "statement `Org` of `P` denies it to cloudfront.amazonaws.com explicitly, as its condition `StringNotEquals aws:PrincipalOrgID o-a1b2c3d4e5` holds");

    [Fact]
    public void T_406_a_Deny_that_excepts_services_does_not() => AssertJudged(Truth.Yes, new Setup(ByOac, OacReads, OrgAndServices));

    [Fact]
    public void T_407_an_identity_is_no_service() => AssertJudged(Truth.No, new Setup(ByOai, OaiReads, OrgAndServices), "statement `Org` of `P` denies it to origin access identity");

    [Fact]
    public void T_408_CloudFront_has_no_address_of_the_customer() =>
        AssertJudged(Truth.No, new Setup(ByOac, OacReads, Deny("NotIpAddress: { aws:SourceIp: 198.51.100.0/24 }")), "statement `D` of `P` denies it to cloudfront.amazonaws.com explicitly");

    [Theory]
    [InlineData("a", true, "always", "allow-all", Truth.Yes)]
    [InlineData("b", true, "no-override", "allow-all", Truth.Unknown)]
    [InlineData("b", true, "no-override", "https-only", Truth.Yes)]
    [InlineData("c", false, "always", "allow-all", Truth.Unknown)]
    [InlineData("c", false, "always", "redirect-to-https", Truth.Yes)]
    public void T_409_a_Deny_of_http_reaches_viewers_that_come_by_http(string part, bool control, string signing, string viewers, Truth expected)
    {
        Assert.NotEmpty(part);
        var setup = control ? new Setup(ByOac, OacReads, Deny("Bool: { aws:SecureTransport: false }")) : new Setup(ByOai, OaiReads, Deny("Bool: { aws:SecureTransport: false }"));
        AssertJudged(expected, setup with { Signing = signing, Viewers = viewers }, expected is Truth.Unknown ? "viewers that come by http are denied, those by https are not" : "");
    }

    [Theory]
    [InlineData("{ SSEAlgorithm: 'aws:kms' }")]
    [InlineData("{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: alias/aws/s3 }")]
    [InlineData("{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn }")]
    public void T_410_an_identity_cannot_use_a_key(string encryption) => AssertJudged(
        Truth.No, new Setup(ByOai, OaiReads) { Bucket = Encrypted(encryption), More = Key("{ AWS: '*' }") }, "which an origin access identity cannot use");

    [Theory]
    [InlineData("{ SSEAlgorithm: 'aws:kms' }")]
    [InlineData("{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: alias/aws/s3 }")]
    public void T_411_the_key_that_AWS_manages_lets_CloudFront_not_in(string encryption) =>
        AssertJudged(Truth.No, new Setup(ByOac, OacReads) { Bucket = Encrypted(encryption) }, "encrypts with the key `aws/s3`");

    [Fact]
    public void T_412_a_bucket_s_ARN_covers_no_object() =>
        AssertJudged(Truth.No, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!GetAtt B.Arn")), "does not cover arn:aws:s3:::");

    [Theory]
    [InlineData("{ Service: cloudfront.amazonaws.com }", "{ WebsiteConfiguration: { IndexDocument: i }, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }", Truth.No)]
    [InlineData("'*'", "{ WebsiteConfiguration: { IndexDocument: i }, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }", Truth.Yes)]
    [InlineData("'*'", "{ WebsiteConfiguration: { IndexDocument: i } }", Truth.No)]
    public void T_413_a_website_s_endpoint_is_read_by_anybody_or_nobody(string principal, string bucket, Truth expected) => AssertJudged(
        expected, new Setup("CustomOriginConfig: { OriginProtocolPolicy: http-only }", Allow(principal, "!Sub '${B.Arn}/*'"))
        {
            Domain = "!Select [2, !Split ['/', !GetAtt B.WebsiteURL]]",
            Bucket = bucket,
        });

    [Theory]
    [InlineData("/site", "site/*", Truth.Yes)]
    [InlineData("/site", "*", Truth.Yes)]
    [InlineData("/site", "other/*", Truth.No)]
    [InlineData("/site", "site", Truth.No)]
    [InlineData("", "site/*", Truth.Unknown)]
    public void T_414_the_objects_below_the_origin_s_path_must_be_covered(string path, string objects, Truth expected) =>
        AssertJudged(expected, new Setup($"{ByOac}, OriginPath: '{path}'", Allow("{ Service: cloudfront.amazonaws.com }", $"!Sub '${{B.Arn}}/{objects}'")));

    [Theory]
    [InlineData("!Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}'", Truth.Yes)]
    [InlineData("!Join ['', ['arn:aws:cloudfront::', !Ref AWS::AccountId, ':distribution/', !Ref Cdn]]", Truth.Yes)]
    [InlineData("!Sub 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Cdn.Id}'", Truth.Yes)]
    [InlineData("!Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/*'", Truth.No)]
    public void T_415_the_distribution_is_known_by_what_it_will_be_called(string arn, Truth expected) => AssertJudged(
        expected, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'", $"{{ StringEquals: {{ AWS:SourceArn: {arn} }} }}")));

    [Theory]
    [InlineData("StringLike")]
    [InlineData("ArnLike")]
    [InlineData("ArnEquals")]
    public void A_pattern_of_distributions_takes_this_one(string @operator) => AssertJudged(
        Truth.Yes, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'", $"{{ {@operator}: {{ AWS:SourceArn: !Sub 'arn:aws:cloudfront::${{AWS::AccountId}}:distribution/*' }} }}")));

    [Fact]
    public void T_416_a_parameter_may_be_the_distribution() => AssertJudged(
        Truth.Unknown, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'", "{ StringEquals: { AWS:SourceArn: !Ref DistributionArn } }")) { Head = "Parameters: { DistributionArn: { Type: String } }" },
        "`StringEquals AWS:SourceArn ⟨DistributionArn⟩` holds is not known here");

    [Fact]
    public void A_statement_without_conditions_is_enough() => AssertJudged(Truth.Yes, new Setup(ByOac, Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'")));

    [Fact]
    public void An_origin_that_does_not_sign_is_anonymous() => AssertJudged(Truth.No, new Setup(ByOac, OacReads) { Signing = "never" }, "anonymous");

    [Theory]
    // 4.3, row by row: what a Deny for everybody does to an access control and to an identity
    [InlineData("Bool: { aws:SecureTransport: false }", Truth.Yes, Truth.Yes)]
    [InlineData("StringNotEquals: { aws:SourceVpce: vpce-1 }", Truth.No, Truth.No)]
    [InlineData("StringNotEqualsIfExists: { aws:SourceVpc: vpc-1 }", Truth.No, Truth.No)]
    [InlineData("NotIpAddress: { aws:SourceIp: 198.51.100.0/24 }", Truth.No, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 }", Truth.No, Truth.No)]
    [InlineData("StringNotEqualsIfExists: { aws:PrincipalOrgID: o-a1b2c3d4e5 }", Truth.No, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 }, Bool: { aws:PrincipalIsAWSService: false }", Truth.Yes, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 }, ArnNotLikeIfExists: { aws:PrincipalArn: !Sub 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${Oai}' }", Truth.No, Truth.Yes)]
    [InlineData("ArnNotEquals: { aws:PrincipalArn: 'arn:aws:iam::111122223333:role/admin' }", Truth.No, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalArn: 'arn:aws:iam::111122223333:role/admin' }", Truth.No, Truth.No)]
    [InlineData("StringNotLike: { aws:userId: ['AROAEXAMPLE:*', '111122223333'] }", Truth.No, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalAccount: !Ref AWS::AccountId }", Truth.No, Truth.No)]
    [InlineData("StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 }, Bool: { aws:ViaAWSService: false }", Truth.No, Truth.No)]
    [InlineData("'Null': { aws:SourceArn: true }", Truth.Yes, Truth.No)]
    [InlineData("StringNotEquals: { aws:SourceArn: !Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}' }", Truth.Yes, Truth.No)]
    [InlineData("StringNotEquals: { aws:SourceAccount: !Ref AWS::AccountId }", Truth.Unknown, Truth.No)]
    [InlineData("StringNotEqualsIfExists: { aws:SourceAccount: !Ref AWS::AccountId }", Truth.Unknown, Truth.No)]
    [InlineData("StringNotEqualsIfExists: { aws:SourceAccount: !Ref AWS::AccountId }, 'Null': { aws:SourceAccount: false }, Bool: { aws:PrincipalIsAWSService: true }", Truth.Yes, Truth.Yes)]
    public void A_Deny_for_everybody_locks_CloudFront_out(string condition, Truth control, Truth identity)
    {
        AssertJudged(control, new Setup(ByOac, OacReads, Deny(condition)));
        AssertJudged(identity, new Setup(ByOai, OaiReads, Deny(condition)));
    }

    [Theory]
    [InlineData("AWS: 'arn:aws:iam::111122223333:root'", Truth.No, Truth.No)]
    [InlineData("CanonicalUser: !GetAtt Oai.S3CanonicalUserId", Truth.No, Truth.Yes)]
    [InlineData("AWS: !Sub 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${Oai}'", Truth.No, Truth.Yes)]
    [InlineData("Service: cloudfront.amazonaws.com, AWS: 'arn:aws:iam::111122223333:root'", Truth.Yes, Truth.No)]
    public void A_Deny_for_all_but_some_locks_CloudFront_out(string excepted, Truth control, Truth identity)
    {
        AssertJudged(control, new Setup(ByOac, OacReads, Deny("", $"NotPrincipal: {{ {excepted} }}")));
        AssertJudged(identity, new Setup(ByOai, OaiReads, Deny("", $"NotPrincipal: {{ {excepted} }}")));
    }

    [Fact]
    public void The_account_of_a_source_is_another_one_s_for_certain() => AssertJudged(
        Truth.No, new Setup(ByOac, OacReads, Deny("StringNotEquals: { aws:SourceAccount: '444455556666' }")), deployment: Deployment.Unsaid with { Account = "111122223333" });

    private static string Encrypted(string byDefault) =>
        $"{{ BucketEncryption: {{ ServerSideEncryptionConfiguration: [{{ ServerSideEncryptionByDefault: {byDefault} }}] }} }}";

    private static string Key(string principal, string condition = "{}") =>
        $"Key: {{ Type: AWS::KMS::Key, Properties: {{ KeyPolicy: {{ Version: '2012-10-17', Statement: [{{ Effect: Allow, Principal: {principal}, Action: 'kms:*', Resource: '*', Condition: {condition} }}] }} }} }}";

    private const string ByKey = "{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn }";

    [Fact]
    public void T_505_a_key_policy_without_CloudFront_lets_it_not_in() => AssertJudged(
        Truth.No, new Setup(ByOac, OacReads) { Bucket = Encrypted(ByKey), More = Key("{ AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root' }") }, "no statement of `Key` allows kms:Decrypt to cloudfront.amazonaws.com");

    [Theory]
    [InlineData("{}")]
    [InlineData("{ StringEquals: { AWS:SourceArn: !Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}' } }")]
    [InlineData("{ ArnLike: { AWS:SourceArn: !Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/*' } }")]
    public void A_key_policy_that_names_CloudFront_lets_it_in(string condition) => AssertJudged(
        Truth.Yes, new Setup(ByOac, OacReads) { Bucket = Encrypted(ByKey), More = Key("{ Service: cloudfront.amazonaws.com }", condition) });

    [Fact]
    public void A_key_policy_statement_without_resource_has_no_effect() => AssertJudged(
        Truth.No, new Setup(ByOac, OacReads) { Bucket = Encrypted(ByKey), More = Key("{ Service: cloudfront.amazonaws.com }").Replace("Resource: '*', ", "", StringComparison.Ordinal) });

    [Fact]
    public void T_506_a_custom_resource_may_change_the_key_policy() => AssertJudged(
        Truth.Unknown, new Setup(ByOac, OacReads)
        {
            Bucket = Encrypted(ByKey),
            More = Key("{ AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root' }")
                + "\n  Changer: { Type: 'Custom::S3OriginAccessControlKeyPolicy', Properties: { ServiceToken: x, KmsKeyId: !Ref Key, DistributionId: !Ref Cdn } }",
        },
        "`Changer` may change the key policy during the deploy");

    private const string Prod = "Parameters: { Env: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Env, prod] }";

    [Fact]
    public void T_806_a_grant_in_one_branch_only_is_open_and_names_the_parameter() => AssertJudged(
        Truth.Unknown, new Setup(ByOac, $"!If [IsProd, {OacReads}, {Allow("{ Service: s3.amazonaws.com }", "!Sub '${B.Arn}/*'")}]") { Head = Prod }, "when Env is not `prod`");

    [Fact]
    public void T_807_both_branches_may_grant_in_their_own_way() => AssertJudged(
        Truth.Yes, new Setup(ByOac, $"!If [IsProd, {OacReads}, {Allow("{ Service: cloudfront.amazonaws.com }", "!Sub '${B.Arn}/*'")}]") { Head = Prod });

    [Fact]
    public void T_808_a_bucket_outside_the_input_is_open() =>
        AssertJudged(Truth.Unknown, new Setup(ByOac) { Domain = "imported.s3.eu-west-1.amazonaws.com" }, "nothing in the input makes the s3-bucket `imported` or states its policy");

    [Fact]
    public void T_809_a_new_bucket_without_a_policy_lets_nobody_in() =>
        AssertJudged(Truth.No, new Setup(ByOac), "the bucket policy does not exist, so nothing lets cloudfront.amazonaws.com in");

    [Theory]
    [InlineData("!If [IsProd, {0}, {1}], !If [IsProd, {1}, {0}]", Truth.Yes)]
    [InlineData("!If [IsProd, {0}, {1}], !If [IsProd, {0}, {1}]", Truth.Unknown)]
    public void T_813_branches_of_one_condition_go_together(string statements, Truth expected) => AssertJudged(
        expected, new Setup(ByOac, statements.Replace("{0}", OacReads, StringComparison.Ordinal).Replace("{1}", "!Ref AWS::NoValue", StringComparison.Ordinal)) { Head = Prod });
}
