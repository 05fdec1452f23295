using PolicyLint.Engine.Access.Facts;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of the actions of a statement.</summary>
internal sealed class ActionFaults(AwsServices services, Statement statement)
{
    private static readonly FaultKind[] OfActions = [FaultKind.MalformedAction, FaultKind.UnknownAction, FaultKind.UnlistedAction];

    public IEnumerable<Fault> Find()
    {
        foreach (var element in statement.Actions?.Items ?? [])
        {
            if (element.Pattern is null && !statement.Refusals.IsEmpty) continue;
            var named = NamedActions.Of(element, services);
            if (named is NamedActions.None none) yield return new Fault(none.Fault, none.Text, element.Location, statement.Index);
            if (named is NamedActions.Open open)
                foreach (var kind in OfActions) yield return Fault.Open(kind, open.Why, element.Location, statement.Index);
        }
    }
}
