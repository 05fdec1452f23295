using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>What a plan without sources tells of values that are known only after apply: the references of its configuration.</summary>
public sealed class LinksTests
{
    private const string Bucket = "{ \"address\": \"ADDRESS\", MODULE \"mode\": \"managed\", \"type\": \"aws_s3_bucket\", \"name\": \"NAME\", \"change\": { \"actions\": [\"create\"], \"after\": {}, \"after_unknown\": { \"id\": true, \"arn\": true, \"bucket\": true } } }";

    private static string BucketAt(string address, string module = "") => Bucket
        .Replace("ADDRESS", address.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("MODULE", module.Length == 0 ? "" : $"\"module_address\": \"{module.Replace("\"", "\\\"", StringComparison.Ordinal)}\",", StringComparison.Ordinal)
        .Replace("NAME", address[(address.LastIndexOf("aws_s3_bucket.", StringComparison.Ordinal) + 14)..].Split('[')[0], StringComparison.Ordinal);

    /// <summary>A bucket in a module in a module, beside buckets of a <c>for_each</c>; <c>aws_x.y</c> asks.</summary>
    private static string Plan(string expression, string forEach) => $$"""
        {
          "format_version": "1.2",
          "variables": { "name": { "value": "given" }, "on": { "value": true }, "none": { "value": "" } },
          "resource_changes": [
            { "address": "aws_x.y[\"a.b\"]", "mode": "managed", "type": "aws_x", "name": "y", "change": { "actions": ["create"], "after": {}, "after_unknown": { "v": true } } },
            { "address": "aws_s3_bucket_policy.p", "mode": "managed", "type": "aws_s3_bucket_policy", "name": "p", "change": { "actions": ["create"], "after": {}, "after_unknown": { "id": true, "bucket": true } } },
            {{BucketAt("aws_s3_bucket.b")}}, {{BucketAt("aws_s3_bucket.each[\"a.b\"]")}}, {{BucketAt("aws_s3_bucket.each[\"c\"]")}},
            {{BucketAt("module.outer.module.inner[\"k.k\"].aws_s3_bucket.this[0]", "module.outer.module.inner[\"k.k\"]")}}
          ],
          "configuration": { "root_module": {
            "resources": [
              { "address": "aws_x.y", "expressions": { "v": {{expression}} }, "for_each_expression": {{forEach}} },
              { "address": "aws_s3_bucket.b", "expressions": {} }, { "address": "aws_s3_bucket.each", "expressions": {} },
              { "address": "aws_s3_bucket_policy.none", "expressions": { "bucket": { "references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } } },
              { "address": "aws_s3_bucket_policy.p", "expressions": { "bucket": { "references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } } }
            ],
            "module_calls": { "outer": {
              "expressions": { "bucket": { "references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] }, "on": { "references": ["var.on"] } },
              "module": {
                "variables": { "bucket": {}, "on": {}, "left": { "default": "default" } },
                "outputs": {
                  "own": { "expression": { "references": ["var.bucket"] } },
                  "left": { "expression": { "references": ["var.left"] } },
                  "either": { "expression": { "references": ["var.on", "var.bucket"] } },
                  "inner": { "expression": { "references": ["module.inner[\"k.k\"].id", "module.inner[\"k.k\"]", "module.inner"] } }
                },
                "module_calls": { "inner": {
                  "expressions": { "key": { "references": ["each.key"] }, "value": { "references": ["each.value"] } },
                  "for_each_expression": { "constant_value": ["k.k"] },
                  "module": {
                    "variables": { "key": {}, "value": {} },
                    "outputs": { "id": { "expression": { "references": ["aws_s3_bucket.this[0].id", "aws_s3_bucket.this[0]", "aws_s3_bucket.this"] } }, "key": { "expression": { "references": ["var.key"] } } },
                    "resources": [{ "address": "aws_s3_bucket.this", "expressions": {} }]
                  } } }
              } } }
          } }
        }
        """;

    private static string Likely(string references, string forEach = "{}")
    {
        var expression = $"{{ \"references\": [{string.Join(", ", references.Split(' ').Select(r => $"\"{r.Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}] }}";
        var written = new Written(Plan(expression, forEach));
        var value = written.References.PropertiesOf(Assert.Single(written.References.InstancesOf("", "aws_x.y")))["v"];
        return Assert.IsType<Value.Unknown>(value).Likely is { } likely ? Written.Shown(likely) : "nothing";
    }

    [Theory]
    [InlineData("aws_s3_bucket.b.id aws_s3_bucket.b", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket.b.arn aws_s3_bucket.b", "\"arn:aws:s3:::⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket_policy.p.bucket aws_s3_bucket_policy.p", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket_policy.p.id aws_s3_bucket_policy.p aws_s3_bucket.b.id aws_s3_bucket.b", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket.b.id aws_s3_bucket.b aws_s3_bucket.each[\"c\"].id", "nothing")]
    [InlineData("aws_s3_bucket.b.id local.x", "nothing")]
    [InlineData("local.x aws_s3_bucket_policy.p.id aws_s3_bucket_policy.p aws_s3_bucket.b.id aws_s3_bucket.b", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("local.x aws_s3_bucket_policy.none[0].id aws_s3_bucket_policy.none[0] aws_s3_bucket_policy.none aws_s3_bucket.b.id aws_s3_bucket.b", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket.b.id var.name", "nothing")]
    [InlineData("aws_s3_bucket.b.id var.on var.none", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("aws_s3_bucket.each each.key", "\"⟨aws_s3_bucket.each[\\\"a.b\\\"]⟩\"")]
    [InlineData("aws_s3_bucket.each[\"a.b\"].arn aws_s3_bucket.each[\"a.b\"] aws_s3_bucket.each", "\"arn:aws:s3:::⟨aws_s3_bucket.each[\\\"a.b\\\"]⟩\"")]
    [InlineData("var.name", "\"given\"")]
    [InlineData("each.key", "\"a.b\"")]
    [InlineData("module.outer.own module.outer", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("module.outer.either module.outer", "\"⟨aws_s3_bucket.b⟩\"")]
    [InlineData("module.outer.left module.outer", "\"default\"")]
    [InlineData("module.outer.inner module.outer", "\"⟨module.outer.module.inner[\\\"k.k\\\"].aws_s3_bucket.this[0]⟩\"")]
    [InlineData("module.outer.nothing module.outer", "nothing")]
    public void References_are_followed(string references, string likely) => Assert.Equal(likely, Likely(references));

    [Fact]
    public void What_for_each_goes_through_is_followed() =>
        Assert.Equal("\"arn:aws:s3:::⟨aws_s3_bucket.each[\\\"a.b\\\"]⟩\"", Likely("each.value.arn each.value", "{ \"references\": [\"aws_s3_bucket.each\"] }"));
}
