using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>Which rules run: those of a profile, or only those that are named, whatever their profile; without those left out.</summary>
internal sealed record RuleChoice(
    Profile Profile, ImmutableArray<Node.Scalar> Only, ImmutableArray<Node.Scalar> Skip, ImmutableArray<RuleSeverity> Severities,
    ImmutableArray<Node.Entry> Parameters)
{
    /// <summary>The chosen rules with the severities and parameters that the project gives them. A name that no rule has is a problem.</summary>
    public RuleSet Of(RuleSet set, List<Problem> problems)
    {
        var (only, skipped) = (Known(Only), Known(Skip));
        var severity = new Dictionary<string, RuleSeverity>(StringComparer.Ordinal);
        foreach (var given in Severities)
            if (Known([given.Rule]).Count > 0) severity[given.Rule.Text] = given;
        var parameters = Parameters.Where(p => Known([p.Key]).Count > 0).Select(p => new RuleSettings(p.Key.Text, SettingsOf(p))).ToDictionary(s => s.Rule, StringComparer.Ordinal);
        return set with
        {
            Entries = [.. set.Entries
                .Where(r => (only.Count == 0 ? r.Profile <= Profile : only.Contains(r.Id)) && !skipped.Contains(r.Id))
                .Select(r => severity.TryGetValue(r.Id, out var given) ? r.WithSeverity(given.Severity) : r)
                .Select(r => parameters.TryGetValue(r.Id, out var given) ? RuleEntry.Of(RuleParameter.Set(r.Rule, given.Parameters, problems)) : r)],
        };

        ImmutableArray<Node.Entry> SettingsOf(Node.Entry rule)
        {
            if (rule.Value is Node.Map map) return map.Entries;
            problems.Add(new Problem(rule.Value.Location, $"what is set for rule `{rule.Key.Text}` must be a map", "write `PARAMETER: VALUE`"));
            return [];
        }

        HashSet<string> Known(IEnumerable<Node.Scalar> rules)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var rule in rules)
                if (set.Ids.Contains(rule.Text, StringComparer.Ordinal)) known.Add(rule.Text);
                else problems.Add(RuleFiles.NoSuchRule(rule.Text, rule.Location, set));
            return known;
        }
    }
}

/// <summary>The parameters that the project sets for a rule.</summary>
internal sealed record RuleSettings(string Rule, ImmutableArray<Node.Entry> Parameters);
