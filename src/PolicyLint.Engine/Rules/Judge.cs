using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Judges resources by a rule, under every scenario that the verdict depends on.</summary>
public sealed class Judge(Surface surface)
{
    /// <summary>How many undecided conditions are assumed both ways; what depends on more stays unknown.</summary>
    public const int DeepestScenario = 6;

    private sealed record Explored(Scenario Scenario, List<Verdict> Verdicts);

    private sealed record Judged(Scenario Scenario, Verdict Verdict);

    /// <summary>The verdicts of the rule on all resources that it looks at.</summary>
    public IEnumerable<Verdict> Apply(Rule rule) =>
        rule.Resources.SelectMany(surface.Graph.Of).Where(IsDeployed).SelectMany(resource => Apply(rule, resource));

    /// <summary>A data source tells what is there; it is not deployed.</summary>
    private static bool IsDeployed(Resource resource) =>
        !(resource.Format is Format.Terraform && (resource.Address.StartsWith("data.", StringComparison.Ordinal) || resource.Address.Contains(".data.", StringComparison.Ordinal)));

    private List<Verdict> Apply(Rule rule, Resource resource)
    {
        var explored = new List<Explored>();
        Explore(rule, resource, Scenario.Start(), 0, explored);
        var verdicts = explored is [var only] ? only.Verdicts : Agree(explored);
        return rule.UnknownFails ? [.. verdicts.Select(v => v.Judgement is Judgement.Unknown ? v with { Judgement = Judgement.Fail } : v)] : verdicts;
    }

    /// <summary>Judges under one scenario and, where that leaves something unknown that an assumption would settle, under
    /// both assumptions. Adds the leaves to <paramref name="explored"/>.</summary>
    private void Explore(Rule rule, Resource resource, Scenario scenario, int depth, List<Explored> explored)
    {
        if (scenario.Peek(resource.Exists) is Truth.No) return;
        var verdicts = new RuleEvaluation(rule, resource, surface, scenario).Run();
        if (scenario.Impossible) return;
        if (depth == DeepestScenario || scenario.Open.Count == 0 || verdicts.TrueForAll(v => v.Judgement is not Judgement.Unknown))
        {
            explored.Add(new Explored(scenario, verdicts));
            return;
        }
        Explore(rule, resource, scenario.With(scenario.Open[0], holds: true), depth + 1, explored);
        Explore(rule, resource, scenario.With(scenario.Open[0], holds: false), depth + 1, explored);
    }

    /// <summary>One verdict for each element: certain where all scenarios agree, else unknown and naming what it depends on.</summary>
    private static List<Verdict> Agree(List<Explored> explored)
    {
        var elements = explored.SelectMany(e => e.Verdicts).Select(v => v.Element).Distinct().Order();
        return [.. elements.Select(element => Agree(explored
            .SelectMany(e => e.Verdicts.Where(v => v.Element == element && v.Judgement is not Judgement.NotApplicable).Take(1).Select(v => new Judged(e.Scenario, v)))
            .ToList())).OfType<Verdict>()];
    }

    private static Verdict? Agree(List<Judged> results)
    {
        if (results.Count == 0) return null;
        var worst = results.MaxBy(r => r.Verdict.Judgement)!;
        if (worst.Verdict.Judgement is Judgement.Fail && results.Exists(r => r.Verdict.Judgement is not Judgement.Fail))
        {
            var reason = $"{worst.Verdict.Reason}, when {worst.Scenario.Describe()}";
            return worst.Verdict with { Judgement = Judgement.Unknown, Reason = reason, Message = RuleEvaluation.CannotTell(worst.Verdict.Rule, worst.Verdict.Resource, reason) };
        }
        return worst.Verdict;
    }
}
