using System.Text.RegularExpressions;

namespace PolicyLint.Tests;

/// <summary>A stage uses the types of the stages left of it, never the other way; the engine stays free of its surroundings.</summary>
public sealed partial class LayersTest
{
    private static readonly string[] Stages = ["Documents", "Resources", "Access", "Rules", "Findings", "Reports"];
    private static readonly string Engine = Path.Combine(Repository.Root, "src", "PolicyLint.Engine");

    [GeneratedRegex(@"\b(?:PolicyLint\.)?Engine\.(?<stage>[A-Z]\w+)|(?<![\w.])(?<stage>Documents|Resources|Access|Rules|Findings|Reports)\.[A-Z]\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Use { get; }

    [Fact]
    public void No_arrow_points_back()
    {
        var backwards =
            from file in Sources()
            let folder = Path.GetRelativePath(Engine, file).Split(Path.DirectorySeparatorChar)[0]
            where Array.IndexOf(Stages, folder) >= 0
            from line in File.ReadLines(file)
            let code = line.Split("//")[0]
            where !code.TrimStart().StartsWith("namespace ", StringComparison.Ordinal)
            from use in UsesIn(code)
            where Array.IndexOf(Stages, use) > Array.IndexOf(Stages, folder)
            select $"{Path.GetRelativePath(Engine, file)}: {line.Trim()}";
        Assert.Empty(backwards);
    }

    [Fact]
    public void Every_folder_of_the_engine_is_a_stage() => Assert.Equal(
        Stages.Order(StringComparer.Ordinal),
        Directory.GetDirectories(Engine).Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("using PolicyLint.Engine.Reports;", "Reports")]
    [InlineData("using static PolicyLint.Engine.Rules.Judge;", "Rules")]
    [InlineData("var x = Engine.Findings.Finding.Of(y);", "Findings")]
    [InlineData("Documents.Location at", "Documents")]
    [InlineData("world.Resources.Length; statement.Access.X", "")]
    public void The_test_sees_an_arrow(string line, string stage) => Assert.Equal(stage, string.Concat(UsesIn(line)));

    [Fact]
    public void The_engine_has_one_package_and_no_project()
    {
        var project = File.ReadAllText(Path.Combine(Engine, "PolicyLint.Engine.csproj"));
        Assert.Equal(["YamlDotNet"], Regex.Matches(project, "<PackageReference Include=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value));
        Assert.DoesNotContain("<ProjectReference", project, StringComparison.Ordinal);
        Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", project, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JsonSerializer")]
    [InlineData("YamlDotNet.Serialization")]
    [InlineData("Reflection.Emit")]
    [InlineData("Console.")]
    [InlineData("File.Read")]
    [InlineData("Environment.")]
    [InlineData("Time.Now")]
    [InlineData(".UtcNow")]
    [InlineData("Activator.")]
    public void The_engine_does_without(string word) =>
        Assert.DoesNotContain(Sources(), f => File.ReadLines(f).Any(l => l.Split("//")[0].Contains(word, StringComparison.Ordinal)));

    private static IEnumerable<string> UsesIn(string code) => Use.Matches(code).Select(m => m.Groups["stage"].Value);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories)
        .Where(f => Path.GetRelativePath(Engine, f).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
}
