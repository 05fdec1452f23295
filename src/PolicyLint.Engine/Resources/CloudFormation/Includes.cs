using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Puts local files where <c>AWS::Include</c> names them; every node keeps its place in its own file. What is not local, or
/// not there, stays as it is written.</summary>
internal sealed class Includes
{
    private const int Deepest = 8;
    private const string Call = "Fn::Transform";
    private readonly TemplateUse use;
    private readonly ImmutableArray<Document>.Builder files = ImmutableArray.CreateBuilder<Document>();

    private Includes(TemplateUse use) => this.use = use;

    /// <summary>The document with what it includes, and the files that were read for it.</summary>
    public static (Document Document, ImmutableArray<Document> Files) Expand(Document document, TemplateUse use)
    {
        if (!document.Source.Contains("AWS::Include"u8)) return (document, []);
        var includes = new Includes(use);
        var root = (Node.Map)includes.In(document.Root, document.Path, 0);
        return (document with { Root = includes.AtTop(root, document.Path) }, includes.files.ToImmutable());
    }

    private Node In(Node node, string path, int depth) => node switch
    {
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(i => In(i, path, depth))], list.Tag),
        Node.Map { Entries: [{ Key.Text: Call, Value: var call }] } when Included(call, path, depth) is { } included => included,
        Node.Map map => new Node.Map(map.Location, Merged(map.Entries, path, depth), map.Tag) { Doubled = map.Doubled },
        _ => node,
    };

    /// <summary>What is written beside the call comes before what the file says.</summary>
    private ImmutableArray<Node.Entry> Merged(ImmutableArray<Node.Entry> entries, string path, int depth)
    {
        var merged = ImmutableArray.CreateBuilder<Node.Entry>(entries.Length);
        foreach (var entry in entries)
            if (entry.Key.Text == Call && Included(entry.Value, path, depth) is { } included) merged.AddRange(included.Entries.Where(e => entries.All(o => o.Key.Text != e.Key.Text)));
            else merged.Add(new Node.Entry(entry.Key, In(entry.Value, path, depth)));
        return merged.ToImmutable();
    }

    /// <summary><c>Transform: { Name: AWS::Include, … }</c> beside the sections, alone or in a list.</summary>
    private Node.Map AtTop(Node.Map root, string path)
    {
        var calls = root["Transform"] switch { Node.List list => list.Items, Node.Map one => [one], _ => [] };
        var left = calls.Where(c => c is not Node.Map).ToImmutableArray();
        var added = new List<Node.Entry>();
        foreach (var call in calls.OfType<Node.Map>())
            if (Included(call, path, 0) is { } included) added.AddRange(included.Entries);
            else left = left.Add(call);
        if (added.Count == 0) return root;
        var transform = left.Length == 0 ? [] : root.Entries.Where(e => e.Key.Text == "Transform").Select(e => new Node.Entry(e.Key, left is [Node.Map lone] ? lone : new Node.List(e.Value.Location, left)));
        return new Node.Map(root.Location, [.. root.Entries.Where(e => e.Key.Text != "Transform"), .. transform, .. added.Where(a => root[a.Key.Text] is null)], root.Tag) { Doubled = root.Doubled };
    }

    private Node.Map? Included(Node call, string path, int depth)
    {
        if (LocationOf(call) is not { } location || depth == Deepest || !use.Nesting.Take()) return null;
        if (use.Wanted.FileAt(FilePath.Combine(FilePath.FolderOf(path), location)) is not { } file) return null;
        if (DocumentReader.ReadPart(file, use.Problems) is not { Root: Node.Map map } part) return null;
        files.Add(new Document(file.Path, Format.CloudFormation, new Node.Map(map.Location, []), part.Source));
        return (Node.Map)In(map, file.Path, depth + 1);
    }

    /// <summary>The macro that the call names, or null.</summary>
    public static string? NameOf(Node call) => call switch
    {
        Node.Map map when map["Name"] is Node.Scalar { Tag: "" } name => name.Text,
        Node.List { Items: [Node.Map only] } => NameOf(only),
        _ => null,
    };

    /// <summary>The local path that the call names, or null.</summary>
    public static string? LocationOf(Node call) =>
        call is Node.Map map && (map["Name"] as Node.Scalar)?.Text == "AWS::Include" && map["Parameters"] is Node.Map parameters
            && parameters["Location"] is Node.Scalar { Tag: "", Text: { Length: > 0 } text } && !text.Contains(':', StringComparison.Ordinal)
            ? text
            : null;
}
