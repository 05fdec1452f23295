using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine;

/// <summary>What came of one example of a rule; <paramref name="Failure"/> is empty where it came as expected.</summary>
public sealed record ExampleResult(string RuleId, Example Example, string Format, string Failure);

/// <summary>Runs the examples inside rules: they are the rules' tests.</summary>
public static class RuleTester
{
    private const string TemplateName = "example.yaml";

    /// <summary>The examples of a file of one rule, each in each format that it is given in.</summary>
    public static IEnumerable<ExampleResult> Run(RuleFile file, RuleSet rules)
    {
        if (rules.Named(file.Name) is not { } rule || YamlReader.Read(file.Path, file.Text, []) is not [Node.Map root, ..]) yield break;
        if (root["examples"] is not { } node) yield break;
        var only = rules.Only(rule.Id);
        foreach (var example in ExampleReader.Read(node, []))
        {
            if (example.Text is { } text) yield return Result(example, "cloudformation", TestTemplate(example, text.Text, only));
            if (example.Plan is { } plan) yield return Result(example, "terraform", TestPlan(example, plan, file, only));
        }

        ExampleResult Result(Example example, string format, string failure) => new(rule.Id, example, format, failure);
    }

    private static string TestTemplate(Example example, string text, RuleSet rules)
    {
        var reading = DocumentReader.Read(new Input(TemplateName, Named: true, () => Encoding.UTF8.GetBytes(text)));
        return reading.Document is null
            ? $"the template cannot be read: {string.Join("; ", reading.Problems.Select(p => p.Message))}"
            : Compare(example, reading.Document, [.. reading.Problems], rules, Marked(text.Split('\n'), 1));
    }

    private static string TestPlan(Example example, Node.Map plan, RuleFile file, RuleSet rules)
    {
        var source = SourceText.Read(file.Path, Encoding.UTF8.GetBytes(file.Text), [])!;
        var document = new Document(file.Path, Format.Terraform, PlanShorthand.Expand(plan), source);
        return Compare(example, document, [], rules, Marked(LinesOf(plan, file.Text), plan.Location.Line));
    }

    /// <summary>The lines of a rule's file on which a plan is written.</summary>
    internal static string[] LinesOf(Node.Map plan, string file)
    {
        var lines = file.Split('\n');
        var last = lines.Length;
        var indent = plan.Location.Column;
        for (var i = plan.Location.Line; i < lines.Length; i++)
            if (lines[i].Trim().Length > 0 && lines[i].Length - lines[i].TrimStart().Length < indent - 1)
            {
                last = i;
                break;
            }
        return lines[(plan.Location.Line - 1)..last];
    }

    /// <summary>The numbers of the lines that end in the mark of an expected finding.</summary>
    private static List<int> Marked(string[] lines, int first) =>
        [.. lines.Select((line, i) => (line, Number: i + first)).Where(l => l.line.TrimEnd().EndsWith(Example.Mark, StringComparison.Ordinal)).Select(l => l.Number)];

    private static string Compare(Example example, Document document, List<Problem> problems, RuleSet rules, List<int> marked)
    {
        var report = Judge(example, document, rules, problems);
        if (problems.Concat(report.Problems).FirstOrDefault() is { } problem) return $"{problem.Location}: {problem.Message}";
        var told = string.Join("; ", report.Findings.Select(f => $"line {f.Location.Line}: {(f.IsOpen ? "unknown, " : "")}{f.Message}"));
        var failed = report.Findings.Where(f => !f.IsOpen).Select(f => f.Location.Line).Distinct().Order().ToList();
        var open = report.Findings.Where(f => f.IsOpen).Select(f => f.Location.Line).Distinct().Order().ToList();
        return example.Expectation switch
        {
            Expectation.Good when report.Findings.Length > 0 => $"expected no finding, found {told}",
            Expectation.Good when report.Counts.Passed == 0 => "expected a pass, but the rule applies to nothing here",
            Expectation.Bad when failed.Count == 0 => $"expected a finding, found {(told.Length > 0 ? told : "none")}",
            Expectation.Bad when open.Count > 0 => $"expected certain findings only, found {told}",
            Expectation.Bad when marked.Count > 0 && !failed.SequenceEqual(marked) => $"expected the finding on {Lines(marked)}, found {told}",
            Expectation.Unknown when open.Count == 0 || failed.Count > 0 => $"expected an unknown, found {(told.Length > 0 ? told : "none")}",
            Expectation.Unknown when marked.Count > 0 && !open.SequenceEqual(marked) => $"expected the unknown on {Lines(marked)}, found {told}",
            _ => "",
        };
    }

    /// <summary>What the rules say of a document where all is so that the example says of the project and its deploy.</summary>
    internal static Report Judge(Example example, Document document, RuleSet rules, List<Problem> problems) => Linter.Run(
        document,
        rules with { Entries = [.. rules.Rules.Select(r => RuleEntry.Of(RuleParameter.Set(r, example.Parameters, problems)))] },
        Deployment.Unsaid with { Account = example.Account.Length > 0 ? example.Account : null, Buckets = example.Buckets });

    private static string Lines(List<int> numbers) => $"line {string.Join(", ", numbers)}";
}
