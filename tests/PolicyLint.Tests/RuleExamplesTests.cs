using PolicyLint.Engine;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests;

/// <summary>Each rule shows what is bad, good and unknown in each format that has what it is about.</summary>
public sealed class RuleExamplesTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped(), []);

    private const string Counted = "a plan says how many policies there are; one of which nobody knows whose it is counts as another's";
    private const string NoneInside = "its topics have no subscriptions of their own";

    /// <summary>What a rule cannot show: a format in which it has nothing to say although its kinds have types there, or an
    /// unknown; with the reason.</summary>
    private static readonly (string Rule, string Missing, string Why)[] Exceptions =
    [
        ("public-function-url-access", "terraform", "its provider adds the permission itself"),
        ("sns-topic-to-lambda", "terraform", NoneInside),
        ("sns-topic-to-queue", "terraform", NoneInside),
        ("sns-topic-to-queue-key", "terraform", NoneInside),
        ("policy-stated-twice", "unknown terraform", Counted),
    ];

    public static TheoryData<string> Rules => [.. RuleFile.Shipped().Where(f => !f.IsKind).Select(f => f.Path)];

    [Theory, MemberData(nameof(Rules))]
    public void A_shipped_rule_shows_bad_good_and_unknown_in_each_format(string path)
    {
        var file = FileOf(path);
        var shown = Shown(file);
        var needed = FormatsOf(Shipped.Named(file.Name)!).SelectMany(f => new[] { "bad", "good", "unknown" }.Select(e => $"{e} {f}"));
        var missing = string.Join(", ", needed.Where(n => !shown.Contains(n) && !Exceptions.Any(e => e.Rule == file.Name && IsOf(e.Missing, n))));
        Assert.True(missing.Length == 0, $"no example is {missing}");
    }

    [Theory, MemberData(nameof(Rules))]
    public void Each_bad_example_marks_the_line_of_its_finding(string path)
    {
        var file = FileOf(path);
        var root = (Node.Map)YamlReader.Read(file.Path, file.Text, [])[0];
        var unmarked = ExampleReader.Read(root["examples"]!, []).Where(e => e.Expectation is Expectation.Bad).Where(e => IsUnmarked(e, file.Text));
        Assert.True(!unmarked.Any(), string.Join(Environment.NewLine, unmarked.Select(e => $"{e.Location}: {e.Title}")));
    }

    [Fact]
    public void Each_exception_is_one() => Assert.All(Exceptions, e =>
        Assert.DoesNotContain(Shown(RuleFile.Shipped().Single(f => !f.IsKind && f.Name == e.Rule)), shown => IsOf(e.Missing, shown)));

    private static HashSet<string> Shown(RuleFile file) =>
        [.. RuleTester.Run(file, Shipped).Select(r => $"{r.Example.Expectation} {r.Format}".ToLowerInvariant())];

    private static bool IsOf(string words, string shown) => words.Split(' ').All(shown.Split(' ').Contains);

    /// <summary>The formats in which something is that the rule judges.</summary>
    private static IEnumerable<string> FormatsOf(Rule rule)
    {
        var kinds = rule.Resources.Select(Shipped.Kinds.Named).ToList();
        var raw = rule.Resources.Where((_, i) => kinds[i] is null).ToList();
        var holders = raw.Remove(PolicyPlaces.Holder); // resources of any kind that write down policies
        var inTemplates = holders || kinds.Exists(k => k is { CloudFormation.IsEmpty: false }) || raw.Exists(t => t.Contains("::", StringComparison.Ordinal));
        var inPlans = holders || kinds.Exists(k => k is { Terraform.IsEmpty: false }) || raw.Exists(t => !t.Contains("::", StringComparison.Ordinal));
        if (inTemplates) yield return "cloudformation";
        if (inPlans) yield return "terraform";
    }

    private static bool IsUnmarked(Example example, string file) =>
        (example.Text is { } text && !text.Text.Contains(Example.Mark, StringComparison.Ordinal))
        || (example.Plan is { } plan && !RuleTester.LinesOf(plan, file).Any(l => l.TrimEnd().EndsWith(Example.Mark, StringComparison.Ordinal)));

    private static RuleFile FileOf(string path) => RuleFile.Shipped().Single(f => f.Path == path);
}
