using PolicyLint.Engine.Access.Facts;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>The faults of policies, each policy looked through once.</summary>
public sealed class PolicyFaults
{
    private readonly AwsServices services = AwsServices.Shipped;
    private readonly Dictionary<Policy, List<Fault>> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Statement, List<Fault>> ofStatements = new(ReferenceEqualityComparer.Instance);

    /// <summary>The faults of a policy and of its statements.</summary>
    public IReadOnlyList<Fault> Of(Policy policy)
    {
        if (!known.TryGetValue(policy, out var faults)) known[policy] = faults = [.. Find(policy)];
        return faults;
    }

    private IEnumerable<Fault> Find(Policy policy)
    {
        foreach (var fault in DocumentFaults.Of(policy).Concat(VariableFaults.Of(policy, services))) yield return fault;
        foreach (var statement in policy.Statements)
        {
            foreach (var refusal in statement.Refusals) yield return new Fault(FaultKinds.Named(refusal.Fault)!.Value, Say(refusal.Message, refusal.Help), refusal.Location, statement.Index);
            foreach (var fault in OpenFaults.Of(policy, statement).Concat(ElementFaults.Of(statement, policy)).Concat(OfItself(statement, policy.Role))) yield return fault;
        }
    }

    /// <summary>The faults that a statement has whatever stands beside it; a statement that does not change with a condition is the
    /// same in every policy that does.</summary>
    private List<Fault> OfItself(Statement statement, PolicyRole role)
    {
        if (ofStatements.TryGetValue(statement, out var faults)) return faults;
        var actions = NamedActions.Of(statement, services);
        return ofStatements[statement] =
        [
            .. PrincipalFaults.Of(statement),
            .. new ActionFaults(statement, actions).Find(),
            .. new ResourceFaults(statement, actions, role).Find(),
            .. ArnFaults.Of(statement),
            .. new KeyFaults(services, statement, actions).Find(),
            .. ValueFaults.Of(services, statement),
        ];
    }

    /// <summary>What is wrong, and the next step where there is one.</summary>
    internal static string Say(string message, string help) => help.Length == 0 ? message : $"{message}; {help}";
}
