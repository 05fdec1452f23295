using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What a bucket's ACL grants beside its policy (semantics 3.4).</summary>
public class S3AclTests
{
    private static Asked Template(string acl, string ownership = "ObjectWriter", string ignore = "false") => Asked.TemplateUnder(
        "Parameters: { Any: { Type: String } }",
        Asked.Bucket($"AccessControl: {acl}, OwnershipControls: {{ Rules: [{{ ObjectOwnership: {ownership} }}] }}, PublicAccessBlockConfiguration: {{ IgnorePublicAcls: {ignore} }}"));

    private static Asked Plan(string acl, string ownership = "ObjectWriter", string ignore = "false", string bucket = "") => Asked.Plan(
        $"aws_s3_bucket.b: {{ bucket: b{bucket} }}",
        $"aws_s3_bucket_ownership_controls.b: {{ bucket: b, rule: [{{ object_ownership: {ownership} }}] }}",
        $"aws_s3_bucket_public_access_block.b: {{ bucket: b, ignore_public_acls: {ignore}, restrict_public_buckets: false }}",
        acl.Length > 0 ? $"aws_s3_bucket_acl.b: {{ bucket: b, {acl} }}" : "");

    public static TheoryData<string, string, string, string, Truth> Canned() => new()
    {
        { "PublicRead", "public-read", "anonymous", "s3:ListBucket", Truth.Yes },
        { "PublicRead", "public-read", "anonymous", "s3:ListBucketVersions", Truth.Yes },
        { "PublicRead", "public-read", "anonymous", "s3:listbucket", Truth.Yes },
        { "PublicRead", "public-read", "anonymous", "s3:PutObject", Truth.No },
        { "PublicRead", "public-read", "anonymous", "s3:GetObject", Truth.No }, // rule 15
        { "PublicRead", "public-read", "444455556666", "s3:ListBucket", Truth.Yes },
        { "PublicReadWrite", "public-read-write", "anonymous", "s3:ListBucket", Truth.Yes },
        { "PublicReadWrite", "public-read-write", "anonymous", "s3:PutObject", Truth.Yes },
        { "PublicReadWrite", "public-read-write", "anonymous", "s3:PutBucketAcl", Truth.No },
        { "AuthenticatedRead", "authenticated-read", "anonymous", "s3:ListBucket", Truth.No },
        { "AuthenticatedRead", "authenticated-read", "444455556666", "s3:ListBucket", Truth.Yes },
        { "LogDeliveryWrite", "log-delivery-write", "service:logging.s3.amazonaws.com", "s3:PutObject", Truth.Yes },
        { "LogDeliveryWrite", "log-delivery-write", "service:logging.s3.amazonaws.com", "s3:GetBucketAcl", Truth.Yes },
        { "LogDeliveryWrite", "log-delivery-write", "service:logging.s3.amazonaws.com", "s3:ListBucket", Truth.No },
        { "LogDeliveryWrite", "log-delivery-write", "service:cloudtrail.amazonaws.com", "s3:PutObject", Truth.No },
        { "LogDeliveryWrite", "log-delivery-write", "anonymous", "s3:PutObject", Truth.No },
        { "Private", "private", "anonymous", "s3:ListBucket", Truth.No },
        { "BucketOwnerFullControl", "bucket-owner-full-control", "anonymous", "s3:ListBucket", Truth.No },
        { "AwsExecRead", "aws-exec-read", "anonymous", "s3:ListBucket", Truth.No },
    };

    [Theory, MemberData(nameof(Canned))]
    public void A_canned_ACL_grants_what_S3_says_in_both_spellings(string template, string plan, string who, string action, Truth expected)
    {
        Assert.Equal(expected, Template(template).May(who, action, "B").Allowed);
        Assert.Equal(expected, Plan($"acl: {plan}").May(who, action, "aws_s3_bucket.b").Allowed);
    }

    [Fact]
    public void The_reason_names_the_ACL()
    {
        Assert.Equal("the bucket's ACL is `PublicRead`", Template("PublicRead").May("anonymous", "s3:ListBucket", "B").Reason);
        Assert.Equal("the bucket's ACL has a grant for it", Plan(Grant("uri: 'http://acs.amazonaws.com/groups/global/AllUsers', type: Group", "READ")).May("anonymous", "s3:ListBucket", "aws_s3_bucket.b").Reason);
    }

    private static string Grant(string grantee, string permission) => $"access_control_policy: [{{ grant: [{{ permission: {permission}, grantee: [{{ {grantee} }}] }}] }}]";

    [Theory]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AllUsers', type: Group", "READ", "anonymous", Truth.Yes)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AllUsers', type: Group", "WRITE", "anonymous", Truth.No)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AllUsers', type: Group", "FULL_CONTROL", "anonymous", Truth.Yes)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers', type: Group", "READ", "anonymous", Truth.No)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers', type: Group", "READ", "444455556666", Truth.Yes)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/s3/LogDelivery', type: Group", "READ", "service:logging.s3.amazonaws.com", Truth.Yes)]
    [InlineData("id: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0', type: CanonicalUser", "READ", "444455556666", Truth.Unknown)]
    [InlineData("id: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0', type: CanonicalUser", "READ", "anonymous", Truth.No)]
    [InlineData("id: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0', type: CanonicalUser", "READ", "service:logging.s3.amazonaws.com", Truth.No)]
    [InlineData("uri: !unknown , type: Group", "READ", "anonymous", Truth.Unknown)]
    [InlineData("uri: 'http://acs.amazonaws.com/groups/global/AllUsers', type: Group", "!unknown ", "anonymous", Truth.Unknown)]
    public void A_grant_goes_to_its_grantee(string grantee, string permission, string who, Truth expected) =>
        Assert.Equal(expected, Plan(Grant(grantee, permission)).May(who, "s3:ListBucket", "aws_s3_bucket.b").Allowed);

    [Fact]
    public void A_grant_in_the_bucket_itself_counts_too() => Assert.Equal(
        Truth.Yes, Plan("", bucket: ", grant: [{ type: Group, permissions: [WRITE, READ], uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }]").May("anonymous", "s3:ListBucket", "aws_s3_bucket.b").Allowed);

    [Theory]
    [InlineData("ObjectWriter", Truth.Yes)]
    [InlineData("BucketOwnerPreferred", Truth.Yes)]
    [InlineData("BucketOwnerEnforced", Truth.No)]
    public void Enforced_ownership_switches_ACLs_off(string ownership, Truth expected)
    {
        Assert.Equal(expected, Template("PublicRead", ownership).May("anonymous", "s3:ListBucket", "B").Allowed);
        Assert.Equal(expected, Plan("acl: public-read", ownership).May("anonymous", "s3:ListBucket", "aws_s3_bucket.b").Allowed);
    }

    [Fact]
    public void A_new_bucket_has_enforced_ownership_and_an_older_one_what_it_had()
    {
        const string Block = "aws_s3_bucket_public_access_block.b: { bucket: b, ignore_public_acls: false, restrict_public_buckets: false }";
        const string Acl = "aws_s3_bucket_acl.b: { bucket: b, acl: public-read }";
        const string Policy = "aws_s3_bucket_policy.b: { bucket: b, policy: !json { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] } }";
        Assert.Equal(Truth.No, Asked.Plan("aws_s3_bucket.b: { bucket: b }", Block, Acl, Policy).May("anonymous", "s3:ListBucket", "aws_s3_bucket.b").Allowed);
        Assert.Equal(
            (Truth.Unknown, "the bucket's ACL is `public-read`, and whether object ownership leaves ACLs on is not known here"),
            Asked.Plan("aws_s3_bucket.b: { $actions: [no-op], bucket: b }", Block, Acl, Policy).Told("anonymous", "s3:ListBucket", "aws_s3_bucket.b"));
    }

    [Theory]
    [InlineData("PublicRead", "anonymous", "s3:ListBucket", Truth.No)]
    [InlineData("AuthenticatedRead", "444455556666", "s3:ListBucket", Truth.No)]
    [InlineData("LogDeliveryWrite", "service:logging.s3.amazonaws.com", "s3:PutObject", Truth.Yes)]
    public void IgnorePublicAcls_takes_back_what_is_granted_to_everyone(string acl, string who, string action, Truth expected) =>
        Assert.Equal(expected, Template(acl, ignore: "true").May(who, action, "B").Allowed);

    [Theory]
    [InlineData("!Ref Any", "ObjectWriter", "false")]
    [InlineData("PublicRead", "!Ref Any", "false")]
    [InlineData("PublicRead", "ObjectWriter", "!Ref Any")]
    public void A_parameter_leaves_it_open(string acl, string ownership, string ignore) =>
        Assert.Equal(Truth.Unknown, Template(acl, ownership, ignore).May("anonymous", "s3:ListBucket", "B").Allowed);

    [Fact]
    public void What_is_not_known_of_an_ACL_is_told()
    {
        Assert.Equal("the bucket's ACL is `⟨Any⟩`, and whether that lets anonymous in is not known here", Template("!Ref Any").May("anonymous", "s3:ListBucket", "B").Reason);
        Assert.Equal("the bucket's ACL is `PublicRead`, and whether that lets anonymous in is not known here", Template("PublicRead", ignore: "!Ref Any").May("anonymous", "s3:ListBucket", "B").Reason);
        Assert.Equal(
            ["would be allowed if something beside the policies lets anonymous in", "would be denied if nothing beside the policies lets anonymous in"],
            Template("!Ref Any").May("anonymous", "s3:ListBucket", "B").Account.Changes.Select(c => c.ToString()));
    }

    [Fact]
    public void A_Deny_of_the_policy_outweighs_the_ACL() => Assert.Equal(
        (Truth.No, "statement 1 of `P` denies it to anonymous explicitly"),
        Asked.Template(Asked.Bucket(
            "AccessControl: PublicRead, OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }, PublicAccessBlockConfiguration: { IgnorePublicAcls: false }",
            Asked.Statement("Deny", "'*'", "s3:*", "arn:aws:s3:::b"))).Told("anonymous", "s3:ListBucket", "B"));
}
