using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Documents;

public sealed class DocumentReaderTest
{
    private const int Megabytes50 = 50 * 1024 * 1024;

    [Theory]
    [InlineData("a.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources: {}")]
    [InlineData("a.json", "{\"AWSTemplateFormatVersion\": \"2010-09-09\"}")]
    [InlineData("a.template", "Resources:\n  A:\n    Type: AWS::S3::Bucket")]
    [InlineData("a.yaml", "{\"Resources\": {\"A\": {\"Type\": \"Custom::Thing\"}}}")]
    [InlineData("a.yml", "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: { Type: AWS::Serverless::Function }")]
    [InlineData("a.yaml", "{ Resources: { A: { Type: 'AWS::S3::Bucket' } } } # YAML that looks like JSON")]
    public void Templates_are_known_by_what_is_in_them(string path, string text) => Assert.Equal(Format.CloudFormation, Read(path, text).Document!.Format);

    [Theory]
    [InlineData("{\"format_version\":\"1.2\",\"planned_values\":{}}")]
    [InlineData("\n {\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"resource_changes\":[]}")]
    [InlineData("{\"format_version\":\"1.2\",\"errored\":true}")]
    public void Plans_are_known_by_what_is_in_them(string text) => Assert.Equal(Format.Terraform, Read("x.json", text).Document!.Format);

    public static TheoryData<string, string> Others() => new()
    {
        { "terraform.tfstate.json", "{\"version\":4,\"terraform_version\":\"1.9.0\",\"serial\":1,\"resources\":[{\"type\":\"aws_s3_bucket\"}]}" },
        { "state.json", "{\"format_version\":\"1.0\",\"terraform_version\":\"1.9.0\",\"values\":{\"root_module\":{\"resources\":[]}}}" },
        { "schema.json", "{\"format_version\":\"1.0\",\"provider_schemas\":{}}" },
        { "validate.json", "{\"format_version\":\"1.0\",\"valid\":true,\"diagnostics\":[]}" },
        { "deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec: { Resources: {} }\n---\nkind: Service\n" },
        { "helm.yaml", "{{- if .Values.Resources }}\nkind: {{ .Values.kind }}\n{{- end }}\n" },
        { "openapi.yaml", "openapi: 3.0.0\ncomponents: { schemas: { Resources: { type: object } } }\n" },
        { "package.json", "{\"name\":\"x\",\"scripts\":{\"build\":\"Resources\"}}" },
        { "tsconfig.json", "{ // comment\n \"Resources\": 1 }" },
        { "serverless.yml", "service: x\nresources:\n  Resources:\n    A: { Type: AWS::S3::Bucket }\n" },
        { "strings.json", "{\"Resources\": {\"Title\": \"Hello\"}}" },
        { "twice.yaml", "Resources: 1\nResources: 2\n" },
        { "empty.yaml", "" },
        { "list.json", "[\"Resources\"]" },
    };

    [Theory, MemberData(nameof(Others))]
    public void Other_files_are_left_alone(string path, string text)
    {
        var reading = Read(path, text);
        Assert.Null(reading.Document);
        Assert.Empty(reading.Problems);
        Assert.NotEqual("", reading.LeftAlone);
    }

    [Theory, MemberData(nameof(Others))]
    public void What_the_user_named_and_is_none_is_a_problem(string path, string text)
    {
        var reading = Read(path, text, named: true);
        Assert.Null(reading.Document);
        Assert.Equal("", reading.LeftAlone);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, p => Assert.Equal(path, p.Location.File));
    }

    [Fact]
    public void A_named_file_that_is_none_is_told_what_would_be_one()
    {
        Assert.Equal(
            new Problem(Location.StartOf("state.json"), "neither a CloudFormation template nor a Terraform plan", "a template has `Resources`; a plan comes from `terraform show -json PLANFILE`"),
            Assert.Single(Read("state.json", "{\"format_version\":\"1.0\",\"values\":{}}", named: true).Problems));
    }

    [Fact]
    public void Latin_1_is_a_problem_where_it_looks_like_a_template()
    {
        Assert.NotEmpty(Read("a.yaml", Encoding.Latin1.GetBytes("Resources:\n  A: { Type: AWS::S3::Bucket } # grün")).Problems);
        Assert.Equal("not UTF-8", Read("a.yaml", Encoding.Latin1.GetBytes("Resources: grün")).LeftAlone);
    }

    [Fact]
    public void A_saved_plan_is_told_how_to_be_shown() => Assert.Equal(
        new Problem(Location.StartOf("p"), "a binary file, perhaps a saved plan", "run `terraform show -json FILE > plan.json` and scan that"),
        Assert.Single(Read("p", [.. "PK\u0003\u0004"u8, 1], named: true).Problems));

    [Fact]
    public void A_template_may_start_with_PK() => Assert.NotNull(Read("a.yaml", "PK: 1\nResources:\n  A: { Type: AWS::S3::Bucket }").Document);

    [Theory]
    [InlineData(typeof(IOException), "Not now")]
    [InlineData(typeof(UnauthorizedAccessException), "access is denied")]
    public void A_file_that_cannot_be_read_is_a_problem_although_nobody_named_it(Type type, string why)
    {
        var reading = DocumentReader.Read(new Input("a.yaml", false, () => throw (Exception)Activator.CreateInstance(type, "Not now : '/path'.")!));
        Assert.Equal(new Problem(Location.StartOf("a.yaml"), $"cannot be read: {why}"), Assert.Single(reading.Problems));
    }

    [Fact]
    public void The_result_has_the_order_of_the_inputs()
    {
        var inputs = Enumerable.Range(0, 200).Select(i => new Input($"{i}.yaml", false, () => Encoding.UTF8.GetBytes($"Resources: {{ A{i}: {{ Type: 'AWS::S3::Bucket' }} }}"))).ToList();
        Assert.Equal(inputs.Select(i => i.Path), DocumentReader.ReadAll(inputs).Select(r => r.Document!.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void JSON_of_50_MB_that_is_no_template(bool named)
    {
        var reading = YamlReaderTest.Soon(() => Read("a.json", $"{{\"x\":[{string.Join(',', Enumerable.Repeat("\"" + new string('x', 1000) + "\"", Megabytes50 / 1003))}]}}", named));
        Assert.Equal(named ? "neither a CloudFormation template nor a Terraform plan" : "neither a template nor a plan", named ? reading.Problems[0].Message : reading.LeftAlone);
    }

    [Fact]
    public void Broken_JSON_of_50_MB_that_looks_like_a_template()
    {
        var reading = YamlReaderTest.Soon(() => Read("a.json", $"{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::S3::Bucket\", \"x\": \"{new string('x', Megabytes50)}\"}},}}}}"));
        Assert.Equal($"a.json:1:{Megabytes50 + 58}", reading.Problems[0].Location.ToString());
        Assert.StartsWith("broken JSON: The JSON object contains a trailing comma", reading.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_of_50_MB_as_JSON_is_read()
    {
        var reading = YamlReaderTest.Soon(() => Read("a.json", $"{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::S3::Bucket\", \"x\": \"{new string('x', Megabytes50)}\"}}}}}}"));
        Assert.NotNull(reading.Document);
    }

    [Theory]
    [InlineData("Resources:\n  A: { Type: AWS::S3::Bucket }\n", true)]
    [InlineData("Values:\n", false)]
    public void YAML_of_50_MB_is_refused_where_it_looks_like_a_template(string start, bool isTold)
    {
        var reading = YamlReaderTest.Soon(() => Read("a.yaml", start + new string('#', Megabytes50)));
        Assert.Equal<string>(isTold ? ["50 MB is more than the 16 MB that PolicyLint reads of such a file"] : [], reading.Problems.Select(p => p.Message));
    }

    private static Reading Read(string path, string text, bool named = false) => Read(path, Encoding.UTF8.GetBytes(text), named);

    private static Reading Read(string path, byte[] bytes, bool named = false) => DocumentReader.Read(new Input(path, named, () => bytes));
}
