using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.Terraform;

public sealed class FillerTests
{
    private static string Plan(string after, string unknown, string sensitive = "{}") => $$"""
        {
          "format_version": "1.2",
          "resource_changes": [
            { "address": "aws_x.y[\"k\"]", "mode": "managed", "type": "aws_x", "name": "y", "change": { "actions": ["create"], "after": {{after}}, "after_unknown": {{unknown}}, "after_sensitive": {{sensitive}} } },
            { "address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "change": { "actions": ["create"], "after": {}, "after_unknown": { "id": true, "arn": true, "bucket": true } } }
          ],
          "configuration": { "root_module": { "resources": [{ "address": "aws_x.y" }, { "address": "aws_s3_bucket.b" }] } }
        }
        """;

    private static string Filled(string body, string after, string unknown, string sensitive = "{}")
    {
        var written = new Written(Plan(after, unknown, sensitive), ("main.tf", $"resource \"aws_s3_bucket\" \"b\" {{}}\nresource \"aws_x\" \"y\" {{\n{body}\n}}\n"));
        var properties = written.References.PropertiesOf(Assert.Single(written.References.InstancesOf("", "aws_x.y")));
        Assert.Empty(written.Problems);
        return string.Join(' ', properties.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}={Written.Shown(f.Value)}@{Lines(f.Value)}"));
    }

    /// <summary>The lines of the body that the leaves of a value stand on.</summary>
    private static string Lines(Value value) => value switch
    {
        Value.List { Items.IsEmpty: false } list => string.Join(',', list.Items.Select(Lines)),
        Value.Map { Fields.IsEmpty: false } map => string.Join(',', map.Fields.Select(f => Lines(f.Value))),
        _ => $"{value.Location.Line - 2}",
    };

    [Theory]
    [InlineData("a = \"x\"\nb = 2", "{\"a\":\"X\",\"b\":2,\"c\":null,\"d\":true}", "{}", "a=\"X\"@1 b=2@2 c=null@0 d=true@0")]
    [InlineData("a = \"${aws_s3_bucket.b.arn}/*\"", "{}", "{\"a\":true,\"id\":true}", "a=\"arn:aws:s3:::⟨aws_s3_bucket.b⟩/*\"@1 id=null@0")]
    [InlineData("for_each = { k = { v = \"w\" } }\na = [each.key, each.value.v, aws_s3_bucket.b.id]", "{\"a\":[\"k\",\"w\",null]}", "{\"a\":[false,false,true]}", "a=[\"k\",\"w\",\"⟨aws_s3_bucket.b⟩\"]@2,2,2")]
    [InlineData("a = bcrypt(aws_s3_bucket.b.id)", "{}", "{\"a\":true}", "a=⟨`bcrypt(aws_s3_bucket.b.id)` calls `bcrypt`, which PolicyLint does not compute⟩@1")]
    [InlineData("a = [\n  \"p\",\n  \"q\",\n]", "{\"a\":[\"q\",\"p\",\"r\"]}", "{}", "a=[\"q\",\"p\",\"r\"]@3,2,1")]
    [InlineData("a = {\n  p = 1\n  q = \"2\"\n}", "{\"a\":{\"q\":\"2\",\"p\":\"1\",\"r\":\"3\"}}", "{}", "a={\"p\":\"1\",\"q\":\"2\",\"r\":\"3\"}@3,2,1")]
    [InlineData("s {\n  n = \"one\"\n  v = aws_s3_bucket.b.id\n}\ns {\n  n = \"two\"\n  v = \"x-${aws_s3_bucket.b.id}\"\n}", "{\"s\":[{\"n\":\"two\"},{\"n\":\"one\"}]}", "{\"s\":[{\"v\":true},{\"v\":true}]}", "s=[{\"n\":\"two\",\"v\":\"x-⟨aws_s3_bucket.b⟩\"},{\"n\":\"one\",\"v\":\"⟨aws_s3_bucket.b⟩\"}]@6,7,2,3")]
    [InlineData("dynamic \"s\" {\n  for_each = [\"a\", aws_s3_bucket.b.id]\n  content {\n    v = s.value\n    t {\n      i = s.key\n    }\n  }\n}", "{}", "{\"s\":true}", "s=[{\"t\":[{\"i\":0}],\"v\":\"a\"},{\"t\":[{\"i\":1}],\"v\":\"⟨aws_s3_bucket.b⟩\"}]@4,6,4,6")]
    [InlineData("dynamic \"s\" {\n  for_each = aws_s3_bucket.b.tags\n  content {}\n}", "{}", "{\"s\":true}", "s=⟨how many blocks `s` there are is not known here⟩@1")]
    [InlineData("a = jsonencode({\n  Statement = [\n    { Sid = aws_s3_bucket.b.id },\n  ]\n})", "{}", "{\"a\":true}", "a={\"Statement\":[{\"Sid\":\"⟨aws_s3_bucket.b⟩\"}]}@3")]
    [InlineData("a = jsonencode({\n  Statement = [\n    { Sid = \"p\" },\n    { Sid = \"q\" },\n  ]\n})", "{\"a\":\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"q\\\"},{\\\"Sid\\\":\\\"p\\\"},{\\\"Sid\\\":\\\"r\\\"}]}\"}", "{}", "a={\"Statement\":[{\"Sid\":\"q\"},{\"Sid\":\"p\"},{\"Sid\":\"r\"}]}@4,3,2")]
    [InlineData("a = <<J\n{\n\"Statement\": [\n{ \"Sid\": \"${aws_s3_bucket.b.id}\" }]}\nJ", "{}", "{\"a\":true}", "a={\"Statement\":[{\"Sid\":\"⟨aws_s3_bucket.b⟩\"}]}@4")]
    [InlineData("a = jsonencode({ b = aws_s3_bucket.b.id })", "{}", "{\"a\":true}", "a=\"{\\\"b\\\":\\\"⟨aws_s3_bucket.b⟩\\\"}\"@1")]
    public void What_the_plan_knows_stays_and_the_rest_comes_from_the_source(string body, string after, string unknown, string filled) => Assert.Equal(filled, Filled(body, after, unknown));

    [Fact]
    public void A_secret_stays_one() => Assert.Equal("a=⟨secret⟩@1", Filled("a = \"hunter2\"", "{\"a\":\"hunter2\"}", "{}", "{\"a\":true}"));

    [Fact]
    public void A_resource_that_the_sources_do_not_have_stays_as_the_plan_has_it()
    {
        var written = new Written(Plan("{\"a\":1}", "{}"), ("main.tf", "resource \"aws_s3_bucket\" \"b\" {}\n"));
        Assert.Equal("plan.json", written.References.PropertiesOf(Assert.Single(written.References.InstancesOf("", "aws_x.y")))["a"].Location.File);
    }
}
