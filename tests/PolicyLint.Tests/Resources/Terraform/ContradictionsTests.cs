namespace PolicyLint.Tests.Resources.Terraform;

public sealed class ContradictionsTests
{
    private const string Plan = """
        {
          "format_version": "1.2",
          "resource_changes": [],
          "configuration": { "root_module": {
            "resources": [
              { "address": "aws_sns_topic.a", "expressions": { "name": { "constant_value": "a" }, "fifo_topic": { "constant_value": true }, "signature_version": { "constant_value": 2 }, "kms_master_key_id": { "references": ["aws_kms_key.k.id", "aws_kms_key.k"] } } },
              { "address": "aws_kms_key.k", "expressions": {} },
              { "address": "aws_cloudfront_distribution.d", "expressions": { "origin": [{ "origin_id": { "constant_value": "x" } }, { "origin_id": { "constant_value": "y" } }], "restrictions": [{}] } }
            ],
            "module_calls": { "m": { "source": "./m", "module": { "resources": [{ "address": "aws_sqs_queue.q", "expressions": { "name": { "constant_value": "q" } } }] } } } } }
        }
        """;

    private const string Main = """
        resource "aws_sns_topic" "a" {
          name              = "a"
          fifo_topic        = true
          signature_version = 2.0
          kms_master_key_id = aws_kms_key.k.id
        }
        resource "aws_kms_key" "k" {}
        resource "aws_cloudfront_distribution" "d" {
          origin {
            origin_id = "x"
          }
          origin {
            origin_id = "y"
          }
          dynamic "restrictions" {
            for_each = []
            content {}
          }
        }
        module "m" {
          source = "./m"
        }

        """;

    private const string Queue = "resource \"aws_sqs_queue\" \"q\" {\n  name = \"q\"\n}\n";

    private static string Told(string main, string queue) =>
        string.Join(" | ", new Written(Plan, ("main.tf", main), ("m/main.tf", queue)).Problems.Select(p => $"{p.Location} {p.Message}"));

    [Fact]
    public void Sources_that_say_what_the_plan_says_are_believed() => Assert.Equal("", Told(Main, Queue));

    [Theory]
    [InlineData("\"a\"\n", "\"b\"\n", "main.tf:2:23 `name` is `\"b\"` here, but `a` in the plan")]
    [InlineData("= true", "= false", "main.tf:3:23 `fifo_topic` is `false` here, but `true` in the plan")]
    [InlineData("aws_kms_key.k.id", "\"key\"", "main.tf:5:23 `kms_master_key_id` is `\"key\"` here, but made of `aws_kms_key.k.id` in the plan")]
    [InlineData("\"y\"", "\"z\"", "main.tf:13:17 `origin_id` is `\"z\"` here, but `y` in the plan")]
    [InlineData("  origin {\n    origin_id = \"y\"\n  }\n", "", "main.tf:9:3 there are 1 blocks `origin` here, but 2 in the plan")]
    [InlineData("resource \"aws_kms_key\" \"k\" {}\n", "", "plan.json:7:20 `aws_kms_key.k` is in the plan, but not in its sources in `.`")]
    [InlineData("module", "resource \"aws_sns_topic\" \"b\" {}\nmodule", "main.tf:20:1 `aws_sns_topic.b` is in the sources, but not in the plan: it was not judged")]
    [InlineData("= 2.0", "= local.two", "")]
    public void A_difference_is_told(string from, string to, string told) => Assert.Equal(told, Told(Main.Replace(from, to, StringComparison.Ordinal), Queue));

    [Fact]
    public void A_difference_in_a_module_is_told() =>
        Assert.Equal("m/main.tf:2:10 `name` is `\"p\"` here, but `q` in the plan", Told(Main, Queue.Replace("= \"q\"", "= \"p\"", StringComparison.Ordinal)));

    [Fact]
    public void What_cannot_be_read_is_no_contradiction()
    {
        var written = new Written(Plan, ("main.tf", Main.Replace("\"k\" {}", "\"k\" (", StringComparison.Ordinal)), ("m/main.tf", Queue));
        Assert.Empty(written.Problems);
        Assert.Equal("main.tf:7:28 broken HCL: expected `=`, a label or `{`, found `(`", string.Join('\n', written.References.Sources!.Faults.Select(f => $"{f.Location} {f.Message}")));
    }

    [Fact]
    public void Of_several_folders_the_one_of_the_plan_is_taken()
    {
        var files = new (string, string)[] { ("other/main.tf", "resource \"aws_kms_key\" \"k\" {}\n"), ("root/main.tf", Main), ("root/m/main.tf", Queue) };
        Assert.Equal("", string.Join('\n', new Written(Plan, ["other", "root"], files).Problems));
        Assert.Equal(
            "plan.json:1:1 no resource of the plan is in `nowhere`, which `--terraform-source` names",
            string.Join('\n', new Written(Plan, ["nowhere"], files).Problems.Select(p => $"{p.Location} {p.Message}")));
    }
}
