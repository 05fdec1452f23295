using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>What AWS refuses of policies is a problem, and a finding instead where a rule looks for it: each is told once.</summary>
internal sealed class Refusals(RuleSet rules)
{
    private readonly Lazy<HashSet<string>> lookedFor = new(() => rules.Entries.Where(e => e.Resources.Contains(PolicyPlaces.Holder)).SelectMany(e => FaultsOf(e.Rule.Require)).Select(FaultKinds.WordOf).ToHashSet(StringComparer.Ordinal));
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Reads every policy once, so that a broken one is told whether or not a rule asks for it.</summary>
    public void Read(PolicyPlaces places, List<Problem> problems)
    {
        foreach (var (holder, problem) in places.Problems())
            if (problem.Fault.Length > 0 && lookedFor.Value.Contains(problem.Fault) && Judge.IsDeployed(holder)) told.Add(KeyOf(problem));
            else problems.Add(problem);
    }

    /// <summary>Takes those from the problems that are findings.</summary>
    public void Leave(List<Problem> problems) => problems.RemoveAll(p => told.Contains(KeyOf(p)));

    private static string KeyOf(Problem problem) => $"{problem.Location}\n{problem.Message}";

    private static IEnumerable<FaultKind> FaultsOf(Check check) => check switch
    {
        Check.Fault fault => [fault.Is],
        Check.All all => all.Checks.SelectMany(FaultsOf),
        Check.Not not => FaultsOf(not.Inner),
        Check.Quantified quantified => FaultsOf(quantified.Satisfies),
        _ => [],
    };
}
