namespace PolicyLint.Tests.Resources.Terraform;

public sealed class EvaluatorTests
{
    private static readonly string Folder = Repository.Path("tests/fixtures/terraform");

    /// <summary>The right sides were printed by Terraform 1.11.</summary>
    public static TheoryData<string, string> Expressions()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, "expressions.txt")))
            if (line.Split(" → ") is [var expression, var truth]) data.Add(expression, truth);
        return data;
    }

    [Theory, MemberData(nameof(Expressions))]
    public void An_expression_gives_what_Terraform_gives(string expression, string truth)
    {
        var written = Written.OfExpressions();
        var value = written.Evaluate(expression);
        Assert.Empty(written.Problems);
        if (!value.StartsWith('⟨')) Assert.Equal(truth, value);
        else Assert.Contains(expression, Left, StringComparer.Ordinal);
    }

    /// <summary>What is not computed.</summary>
    private static readonly string[] Left = ["cidrsubnet(\"10.0.0.0/8\", 8, 1)", "values({ b = 1, a = 2 })"];

    private const string Plan = """
        {
          "format_version": "1.2",
          "variables": { "env": { "value": "dev" } },
          "resource_changes": [
            { "address": "aws_s3_bucket.one", "mode": "managed", "type": "aws_s3_bucket", "name": "one", "change": { "actions": ["create"], "after": { "force_destroy": false, "tags": { "a": "b" } }, "after_unknown": { "arn": true, "id": true, "bucket": true, "versioning": true } } },
            { "address": "aws_s3_bucket.each[\"a.b\"]", "mode": "managed", "type": "aws_s3_bucket", "name": "each", "index": "a.b", "change": { "actions": ["create"], "after": { "bucket": "ab" }, "after_unknown": { "arn": true } } },
            { "address": "aws_s3_bucket.each[\"c\"]", "mode": "managed", "type": "aws_s3_bucket", "name": "each", "index": "c", "change": { "actions": ["create"], "after": { "bucket": "c" }, "after_unknown": { "arn": true } } },
            { "address": "aws_s3_bucket.two[0]", "mode": "managed", "type": "aws_s3_bucket", "name": "two", "index": 0, "change": { "actions": ["create"], "after": { "bucket": "t0" }, "after_unknown": { "arn": true } } },
            { "address": "random_id.x", "mode": "managed", "type": "random_id", "name": "x", "change": { "actions": ["create"], "after": { "byte_length": 4 }, "after_unknown": { "hex": true, "keepers": true } } },
            { "address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d", "change": { "actions": ["update"], "after": { "password": "hunter2" }, "after_sensitive": { "password": true } } },
            { "address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me", "change": { "actions": ["read"], "after": {}, "after_unknown": { "account_id": true } } },
            { "address": "module.m[\"k\"].aws_media_convert_queue.q", "module_address": "module.m[\"k\"]", "mode": "managed", "type": "aws_media_convert_queue", "name": "q", "change": { "actions": ["create"], "after": { "name": "q" }, "after_unknown": { "arn": true, "url": true, "policy": true } } }
          ],
          "configuration": { "root_module": { "resources": [{ "address": "aws_s3_bucket.one" }, { "address": "aws_s3_bucket.none" }], "module_calls": { "m": { "source": "./m", "module": { "resources": [{ "address": "aws_media_convert_queue.q" }] } } } } }
        }
        """;

    private const string Main = """
        variable "env" {}
        variable "secret" {
          default   = "hunter2"
          sensitive = true
        }
        locals {
          circle = "${local.circle}"
          bomb0  = ["x", "x", "x", "x", "x", "x", "x", "x"]
          bomb1  = [local.bomb0, local.bomb0, local.bomb0, local.bomb0, local.bomb0, local.bomb0, local.bomb0, local.bomb0]
          bomb2  = [local.bomb1, local.bomb1, local.bomb1, local.bomb1, local.bomb1, local.bomb1, local.bomb1, local.bomb1]
          bomb3  = [local.bomb2, local.bomb2, local.bomb2, local.bomb2, local.bomb2, local.bomb2, local.bomb2, local.bomb2]
          bomb4  = [local.bomb3, local.bomb3, local.bomb3, local.bomb3, local.bomb3, local.bomb3, local.bomb3, local.bomb3]
          bomb5  = [local.bomb4, local.bomb4, local.bomb4, local.bomb4, local.bomb4, local.bomb4, local.bomb4, local.bomb4]
          bomb6  = [local.bomb5, local.bomb5, local.bomb5, local.bomb5, local.bomb5, local.bomb5, local.bomb5, local.bomb5]
        }
        resource "aws_s3_bucket" "one" {}
        resource "aws_s3_bucket" "none" {
          count = 0
        }
        module "m" {
          source   = "./m"
          for_each = { k = aws_s3_bucket.one }
          bucket   = each.value
          number   = 7
        }

        """;

    private const string Inner = """
        variable "bucket" {}
        variable "number" {
          type = string
        }
        variable "left" {
          default = "l"
        }
        resource "aws_media_convert_queue" "q" {
          policy = jsonencode({ Statement = [var.bucket.arn] })
        }
        output "arn" { value = "${var.number}:${aws_media_convert_queue.q.arn}" }
        output "policy" { value = aws_media_convert_queue.q.policy }

        """;

    [Theory]
    [InlineData("var.env", "\"dev\"")]
    [InlineData("\"${aws_s3_bucket.one.arn}/*\"", "\"arn:aws:s3:::⟨aws_s3_bucket.one⟩/*\"")]
    [InlineData("aws_s3_bucket.one.tags[\"a\"]", "\"b\"")]
    [InlineData("aws_s3_bucket.one.versioning[0].enabled", "\"⟨aws_s3_bucket.one.versioning[0].enabled⟩\"")]
    [InlineData("aws_s3_bucket.one[*].arn", "[\"arn:aws:s3:::⟨aws_s3_bucket.one⟩\"]")]
    [InlineData("aws_s3_bucket.none[*].arn", "[]")]
    [InlineData("one(aws_s3_bucket.two[*].arn)", "\"arn:aws:s3:::t0\"")]
    [InlineData("aws_s3_bucket.each[\"a.b\"].arn", "\"arn:aws:s3:::ab\"")]
    [InlineData("[for b in aws_s3_bucket.each : \"${b.arn}/*\"]", "[\"arn:aws:s3:::ab/*\",\"arn:aws:s3:::c/*\"]")]
    [InlineData("values(aws_s3_bucket.each)[*].arn", "[\"arn:aws:s3:::ab\",\"arn:aws:s3:::c\"]")]
    [InlineData("{ for k, b in aws_s3_bucket.each : k => b.bucket }", "{\"a.b\":\"ab\",\"c\":\"c\"}")]
    [InlineData("aws_s3_bucket.one", "⟨a whole resource is not read⟩")]
    [InlineData("random_id.x.hex", "\"⟨random_id.x.hex⟩\"")]
    [InlineData("random_id.x.byte_length + 1", "5")]
    [InlineData("random_id.x.keepers[*]", "⟨`random_id.x.keepers[*]` is not known here⟩")]
    [InlineData("random_id.x.hex == \"a\" ? \"b\" : \"c\"", "⟨\"b\" or \"c\"⟩")]
    [InlineData("\"x${random_id.x.hex == \"a\" ? \"b\" : \"c\"}\"", "\"x⟨\"b\" or \"c\"⟩\"")]
    [InlineData("bcrypt(\"a\") == \"b\" ? \"b\" : \"c\"", "⟨\"b\" or \"c\"⟩")]
    [InlineData("aws_s3_bucket.one.arn != null ? 1 : 2", "1")]
    [InlineData("bcrypt(\"a\")", "⟨`bcrypt(\"a\")` calls `bcrypt`, which PolicyLint does not compute⟩")]
    [InlineData("\"a-${bcrypt(\"a\")}\"", "\"a-⟨bcrypt(\"a\")⟩\"")]
    [InlineData("data.aws_caller_identity.me.account_id", "\"111122223333\"")]
    [InlineData("data.aws_kms_key.k.arn", "⟨`data.aws_kms_key.k` is not known here⟩")]
    [InlineData("aws_db_instance.d.password", "⟨secret⟩")]
    [InlineData("var.secret", "⟨secret⟩")]
    [InlineData("\"a${var.secret}\"", "\"a⟨var.secret⟩\"")]
    [InlineData("jsonencode({ a = var.secret })", "\"{\"a\":⟨a part of a JSON text⟩}\"")]
    [InlineData("jsonencode({ Statement = aws_s3_bucket.one.arn })", "{\"Statement\":\"arn:aws:s3:::⟨aws_s3_bucket.one⟩\"}")]
    [InlineData("module.m[\"k\"].arn", "\"7:⟨module.m[\"k\"].aws_media_convert_queue.q.arn⟩\"")]
    [InlineData("module.m[\"k\"].policy", "{\"Statement\":[\"arn:aws:s3:::⟨aws_s3_bucket.one⟩\"]}")]
    [InlineData("[for m in module.m : m.policy]", "[{\"Statement\":[\"arn:aws:s3:::⟨aws_s3_bucket.one⟩\"]}]")]
    [InlineData("module.other.arn", "⟨`module.other` is not known here⟩")]
    [InlineData("local.circle", "⟨`local.circle` needs itself⟩")]
    [InlineData("local.missing", "⟨`local.missing` is not declared⟩")]
    [InlineData("path.module", "\"⟨path.module⟩\"")]
    [InlineData("length(flatten(local.bomb6))", "⟨`flatten(local.bomb6)` is not known here⟩")]
    [InlineData("each.key", "⟨`each.key` is not known here⟩")]
    [InlineData("file(\"x\")", "⟨`file(\"x\")` needs the file `x`, which is not read⟩")]
    public void What_the_plan_does_not_know_is_known_in_part(string expression, string value)
    {
        var written = new Written(Plan, ("main.tf", Main), ("m/main.tf", Inner));
        Assert.Equal(value.Replace("\\\"", "\"", StringComparison.Ordinal), written.Evaluate(expression).Replace("\\\"", "\"", StringComparison.Ordinal));
        Assert.Empty(written.Problems);
    }

    [Fact]
    public void Work_is_bounded()
    {
        var written = new Written(Plan, ("main.tf", Main), ("m/main.tf", Inner));
        Assert.Contains("takes too much work", written.Evaluate("local.bomb6"), StringComparison.Ordinal);
        Assert.Contains("takes too much work", written.Evaluate("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]"), StringComparison.Ordinal);
        Assert.StartsWith("⟨", written.Evaluate("local.bomb6 == local.bomb6 ? jsonencode(local.bomb6) : 1"), StringComparison.Ordinal);
        Assert.Equal("1", written.Evaluate("1"));
    }

    [Fact]
    public void In_a_module_the_names_are_its_own()
    {
        var written = new Written(Plan, ("main.tf", Main), ("m/main.tf", Inner));
        Assert.Equal("[\"7\",\"l\",\"arn:aws:s3:::⟨aws_s3_bucket.one⟩\"]", written.Evaluate("[var.number, var.left, var.bucket.arn]", "module.m[\"k\"]"));
    }
}
