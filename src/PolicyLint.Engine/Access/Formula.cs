using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The formulas by which matches become an answer (semantics 2.2, 2.3, 8.4).</summary>
internal static class Formula
{
    /// <summary><c>allowed = NOT D AND core AND SCP AND V</c>; resource control only denies (2.2 rule 4).</summary>
    public static Truth Allowed(Evaluation e) => Denied(e).Or(e.BlockedAsPublic).Not().And(Core(e)).And(Limits(e));

    /// <summary><c>D</c>: whether some Deny applies.</summary>
    public static Truth Denied(Evaluation e)
    {
        var denied = Truth.No;
        foreach (ref readonly var matched in e.Matches.AsSpan())
            if (matched.Match.Truth is not Truth.No && matched.MayDeny) denied = denied.Or(Denies(e, matched));
        for (var i = 0; i < e.Slots.Length; i++) denied = denied.Or(e.Unread[i].And(InForce(e, i)));
        return denied;
    }

    /// <summary>Whether this statement denies the request.</summary>
    public static Truth Denies(Evaluation e, in Matched matched)
    {
        if (!matched.MayDeny) return Truth.No;
        return matched.Sure(matched.Match.Truth).And(InForce(e, matched.Slot)).And(SparesRoot(e, matched.Slot).Not());
    }

    /// <summary>2.5: the owner's root user can always mend the bucket policy.</summary>
    private static Truth SparesRoot(Evaluation e, int slot) =>
        e.Slots[slot].Type is PolicyType.Resource && e.Request.Caller is Caller.Root && e.World.RootIsNeverDenied.Contains(e.Request.Action, StringComparer.OrdinalIgnoreCase)
            ? e.IsSameAccount
            : Truth.No;

    /// <summary>Whether the policies of a slot bind this request at all.</summary>
    private static Truth InForce(Evaluation e, int slot)
    {
        var sure = e.Slots[slot].Set.Doubt.Length > 0 ? Truth.Unknown : Truth.Yes;
        return e.Slots[slot].Type switch
        {
            PolicyType.ServiceControl => sure.And(e.OutsideServiceControl.Not()),
            PolicyType.ResourceControl => sure.And(ResourceControl.Reaches(e.Request.Action)),
            _ => sure,
        };
    }

    /// <summary>Every level of service control, and the endpoint, must allow (2.2 rule 3).</summary>
    public static Truth Limits(Evaluation e)
    {
        var truth = Truth.Yes;
        for (var i = 0; i < e.Slots.Length; i++)
            if (e.Slots[i].Type is PolicyType.ServiceControl or PolicyType.Endpoint) truth = truth.And(Passes(e, i));
        return truth;
    }

    /// <summary>Whether a limiting slot lets the request through.</summary>
    public static Truth Passes(Evaluation e, int slot) => Granted(e, slot).Or(InForce(e, slot).Not());

    /// <summary>Whether some Allow of the slot applies; where more may exist than is seen, nothing seen is not yet nothing (8.5).</summary>
    public static Truth Granted(Evaluation e, int slot)
    {
        var granted = e.Unseen[slot];
        foreach (ref readonly var matched in e.Matches.AsSpan())
            if (matched.Match.Truth is not Truth.No && matched.Slot == slot && matched.MayAllow) granted = granted.Or(matched.Sure(matched.Match.Truth));
        return granted;
    }

    /// <summary>As <see cref="Granted"/>, true where the caller has no policies of the sort.</summary>
    private static Truth Of(Evaluation e, PolicyType type) => SlotOf(e, type) is >= 0 and var slot ? Granted(e, slot) : Truth.Yes;

    /// <summary>The slot of a sort of which there is one at most, or -1.</summary>
    public static int SlotOf(Evaluation e, PolicyType type)
    {
        for (var i = 0; i < e.Slots.Length; i++)
            if (e.Slots[i].Type == type) return i;
        return -1;
    }

    /// <summary>What boundary and session policy leave; a GetFederationToken session without a session policy has nothing of its own.</summary>
    public static Truth Bounded(Evaluation e)
    {
        if (e.Request.Caller is Caller.FederatedUser && e.World.Session is null) return Truth.No;
        return Of(e, PolicyType.Boundary).And(Of(e, PolicyType.Session));
    }

    /// <summary>The core of 2.3, of both accounts where nobody knows which it is (8.3 rule 4).</summary>
    public static Truth Core(Evaluation e)
    {
        return e.Request.Caller switch
        {
            var caller when e.World.ResourceSideOnly || !caller.IsOfAccount => ByResource(e, AnyKind),
            _ => e.IsSameAccount switch
            {
                Truth.Yes => SameAccount(e),
                Truth.No => CrossAccount(e),
                _ => SameAccount(e) is var same && same == CrossAccount(e) ? same : Truth.Unknown,
            },
        };
    }

    public const MatchKind AnyKind = MatchKind.Account | MatchKind.Wildcard | MatchKind.RoleOfSession | MatchKind.UserOfFederated | MatchKind.Direct;

    private static Truth SameAccount(Evaluation e)
    {
        if (e.Request.Caller is Caller.Root && !e.World.RootNeedsGrant) return Truth.Yes;
        if (e.World.Identity is null) return ResourceAlone(e);
        return ResourceAlone(e).Or(Delegated(e).And(Of(e, PolicyType.Identity)).And(Bounded(e)));
    }

    /// <summary>What the resource lets a caller of its own account do, whatever the identity policies say: boundary and session
    /// policy limit what is granted to the role, not what is granted to the session, the user or everyone (2.3 notes 7–9).</summary>
    public static Truth ResourceAlone(Evaluation e)
    {
        var itself = e.Request.Caller is Caller.AccountMember or Caller.Root ? MatchKind.Account : MatchKind.None;
        return ByResource(e, MatchKind.Direct | MatchKind.Wildcard | itself)
            .Or(ByStatements(e, MatchKind.RoleOfSession | MatchKind.UserOfFederated).And(Bounded(e)));
    }

    /// <summary>Whether identity policies of the resource's own account count: for a key, and for a role's trust, only where the
    /// resource policy names the account (2.4, 5.1 rule 3).</summary>
    public static Truth Delegated(Evaluation e) => e.World.IdentityNeedsDelegation ? ByStatements(e, MatchKind.Account) : Truth.Yes;

    /// <summary>Both accounts must allow; a root user has no identity policies.</summary>
    private static Truth CrossAccount(Evaluation e)
    {
        if (e.World.OwnAccountOnly.Length > 0) return Truth.No;
        var resource = ByResource(e, AnyKind);
        return e.Request.Caller is Caller.Root ? resource : resource.And(Of(e, PolicyType.Identity)).And(Bounded(e));
    }

    /// <summary><c>R.k</c>: whether the resource lets the caller in by one of these kinds, by its policy or by what is granted
    /// beside it.</summary>
    public static Truth ByResource(Evaluation e, MatchKind kinds) => ByStatements(e, kinds).Or(e.Grants);

    /// <summary>Whether some Allow of the resource policy applies by one of these kinds. For an object that another account
    /// owns, none does (3.1 rule 2).</summary>
    private static Truth ByStatements(Evaluation e, MatchKind kinds)
    {
        var slot = SlotOf(e, PolicyType.Resource);
        var granted = e.Unseen[slot];
        foreach (ref readonly var matched in e.Matches.AsSpan())
            if (matched.Match.Truth is not Truth.No && matched.Slot == slot && matched.MayAllow) granted = granted.Or(matched.Sure(matched.Match.By(kinds)));
        return granted.And(e.OwnedByAnother.Not());
    }
}
