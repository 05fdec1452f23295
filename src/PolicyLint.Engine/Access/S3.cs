using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about requests on a bucket and its objects (semantics 3).</summary>
public sealed class S3(Graph graph, Fields fields, List<Problem> problems)
{
    private static readonly string[] PublicAcls = ["PublicRead", "PublicReadWrite", "AuthenticatedRead", "public-read", "public-read-write", "authenticated-read"];
    private static readonly string[] ListActions = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];

    /// <summary>The bucket's world for one request: its policies, its block of public access, its ACL.</summary>
    public World WorldOf(Resource bucket, Request request, Scenario scenario)
    {
        var set = Policies(bucket, "policy", "the bucket policy", scenario);
        return new World(bucket.Stack.Surroundings.Account, set)
        {
            RefusesPublicPolicy = RefusesPublicPolicy(bucket, scenario),
            RestrictPublicBuckets = Setting(bucket, "restrictPublicBuckets", scenario),
            Grants = request.Caller is Caller.Anonymous ? AclGrants(bucket, request.Action, scenario) : Grant.None,
            ResourceSideOnly = true,
        };
    }

    /// <summary>The documents of a field that holds policies. They are all there are where the input creates the resource or
    /// states its policy (8.5).</summary>
    public PolicySet Policies(Resource resource, string field, string name, Scenario scenario)
    {
        var stated = fields.ReadAll(resource, resource.Kind!.Fields[field]!, scenario);
        var policies = stated
            .SelectMany(s => Documents(s.Value, scenario).Select(d => PolicyReader.Read(d, s.Holder, scenario, problems)))
            .ToImmutableArray();
        var open = policies.IsEmpty && resource.Created is not Truth.Yes && stated.All(s => s.Value is Value.Absent)
            ? $"{name} of `{resource.Address}` is not in the input, and the input does not create it"
            : "";
        if (policies.IsEmpty && open.Length == 0 && CustomResources.ChangerOf(resource, graph) is { } changer)
            open = $"`{changer.Address}` may set {name} of `{resource.Address}` during the deploy";
        return new PolicySet(name, policies, open);
    }

    /// <summary>The documents of a value: a list of them, one, or none (Terraform writes a missing one as an empty text).</summary>
    public static IEnumerable<Value> Documents(Value value, Scenario scenario) => scenario.Read(value) switch
    {
        Value.Absent or Value.Str { Text.Known: "" } => [],
        Value.List list => scenario.ReadItems(list).SelectMany(i => Documents(i, scenario)),
        var one => [one],
    };

    /// <summary>One of the four settings of Block Public Access: as stated; off where the block is stated without it; on by
    /// default for a bucket made since April 2023 (3.5 rule 22).</summary>
    public Truth Setting(Resource bucket, string field, Scenario scenario)
    {
        switch (Read(bucket, field, scenario))
        {
            case Value.Flag flag: return flag.IsTrue.ToTruth();
            case Value.Str { Text.Known: { } known }: return known.Equals("true", StringComparison.OrdinalIgnoreCase).ToTruth();
            case Value.Absent: break;
            default: return Truth.Unknown;
        }
        if (Read(bucket, "publicAccessBlock", scenario) is not Value.Absent) return Truth.No;
        return bucket.Created is Truth.Yes ? Truth.Yes : Truth.Unknown;
    }

    /// <summary>Whether Block Public Access surely lets no public policy take effect: it refuses one that is first written, or
    /// ignores one that is there.</summary>
    public bool KeepsThePublicOut(Resource bucket, Scenario scenario) =>
        Setting(bucket, "restrictPublicBuckets", scenario) is Truth.Yes || RefusesPublicPolicy(bucket, scenario) is Truth.Yes;

    /// <summary>BlockPublicPolicy stops a policy while it is written, not one that was there before.</summary>
    private Truth RefusesPublicPolicy(Resource bucket, Scenario scenario) =>
        bucket.Created is Truth.Yes ? Setting(bucket, "blockPublicPolicy", scenario) : Truth.No;

    private Value Read(Resource bucket, string field, Scenario scenario) => fields.Read(bucket, bucket.Kind!.Fields[field]!, scenario);

    /// <summary>A public ACL lets anybody list the bucket, or write to it; it never lets anybody read an object (3.4).</summary>
    private Grant AclGrants(Resource bucket, string action, Scenario scenario)
    {
        var writes = action == "s3:PutObject";
        if (!writes && !ListActions.Contains(action)) return Grant.None;
        var acl = Read(bucket, "acl", scenario).AsText ?? Text.Empty;
        var open = acl.Known is { } known
            ? (writes ? known is "PublicReadWrite" or "public-read-write" : PublicAcls.Contains(known) && !known.StartsWith("A", StringComparison.OrdinalIgnoreCase)).ToTruth()
            : Truth.Unknown;
        if (Read(bucket, "aclGrants", scenario) is Value.List grants && scenario.ReadItems(grants).Any(g => g.KnownText?.EndsWith("/global/AllUsers", StringComparison.Ordinal) is true))
            (open, acl) = (Truth.Yes, Text.Of("a grant to AllUsers"));
        var enabled = Read(bucket, "ownership", scenario) switch
        {
            Value.Str { Text.Known: { } ownership } => (ownership != "BucketOwnerEnforced").ToTruth(),
            _ => Truth.Unknown,
        };
        return new Grant(open.And(enabled).And(Setting(bucket, "ignorePublicAcls", scenario).Not()), $"the bucket's ACL is `{acl}`");
    }
}
