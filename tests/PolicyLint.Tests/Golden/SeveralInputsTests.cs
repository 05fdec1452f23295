using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Inputs are judged together, and what one states itself comes before what others state of the same name.</summary>
public sealed class SeveralInputsTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private const string Bucket = "\"Files\": { \"Type\": \"AWS::S3::Bucket\", \"Properties\": { \"BucketName\": \"files\", \"PublicAccessBlockConfiguration\": { \"BlockPublicPolicy\": false, \"RestrictPublicBuckets\": false } } }";
    private const string Policy = "\"Open\": { \"Type\": \"AWS::S3::BucketPolicy\", \"Properties\": { \"Bucket\": \"files\", \"PolicyDocument\": { \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::files/*\" }] } } }";

    private static string Run(params string[] templates)
    {
        var report = Linter.Run([.. templates.Select((t, i) => new Input($"{(char)('a' + i)}.json", Named: true, () => Encoding.UTF8.GetBytes($"{{ \"Resources\": {{ {t} }} }}")))], Shipped.Only("s3-bucket-public-access"), Deployment.Unsaid);
        Assert.Empty(report.Problems);
        return string.Join(" ", report.Findings.Select(f => $"{f.Location.File}{(f.IsOpen ? "?" : "!")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_policy_in_one_template_is_that_of_the_bucket_in_another() => Assert.Equal("b.json!", Run(Bucket, Policy));

    [Fact]
    public void Two_inputs_that_state_a_bucket_of_one_name_are_two_worlds() => Assert.Equal("b.json!", Run(Bucket, $"{Bucket}, {Policy}"));

    [Fact]
    public void Whose_policy_a_third_input_states_nobody_knows() => Assert.Equal("c.json? c.json?", Run(Bucket, Bucket, Policy));

    private static string Plan(string resources) => $$"""{ "format_version": "1.2", "resource_changes": [{{resources}}] }""";

    private static string Created(string address, string after) =>
        $$"""{ "address": "{{address}}", "mode": "managed", "type": "{{address.Split('.')[0]}}", "name": "{{address.Split('.')[1]}}", "change": { "actions": ["create"], "after": {{after}}, "after_unknown": {} } }""";

    private static Report Plans(string rule, params string[] plans) =>
        Linter.Run([.. plans.Select((p, i) => new Input($"{(char)('a' + i)}.json", Named: true, () => Encoding.UTF8.GetBytes(Plan(p))))], Shipped.Only(rule), Deployment.Unsaid);

    [Fact]
    public void Plans_that_each_have_a_bucket_of_one_name_keep_their_blocks_apart()
    {
        var bucket = Created("aws_s3_bucket.files", """{ "bucket": "files" }""");
        static string Block(string on) => Created("aws_s3_bucket_public_access_block.files", $$"""{ "bucket": "files", "block_public_acls": {{on}}, "ignore_public_acls": {{on}}, "block_public_policy": {{on}}, "restrict_public_buckets": {{on}} }""");
        var finding = Assert.Single(Plans("s3-block-public-access", $"{bucket}, {Block("true")}", $"{bucket}, {Block("false")}").Findings);
        Assert.Equal(("b.json", false), (finding.Location.File, finding.IsOpen));
        Assert.Equal("b.json", Assert.Single(Plans("s3-block-public-access", bucket, Block("false")).Findings).Location.File);
    }
}
