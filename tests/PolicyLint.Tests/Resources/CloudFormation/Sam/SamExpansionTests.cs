using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Resources.CloudFormation.Sam;

/// <summary>What is made of SAM templates. Beside each <c>tests/fixtures/sam/X.yaml</c> stands <c>X.json</c>: what SAM's own
/// translator (aws-sam-translator 1.110.0) makes of it, without tags, code and bodies; a REST API's policy is taken out of its
/// body.</summary>
public sealed class SamExpansionTests
{
    private static readonly string Folder = Repository.Path("tests/fixtures/sam");

    public static TheoryData<string> Cases() => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_expands_to_what_SAM_makes_of_it(string name)
    {
        var translated = File.ReadAllText(Path.Combine(Folder, $"{name}.json"));
        var problems = new List<Problem>();
        var types = Shown.TypesOf(translated);
        var expected = Shown.Of(translated, types, out var theirs, []);
        var actual = Shown.Of(File.ReadAllText(Path.Combine(Folder, $"{name}.yaml")), types, out var own, problems);
        Assert.Equal([], problems.Select(p => p.ToString()));
        Assert.Equal(string.Join('\n', expected.Split('\n').Except(actual.Split('\n'))), string.Join('\n', actual.Split('\n').Except(expected.Split('\n'))));
        Assert.Equal(theirs.Count, own.Count);
        Assert.All(own.Resources, r => Assert.Equal("", r.Stack.Open));
    }
}
