using System.Text.RegularExpressions;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Docs;

/// <summary>What the manual shows of the rule language is read and run.</summary>
public sealed partial class WritingRulesTests
{
    private static readonly string Page = Repository.Read("docs/writing-rules.md");

    public static TheoryData<string> Blocks => [.. Block().Matches(Page).Select(m => m.Groups[1].Value)];

    [Theory, MemberData(nameof(Blocks))]
    public void Every_rule_and_kind_that_is_shown_is_one(string text)
    {
        var isKind = text.StartsWith("kind:", StringComparison.Ordinal);
        var name = text.Split('\n')[0].Split(": ")[1];
        var file = new RuleFile(isKind ? $"rules/kinds/{name}.yaml" : $"rules/{name}.yaml", text);
        var problems = new List<Problem>();
        var rules = RuleSetReader.Read([.. RuleFile.Shipped(), file], problems);
        Assert.Equal([], problems.Select(p => $"{p.Location}: {p.Message}"));
        Assert.Equal([], RuleTester.Run(file, rules).Where(r => r.Failure.Length > 0).Select(r => $"{r.Example.Title} ({r.Format}): {r.Failure}"));
    }

    [Fact]
    public void Every_word_of_the_language_is_explained()
    {
        var words = CheckReader.CheckWords.Concat(ComparisonReader.ComparisonWords).Concat(AccessReader.Callers)
            .Concat(ScopeType.OfEveryResource).Concat(ScopeType.OfEveryStatement).Concat(ScopeType.OfEveryPrincipal).Concat(ScopeType.OfEveryCondition);
        Assert.Equal([], words.Where(w => !Regex.IsMatch(Page, $"[`{{ ]{w}[`:, ]", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1))));
    }

    [GeneratedRegex(@"(?ms)^```yaml\n(.*?)^```$", RegexOptions.None, 1000)]
    private static partial Regex Block();
}
