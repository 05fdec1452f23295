using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Mutations;

/// <summary>Changes each grant of a rule's examples, and tells what the rule does not notice.</summary>
/// <param name="beside">Whether a grant of a rule is known to be there for others than the rule.</param>
internal sealed class MutationCheck(Rule rule, Func<Grant, bool> beside)
{
    private readonly Demand demand = Demand.Of(rule);

    /// <summary>What is wrong with the rule or its examples; nothing for rules that ask nothing of access.</summary>
    public IEnumerable<string> Complaints(IReadOnlyCollection<Trial> trials)
    {
        var good = trials.Where(t => demand.Allowed && t.Example.Expectation is Expectation.Good).ToList();
        var bad = trials.Where(t => demand.Denied && t.Example.Expectation is Expectation.Bad).ToList();
        foreach (var format in good.Select(t => t.Format).Distinct())
            if (!good.Exists(t => t.Format == format && !t.Grants.IsEmpty)) yield return $"no good example has a grant ({format})";
        foreach (var complaint in good.SelectMany(OfGood).Concat(bad.SelectMany(OfBad))) yield return complaint;
    }

    /// <summary>What must be allowed: each grant must be needed, and the rule must notice where it is gone or refused.</summary>
    private IEnumerable<string> OfGood(Trial trial)
    {
        var none = trial.Without(trial.Grants.Where(g => !beside(g)));
        if (!trial.Grants.All(beside) && !Noticed(none, demand.MayBeOpen)) yield return $"{trial}: all grants are left out, and the rule {none}";
        foreach (var grant in trial.Grants)
        {
            var without = trial.Without([.. Spare(trial, trial.Grants.Where(g => !beside(g)), grant, s => s.IsSilent), grant]);
            var refused = trial.Refusing([grant]);
            if (beside(grant))
            {
                if (!without.IsSilent || !refused.IsSilent) yield return Tell(trial, grant, "is needed, though it is listed as one beside what the rule needs");
                continue;
            }
            if (!Noticed(without, demand.MayBeOpen)) yield return Tell(trial, grant, $"is left out, and the rule {without}: if it is not needed, leave it out of the example");
            if (!Noticed(refused, false)) yield return Tell(trial, grant, $"is refused, and the rule {refused}");
        }
    }

    /// <summary>The other grants without which the rule still says so, where the one is there.</summary>
    private static List<Grant> Spare(Trial trial, IEnumerable<Grant> grants, Grant kept, Func<Said, bool> still)
    {
        var spare = new List<Grant>();
        foreach (var other in grants)
            if (other != kept && still(trial.Without([.. spare, other]))) spare.Add(other);
        return spare;
    }

    /// <summary>What must be denied: each grant must be a part of the fault, and the rule must be silent where all are gone.</summary>
    private IEnumerable<string> OfBad(Trial trial)
    {
        var none = trial.Without(trial.Grants);
        if (!Silenced(none)) yield return $"{trial}: all grants are left out, and the rule {none}";
        var refused = trial.Refusing(trial.Grants);
        if (!Silenced(refused)) yield return $"{trial}: all grants are refused, and the rule {refused}";
        foreach (var grant in trial.Grants)
        {
            var without = trial.Without([.. Spare(trial, trial.Grants, grant, s => s.Fails), grant]);
            if (!beside(grant) && !Silenced(without)) yield return Tell(trial, grant, $"is left out, and the rule {without}: if it is no fault, leave it out of the example");
            if (beside(grant) && Silenced(without)) yield return Tell(trial, grant, "is a fault, though it is listed as one beside what the rule needs");
        }
    }

    private static bool Noticed(Said said, bool mayBeOpen) => said.Problems.IsEmpty && (said.Fails || mayBeOpen && !said.IsSilent);

    private static bool Silenced(Said said) => said.Problems.IsEmpty && said.IsSilent;

    private static string Tell(Trial trial, Grant grant, string what) => $"{trial}: `{grant.Told}` {what}";
}
