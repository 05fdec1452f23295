using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Whom Block Public Access keeps out of a bucket whose policy is public (semantics 3.5).</summary>
public class PublicBlockTests
{
    private const string Refused = "the bucket policy is public and Block Public Access is on, so S3 refuses to take the policy and the deploy fails";
    private const string Restricted = "Block Public Access is on and the bucket policy is public, so only the bucket's own account and AWS services get in";

    private static Asked Public(string block) => Asked.TemplateUnder(
        "Parameters: { Any: { Type: String } }",
        Asked.Bucket(block, Asked.Statement("Allow", "'*'", "s3:GetObject", "*"), Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:GetObject", "*")), Asked.Role("R"));

    private static string Block(string refuses, string restricts) => $"PublicAccessBlockConfiguration: {{ BlockPublicPolicy: {refuses}, RestrictPublicBuckets: {restricts} }}";

    [Theory]
    [InlineData("anonymous", Truth.No)]
    [InlineData("444455556666", Truth.No)]
    [InlineData("R", Truth.Yes)]
    [InlineData("service:cloudtrail.amazonaws.com", Truth.Yes)]
    public void A_restricted_bucket_keeps_strangers_out(string who, Truth expected)
    {
        var (allowed, reason) = Public(Block("false", "true")).Told(who, "s3:GetObject", "B");
        Assert.Equal((expected, expected is Truth.No ? Restricted : "statement 1 of `P` allows it"), (allowed, reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PublicAccessBlockConfiguration: { BlockPublicPolicy: true }")]
    public void A_new_bucket_refuses_the_policy(string block) => Assert.Equal((Truth.No, Refused), Public(block).Told("anonymous", "s3:GetObject", "B"));

    [Fact]
    public void A_block_that_is_off_lets_everyone_in() =>
        Assert.Equal(Truth.Yes, Public(Block("false", "false")).May("anonymous", "s3:GetObject", "B").Allowed);

    [Fact]
    public void A_block_that_states_some_settings_has_the_others_off() =>
        Assert.Equal(Truth.Yes, Public("PublicAccessBlockConfiguration: { BlockPublicAcls: true }").May("anonymous", "s3:GetObject", "B").Allowed);

    [Fact]
    public void A_block_by_a_parameter_is_not_known() => Assert.Equal(
        (Truth.Unknown, "the bucket policy is public, and whether Block Public Access keeps the public out is not known here"), Public(Block("false", "!Ref Any")).Told("anonymous", "s3:GetObject", "B"));

    [Fact]
    public void A_policy_that_may_be_public_is_not_known() => Assert.Equal(
        (Truth.Unknown, "Block Public Access is or may be on, and whether S3 counts the bucket policy as public is not known here"),
        Asked.TemplateUnder(
            "Parameters: { Any: { Type: String } }",
            Asked.Bucket("", Asked.Statement("Allow", "'*'", "s3:GetObject", "*", "{ StringEquals: { aws:SourceVpce: !Ref Any } }"))).Told("anonymous", "s3:GetObject", "B"));

    [Fact]
    public void A_policy_that_names_its_callers_is_not_public() => Assert.Equal(
        Truth.Yes, Asked.Template(Asked.Bucket("", Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:GetObject", "*"))).May("444455556666", "s3:GetObject", "B").Allowed);

    [Theory]
    [InlineData("create", "", Truth.No)]
    [InlineData("no-op", "", Truth.Unknown)]
    [InlineData("no-op", "aws_s3_bucket_public_access_block.b: { bucket: b, restrict_public_buckets: true }", Truth.No)]
    [InlineData("no-op", "aws_s3_bucket_public_access_block.b: { bucket: b, block_public_policy: true }", Truth.Yes)] // it was there before the policy could be refused
    [InlineData("create", "aws_s3_bucket_public_access_block.b: { bucket: b, block_public_acls: true }", Truth.Yes)]
    public void A_plan_s_block_is_a_resource_of_its_own(string action, string block, Truth expected) => Assert.Equal(
        expected, Asked.Plan(
            $"aws_s3_bucket.b: {{ $actions: [{action}], bucket: b }}", block,
            $"aws_s3_bucket_policy.b: {{ bucket: b, policy: !json {Asked.Policy(Asked.Statement("Allow", "'*'", "s3:GetObject", "arn:aws:s3:::b/*"))} }}").May("anonymous", "s3:GetObject", "aws_s3_bucket.b").Allowed);
}
