using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Faults of the actions of a statement.</summary>
internal sealed class ActionFaults(Statement statement, List<NamedActions.Entry> actions)
{
    private static readonly FaultKind[] OfActions = [FaultKind.MalformedAction, FaultKind.UnknownAction, FaultKind.UnlistedAction];

    public IEnumerable<Fault> Find()
    {
        foreach (var (element, named) in actions)
        {
            if (element.Pattern is null && !statement.Refusals.IsEmpty) continue;
            if (named is NamedActions.None none && !IsOfSam(none, element)) yield return new Fault(none.Fault, none.Text, element.Location, statement.Index);
            if (named is NamedActions.Open open)
                foreach (var kind in OfActions) yield return Fault.Open(kind, open.Why, element.Location, statement.Index);
        }
    }

    /// <summary>SAM's own policy templates name a few actions that are on no list (<c>sqs:DeleteMessageBatch</c>): who uses them cannot
    /// mend that, and nobody misses anything by it.</summary>
    private static bool IsOfSam(NamedActions.None none, Element element) =>
        none.Fault is FaultKind.UnlistedAction && element.Pattern?.Text.Known is { } action && CarriedLines.SamPolicyTemplates.Says($"\"{action}\"");
}
