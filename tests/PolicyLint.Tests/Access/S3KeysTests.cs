using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Condition keys that only some of S3's actions have (semantics 3.3).</summary>
public class S3KeysTests
{
    private static Asked Allowing(string action, string condition, params string[] more) => Asked.Template(
        [Asked.Bucket("", [Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", action, "*", condition), .. more]), Asked.Role("R")]);

    [Theory]
    [InlineData("s3:prefix", "s3:ListBucket", Truth.Yes)]
    [InlineData("s3:prefix", "s3:ListBucketVersions", Truth.Yes)]
    [InlineData("s3:prefix", "s3:GetObject", Truth.No)]
    [InlineData("s3:delimiter", "s3:PutObject", Truth.No)]
    [InlineData("s3:max-keys", "s3:GetBucketAcl", Truth.No)]
    [InlineData("s3:x-amz-acl", "s3:PutObject", Truth.Yes)]
    [InlineData("s3:x-amz-acl", "s3:PutObjectAcl", Truth.Yes)]
    [InlineData("s3:x-amz-acl", "s3:GetObject", Truth.No)]
    [InlineData("s3:x-amz-grant-read", "s3:PutObject", Truth.Yes)]
    [InlineData("s3:x-amz-grant-read", "s3:ListBucket", Truth.No)]
    [InlineData("s3:x-amz-server-side-encryption", "s3:PutObject", Truth.Yes)]
    [InlineData("s3:x-amz-server-side-encryption", "s3:GetObject", Truth.No)]
    [InlineData("s3:x-amz-copy-source", "s3:PutObject", Truth.Yes)]
    [InlineData("s3:x-amz-copy-source", "s3:DeleteObject", Truth.No)]
    [InlineData("s3:x-amz-storage-class", "s3:PutObject", Truth.Yes)]
    [InlineData("s3:x-amz-storage-class", "s3:GetObject", Truth.No)]
    [InlineData("s3:DataAccessPointArn", "s3:GetObject", Truth.No)]
    [InlineData("s3:DataAccessPointAccount", "s3:ListBucket", Truth.No)]
    public void A_key_that_an_action_lacks_is_absent(string key, string action, Truth expected) =>
        Assert.Equal(expected, Allowing("s3:*", $"{{ StringEquals: {{ '{key}': x }} }}").May("R", action, "B").Allowed);

    [Fact]
    public void Nobody_can_say_that_an_action_has_a_key_which_it_lacks() => Assert.Equal(
        Truth.No, Allowing("s3:*", "{ StringEquals: { s3:prefix: x } }").May(new Inquiry("R", "s3:GetObject", "B") { Context = [new GivenKey("s3:prefix", "x")] }).Allowed);

    [Fact]
    public void A_Deny_of_uploads_without_an_ACL_that_names_every_action_reaches_reading()
    {
        var asked = Allowing("s3:*", "{}", Asked.Statement("Deny", "'*'", "s3:*", "*", "{ StringNotEquals: { s3:x-amz-acl: bucket-owner-full-control } }"));
        Assert.Equal(Truth.Yes, asked.May("R", "s3:PutObject", "B").Allowed);
        Assert.Equal(
            (Truth.No, "statement 2 of `P` denies it to arn:aws:iam::111122223333:role/R explicitly, as its condition `StringNotEquals s3:x-amz-acl bucket-owner-full-control` holds: the request has no such key"),
            asked.Told("R", "s3:GetObject", "B"));
    }
}
