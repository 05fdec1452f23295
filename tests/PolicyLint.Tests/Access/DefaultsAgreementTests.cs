using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Answers that rest on the defaults of parameters say so (semantics 8.1).</summary>
public sealed class DefaultsAgreementTests
{
    private static Asked With(string parameters, string principal, string bucket = "") => Asked.TemplateUnder(
        $"Parameters: {{ {parameters} }}", Asked.Bucket(bucket, Asked.Statement("Allow", principal, "s3:GetObject", "*")), Asked.Role("R"));

    [Fact]
    public void An_answer_by_default_says_what_it_assumes()
    {
        var decision = With("Who: { Type: String, Default: cloudtrail.amazonaws.com }, Other: { Type: String, Default: x }", "{ Service: !Ref Who }").May("service:cloudtrail.amazonaws.com", "s3:GetObject", "B");
        Assert.Equal((Truth.Yes, "parameter `Who` has its default `cloudtrail.amazonaws.com`"), (decision.Allowed, decision.Account.Assumptions[0]));
    }

    [Fact]
    public void A_denial_by_default_says_so_too()
    {
        var decision = With("Who: { Type: String, Default: config.amazonaws.com }", "{ Service: !Ref Who }").May("service:cloudtrail.amazonaws.com", "s3:GetObject", "B");
        Assert.Equal((Truth.No, "parameter `Who` has its default `config.amazonaws.com`"), (decision.Allowed, decision.Account.Assumptions[0]));
    }

    [Fact]
    public void In_strict_mode_it_is_unknown_and_told_what_would_settle_it()
    {
        var asked = With("Who: { Type: String, Default: cloudtrail.amazonaws.com }", "{ Service: !Ref Who }");
        var decision = (asked with { Deployment = asked.Deployment with { Strict = true, ServiceControl = [], ResourceControl = [] } }).May("service:cloudtrail.amazonaws.com", "s3:GetObject", "B");
        Assert.Equal(Truth.Unknown, decision.Allowed);
        Assert.Contains("would be allowed if parameter `Who` has its default `cloudtrail.amazonaws.com`", decision.Account.Changes.Select(c => c.ToString()));
    }

    [Fact]
    public void A_bucket_of_a_default_name_is_that_bucket()
    {
        var asked = Asked.TemplateUnder("Parameters: { Name: { Type: String, Default: files } }",
            "B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Name } }",
            "P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref B, PolicyDocument: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { Service: cloudtrail.amazonaws.com }, Action: s3:GetObject, Resource: 'arn:aws:s3:::files/*' }] } } }");
        Assert.Equal(Truth.Yes, asked.May("service:cloudtrail.amazonaws.com", "s3:GetObject", "B").Allowed);
    }

    [Fact]
    public void An_empty_default_decides_no_answer() => Assert.Equal(
        Truth.Unknown, With("Who: { Type: String, Default: \"\" }", "{ Service: !Ref Who }").May("service:cloudtrail.amazonaws.com", "s3:GetObject", "B").Allowed);
}
