using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>The use of keys (semantics 5), by roles and through buckets that encrypt with them.</summary>
public class KmsTests
{
    private const string Root = "{ AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root' }";
    private static readonly string Decrypts = Asked.Allow("kms:Decrypt");

    private static string Key(params string[] statements) => $"Key: {{ Type: AWS::KMS::Key, Properties: {{ KeyPolicy: {Asked.Policy(statements)} }} }}";

    private static string To(string principal, string more = "") => $"{{ Effect: Allow, Principal: {principal}, Action: 'kms:*', Resource: '*'{more} }}";

    [Fact]
    public void T_501_a_key_policy_that_names_the_account_lets_its_identity_policies_decide()
    {
        var asked = Asked.Template(Key(To(Root)), Asked.Role("Y", Decrypts), Asked.Role("Z"));
        Assert.Equal((Truth.Yes, "statement 1 of `Key` and statement 1 of `Y` allow it"), asked.Told("Y", "kms:Decrypt", "Key"));
        Assert.Equal((Truth.No, "no statement of the policies of `Z` allows kms:Decrypt to arn:aws:iam::111122223333:role/Z"), asked.Told("Z", "kms:Decrypt", "Key"));
    }

    [Fact]
    public void A_key_without_a_policy_has_the_account_s() =>
        Assert.Equal(Truth.Yes, Asked.Template("Key: { Type: AWS::KMS::Key }", Asked.Role("Y", Decrypts)).May("Y", "kms:Decrypt", "Key").Allowed);

    [Fact]
    public void T_502_a_key_policy_that_names_another_role_makes_identity_policies_void() => Assert.Equal(
        (Truth.No, "no statement of `Key` allows kms:Decrypt to arn:aws:iam::111122223333:role/Y: statement 1 comes nearest, but its principal is `arn:aws:iam::111122223333:role/X`, not arn:aws:iam::111122223333:role/Y"),
        Asked.Template(Key(To("{ AWS: !GetAtt X.Arn }")), Asked.Role("X"), Asked.Role("Y", Decrypts)).Told("Y", "kms:Decrypt", "Key"));

    [Fact]
    public void T_503_a_key_policy_that_names_the_role_is_enough() => Assert.Equal(
        (Truth.Yes, "statement 1 of `Key` allows it"), Asked.Template(Key(To("{ AWS: !GetAtt Y.Arn }")), Asked.Role("Y")).Told("Y", "kms:Decrypt", "Key"));

    /// <summary>A key in one account that lets another in, and a role of that one.</summary>
    private static Asked AcrossAccounts(string action, params string[] identity) => new(
        Asked.PlanOf("keys.json", "$provider: { allowed_account_ids: ['111122223333'] }", $"aws_kms_key.it: {{ policy: !json {Asked.Policy(To("{ AWS: 'arn:aws:iam::444455556666:root' }").Replace("kms:*", action, StringComparison.Ordinal))} }}"),
        Asked.PlanOf("roles.json", "$provider: { allowed_account_ids: ['444455556666'] }", $"aws_iam_role.y: {{ name: y, inline_policy: [{string.Join(", ", identity.Select(s => $"{{ name: own, policy: !json {Asked.Policy(s)} }}"))}] }}"))
    {
        Deployment = Deployment.Unsaid,
    };

    [Fact]
    public void T_504_across_accounts_the_identity_policies_must_allow_too()
    {
        Assert.Equal((Truth.No, "no statement of the policies of `aws_iam_role.y` allows kms:Decrypt to arn:aws:iam::444455556666:role/y"), AcrossAccounts("kms:*").Told("aws_iam_role.y", "kms:Decrypt", "aws_kms_key.it"));
        Assert.Equal((Truth.Yes, "statement 1 of `aws_kms_key.it` and statement 1 of `aws_iam_role.y` allow it"), AcrossAccounts("kms:*", Decrypts).Told("aws_iam_role.y", "kms:Decrypt", "aws_kms_key.it"));
    }

    [Fact]
    public void T_509_some_operations_are_for_the_key_s_own_account_only() => Assert.Equal(
        (Truth.No, "KMS takes kms:ScheduleKeyDeletion from the key's own account only, whatever policies say"),
        AcrossAccounts("kms:*", Asked.Allow("kms:*")).Told("aws_iam_role.y", "kms:ScheduleKeyDeletion", "aws_kms_key.it"));

    /// <summary>A bucket that encrypts with the key, and a role that may read it and use keys.</summary>
    private static Asked Encrypted(string condition, string bucketKey) => Asked.Template(
        Key(To(Root, $", Condition: {condition}")),
        Asked.Role("Y", Asked.Allow("s3:GetObject"), Decrypts),
        $"B: {{ Type: AWS::S3::Bucket, Properties: {{ BucketName: b, BucketEncryption: {{ ServerSideEncryptionConfiguration: [{{ BucketKeyEnabled: {bucketKey}, ServerSideEncryptionByDefault: {{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn }} }}] }} }} }}");

    [Theory]
    [InlineData("arn:aws:s3:::b/*", "true", Truth.No)]
    [InlineData("arn:aws:s3:::b", "true", Truth.Yes)]
    [InlineData("arn:aws:s3:::b/*", "false", Truth.Yes)]
    [InlineData("arn:aws:s3:::b", "false", Truth.No)]
    public void T_507_a_bucket_key_makes_the_bucket_the_encryption_context(string arn, string bucketKey, Truth expected)
    {
        var decision = Encrypted($"{{ StringLike: {{ 'kms:EncryptionContext:aws:s3:arn': '{arn}' }} }}", bucketKey).May("Y", "s3:GetObject", "B");
        Assert.Equal((expected, decision.Reason), (decision.Allowed, decision.Reason));
        if (expected is Truth.No) Assert.Contains("`StringLike kms:EncryptionContext:aws:s3:arn " + arn + "` does not hold", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3:GetObject")]
    [InlineData("s3:getobject")]
    [InlineData("s3:GetObjectVersion")]
    [InlineData("S3:PutObject")]
    public void Whoever_reads_or_writes_an_object_needs_the_key_however_the_action_is_written(string action)
    {
        string[] all =
        [
            Key(To("{ Service: logs.amazonaws.com }")), Asked.Role("Y", Asked.Allow("s3:*")),
            "B: { Type: AWS::S3::Bucket, Properties: { BucketName: b, BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn } }] } } }",
        ];
        Assert.Equal(Truth.No, Asked.Template(all).May("Y", action, "B").Allowed);
        Assert.Equal(Truth.Yes, Asked.Template(all).May("Y", "s3:DeleteObject", "B").Allowed);
    }

    [Theory]
    [InlineData("ec2.eu-west-1.amazonaws.com", Truth.No)]
    [InlineData("s3.eu-west-1.amazonaws.com", Truth.Yes)]
    public void T_508_a_key_may_be_used_through_the_named_service_only(string service, Truth expected)
    {
        var decision = Encrypted($"{{ StringEquals: {{ 'kms:ViaService': {service} }} }}", "false").May("Y", "s3:GetObject", "B");
        Assert.Equal((expected, decision.Reason), (decision.Allowed, decision.Reason));
    }

    [Theory]
    [InlineData("'*'", Truth.Yes)]
    [InlineData("{ AWS: '444455556666' }", Truth.No)]
    [InlineData("{ Service: cloudfront.amazonaws.com }", Truth.No)]
    public void A_key_is_used_by_whom_its_policy_names(string principal, Truth expected) =>
        Assert.Equal(expected, Asked.Template(Key(To(principal)), Asked.Role("Y")).May("Y", "kms:Decrypt", "Key").Allowed);

    [Fact]
    public void The_root_user_needs_a_statement_too()
    {
        Assert.Equal(Truth.Yes, Asked.Template(Key(To(Root))).May("arn:aws:iam::111122223333:root", "kms:Decrypt", "Key").Allowed);
        Assert.Equal(Truth.No, Asked.Template(Key(To("{ Service: cloudfront.amazonaws.com }"))).May("arn:aws:iam::111122223333:root", "kms:Decrypt", "Key").Allowed);
    }

    [Fact]
    public void A_key_that_was_there_before_may_have_grants()
    {
        var asked = Asked.Plan("aws_kms_key.it: { $actions: [no-op], policy: !json { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: 'kms:*', Resource: '*' }] } }", "aws_iam_role.y: { name: y }");
        Assert.Equal((Truth.Unknown, "there may be a grant on `aws_kms_key.it` that the input does not show"), asked.Told("aws_iam_role.y", "kms:Decrypt", "aws_kms_key.it"));
    }
}
