using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>A resource of the template's own that an event adds to: the notifications of a bucket, the triggers of a user pool.</summary>
internal sealed class SamChange(SamStack stack, Template.Declared resource)
{
    private Template.Declared resource = resource;

    /// <summary>Puts a node at a path of properties; a list is added to one that is there.</summary>
    public void AddTo(NodesAt at, IReadOnlyList<string> path, Node node)
    {
        if (Put(resource.Properties, at, path, 0, node) is { } properties) stack.Add(resource = resource with { Properties = properties });
        else stack.NotUnderstood($"`{string.Join('.', path)}` of `{resource.LogicalId}` is not written out, and an event adds to it");
    }

    private static Node? Put(Node? into, NodesAt at, IReadOnlyList<string> path, int step, Node node)
    {
        if (step == path.Count) return Join(into, node);
        if (into is not null && (into is not Node.Map || Intrinsic.Of(into) is not null)) return null;
        var map = into as Node.Map ?? at.Map();
        if (Put(map[path[step]], at, path, step + 1, node) is not { } inner) return null;
        return new Node.Map(map.Location, [.. map.Entries.Where(e => e.Key.Text != path[step]), new Node.Entry(at.Text(path[step]), inner)]);
    }

    private static Node? Join(Node? there, Node node) => (there, node) switch
    {
        (null, _) => node,
        (Node.List { Tag: "" } list, Node.List more) => new Node.List(list.Location, [.. list.Items, .. more.Items]),
        (_, Node.List) => null,
        _ => node,
    };
}
