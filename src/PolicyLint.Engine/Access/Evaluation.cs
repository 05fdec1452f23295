using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>One policy set of a world, with its sort.</summary>
internal sealed record Slot(PolicyType Type, PolicySet Set)
{
    /// <summary>Whether a policy of it cannot be read: it may deny or allow anything.</summary>
    public bool IsUnread { get; } = Set.Policies.Any(p => p.Unread.Length > 0);
}

/// <summary>One statement's match, with the policy that it is of.</summary>
internal sealed record Matched(int Slot, Policy Policy, Statement Statement, StatementMatch Match)
{
    public bool MayDeny => Statement.Effect is not Effect.Allow;

    public bool MayAllow => Statement.Effect is not Effect.Deny;

    /// <summary>Whether it applies, for a statement whose effect is known.</summary>
    public Truth Sure(Truth truth) => Statement.Effect is null ? truth.And(Truth.Unknown) : truth;
}

/// <summary>One request held against all that a world has: which statements match, and what is not known beside them. The
/// result is <see cref="Formula"/> of it.</summary>
internal sealed class Evaluation
{
    public Evaluation(Request request, World world)
    {
        (Request, World) = (request, world);
        Slots = SlotsOf(world, request.Caller);
        Matches = MatchAll(Slots, request, world.Boundary is not null);
        IsSameAccount = IsSame(request.Caller, world);
        Grants = world.Grants.Truth;
        (Unseen, Unread) = (new Truth[Slots.Length], new Truth[Slots.Length]);
        for (var i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].IsUnread) Unread[i] = Truth.Unknown;
            if (Slots[i].IsUnread || Slots[i].Set.Open.Length > 0) Unseen[i] = Truth.Unknown;
        }
        OutsideServiceControl = request.Caller.IsOfAccount ? world.OutsideServiceControl : Truth.Yes; // 2.1
        OwnedByAnother = world.OwnedByAnother;
        BlockedAsPublic = PublicBlock.Of(request, world, IsSameAccount).Truth;
    }

    public Request Request { get; }

    public World World { get; }

    public ImmutableArray<Slot> Slots { get; }

    public Matched[] Matches { get; }

    /// <summary>Whether the caller is of the resource's account (2.3).</summary>
    public Truth IsSameAccount { get; set; }

    /// <summary>For each slot, whether a policy that is not seen allows the request (8.5).</summary>
    public Truth[] Unseen { get; }

    /// <summary>For each slot, whether a policy that cannot be read denies the request.</summary>
    public Truth[] Unread { get; }

    public Truth Grants { get; set; }

    public Truth OutsideServiceControl { get; set; }

    public Truth OwnedByAnother { get; set; }

    /// <summary>Whether S3 keeps the caller out because the bucket policy is public (3.5).</summary>
    public Truth BlockedAsPublic { get; set; }

    private static ImmutableArray<Slot> SlotsOf(World world, Caller caller)
    {
        var slots = ImmutableArray.CreateBuilder<Slot>(8);
        if (caller.IsOfAccount)
            foreach (var level in world.ServiceControl) slots.Add(new Slot(PolicyType.ServiceControl, level));
        foreach (var level in world.ResourceControl) slots.Add(new Slot(PolicyType.ResourceControl, level));
        if (world.Endpoint is { } endpoint) slots.Add(new Slot(PolicyType.Endpoint, endpoint));
        slots.Add(new Slot(PolicyType.Resource, world.Resource));
        if (world.Identity is { } identity) slots.Add(new Slot(PolicyType.Identity, identity));
        if (world.Boundary is { } boundary) slots.Add(new Slot(PolicyType.Boundary, boundary));
        if (world.Session is { } session) slots.Add(new Slot(PolicyType.Session, session));
        return slots.ToImmutable();
    }

    private static Matched[] MatchAll(ImmutableArray<Slot> slots, Request request, bool bounded)
    {
        var count = 0;
        foreach (var slot in slots)
            foreach (var policy in slot.Set.Policies) count += policy.Statements.Length;
        var matches = new Matched[count];
        for (var i = slots.Length - 1; i >= 0; i--)
            foreach (var policy in slots[i].Set.Policies)
                foreach (var statement in policy.Statements)
                    matches[^count--] = new Matched(i, policy, statement, StatementMatch.Of(bounded ? ForBounded(statement) : statement, request));
        return matches;
    }

    /// <summary>A Deny with <c>NotPrincipal</c> reaches whoever has a boundary, listed or not (1.2 rule 22).</summary>
    private static Statement ForBounded(Statement statement) =>
        statement is { Effect: Effect.Deny, Principals.Negated: true } ? statement with { Principals = null } : statement;

    /// <summary>Whether the caller is of the resource's account.</summary>
    public static Truth IsSame(Caller caller, World world)
    {
        if (!caller.IsOfAccount || caller is Caller.Stranger or Caller.Foreigner) return Truth.No;
        return caller.Account is { } account ? TextMatch.Equal(account, world.ResourceAccount) : Truth.Unknown;
    }
}
