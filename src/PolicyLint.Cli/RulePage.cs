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
        yield return new TextPart($" ({rule.Severity.ToString().ToLowerInvariant()}, profile {rule.Profile.ToString().ToLowerInvariant()}): {rule.Title}\n\n");
        yield return new TextPart("why  ", TextStyle.Bold);
        yield return new TextPart($"{Flat(rule.Why)}\n\n");
        yield return new TextPart("fix  ", TextStyle.Bold);
        yield return new TextPart($"{Flat(rule.Fix)}\n\n");
        foreach (var standard in rule.Standards) yield return new TextPart($"     {Told(standard)}\n");
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
        page.Append(" · profile ").Append(rule.Profile.ToString().ToLowerInvariant());
        if (rule.SecuritySeverity is { } severity) page.Append(" · security severity ").Append(severity);
        page.Append(" · ").AppendJoin(", ", rule.Tags).Append("\n\n## Why\n\n").Append(Flat(rule.Why)).Append("\n\n## Fix\n\n").Append(Flat(rule.Fix)).Append('\n');
        if (!rule.Parameters.IsEmpty) page.Append("\n## Parameters\n\n").AppendJoin("", rule.Parameters.Select(p => $"- `{p.Name}`: {p.About.Trim()} Default: {(p.Values.IsEmpty ? "none" : $"`{string.Join("`, `", p.Values)}`")}.\n"));
        if (!rule.Standards.IsEmpty) page.Append("\n## Standards\n\n").AppendJoin("", rule.Standards.Select(s => $"- {Told(s)}\n"));
        if (!rule.CoveredBy.IsEmpty) page.Append("\nIt is silent where ").AppendJoin(" or ", rule.CoveredBy.Select(id => $"[{id}]({id}.md)")).Append(" tells of the same thing.\n");
        if (!rule.Links.IsEmpty) page.Append("\n## Links\n\n").AppendJoin("", rule.Links.Select(l => $"- <{l}>\n"));
        page.Append("\n## Examples\n");
        foreach (var example in Examples(file))
        {
            if (example.Text is not { } text) continue;
            page.Append("\n### ").Append(example.Expectation).Append(": ").Append(example.Title).Append("\n\n```yaml\n").Append(text.Text.TrimEnd()).Append("\n```\n");
        }
        return page.ToString();
    }

    /// <summary>The index of all rules by profile, as Markdown.</summary>
    public static string Index(IReadOnlyCollection<Rule> rules)
    {
        var page = new StringBuilder("# Rules\n\n<!-- Made from the rules by the Docs task; change them. -->\n");
        foreach (var (profile, what) in Profiles)
        {
            var own = rules.Where(r => r.Profile == profile).ToList();
            if (own.Count == 0) continue;
            page.Append("\n## Profile ").Append(profile.ToString().ToLowerInvariant()).Append("\n\n").Append(what).Append("\n\n| rule | severity | what it requires | controls |\n| --- | --- | --- | --- |\n");
            foreach (var rule in own)
                page.Append("| [`").Append(rule.Id).Append("`](../docs/rules/").Append(rule.Id).Append(".md) | ").Append(rule.Severity.ToString().ToLowerInvariant()).Append(" | ").Append(rule.Title).Append(" | ").AppendJoin("; ", rule.Standards.Select(s => $"{s.Name} {string.Join(", ", s.Controls)}")).Append(" |\n");
        }
        return page.ToString();
    }

    private static readonly (Profile Profile, string What)[] Profiles =
    [
        (Profile.Access, "What breaks access or lets in whoever should stay out. They run unless something else is asked for."),
        (Profile.Security, "Security hygiene: encryption, logging, rotation and the like. `--profile security` runs them and those of `access`."),
        (Profile.All, "Conventions and what costs extra. `--profile all` runs every rule."),
    ];

    private static string Told(Standard standard) => $"{standard.Source?.Title ?? standard.Name}: {string.Join(", ", standard.Controls)}";

    private static IEnumerable<Example> Examples(RuleFile file) =>
        YamlReader.Read(file.Path, file.Text, []) is [Node.Map root, ..] && root["examples"] is { } node ? ExampleReader.Read(node, []) : [];

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
