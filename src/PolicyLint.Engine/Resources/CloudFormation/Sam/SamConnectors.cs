using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Finds the connectors of a template, those that stand by themselves and those in <c>Connectors</c> of another resource,
/// and what each pair of ends allows (<c>data/sam-connectors.txt</c>).</summary>
internal sealed class SamConnectors(SamStack stack, Node.Map resources)
{
    /// <summary>Puts in what the connectors make; called when all else is made.</summary>
    /// <param name="own">The resources that are connectors.</param>
    public void Expand(IEnumerable<Template.Declared> own)
    {
        foreach (var entry in resources.Entries)
            if (entry.Value is Node.Map resource && resource["Connectors"] is Node.Map connectors)
                foreach (var connector in connectors.Entries)
                    ExpandInside(entry.Key.Text, resource, connector);
        foreach (var connector in own)
            if (connector.Properties is Node.Map properties)
                Connect(new SamConnection(stack, connector.LogicalId, connector.Location, connector.Condition, properties), properties["Source"], null);
    }

    private void ExpandInside(string owner, Node.Map resource, Node.Entry connector)
    {
        if ((connector.Value as Node.Map)?["Properties"] is Node.Map properties)
            Connect(new SamConnection(stack, owner + connector.Key.Text, connector.Key.Location, resource["Condition"], properties),
                properties["SourceReference"] ?? new Node.Map(connector.Key.Location, []), owner);
    }

    /// <param name="owner">The logical id of the source where the reference does not say it.</param>
    private void Connect(SamConnection connection, Node? source, string? owner)
    {
        var list = connection.Properties["Destination"] as Node.List;
        for (var i = 0; i < (list?.Items.Length ?? 1); i++)
        {
            var destination = list is null ? connection.Properties["Destination"] : list.Items[i];
            var (from, to) = (SamEnd.Of(stack, source, destination, owner), SamEnd.Of(stack, destination, source, null));
            if (from is null || to is null || ProfileOf(from, to) is not { } profile || !connection.Make(profile, from, to, list is { Items.Length: > 1 } ? $"Destination{i}" : ""))
                stack.NotUnderstood($"what connector `{connection.Id}` allows is not understood here");
        }
    }

    private static Node.Map? ProfileOf(SamEnd from, SamEnd to) => CarriedLines.SamConnectors[$"{from.Type} {to.Type}"] is { IsEmpty: false } line
        ? JsonReader.Read(Location.StartOf(CarriedLines.SamConnectors.File), line, []) as Node.Map
        : null;
}
