using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>What a provider read back from AWS into attributes that nobody configures: it tells of what other resources of the
/// plan put there before, and so of the time before the apply. These resources tell themselves what is there after it.</summary>
internal static class Leftovers
{
    /// <summary>An attribute of a type, and the resources that have put there what it holds.</summary>
    /// <param name="Item">The part of an item that is compared, empty for the item itself.</param>
    /// <param name="Link">By which attribute the others name the owner's <c>name</c> or <c>bucket</c>.</param>
    /// <param name="Put">The attribute of theirs that an item equals; empty where all items are theirs.</param>
    private sealed record Kept(string Type, string Attribute, string Item, string By, string Link, string Put);

    private static readonly Kept[] Known =
    [
        new("aws_iam_role", "managed_policy_arns", "", "aws_iam_role_policy_attachment", "role", "policy_arn"),
        new("aws_iam_role", "managed_policy_arns", "", "aws_iam_policy_attachment", "roles", "policy_arn"),
        new("aws_iam_role", "managed_policy_arns", "", "aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"),
        new("aws_iam_role", "inline_policy", "name", "aws_iam_role_policy", "role", "name"),
        new("aws_s3_bucket", "grant", "", "aws_s3_bucket_acl", "bucket", ""),
        new("aws_s3_bucket", "acl", "", "aws_s3_bucket_acl", "bucket", ""),
    ];

    /// <summary>The resources without them.</summary>
    public static ImmutableArray<Plan.Planned> Without(ImmutableArray<Plan.Planned> resources)
    {
        var others = resources.Where(r => Known.Any(k => k.By == r.Type)).ToLookup(r => r.Type, StringComparer.Ordinal);
        return others.Count == 0 ? resources : [.. resources.Select(r => Array.Exists(Known, k => k.Type == r.Type || k.By == r.Type) ? Without(r, others) : r)];
    }

    private static Plan.Planned Without(Plan.Planned resource, ILookup<string, Plan.Planned> others)
    {
        if (resource.After is not Node.Map after) return resource;
        if (resource is { Type: "aws_s3_bucket_acl", Expressions: { } given } && given["acl"] is not null && given["access_control_policy"] is null)
            return resource with { After = Set(after, "access_control_policy", null) };
        foreach (var kept in Known)
            if (kept.Type == resource.Type && resource.Expressions?[kept.Attribute] is null && after[kept.Attribute] is { } value)
                after = Set(after, kept.Attribute, Rest(value, kept, after, others[kept.By]));
        return resource with { After = after };
    }

    /// <summary>What is left of a value; null where that is nothing.</summary>
    private static Node? Rest(Node value, Kept kept, Node.Map owner, IEnumerable<Plan.Planned> others)
    {
        var names = ((string[])["name", "bucket", "id"]).SelectMany(n => Texts(owner[n])).ToHashSet(StringComparer.Ordinal);
        var theirs = others.SelectMany(o => (Node.Map?[])[o.Before, o.After as Node.Map]).OfType<Node.Map>().Where(m => Texts(m[kept.Link]).Any(names.Contains)).ToList();
        if (theirs.Count == 0) return value;
        if (kept.Put.Length == 0 || value is not Node.List list) return null;
        var put = theirs.SelectMany(m => Texts(m[kept.Put])).ToHashSet(StringComparer.Ordinal);
        return new Node.List(list.Location, [.. list.Items.Where(i => !Texts(kept.Item.Length == 0 ? i : (i as Node.Map)?[kept.Item]).Any(put.Contains))]);
    }

    private static IEnumerable<string> Texts(Node? node) => node switch
    {
        Node.Scalar { Kind: ScalarKind.String } text => [text.Text],
        Node.List list => list.Items.OfType<Node.Scalar>().Select(s => s.Text),
        _ => [],
    };

    private static Node.Map Set(Node.Map map, string name, Node? value) =>
        new(map.Location, [.. map.Entries.Where(e => e.Key.Text != name || value is not null).Select(e => e.Key.Text == name ? new Node.Entry(e.Key, value!) : e)]);
}
