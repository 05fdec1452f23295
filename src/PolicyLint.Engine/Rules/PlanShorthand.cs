using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Writes out a plan from resources by address, so that examples stay readable. <c>!reference a.b.c</c> is a value
/// known only after apply, <c>!unknown</c> one without references, <c>!json {…}</c> a JSON text. A key <c>$actions</c> tells
/// the actions (default <c>create</c>; what is destroyed or forgotten is written as it was), <c>$provider</c> the provider's constants.</summary>
public static class PlanShorthand
{
    /// <summary>The plan in the shape of <c>terraform show -json</c>; a map that has a <c>format_version</c> is one already.</summary>
    public static Node.Map Expand(Node.Map map)
    {
        if (map["format_version"] is not null) return map;
        var (changes, configured) = (ImmutableArray.CreateBuilder<Node>(), ImmutableArray.CreateBuilder<Node>());
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Text.StartsWith('$') || entry.Value is not Node.Map attributes) continue;
            changes.Add(Change(entry.Key, attributes));
            configured.Add(Map(entry.Key, ("address", WithoutKey(entry.Key)), ("expressions", Expressions(attributes))));
        }
        var at = Scalar(map, "");
        return Map(at,
            ("format_version", Scalar(at, "1.2")),
            ("resource_changes", new Node.List(map.Location, changes.ToImmutable())),
            ("configuration", Map(at,
                ("provider_config", Map(at, ("aws", Map(at, ("expressions", Constants(map["$provider"] as Node.Map, at)))))),
                ("root_module", Map(at, ("resources", new Node.List(map.Location, configured.ToImmutable())))))));
    }

    private static Node.Map Constants(Node.Map? provider, Node at) =>
        new(at.Location, [.. (provider?.Entries ?? []).Select(e => new Node.Entry(e.Key, Map(at, ("constant_value", e.Value))))]);

    private static Node.Map Change(Node.Scalar address, Node.Map attributes)
    {
        var isData = address.Text.StartsWith("data.", StringComparison.Ordinal);
        var words = (isData ? address.Text[5..] : address.Text).Split('.', 2);
        var actions = attributes["$actions"] as Node.List ?? new Node.List(address.Location, [Scalar(address, isData ? "read" : "create")]);
        return Map(address,
            ("address", address),
            ("mode", Scalar(address, isData ? "data" : "managed")),
            ("type", Scalar(address, words[0])),
            ("name", Scalar(address, words.Length > 1 ? words[1].Split('[')[0] : "")),
            ("change", actions.Items is [Node.Scalar { Text: "delete" or "forget" }]
                ? Map(address, ("actions", actions), ("before", Known(attributes)), ("after", Scalar(address, "", ScalarKind.Null)))
                : Map(address, ("actions", actions), ("after", Known(attributes)), ("after_unknown", Unknown(attributes)))));
    }

    private static Node Known(Node node) => node switch
    {
        { Tag: "!json" } => new Node.Scalar(node.Location, Json(node), ScalarKind.String),
        Node.Map map => new Node.Map(map.Location, [.. map.Entries.Where(e => !e.Key.Text.StartsWith('$') && !IsUnknown(e.Value)).Select(e => new Node.Entry(e.Key, Known(e.Value)))]),
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(i => IsUnknown(i) ? Scalar(i, "", ScalarKind.Null) : Known(i))]),
        _ => node,
    };

    private static Node Unknown(Node node) => node switch
    {
        _ when IsUnknown(node) => Scalar(node, "true", ScalarKind.Bool),
        { Tag: "!json" } => Scalar(node, "false", ScalarKind.Bool),
        Node.Map map => new Node.Map(map.Location, [.. map.Entries.Where(e => HasUnknown(e.Value)).Select(e => new Node.Entry(e.Key, Unknown(e.Value)))]),
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(Unknown)]),
        _ => Scalar(node, "false", ScalarKind.Bool),
    };

    private static Node Expressions(Node node) => node switch
    {
        Node.Scalar { Tag: "!reference" } reference => Map(node, ("references", new Node.List(node.Location, [reference, Scalar(node, reference.Text[..reference.Text.LastIndexOf('.')])]))),
        { Tag: "!json" } => Map(node),
        Node.Map map => new Node.Map(map.Location, [.. map.Entries.Where(e => !e.Key.Text.StartsWith('$')).Select(e => new Node.Entry(e.Key, Expressions(e.Value)))]),
        Node.List { Items: [Node.Scalar { Tag: "!reference" } only] } => Expressions(only),
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(Expressions)]),
        _ => Map(node, ("constant_value", node)),
    };

    private static bool IsUnknown(Node node) => node.Tag is "!reference" or "!unknown";

    private static bool HasUnknown(Node node) => IsUnknown(node) || node.Tag != "!json" && node switch
    {
        Node.Map map => map.Entries.Any(e => HasUnknown(e.Value)),
        Node.List list => list.Items.Any(HasUnknown),
        _ => false,
    };

    private static string Json(Node node)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer)) Write(writer, node);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case Node.Map map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key.Text);
                    Write(writer, entry.Value);
                }
                writer.WriteEndObject();
                break;
            case Node.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case Node.Scalar { Kind: ScalarKind.Bool } flag: writer.WriteBooleanValue(flag.Text is "true"); break;
            case Node.Scalar { Kind: ScalarKind.Null }: writer.WriteNullValue(); break;
            case Node.Scalar { Kind: ScalarKind.Number } number: writer.WriteRawValue(number.Text); break;
            case Node.Scalar scalar: writer.WriteStringValue(scalar.Text); break;
        }
    }

    private static Node.Scalar WithoutKey(Node.Scalar address) => Scalar(address, address.Text.Split('[')[0]);

    private static Node.Scalar Scalar(Node at, string text, ScalarKind kind = ScalarKind.String) => new(at.Location, text, kind);

    private static Node.Map Map(Node at, params ReadOnlySpan<(string Key, Node Value)> entries)
    {
        var read = ImmutableArray.CreateBuilder<Node.Entry>(entries.Length);
        foreach (var (key, value) in entries) read.Add(new Node.Entry(new Node.Scalar(at.Location, key, ScalarKind.String), value));
        return new Node.Map(at.Location, read.ToImmutable());
    }
}
