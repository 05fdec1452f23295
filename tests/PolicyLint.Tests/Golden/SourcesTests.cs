using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Plans of a first apply beside their sources: each folder holds both, and in <c>expected.txt</c> what is told.</summary>
public sealed class SourcesTests
{
    private static readonly string Folder = Repository.Path("tests/fixtures/terraform");
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).In(Profile.Access);

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Cases))]
    public void With_its_sources_a_plan_is_decided_on_their_lines(string name) =>
        Assert.Equal(File.ReadAllLines(Path.Combine(Folder, name, "expected.txt")), Told(name, SourcesIn(name)));

    [Theory, MemberData(nameof(Cases))]
    public void Without_them_it_is_left_open(string name) => Assert.All(Told(name, TerraformSources.None), line => Assert.StartsWith("plan.json:", line, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Cases))]
    public void Whatever_is_damaged_is_judged_or_told(string name)
    {
        var random = new Random(name.Length);
        const string Marks = "{}[]()\"$%~.,:=?!*#/\n eE0é";
        for (var run = 0; run < 60; run++) Told(name, SourcesIn(name, Damaged));

        byte[] Damaged(byte[] bytes)
        {
            var text = new System.Text.StringBuilder(System.Text.Encoding.UTF8.GetString(bytes));
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0) text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                else text.Insert(at, Marks[random.Next(Marks.Length)]);
            }
            return System.Text.Encoding.UTF8.GetBytes(text.ToString());
        }
    }

    private static List<string> Told(string name, TerraformSources sources)
    {
        var input = new Input("plan.json", Named: true, () => File.ReadAllBytes(Path.Combine(Folder, name, "plan.json")));
        var report = Linter.Run([input], sources, Shipped, Deployment.Unsaid);
        return [.. report.Problems.Select(p => $"{p.Location.File}:{p.Location.Line} problem {p.Message}")
            .Concat(report.Findings.Select(f => $"{f.Location.File}:{f.Location.Line} {(f.IsOpen ? "unknown" : "finding")} {f.Rule.Id} {f.Resource} | {f.Excerpt.Trim()}"))];
    }

    private static TerraformSources SourcesIn(string name, Func<byte[], byte[]>? change = null) => new([], folder =>
    {
        var full = Path.Combine(Folder, name, folder);
        return Directory.Exists(full)
            ? [.. Directory.GetFiles(full, "*.tf").Concat(Directory.GetFiles(full, "*.tf.json")).Select(f => new Input(folder == "." ? Path.GetFileName(f) : $"{folder}/{Path.GetFileName(f)}", false, () => change is null ? File.ReadAllBytes(f) : change(File.ReadAllBytes(f))))]
            : [];
    });
}
