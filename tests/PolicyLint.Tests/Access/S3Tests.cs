using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Object ownership and cross-account uploads (semantics 3.2), through the rule that asks for them.</summary>
public class S3Tests
{
    private const string Enforced = "{ OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] } }";
    private const string Preferred = "{ OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] } }";
    private const string PreferredAndPublic = "{ OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] }, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }";
    private const string Writer = "{ OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] } }";
    private const string Role = "{ AWS: 'arn:aws:iam::444455556666:role/upload' }";

    private static (Truth Verdict, string Told) Judge(string bucket, params string[] statements) => Given.Judge("cross-account-put-ownership", $$"""
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters: { Acl: { Type: String } }
        Resources:
          B: { Type: AWS::S3::Bucket, Properties: {{bucket}} }
          P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref B, PolicyDocument: { Version: '2012-10-17', Statement: [{{string.Join(", ", statements)}}] } } }
        """, Deployment.Unsaid with { Account = "111122223333" });

    private static string Allow(string principal, string condition = "") =>
        $"{{ Effect: Allow, Principal: {principal}, Action: 's3:PutObject', Resource: !Sub '${{B.Arn}}/*', Condition: {{ {condition} }} }}";

    private static string Deny(string condition, string principal = "'*'") =>
        $"{{ Effect: Deny, Principal: {principal}, Action: 's3:PutObject', Resource: !Sub '${{B.Arn}}/*', Condition: {{ {condition} }} }}";

    [Fact]
    public void T_301_a_new_bucket_owns_what_is_put_into_it() => Assert.Equal(Truth.Yes, Judge("{}", Allow(Role)).Verdict);

    [Fact]
    public void T_302_preferred_without_the_ACL_leaves_objects_to_the_writer() => Assert.Equal(Truth.No, Judge(Preferred, Allow(Role)).Verdict);

    [Fact]
    public void T_303_preferred_with_a_Deny_of_other_ACLs_does_not() =>
        Assert.Equal(Truth.Yes, Judge(Preferred, Allow(Role), Deny("StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }")).Verdict);

    [Fact]
    public void T_304_the_writer_stays_the_owner_whatever_the_ACL() =>
        Assert.Equal(Truth.No, Judge(Writer, Allow(Role, "StringEquals: { s3:x-amz-acl: bucket-owner-full-control }")).Verdict);

    [Theory]
    [InlineData("{ AccessControl: LogDeliveryWrite }", Truth.No)]
    [InlineData("{ AccessControl: LogDeliveryWrite, OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] } }", Truth.No)]
    [InlineData("{ AccessControl: LogDeliveryWrite, OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] } }", Truth.Yes)]
    public void T_306_an_ACL_on_a_new_bucket_fails_the_deploy(string bucket, Truth expected)
    {
        var (verdict, told) = Given.Judge("s3-acl-refused", $"Resources:\n  B: {{ Type: AWS::S3::Bucket, Properties: {bucket} }}\n");
        Assert.Equal(expected, verdict);
        if (expected is Truth.No) Assert.Equal("S3 refuses the ACL of B, and the deploy fails: object ownership is BucketOwnerEnforced, which switches ACLs off", told);
    }

    [Theory]
    [InlineData("404", "{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: 's3:ListBucket', Resource: !GetAtt B.Arn }", Truth.Yes)]
    [InlineData("403", "{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: 's3:ListBucket', Resource: !Sub '${B.Arn}/*' }", Truth.No)]
    [InlineData("403", "{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*' }", Truth.No)]
    public void T_312_who_may_list_the_bucket_is_told_that_a_key_is_missing(string status, string statement, Truth mayList)
    {
        var asked = Asked.Template(
            "Oac: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: o, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }",
            "B: { Type: AWS::S3::Bucket }",
            $"P: {{ Type: AWS::S3::BucketPolicy, Properties: {{ Bucket: !Ref B, PolicyDocument: {Asked.Policy("{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*' }", statement)} }} }}",
            "Cdn: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true, Origins: [{ Id: o, DomainName: !GetAtt B.RegionalDomainName, OriginAccessControlId: !GetAtt Oac.Id, S3OriginConfig: {} }], DefaultCacheBehavior: { TargetOriginId: o, ViewerProtocolPolicy: https-only } } } }");
        Assert.Equal(Truth.Yes, asked.May("Cdn", "s3:GetObject", "B/missing").Allowed);
        Assert.Equal((status, mayList), (mayList is Truth.Yes ? "404" : "403", asked.May("Cdn", "s3:ListBucket", "B").Allowed));
    }

    [Theory]
    [InlineData(Enforced, "", Truth.Yes)]
    [InlineData(Preferred, "StringEquals: { s3:x-amz-acl: bucket-owner-full-control }", Truth.Yes)]
    [InlineData(Preferred, "StringLike: { s3:x-amz-acl: bucket-owner-full-control }", Truth.Yes)]
    [InlineData(Preferred, "StringEqualsIgnoreCase: { s3:x-amz-acl: bucket-owner-full-control }", Truth.Yes)]
    [InlineData(Preferred, "StringEqualsIfExists: { s3:x-amz-acl: bucket-owner-full-control }", Truth.No)]
    [InlineData(Preferred, "'ForAllValues:StringEquals': { s3:x-amz-acl: bucket-owner-full-control }", Truth.No)]
    [InlineData(Preferred, "StringEquals: { aws:PrincipalOrgID: o-1 }", Truth.No)]
    [InlineData(Writer, "", Truth.No)]
    public void The_table_of_3_2_by_the_Allow(string bucket, string condition, Truth expected) => Assert.Equal(expected, Judge(bucket, Allow(Role, condition)).Verdict);

    [Theory]
    [InlineData(Preferred, "StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }", "'*'", Truth.Yes)]
    [InlineData(Preferred, "StringNotEqualsIfExists: { s3:x-amz-acl: bucket-owner-full-control }", "'*'", Truth.Yes)]
    [InlineData(Preferred, "StringNotLike: { s3:x-amz-acl: bucket-owner-full-control }", "{ AWS: '*' }", Truth.Yes)]
    [InlineData(Preferred, "StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }", Role, Truth.Yes)]
    [InlineData(Preferred, "StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }", "{ AWS: '555566667777' }", Truth.No)]
    [InlineData(Writer, "StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }", "'*'", Truth.No)]
    public void The_table_of_3_2_by_a_Deny(string bucket, string condition, string principal, Truth expected) =>
        Assert.Equal(expected, Judge(bucket, Allow(Role), Deny(condition, principal)).Verdict);

    [Fact]
    public void A_Deny_for_one_account_leaves_the_others_of_everybody() =>
        Assert.Equal(Truth.No, Judge(PreferredAndPublic, Allow("'*'"), Deny("StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control }", "{ AWS: '555566667777' }")).Verdict);

    [Fact]
    public void A_policy_without_uploads_of_others_is_nothing_to_the_rule() =>
        Assert.Equal(0, Given.Run("cross-account-put-ownership", $$"""
            Resources:
              B: { Type: AWS::S3::Bucket, Properties: {{Writer}} }
              P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref B, PolicyDocument: { Statement: [{{Allow("{ AWS: 'arn:aws:iam::111122223333:role/own' }")}}, {{Allow("{ Service: s3.amazonaws.com }")}}] } } }
            """, Deployment.Unsaid with { Account = "111122223333" }) is var report ? report.Findings.Length + report.Problems.Length : -1);
}
