namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>Files that sources read.</summary>
public sealed class FilesTests
{
    private const string Empty = "{\"format_version\":\"1.2\",\"resource_changes\":[],\"configuration\":{\"root_module\":{\"module_calls\":{\"m\":{\"source\":\"./m\",\"module\":{}}}}}}";

    private static readonly (string, string)[] Sources =
    [
        ("live/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"),
        ("m/main.tf", "locals {\n  a = \"x\"\n}\n"),
        ("m/own.json", "{\"of\":\"module\"}"),
        ("live/own.json", "{\"of\":\"root\"}"),
        ("m/list.tpl", "[%{ for i, n in names ~}${i > 0 ? \",\" : \"\"}\"${prefix}${n}\"%{ endfor ~}]"),
        ("m/again.tpl", "${templatefile(\"${path.module}/again.tpl\", {})}"),
    ];

    [Theory]
    [InlineData("jsondecode(file(\"${path.module}/own.json\"))", "{\"of\":\"module\"}")]
    [InlineData("jsondecode(file(\"${path.root}/own.json\")).of", "\"root\"")]
    [InlineData("file(\"own.json\")", "\"{\\\"of\\\":\\\"root\\\"}\"")]
    [InlineData("jsondecode(templatefile(\"${path.module}/list.tpl\", { prefix = local.a, names = [1, \"b\"] }))", "[\"x1\",\"xb\"]")]
    [InlineData("fileexists(\"${path.module}/own.json\")", "true")]
    [InlineData("file(\"${path.module}/none.json\")", "⟨`file(\"${path.module}/none.json\")` needs the file `m/none.json`, which is not read⟩")]
    [InlineData("file(\"../../etc/passwd\")", "⟨`file(\"../../etc/passwd\")` is not known here⟩")]
    [InlineData("file(\"/etc/passwd\")", "⟨`file(\"/etc/passwd\")` is not known here⟩")]
    [InlineData("templatefile(\"${path.module}/again.tpl\", {})", "⟨`templatefile(\"${path.module}/again.tpl\", {})` is not known here⟩")]
    public void A_file_beside_the_sources_is_read(string expression, string value) => Assert.Equal(value, new Written(Empty, ["live"], Sources).Evaluate(expression, "module.m"));
}
