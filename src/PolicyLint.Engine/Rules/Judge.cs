using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Judges resources by a rule, under every scenario that the verdict depends on.</summary>
public sealed class Judge(Surface surface, DefaultsJudge defaults)
{
    private sealed record Judged(Scenario Scenario, Verdict Verdict);

    /// <summary>Hygiene is the business of the deploy that makes the resource; what its policy lets through is that of this one.</summary>
    internal static bool IsOthers(Rule rule, Resource resource) => resource.IsOutside && rule.Profile is not Profile.Access && !AsksAccess(rule.Require);

    /// <summary>Whether it asks whether a request is allowed or denied.</summary>
    internal static bool AsksAccess(Check check) => check switch
    {
        Check.Access => true,
        Check.Not not => AsksAccess(not.Inner),
        Check.All all => all.Checks.Any(AsksAccess),
        _ => false,
    };

    /// <summary>A data source tells what is there; it is not deployed.</summary>
    internal static bool IsDeployed(Resource resource) =>
        !(resource.Format is Format.Terraform && (resource.Address.StartsWith("data.", StringComparison.Ordinal) || resource.Address.Contains(".data.", StringComparison.Ordinal)));

    /// <summary>The verdicts of the rule on a resource that it looks at.</summary>
    public List<Verdict> Apply(Rule rule, Resource resource)
    {
        var verdicts = Of(rule, resource, surface);
        if (verdicts.Exists(v => v.Judgement is Judgement.Unknown)) verdicts = defaults.Settle(rule, resource, verdicts);
        return rule.UnknownFails ? [.. verdicts.Select(v => v.Judgement is Judgement.Unknown ? v with { Judgement = Judgement.Fail } : v)] : verdicts;
    }

    /// <summary>The verdicts on one resource.</summary>
    internal static List<Verdict> Of(Rule rule, Resource resource, Surface surface)
    {
        var explored = new Scenarios<List<Verdict>>(
            scenario => scenario.Peek(resource.Exists) is Truth.No ? Nothing : new RuleEvaluation(rule, resource, surface, scenario).Run(),
            verdicts => verdicts.TrueForAll(v => v.Judgement is not Judgement.Unknown),
            (one, other) => one.Select(v => (v.Element, v.Judgement)).SequenceEqual(other.Select(v => (v.Element, v.Judgement))))
        { IsEnough = explored => IsLost(explored) || (rule.Each.IsEmpty && FailsInSome(explored)) }.Explore();
        return explored is [var only] ? [.. only.Result.Select(v => Because(v, only.Cut))] : Agree(explored);
    }

    /// <summary>What was not tried is a reason of what is unknown.</summary>
    private static Verdict Because(Verdict verdict, string cut)
    {
        if (cut.Length == 0 || verdict.Judgement is not Judgement.Unknown) return verdict;
        var reason = $"{verdict.Reason}; {cut}";
        return verdict with { Reason = reason, Message = RuleEvaluation.CannotTell(verdict.Rule, verdict.Resource, reason) };
    }

    /// <summary>Whether the one thing that is judged fails in one scenario and not in another: then it is unknown, whatever comes of
    /// the rest.</summary>
    private static bool FailsInSome(IReadOnlyList<Explored<List<Verdict>>> explored)
    {
        var (fails, other) = (false, false);
        foreach (var verdict in explored.SelectMany(e => e.Result))
            if (verdict.Judgement is Judgement.Fail) fails = true;
            else other |= verdict.Judgement is not Judgement.NotApplicable;
        return fails && other;
    }

    /// <summary>How many scenarios more are tried where one depends on more conditions than are assumed: only to tell of one that fails.</summary>
    private const int TriedAfterCut = 16;

    /// <summary>Whether something that is judged is unknown for good, which says that not all is tried, and some more scenarios were.</summary>
    private static bool IsLost(IReadOnlyList<Explored<List<Verdict>>> explored)
    {
        for (var i = 0; i < explored.Count - TriedAfterCut; i++)
            if (explored[i].Cut.Length > 0) return true;
        return false;
    }

    private static readonly List<Verdict> Nothing = [];

    /// <summary>One verdict for each element: certain where all scenarios agree, else unknown and naming what it depends on.</summary>
    private static List<Verdict> Agree(ImmutableArray<Explored<List<Verdict>>> explored)
    {
        var elements = explored.SelectMany(e => e.Result).Select(v => v.Element).Distinct().Order();
        return [.. elements.Select(element => Agree(explored
            .SelectMany(e => e.Result.Where(v => v.Element == element && v.Judgement is not Judgement.NotApplicable).Take(1).Select(v => new Judged(e.Scenario, Because(v, e.Cut))))
            .ToList())).OfType<Verdict>()];
    }

    private static Verdict? Agree(List<Judged> results)
    {
        if (results.Count == 0) return null;
        var worst = results.MaxBy(r => r.Verdict.Judgement)!;
        if (worst.Verdict.Judgement is Judgement.Fail && results.Exists(r => r.Verdict.Judgement is not Judgement.Fail))
        {
            var when = worst.Scenario.Describe();
            var reason = $"{worst.Verdict.Reason}, when {when}";
            return worst.Verdict with { Judgement = Judgement.Unknown, FailsWhen = when, Reason = reason, Message = RuleEvaluation.CannotTell(worst.Verdict.Rule, worst.Verdict.Resource, reason) };
        }
        return worst.Verdict;
    }
}
