using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Writes out <c>Fn::ForEach</c> (AWS::LanguageExtensions): <c>[Identifier, [items], { key: body }]</c>.</summary>
internal static class ForEach
{
    private const string Prefix = "Fn::ForEach::";
    private const int MostEntries = 10_000;

    public static bool Is(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The entries of a map with every loop written out. A loop that cannot be is handed to
    /// <paramref name="unread"/> with the reason, and left out.</summary>
    /// <param name="itemsOf">The items of a collection that is not written as a list, or null where they are not known.</param>
    public static IEnumerable<Node.Entry> Expand(
        ImmutableArray<Node.Entry> entries, Func<Node, IReadOnlyList<string>?> itemsOf, Action<Node.Entry, string> unread)
    {
        foreach (var entry in entries)
            if (!Is(entry.Key.Text)) yield return entry;
            else
                foreach (var written in ExpandOne(entry, itemsOf, unread)) yield return written;
    }

    private static IEnumerable<Node.Entry> ExpandOne(Node.Entry loop, Func<Node, IReadOnlyList<string>?> itemsOf, Action<Node.Entry, string> unread)
    {
        if (loop.Value is not Node.List { Items: [Node.Scalar identifier, var collection, Node.Map body] })
        {
            unread(loop, $"`{loop.Key.Text}` takes an identifier, a collection and a map");
            return [];
        }
        var items = collection is Node.List list && Intrinsic.Of(collection) is null && list.Items.All(i => i is Node.Scalar { Tag: "" })
            ? [.. list.Items.Select(i => ((Node.Scalar)i).Text)]
            : itemsOf(collection);
        if (items is null || items.Count * body.Entries.Length > MostEntries)
        {
            unread(loop, items is null ? $"the collection of `{loop.Key.Text}` is not known here, so what it makes is not judged" : $"`{loop.Key.Text}` makes more than {MostEntries} entries");
            return [];
        }
        var written = items.SelectMany(item => body.Entries.Select(e =>
            new Node.Entry((Node.Scalar)With(e.Key, identifier.Text, item), With(e.Value, identifier.Text, item))));
        return Expand([.. written], itemsOf, unread);
    }

    /// <summary>The node with <c>${Identifier}</c>, <c>&amp;{Identifier}</c> and <c>Ref: Identifier</c> replaced.</summary>
    private static Node With(Node node, string identifier, string item)
    {
        if (Intrinsic.Of(node) is { Name: "Ref", Argument: Node.Scalar { Text: var name } } && name == identifier) return new Node.Scalar(node.Location, item, ScalarKind.String);
        return node switch
        {
            Node.Scalar scalar => new Node.Scalar(scalar.Location, Replace(scalar.Text, identifier, item), scalar.Kind, scalar.Tag),
            Node.List list => new Node.List(list.Location, [.. list.Items.Select(i => With(i, identifier, item))], list.Tag),
            Node.Map map => new Node.Map(map.Location, [.. map.Entries.Select(e => new Node.Entry((Node.Scalar)With(e.Key, identifier, item), With(e.Value, identifier, item)))], map.Tag),
            _ => node,
        };
    }

    private static string Replace(string text, string identifier, string item)
    {
        if (!text.Contains(identifier, StringComparison.Ordinal)) return text;
        var plain = string.Concat(item.Where(char.IsAsciiLetterOrDigit));
        return text.Replace($"${{{identifier}}}", item, StringComparison.Ordinal).Replace($"&{{{identifier}}}", plain, StringComparison.Ordinal);
    }
}
