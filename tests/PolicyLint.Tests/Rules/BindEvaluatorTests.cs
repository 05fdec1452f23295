namespace PolicyLint.Tests.Rules;

/// <summary>What a rule says of texts that name nothing of the input, or not surely something.</summary>
public sealed class BindEvaluatorTests
{
    private const string Around = """

          Topic: { Type: AWS::SNS::Topic }
          Scale: { Type: AWS::AutoScaling::ScalingPolicy }
          Maker: { Type: Custom::Maker, Properties: { ServiceToken: t } }
          Jobs: { Type: AWS::SQS::Queue }
          Key: { Type: AWS::KMS::Key }
          Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/files, TargetKeyId: !Ref Key } }
        """;

    private static string VerdictOf(string bind, string properties) =>
        RuleText.Verdict(RuleText.With($"bind: {{ it: {{ follow: partner, {bind} }} }}\nrequire: {{ it.address: {{ not: Nobody }} }}"), RuleText.Thing(properties) + Around).Split(':')[0];

    [Theory]
    [InlineData("!Ref Topic", "none")]
    [InlineData("!Sub \"arn:aws:sns:${AWS::Region}:${AWS::AccountId}:${P}\"", "none")]
    [InlineData("!Sub \"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${P}\"", "none")]
    [InlineData("!Sub \"http://${P}/\"", "unknown")] // queues are called by URLs
    [InlineData("!Ref Scale", "none")]
    [InlineData("!GetAtt Scale.Arn", "none")]
    [InlineData("!GetAtt Scale.TargetArn", "unknown")] // an attribute may be what something else is called
    [InlineData("!Ref Maker", "unknown")] // so may whatever a custom resource gives
    [InlineData("!GetAtt Maker.Arn", "unknown")]
    [InlineData("!Ref P", "unknown")]
    [InlineData("!Sub \"arn:aws:${P}:us-east-1:111122223333:jobs\"", "unknown")]
    [InlineData("!GetAtt Jobs.Arn", "pass")]
    public void A_text_that_surely_names_another_services_resource_does_not_concern_the_rule(string text, string expected) =>
        Assert.Equal(expected, VerdictOf("kind: sqs-queue", $"Partner: {text}"));

    [Theory]
    [InlineData("\"arn:aws:sqs:us-east-1:111122223333:foreign\"", "unknown", "none")]
    [InlineData("!Ref P", "unknown", "none")]
    [InlineData("!GetAtt Jobs.Arn", "pass", "pass")]
    public void What_is_not_in_the_input_may_be_left_to_another_rule(string text, string told, string skipped)
    {
        Assert.Equal(told, VerdictOf("kind: sqs-queue", $"Partner: {text}"));
        Assert.Equal(skipped, VerdictOf("kind: sqs-queue, elsewhere: skip", $"Partner: {text}"));
    }

    [Theory]
    [InlineData("!Ref Key", "pass")]
    [InlineData("!Ref Alias", "pass")]
    [InlineData("alias/files", "pass")]
    [InlineData("alias/others", "none")]
    public void A_key_is_found_by_its_alias(string text, string expected) => Assert.Equal(expected, VerdictOf("kind: kms-key", $"Partner: {text}"));

    [Fact]
    public void What_a_macro_might_add_is_not_followed() => Assert.Equal("none", RuleText.Verdict(
        RuleText.With("resource: s3-bucket\neach: \"queueEvents[*] as event\"\nbind: { queue: { follow: event.target, kind: sqs-queue } }\nrequire: { exists: queue.policy }"),
        "Transform: Ours\nResources:\n  Files: { Type: AWS::S3::Bucket }\n"));
}
