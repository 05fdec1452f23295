using System.Text;
using PolicyLint.Engine.Reports;

namespace PolicyLint.Tests.Reports;

/// <summary>The formats, byte for byte. With <c>POLICYLINT_WRITE_GOLDEN=1</c> the files are written instead.</summary>
public sealed class GoldenTest
{
    public static TheoryData<string> Files() => ["site.txt", "site.json", "site.sarif", "site.github"];

    [Theory, MemberData(nameof(Files))]
    public void A_report_is_what_its_golden_file_says(string file)
    {
        var report = Runs.Of(("site.yaml", Runs.Site), ("notes.yaml", "Resources: none"));
        var bytes = Path.GetExtension(file) switch
        {
            ".json" => JsonReport.Write(report).ToArray(),
            ".sarif" => SarifReport.Write(report).ToArray(),
            ".github" => Encoding.UTF8.GetBytes(GithubReport.Write(report)),
            _ => Encoding.UTF8.GetBytes(Runs.Text(report, verbose: true)),
        };
        var golden = Path.Combine(Runs.Folder, file);
        if (Environment.GetEnvironmentVariable("POLICYLINT_WRITE_GOLDEN") == "1") File.WriteAllBytes(golden, bytes);
        Assert.Equal(File.ReadAllText(golden), Encoding.UTF8.GetString(bytes));
        Assert.Equal(File.ReadAllBytes(golden), bytes);
    }

    [Fact]
    public void Two_runs_and_any_order_of_inputs_give_the_same_bytes()
    {
        var files = Enumerable.Range(0, 20).Select(i => ($"{i}/site.yaml", i % 3 == 0 ? Runs.Site.Replace("Files", "Data", StringComparison.Ordinal) : Runs.Site)).ToArray();
        var random = new Random(1);
        var first = Runs.Of(files);
        for (var run = 0; run < 5; run++)
        {
            random.Shuffle(files);
            var again = Runs.Of(files);
            Assert.Equal(SarifReport.Write(first).ToArray(), SarifReport.Write(again).ToArray());
            Assert.Equal(JsonReport.Write(first).ToArray(), JsonReport.Write(again).ToArray());
            Assert.Equal(GithubReport.Write(first), GithubReport.Write(again));
            Assert.Equal(Runs.Text(first, verbose: true), Runs.Text(again, verbose: true));
        }
    }
}
