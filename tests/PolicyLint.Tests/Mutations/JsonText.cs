using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Mutations;

/// <summary>Policies that stand as JSON in a text.</summary>
internal static class JsonText
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Node.Scalar, Node> Known = [];

    /// <summary>What is in the text, the same node each time; null where it is no JSON.</summary>
    public static Node? Read(Node.Scalar scalar)
    {
        if (!scalar.Text.TrimStart().StartsWith('{')) return null;
        if (Known.TryGetValue(scalar, out var known)) return known;
        if (JsonReader.Read(scalar.Location, Encoding.UTF8.GetBytes(scalar.Text), []) is not { } root) return null;
        Known.Add(scalar, root);
        return root;
    }

    /// <summary>The text that a node stands for.</summary>
    public static string Write(Node node) => node switch
    {
        Node.Map map => $"{{{string.Join(',', map.Entries.Select(e => $"{Quoted(e.Key.Text)}:{Write(e.Value)}"))}}}",
        Node.List list => $"[{string.Join(',', list.Items.Select(Write))}]",
        Node.Scalar { Kind: ScalarKind.String } text => Quoted(text.Text),
        Node.Scalar scalar => scalar.Text,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
