using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether S3's Block Public Access keeps a caller out because the bucket policy is public, and why (semantics 3.5
/// rules 19, 20).</summary>
internal sealed record PublicBlock(Truth Truth, string Why)
{
    private static readonly PublicBlock None = new(Truth.No, "");

    /// <summary>RestrictPublicBuckets lets only services and the bucket's own account in; a policy that is refused lets the
    /// deploy fail.</summary>
    public static PublicBlock Of(Request request, World world, Truth sameAccount)
    {
        var isOn = world.RestrictPublicBuckets.Or(world.RefusesPublicPolicy);
        if (isOn is Truth.No || request.Caller is Caller.Service || sameAccount is Truth.Yes) return None;
        var isPublic = world.Resource.Policies.Aggregate(Truth.No, (truth, p) => truth.Or(p.IsPublic));
        var truth = isPublic.And(isOn).And(sameAccount.Not());
        return truth is Truth.No ? None : new PublicBlock(truth, Reason(truth, isPublic, world));
    }

    private static string Reason(Truth truth, Truth isPublic, World world) => truth switch
    {
        Truth.Yes when world.RefusesPublicPolicy is Truth.Yes => "the bucket policy is public and Block Public Access is on, so S3 refuses to take the policy and the deploy fails",
        Truth.Yes => "Block Public Access is on and the bucket policy is public, so only the bucket's own account and AWS services get in",
        _ when isPublic is Truth.Yes => "the bucket policy is public, and whether Block Public Access keeps the public out is not known here",
        _ => "Block Public Access is or may be on, and whether S3 counts the bucket policy as public is not known here",
    };
}
