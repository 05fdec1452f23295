using System.Text;
using System.Text.RegularExpressions;
using PolicyLint.Cli;

namespace PolicyLint.Tests.Docs;

/// <summary>What the README shows is what the tool does.</summary>
public sealed class ReadmeTests
{
    private static readonly string Page = Repository.Read("README.md");

    [Fact]
    public void The_output_that_is_shown_is_the_real_one()
    {
        var folder = Directory.CreateTempSubdirectory("policylint-readme").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "site.yaml"), Block("yaml"));
            var (exit, output) = Run(folder, "scan", "site.yaml");
            Assert.Equal(Block("text"), output);
            Assert.Equal(1, exit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_samples_end_as_it_says() => Assert.Equal(1, Run(Repository.Path("."), "scan", "samples").Exit);

    [Fact]
    public void It_names_the_command_for_all_tests_and_stays_short()
    {
        Assert.Contains("dotnet tool restore && dotnet cake build/build.cake --target=Test", Page, StringComparison.Ordinal);
        Assert.InRange(Page.Split('\n').Length, 1, 150);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/github-action.md")]
    [InlineData("docs/reports.md")]
    [InlineData("docs/support.md")]
    [InlineData("docs/writing-rules.md")]
    public void Links_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Path(page))!;
        foreach (Match link in Regex.Matches(Repository.Read(page), @"\]\(([^)#:]+)(#[^)]*)?\)", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)))
            Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), $"{page} links to {link.Groups[1].Value}");
    }

    private static (int Exit, string Output) Run(string folder, params string[] args)
    {
        using var output = new MemoryStream();
        var exit = CommandLine.Run(args, new Terminal(output, TextWriter.Null, HasColors: false, folder));
        return (exit, Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>The first block of a language.</summary>
    private static string Block(string language) =>
        Regex.Match(Page, $@"```{language}\n([^`]|`[^`]|``[^`])*\n```", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)).Value[(language.Length + 4)..^3];
}
