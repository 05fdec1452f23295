using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Tests.Documents.Hcl;

public sealed class HclJsonReaderTests
{
    private static (Body Body, List<Problem> Problems) Read(string text)
    {
        var problems = new List<Problem>();
        return (HclJsonReader.Read(JsonReader.Read(Location.StartOf("a.tf.json"), Encoding.UTF8.GetBytes(text), problems)!, problems), problems);
    }

    [Theory]
    [InlineData("""{"resource":{"a":{"b":{"c":"x","d":1,"e":true,"f":null}}}}""", "resource.a.b {c='x'; d=1; e=true; f=null}")]
    [InlineData("""{"resource":[{"a":[{"b":{"c":"x"}}]},{"a":{"d":[{"c":"y"},{"c":"z"}]}}]}""", "resource.a.b {c='x'}; resource.a.d {c='y'}; resource.a.d {c='z'}")]
    [InlineData("""[{"//":"no","locals":{"a":"${b.c}","d":"x-${e}","f":["${g}"],"h":{"${i}":"$${j}"}}},{"output":{"k":{"value":"l"}}}]""", "locals {a=b.c; d=(text 'x-' e); f=[g]; h={i: '${j}'}}; output.k {value='l'}")]
    [InlineData("""{"variable":{"v":{"type":"list(string)","default":["${x}"],"description":"a ${b"}}}""", "variable.v {type=list(string); default=['${x}']; description='a ${b'}")]
    [InlineData("""{"data":{"a":{"b":{"s":{"c":"x"},"t":[{"c":"y"}],"u":[],"dynamic":{"s":{"for_each":"${l}","content":{"c":"${s.value}"}}}}}}}""", "data.a.b {s={'c': 'x'}; t=[{'c': 'y'}]; u=[]; s {c='x'}; t {c='y'}; dynamic.s {for_each=l; content {c=s.value}}}")]
    [InlineData("""{"module":{"m":{"source":"./m","providers":{"aws":"aws.x"}}},"terraform":{"required_version":">= 1"}}""", "module.m {source='./m'; providers={'aws': 'aws.x'}; providers {aws='aws.x'}}; terraform {required_version='>= 1'}")]
    [InlineData("""{"moved":[{"from":"a.b","to":"a.c"}],"unheard_of":{"a":1}}""", "moved {from='a.b'; to='a.c'}")]
    [InlineData("{\"locals\":{\"a\":\"x\\n${b}\\\"y\"}}", "locals {a=(text 'x⏎' b '\"y')}")]
    public void Json_means_what_the_other_syntax_means(string text, string shape)
    {
        var (body, problems) = Read(text);
        Assert.Empty(problems);
        Assert.Equal(shape, Shapes.Of(body));
    }

    [Fact]
    public void Every_part_has_its_own_place()
    {
        var (body, _) = Read("{\n  \"resource\": {\n    \"a\": {\n      \"b\": {\n        \"c\": [\n          \"${d}-${e.f}\"\n        ]\n      }\n    }\n  }\n}");
        var block = Assert.Single(body.Blocks);
        var list = Assert.IsType<Expression.List>(block.Body["c"]!.Expression);
        var template = Assert.IsType<Expression.Template>(list.Items[0]);
        Assert.Equal((4, 5, 6, 6), (block.Location.Line, list.Location.Line, template.Location.Line, template.Parts[2].Location.Line));
        Assert.Equal("e.f", template.Parts[2].Span.ToString());
    }

    [Theory]
    [InlineData("""{"resource":{"a":{"b":{"c":"${","d":"x"}}}}""", "1:28 broken HCL: expected a value, found the end", "resource.a.b {d='x'}")]
    [InlineData("""{"resource":{"a":"x"},"output":{"o":{"value":1}}}""", "1:18 broken Terraform JSON: `a` must be an object, or a list of objects", "output.o {value=1}")]
    public void A_fault_has_its_place_and_the_rest_is_read(string text, string told, string rest)
    {
        var (body, problems) = Read(text);
        var problem = Assert.Single(problems);
        Assert.Equal((told, rest), ($"{problem.Location.Line}:{problem.Location.Column} {problem.Message}", Shapes.Of(body)));
    }
}
