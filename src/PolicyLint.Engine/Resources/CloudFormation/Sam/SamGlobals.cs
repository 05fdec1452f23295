using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Merges <c>Globals</c> into a resource: lists are put together, maps merged, all else is the resource's own word.</summary>
internal static class SamGlobals
{
    /// <summary>The resource with the globals of its type, but those that it ignores.</summary>
    public static Template.Declared Merge(Node.Map root, Template.Declared resource)
    {
        if (resource.Properties is not Node.Map own || Intrinsic.Of(own) is not null || root["Globals"] is not Node.Map globals) return resource;
        if (globals[resource.Type[SamStack.Prefix.Length..]] is not Node.Map shared) return resource;
        var ignored = ((root["Resources"] as Node.Map)?[resource.LogicalId] as Node.Map)?["IgnoreGlobals"];
        if (ignored is Node.Scalar { Text: "*" }) return resource;
        return resource with { Properties = Merge(ignored is Node.List list ? Without(shared, list) : shared, own) };
    }

    private static Node.Map Without(Node.Map shared, Node.List ignored) =>
        new(shared.Location, [.. shared.Entries.Where(e => !ignored.Items.Any(i => i is Node.Scalar { Text: var name } && name == e.Key.Text))]);

    private static Node Merge(Node shared, Node own) => (shared, own) switch
    {
        _ when Intrinsic.Of(shared) is not null || Intrinsic.Of(own) is not null => own,
        (Node.Map s, Node.Map o) => Merge(s, o),
        (Node.List s, Node.List o) => new Node.List(o.Location, [.. s.Items, .. o.Items]),
        _ => own,
    };

    private static Node.Map Merge(Node.Map shared, Node.Map own)
    {
        var entries = ImmutableArray.CreateBuilder<Node.Entry>(shared.Entries.Length + own.Entries.Length);
        foreach (var entry in shared.Entries)
            entries.Add(own[entry.Key.Text] is { } local ? new Node.Entry(entry.Key, Merge(entry.Value, local)) : entry);
        foreach (var entry in own.Entries)
            if (shared[entry.Key.Text] is null) entries.Add(entry);
        return new Node.Map(own.Location, entries.ToImmutable());
    }
}
