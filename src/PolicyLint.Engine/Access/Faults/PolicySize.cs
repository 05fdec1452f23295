using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>How long policies are, and may be. White space does not count; what is not known counts as short as it can be.</summary>
internal static class PolicySize
{
    private sealed record Limit(int Most, string What);

    private static Limit? LimitOf(PolicyRole role) => role switch
    {
        PolicyRole.Managed => new(6144, "a managed policy"),
        PolicyRole.OfRole => new(10240, "all inline policies of a role together"),
        PolicyRole.OfUser => new(2048, "all inline policies of a user together"),
        PolicyRole.OfGroup => new(5120, "all inline policies of a group together"),
        PolicyRole.Trust => new(2048, "a trust policy, unless the account's quota is raised"),
        PolicyRole.Bucket => new(20480, "a bucket policy"),
        PolicyRole.Key => new(32768, "a key policy"),
        PolicyRole.Queue => new(8192, "a queue policy"),
        PolicyRole.Topic => new(32768, "a topic policy"),
        _ => null,
    };

    /// <summary>That a policy is too long, or that it is so where conditions of the template choose the longer of two values; null where
    /// it is not.</summary>
    public static Fault? Excess(Policy policy)
    {
        if (LimitOf(policy.Role) is not { } limit || policy.Written is not { } written) return null;
        var (least, most) = (Of(written, Math.Min) + policy.Beside, Of(written, Math.Max) + policy.Beside);
        if (most <= limit.Most) return null;
        var excess = $"{(least > limit.Most ? least : most)} characters without white space, and {limit.What} may have {limit.Most}";
        return least > limit.Most
            ? new Fault(FaultKind.TooLarge, excess, policy.Location, -1)
            : Fault.Open(FaultKind.TooLarge, $"it may have {excess}, as conditions of the template decide", policy.Location, -1);
    }

    /// <summary>The least number of characters that a policy has as JSON without white space.</summary>
    public static int Of(Policy policy) => policy.Written is null ? 0 : Of(policy.Written, Math.Min);

    private static int Of(Value value, Func<int, int, int> choose) => value switch
    {
        Value.Map map => 1 + Math.Max(1, map.Fields.Where(f => f.Value is not Value.Absent).Sum(f => f.Name.Length + 3 + Of(f.Value, choose) + 1)),
        Value.List list => 1 + Math.Max(1, list.Items.Sum(i => Of(i, choose) + 1)),
        Value.Str text => 2 + text.Text.Pieces.Sum(Of),
        Value.Number number => number.Text.Length,
        Value.Flag flag => flag.IsTrue ? 4 : 5,
        Value.Choice choice => choose(Of(choice.Then, choose), Of(choice.Otherwise, choose)),
        _ => 0,
    };

    private static int Of(Piece piece) => piece switch
    {
        Piece.Literal literal => literal.Text.Length,
        Piece.Hole hole => hole.Symbol.Charset.Shortest,
        _ => 0,
    };
}
