using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Rules that are silent where another one tells more of the same.</summary>
public static class Coverings
{
    /// <summary>Problems of rules that name one which is not there, or which is silent itself where they speak.</summary>
    public static void Check(IReadOnlyCollection<Rule> rules, IReadOnlyCollection<RuleEntry> all, List<Problem> problems)
    {
        var ids = all.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var byId = rules.GroupBy(r => r.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var rule in rules)
            foreach (var id in rule.CoveredBy)
                if (!ids.Contains(id))
                    problems.Add(new Problem(rule.Location, $"`covered-by` of `{rule.Id}` names the rule `{id}`, which does not exist", Words.DidYouMean(id, ids)));
                else if (Leads(id, rule.Id, byId, []))
                    problems.Add(new Problem(rule.Location, $"`{rule.Id}` and `{id}` are covered by each other, so that neither would tell anything", "let the more general one speak"));
    }

    private static bool Leads(string from, string to, Dictionary<string, Rule> byId, HashSet<string> seen) =>
        from == to || (seen.Add(from) && byId.TryGetValue(from, out var rule) && rule.CoveredBy.Any(id => Leads(id, to, byId, seen)));

    /// <summary>The verdicts without those of which another rule tells more: it speaks of the same element, as gravely, and fails or
    /// is as unknown.</summary>
    public static IReadOnlyList<Verdict> Without(IReadOnlyList<Verdict> told)
    {
        if (!told.Any(v => v.Rule.CoveredBy.Length > 0)) return told;
        var byElement = told.ToLookup(Place.Of);
        return [.. told.Where(v => !byElement[Place.Of(v)].Any(other => Covers(other, v)))];
    }

    private sealed record Place(string Resource, Location At, Location Element)
    {
        public static Place Of(Verdict verdict) => new(verdict.Resource.Address, verdict.Resource.Location, verdict.Element);
    }

    private static bool Covers(Verdict other, Verdict verdict) =>
        verdict.Rule.CoveredBy.Contains(other.Rule.Id) && other.Judgement >= verdict.Judgement && other.Rule.Severity >= verdict.Rule.Severity;
}
