using System.Text.RegularExpressions;

namespace PolicyLint.Tests.Docs;

/// <summary>Every test vector of the sections that decide access is a test that names its number.</summary>
public sealed partial class AccessSemanticsTests
{
    private static readonly string[] Sections = ["1", "2", "3", "4", "5", "8"];

    private static readonly string Page = Repository.Read("docs/access-semantics.md");

    private static readonly string Tests = string.Concat(
        Directory.EnumerateFiles(Repository.Path("tests/PolicyLint.Tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));

    public static TheoryData<string> Vectors => [.. Vector().Matches(Page).Select(m => m.Groups[1].Value).Where(n => Sections.Contains(n[..1]))];

    [Theory, MemberData(nameof(Vectors))]
    public void Every_vector_is_named_by_a_test(string number) =>
        Assert.Matches(new Regex($"T[_-]{number}[^0-9]", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(10)), Tests);

    [GeneratedRegex(@"(?m)^\| T-([0-9]{3}) \|", RegexOptions.None, 1000)]
    private static partial Regex Vector();
}
