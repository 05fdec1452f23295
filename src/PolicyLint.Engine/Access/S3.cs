using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about requests on a bucket and its objects (semantics 3).</summary>
public sealed class S3(Fields fields, StatedPolicies policies)
{
    private static readonly string[] OfPolicy = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];
    private readonly S3Acl acl = new(fields);

    /// <summary>The bucket's world for one request: its policies, its block of public access, its ACL.</summary>
    public World WorldOf(Resource bucket, Request request, Scenario scenario) =>
        new(bucket.Surroundings.Account, policies.Of(bucket, "policy", scenario))
        {
            RefusesPublicPolicy = RefusesPublicPolicy(bucket, scenario),
            RestrictPublicBuckets = Setting(bucket, "restrictPublicBuckets", scenario),
            Grants = acl.Of(bucket, request, Setting(bucket, "ignorePublicAcls", scenario), scenario),
            RootIsNeverDenied = [.. OfPolicy],
            Assumptions = Assumptions(bucket, scenario),
        };

    /// <summary>The account's own block is not in a bucket's template; it matters only where the bucket's is off.</summary>
    private ImmutableArray<string> Assumptions(Resource bucket, Scenario scenario) =>
        Setting(bucket, "restrictPublicBuckets", scenario) is Truth.Yes ? [] : ["Block Public Access of the account and the organization is off"];

    /// <summary>One of the four settings of Block Public Access: as stated; off where the block is stated without it; on by
    /// default for a bucket made since April 2023 (3.5 rule 22), and for every access point (3.8).</summary>
    public Truth Setting(Resource resource, string field, Scenario scenario)
    {
        switch (Read(resource, field, scenario))
        {
            case Value.Flag flag: return flag.IsTrue.ToTruth();
            case Value.Str { Text.Known: { } known }: return known.Equals("true", StringComparison.OrdinalIgnoreCase).ToTruth();
            case Value.Absent: break;
            default: return Truth.Unknown;
        }
        if (Read(resource, "publicAccessBlock", scenario) is not Value.Absent) return Truth.No;
        return resource.Created is Truth.Yes ? Truth.Yes : Truth.Unknown;
    }

    /// <summary>Whether Block Public Access surely lets no public policy take effect: it refuses one that is first written, or
    /// ignores one that is there.</summary>
    public bool KeepsThePublicOut(Resource bucket, Scenario scenario) =>
        Setting(bucket, "restrictPublicBuckets", scenario) is Truth.Yes || RefusesPublicPolicy(bucket, scenario) is Truth.Yes;

    /// <summary>BlockPublicPolicy stops a policy while it is written, not one that was there before.</summary>
    public Truth RefusesPublicPolicy(Resource bucket, Scenario scenario) =>
        bucket.Created is Truth.Yes ? Setting(bucket, "blockPublicPolicy", scenario) : Truth.No;

    private Value Read(Resource resource, string field, Scenario scenario) => fields.Read(resource, resource.Kind!.Fields[field]!, scenario);
}
