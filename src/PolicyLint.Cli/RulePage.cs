using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>What people read of a rule, in the terminal and in the manual, made from the rule itself.</summary>
internal static class RulePage
{
    /// <summary>For <c>policylint explain</c>.</summary>
    public static IEnumerable<TextPart> Terminal(Rule rule, RuleFile file)
    {
        yield return new TextPart($"{rule.Id}", TextStyle.Bold);
        yield return new TextPart($" ({rule.Severity.ToString().ToLowerInvariant()}): {rule.Title}\n\n");
        yield return new TextPart("why  ", TextStyle.Bold);
        yield return new TextPart($"{Flat(rule.Why)}\n\n");
        yield return new TextPart("fix  ", TextStyle.Bold);
        yield return new TextPart($"{Flat(rule.Fix)}\n\n");
        foreach (var link in rule.Links) yield return new TextPart($"     {link}\n", TextStyle.Dim);
        foreach (var example in Examples(file).Where(e => e.Text is not null).DistinctBy(e => e.Expectation))
        {
            yield return new TextPart($"\n{example.Expectation.ToString().ToLowerInvariant()}: {example.Title}\n\n", TextStyle.Bold);
            yield return new TextPart(string.Concat(example.Text!.Text.TrimEnd().Split('\n').Select(l => $"     {l}\n")));
        }
    }

    /// <summary>For the manual, as Markdown.</summary>
    public static string Markdown(Rule rule, RuleFile file)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(rule.Title).Append("\n\n<!-- Made from rules/").Append(file.Path[(file.Path.IndexOf("rules/", StringComparison.Ordinal) + 6)..]).Append(" by the Docs task; change it there. -->\n\n");
        page.Append('`').Append(rule.Id).Append("` · ").Append(rule.Severity.ToString().ToLowerInvariant());
        if (rule.SecuritySeverity is { } severity) page.Append(" · security severity ").Append(severity);
        page.Append(" · ").AppendJoin(", ", rule.Tags).Append("\n\n## Why\n\n").Append(Flat(rule.Why)).Append("\n\n## Fix\n\n").Append(Flat(rule.Fix)).Append('\n');
        if (!rule.Links.IsEmpty) page.Append("\n## Links\n\n").AppendJoin("", rule.Links.Select(l => $"- <{l}>\n"));
        page.Append("\n## Examples\n");
        foreach (var example in Examples(file))
        {
            if (example.Text is not { } text) continue;
            page.Append("\n### ").Append(example.Expectation).Append(": ").Append(example.Title).Append("\n\n```yaml\n").Append(text.Text.TrimEnd()).Append("\n```\n");
        }
        return page.ToString();
    }

    /// <summary>The index of all rules, as Markdown.</summary>
    public static string Index(IEnumerable<Rule> rules)
    {
        var page = new StringBuilder("# Rules\n\n<!-- Made from the rules by the Docs task; change them. -->\n\n| rule | severity | what it requires |\n| --- | --- | --- |\n");
        foreach (var rule in rules)
            page.Append("| [`").Append(rule.Id).Append("`](../docs/rules/").Append(rule.Id).Append(".md) | ").Append(rule.Severity.ToString().ToLowerInvariant()).Append(" | ").Append(rule.Title).Append(" |\n");
        return page.ToString();
    }

    private static IEnumerable<Example> Examples(RuleFile file) =>
        YamlReader.Read(file.Path, file.Text, []) is [Node.Map root, ..] && root["examples"] is { } node ? ExampleReader.Read(node, []) : [];

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
