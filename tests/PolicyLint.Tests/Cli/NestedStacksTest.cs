namespace PolicyLint.Tests.Cli;

/// <summary>A nested template is found beside the one that nests it, scanned or not.</summary>
public sealed class NestedStacksTest : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("infra", "2 files")]
    [InlineData("infra/main.yaml", "1 file")]
    public void Beside_the_parent(string path, string files)
    {
        workspace
            .Write("infra/main.yaml", "Resources: { Admin: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: parts/admin.yaml } } }\n")
            .Write("infra/parts/admin.yaml", Workspace.Beside);
        var answer = workspace.Run("scan", path);
        Assert.Equal(1, answer.Code);
        Assert.StartsWith("infra/parts/admin.yaml:8:13: error:", answer.Output, StringComparison.Ordinal);
        Assert.EndsWith($"failed: 1 finding, 0 unknowns in {files} with 2 resources\n", answer.Output, StringComparison.Ordinal);
    }
}
