using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Mutations;

/// <summary>Trees with some of their nodes exchanged or left out.</summary>
internal static class Mutant
{
    /// <summary>The tree with each node that stands in <paramref name="changes"/> exchanged, or left out where that says null; a
    /// policy whose only statement is left out has an empty list of them.</summary>
    public static Node.Map Of(Node.Map root, ImmutableDictionary<Node, Node?> changes) => (Node.Map)Changed(root, changes)!;

    private static Node? Changed(Node node, ImmutableDictionary<Node, Node?> changes) => changes.TryGetValue(node, out var other)
        ? other
        : node switch
        {
            Node.Map map => new Node.Map(map.Location, [.. map.Entries.SelectMany(e => Changed(e, changes))], map.Tag),
            Node.List list => new Node.List(list.Location, [.. list.Items.Select(i => Changed(i, changes)).OfType<Node>()], list.Tag),
            Node.Scalar scalar when JsonText.Read(scalar) is { } inner => Changed(scalar, JsonText.Write(inner), JsonText.Write(Changed(inner, changes)!)),
            _ => node,
        };

    private static IEnumerable<Node.Entry> Changed(Node.Entry entry, ImmutableDictionary<Node, Node?> changes) =>
        Changed(entry.Value, changes) is { } value ? [new Node.Entry(entry.Key, value)]
        : entry.Key.Text == "Statement" ? [new Node.Entry(entry.Key, new Node.List(entry.Value.Location, []))]
        : [];

    private static Node.Scalar Changed(Node.Scalar scalar, string before, string after) =>
        before == after ? scalar : new Node.Scalar(scalar.Location, after, scalar.Kind, scalar.Tag);
}
