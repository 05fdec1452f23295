using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Mutations;

/// <summary>Finds all grants of a template or of a plan in the short form of examples, by how they are written.</summary>
internal static class Grants
{
    private const string DenyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
    private static readonly string[] Permissions = ["AWS::Lambda::Permission", "AWS::Events::EventBusPolicy", "aws_lambda_permission", "aws_cloudwatch_event_permission"];
    private static readonly string[] Attached = ["ManagedPolicyArns", "managed_policy_arns", "policy_arns"];

    /// <summary>The grants below a node, in the order written.</summary>
    public static IEnumerable<Grant> In(Node node) => node switch
    {
        Node.Map map when IsStatement(map) => map["Effect"] is Node.Scalar { Text: "Allow" } ? [new Grant(map, Told(map), With(map, "Effect", "Deny"))] : [],
        Node.Map map => map.Entries.SelectMany(e => In(e.Key, e.Value)),
        Node.List list => list.Items.SelectMany(In),
        Node.Scalar scalar when JsonText.Read(scalar) is { } inner => In(inner),
        _ => [],
    };

    private static IEnumerable<Grant> In(Node.Scalar key, Node value) => (TypeOf(key, value), value) switch
    {
        (_, Node.Map gone) when IsDestroyed(gone) => [],
        ({ } type, Node.Map resource) when Permissions.Contains(type) && Properties(resource)["Statement"] is null => [Permission(resource)],
        ("aws_s3_bucket_acl", Node.Map acl) when acl["acl"] is Node.Scalar { Text: not "private" } text => [new Grant(text, $"ACL {text.Text}", Text(text, "private"))],
        ("aws_s3_bucket_acl", Node.Map acl) when acl["access_control_policy"] is Node.List { Items: [Node.Map listed] } => Items(listed["grant"]).OfType<Node.Map>().Select(g => new Grant(g, $"ACL {Words(g)}", With(g, "grantee", Nobody(g)))),
        ({ } type, Node.Map attachment) when type.EndsWith("policy_attachment", StringComparison.Ordinal) && attachment["policy_arn"] is { } policy => [new Grant(attachment, $"attached {Words(policy)}", With(attachment, "policy_arn", DenyAll))],
        ("aws_iam_policy_document", Node.Map document) => Items(document["statement"]).OfType<Node.Map>().Where(s => s["effect"] is null or Node.Scalar { Text: "Allow" }).Select(s => new Grant(s, Told(s), With(s, "effect", "Deny"))),
        (null, Node.Scalar { Text: not "Private" } acl) when key.Text == "AccessControl" => [new Grant(acl, $"ACL {acl.Text}", Text(acl, "Private"))],
        (null, Node.List list) when Attached.Contains(key.Text) => list.Items.Select(i => new Grant(i, $"attached {Words(i)}", Text(i, DenyAll))),
        _ => In(value),
    };

    /// <summary>What the map at a key is a resource of, null where it is none.</summary>
    private static string? TypeOf(Node.Scalar key, Node value) => value switch
    {
        Node.Map map when map["Type"] is Node.Scalar { Text: var type } && type.Contains("::", StringComparison.Ordinal) => type,
        Node.Map when (key.Text.StartsWith("data.", StringComparison.Ordinal) ? key.Text[5..] : key.Text).Split('.') is [var type, _, ..] && type.Contains('_', StringComparison.Ordinal) => type,
        _ => null,
    };

    private static bool IsStatement(Node.Map map) =>
        map["Effect"] is not null && (map["Action"] ?? map["NotAction"]) is not null;

    private static bool IsDestroyed(Node.Map resource) => resource["$actions"] is Node.List { Items: [Node.Scalar { Text: "delete" }] };

    private static Node.List Nobody(Node at) => new(at.Location, [With(With(new Node.Map(at.Location, []), "type", "CanonicalUser"), "id", new string('0', 64))]);

    private static Node.Map Properties(Node.Map resource) => resource["Properties"] as Node.Map ?? resource;

    /// <summary>Nobody can write a Deny there: it is refused by letting a service in that never asks.</summary>
    private static Grant Permission(Node.Map resource)
    {
        var properties = Properties(resource);
        var refused = With(properties, properties["Principal"] is null ? "principal" : "Principal", "polly.amazonaws.com");
        return new Grant(resource, Told(properties), properties == resource ? refused : With(resource, "Properties", refused));
    }

    private static ImmutableArray<Node> Items(Node? node) => node switch { null => [], Node.List list => list.Items, _ => [node] };

    private static string Told(Node.Map map) => string.Join(' ', new[] { "Principal", "NotPrincipal", "principal", "principals", "Action", "NotAction", "action", "actions" }
        .Select(w => map[w]).OfType<Node>().Select(Words));

    private static string Words(Node node) => node switch
    {
        Node.Scalar scalar => scalar.Text,
        Node.List list => string.Join(',', list.Items.Select(Words)),
        Node.Map map => string.Join(',', map.Entries.Select(e => $"{e.Key.Text}={Words(e.Value)}")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Node.Scalar Text(Node at, string text) => new(at.Location, text, ScalarKind.String);

    private static Node.Map With(Node.Map map, string key, string text) => With(map, key, Text(map, text));

    private static Node.Map With(Node.Map map, string key, Node value) => new(
        map.Location,
        [.. map.Entries.Where(e => e.Key.Text != key), new Node.Entry(Text(map, key), value)],
        map.Tag);
}
