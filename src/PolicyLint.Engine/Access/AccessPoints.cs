using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about requests through an S3 access point: its own policy and the bucket's, both (semantics 3.8).</summary>
internal sealed class AccessPoints(Graph graph, Fields fields, StatedPolicies policies, S3 s3)
{
    /// <summary>The world of the access point by itself.</summary>
    public World WorldOf(Resource accessPoint, Scenario scenario) =>
        new(accessPoint.Surroundings.Account, policies.Of(accessPoint, "policy", scenario))
        {
            RestrictPublicBuckets = s3.Setting(accessPoint, "restrictPublicBuckets", scenario),
        };

    public bool IsFromVpc(Resource accessPoint, Scenario scenario) => fields.Read(accessPoint, accessPoint.Kind!.Fields["vpc"]!, scenario) is not Value.Absent;

    /// <summary>The bucket behind it; null where the input does not hold it.</summary>
    public Resource? BucketOf(Resource accessPoint, Scenario scenario) =>
        Fields.LinkText(fields.Read(accessPoint, accessPoint.Kind!.Fields["bucket"]!, scenario)) is { } name
            ? graph.Called(name, graph.Kinds.Named("s3-bucket")!, accessPoint.Stack)
            : null;

    /// <summary>The request as the bucket's policy sees it: on the same object by the bucket's own ARN.</summary>
    public static Request Behind(Request request, Resource accessPoint, Resource bucket)
    {
        var own = accessPoint.Identify("arn");
        var rest = Rest(request.Resource, own + Text.Of("/object"));
        return request with { Resource = bucket.Identify("arn") + rest };
    }

    /// <summary>What follows a beginning that both texts share; empty where they do not.</summary>
    private static Text Rest(Text whole, Text beginning)
    {
        var (left, right) = (whole.Tokens.All, beginning.Tokens.All);
        if (left.Length < right.Length) return Text.Empty;
        for (var i = 0; i < right.Length; i++)
            if (left[i] != right[i]) return Text.Empty;
        return Text.Join(left[right.Length..].Select(Piece (t) => t.Kind is TokenKind.Hole ? new Piece.Hole(t.Symbol!) : new Piece.Literal(t.Char.ToString())));
    }

    /// <summary>Nobody knows what the bucket's policy says.</summary>
    public static Decision Unknown(Resource accessPoint) => new(
        Truth.Unknown, $"the bucket behind `{accessPoint.Address}` is not in the input, and its policy must allow the request, too",
        [new TraceStep($"`{accessPoint.Address}` leads to a bucket that is not in the input", accessPoint.Location)]);
}
