using PolicyLint.Engine.Access.Facts;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>The faults of policies, each policy looked through once.</summary>
public sealed class PolicyFaults
{
    private readonly AwsServices services = AwsServices.Shipped;
    private readonly Dictionary<Policy, List<Fault>> known = new(ReferenceEqualityComparer.Instance);

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
            var actions = NamedActions.Of(statement, services);
            foreach (var refusal in statement.Refusals) yield return new Fault(FaultKinds.Named(refusal.Fault)!.Value, Say(refusal.Message, refusal.Help), refusal.Location, statement.Index);
            var faults = OpenFaults.Of(policy, statement)
                .Concat(ElementFaults.Of(statement, policy))
                .Concat(PrincipalFaults.Of(statement))
                .Concat(new ActionFaults(statement, actions).Find())
                .Concat(new ResourceFaults(statement, actions, policy.Role).Find())
                .Concat(ArnFaults.Of(statement))
                .Concat(new KeyFaults(services, statement, actions).Find())
                .Concat(ValueFaults.Of(services, statement));
            foreach (var fault in faults) yield return fault;
        }
    }

    /// <summary>What is wrong, and the next step where there is one.</summary>
    internal static string Say(string message, string help) => help.Length == 0 ? message : $"{message}; {help}";
}
