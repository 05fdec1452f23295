using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The condition keys of S3 that only some of its actions have: for all others they are absent (semantics 3.3; Service
/// Authorization Reference).</summary>
internal static class S3Keys
{
    private sealed record Family(string[] Keys, string[] Actions);

    private static readonly Family[] Families =
    [
        new(["s3:prefix", "s3:delimiter", "s3:max-keys"], ["s3:ListBucket", "s3:ListBucketVersions"]),
        new(["s3:x-amz-acl", "s3:x-amz-grant-*"], ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl", "s3:PutBucketAcl", "s3:CreateBucket", "s3:BypassGovernanceRetention"]),
        new(
            ["s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption-customer-algorithm"],
            ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption", "s3:BypassGovernanceRetention"]),
        new(["s3:x-amz-copy-source", "s3:x-amz-metadata-directive", "s3:x-amz-website-redirect-location"], ["s3:PutObject", "s3:BypassGovernanceRetention"]),
        new(["s3:x-amz-storage-class"], ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl", "s3:BypassGovernanceRetention"]),
    ];

    private static readonly string[] OfAccessPoints = ["s3:DataAccessPointArn", "s3:DataAccessPointAccount", "s3:AccessPointNetworkOrigin"];

    /// <summary>The request without the keys that its action does not have.</summary>
    public static Request Fit(Request request)
    {
        var context = request.Context;
        foreach (var family in Families)
            if (!family.Actions.Contains(request.Action, StringComparer.OrdinalIgnoreCase))
                foreach (var key in family.Keys) context = context.With(key, ContextValue.Absent);
        return request with { Context = context };
    }

    /// <summary>The request as one that comes to the bucket itself.</summary>
    public static Request Direct(Request request) =>
        request with { Context = OfAccessPoints.Aggregate(request.Context, (c, key) => c.With(key, ContextValue.Absent)) };

    /// <summary>The request as one that comes through an access point.</summary>
    public static Request Through(Request request, Resource accessPoint, bool fromVpc) => request with
    {
        Context = request.Context
            .With("s3:DataAccessPointArn", ContextValue.Of(accessPoint.Identify("arn")))
            .With("s3:DataAccessPointAccount", ContextValue.Of(accessPoint.Surroundings.Account))
            .With("s3:AccessPointNetworkOrigin", ContextValue.Of(fromVpc ? "VPC" : "Internet")),
    };
}
