using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Puts a decision into words, with the statements and settings that led to it (semantics 2.6).</summary>
internal static class Trace
{
    private const int MostNear = 3;

    public static Account Tell(Evaluation e, Truth allowed) => allowed switch
    {
        Truth.Yes => Allowed(e) with { Assumptions = Assumption.Of(e) },
        Truth.No => Denied(e),
        _ => Unknown(e) with { Changes = Sensitivity.Of(e) },
    };

    private static Account Allowed(Evaluation e)
    {
        var deciding = Deciding(e).Select(type => Array.FindIndex(e.Matches, m => e.Slots[m.Slot].Type == type && m.Statement.Effect is Effect.Allow && m.Match.Truth is Truth.Yes))
            .Where(i => i >= 0).Select(i => e.Matches[i]).ToList();
        var steps = deciding.Select(m => Step(e, m, "allows it")).ToImmutableArray();
        if (deciding.Count > 0) return new Account($"{string.Join(" and ", deciding.Select(m => NameOf(e, m)))} {(deciding.Count > 1 ? "allow" : "allows")} it", steps);
        return new Account(e.Grants is Truth.Yes ? e.World.Grants.Why : "the root user of the resource's own account is allowed what nothing denies", steps);
    }

    /// <summary>The sorts of policies whose Allows make the request allowed.</summary>
    private static PolicyType[] Deciding(Evaluation e)
    {
        if (e.World.ResourceSideOnly || !e.Request.Caller.IsOfAccount) return [PolicyType.Resource];
        if (e.IsSameAccount is not Truth.Yes) return [PolicyType.Resource, PolicyType.Identity];
        if (Formula.ResourceAlone(e) is Truth.Yes) return [PolicyType.Resource];
        return e.World.IdentityNeedsDelegation ? [PolicyType.Resource, PolicyType.Identity] : [PolicyType.Identity];
    }

    private static Account Denied(Evaluation e)
    {
        var denies = e.Matches.Where(m => Formula.Denies(e, m) is Truth.Yes).ToList();
        if (denies.Count > 0)
            return new Account(Explicit(e, denies[0]), [.. denies.Select(m => Step(e, m, Explicit(e, m), whole: true))]) { Assumptions = Assumption.OfDeny(e, denies[0]) };
        if (e.BlockedAsPublic is Truth.Yes) return new Account(PublicBlock.Of(e.Request, e.World, e.IsSameAccount).Why, []);
        if (Lacking(e) is { } lacking) return lacking;
        if (e.OwnedByAnother is Truth.Yes)
            return new Account($"the object belongs to another account than the bucket, so no Allow of {e.World.Resource.Name} counts for it: only its own ACL, or its owner, lets {e.Request.Caller} in", []);
        return NotAllowed(e);
    }

    private static string Explicit(Evaluation e, Matched deny) => $"{NameOf(e, deny)} denies it to {e.Request.Caller} explicitly{Because(deny.Statement, e.Request)}";

    /// <summary>What makes a Deny reach the caller: its NotPrincipal, or its conditions.</summary>
    private static string Because(Statement statement, Request request)
    {
        if (statement.Principals is { Negated: true } excepted) return $", as to everyone but {Explanation.List(excepted.Entries)}";
        if (statement.Conditions is [var clause, ..]) return $", as its condition {Explanation.Quote(clause)} holds{Explanation.Given(clause, request)}";
        return "";
    }

    /// <summary>The policies that fail to allow what is denied, the first in the order of 2.6; null where they are the resource's.</summary>
    private static Account? Lacking(Evaluation e)
    {
        for (var i = 0; i < e.Slots.Length; i++)
            if (e.Slots[i].Type is PolicyType.ServiceControl or PolicyType.Endpoint && Formula.Passes(e, i) is Truth.No) return NotAllowedBy(e, i);
        var caller = e.Request.Caller;
        if (e.World.ResourceSideOnly || !caller.IsOfAccount || caller is Caller.Root) return null;
        var abroad = e.IsSameAccount is Truth.No;
        if (abroad && e.World.OwnAccountOnly.Length > 0) return new Account(e.World.OwnAccountOnly, []);
        if (abroad && Formula.ByResource(e, Formula.AnyKind) is Truth.No) return null;
        if (!abroad && Formula.Delegated(e) is Truth.No) return null;
        var toRole = abroad ? Truth.No : Formula.ByResource(e, MatchKind.RoleOfSession | MatchKind.UserOfFederated);
        if (toRole is Truth.No && (e.World.Identity is not { } identity || Lacks(PolicyType.Identity))) return e.World.Identity is null ? null : NotAllowedBy(e, Formula.SlotOf(e, PolicyType.Identity));
        foreach (var type in (PolicyType[])[PolicyType.Boundary, PolicyType.Session])
            if (Lacks(type)) return NotAllowedBy(e, Formula.SlotOf(e, type));
        return null;

        bool Lacks(PolicyType type) => Formula.SlotOf(e, type) is >= 0 and var slot && Formula.Granted(e, slot) is Truth.No;
    }

    /// <summary>What a limiting or granting slot lacks; the statement about the action that comes nearest, where one
    /// fails in one thing only.</summary>
    private static Account NotAllowedBy(Evaluation e, int slot)
    {
        var set = e.Slots[slot].Set;
        var text = $"no statement of {set.Name} allows {e.Request.Action} to {e.Request.Caller}";
        var near = e.Matches.Where(m => m.Slot == slot && m.Statement.Effect is Effect.Allow && m.Match.Element is (ElementName.Resource or ElementName.Condition) && StatementMatch.Misses(m.Statement, e.Request) == 1)
            .OrderByDescending(m => (int)m.Match.Element).Take(MostNear).ToList();
        if (near.Count == 0) return new Account(text, [.. set.Policies.Take(1).Select(p => new TraceStep(text, p.Location))]);
        return new Account($"{text}: {NameOf(e, near[0])} comes nearest, but {Why(e, near[0])}", [.. near.Select(m => Step(e, m, $"does not apply: {Why(e, m)}"))]);
    }

    private static Account NotAllowed(Evaluation e)
    {
        var near = Nearest(e, Truth.No);
        var steps = near.Take(MostNear).Select(m => Step(e, m, $"does not apply: {Why(e, m)}")).ToImmutableArray();
        var (name, caller) = (e.World.Resource.Name, e.Request.Caller);
        if (near.Count > 0) return new Account($"no statement of {PolicyName(e, near[0])} allows {e.Request.Action} to {caller}: {near[0].Statement.Label} comes nearest, but {Why(e, near[0])}", steps);
        return new Account(e.World.Resource.Policies.IsEmpty ? $"{name} does not exist, so nothing lets {caller} in" : $"{name} allows nothing to {caller}", steps);
    }

    private static Account Unknown(Evaluation e)
    {
        foreach (var matched in e.Matches)
            if (Formula.Denies(e, matched) is Truth.Unknown) return Doubtful(e, matched);
        foreach (var slot in e.Slots)
            foreach (var policy in slot.Set.Policies)
                if (policy.Unread.Length > 0) return Simple($"{slot.Set.Name} is not known: {policy.Unread}", policy.Location);
        if (e.BlockedAsPublic is Truth.Unknown) return new Account(PublicBlock.Of(e.Request, e.World, e.IsSameAccount).Why, []);
        var near = Nearest(e, Truth.Unknown);
        var doubtful = near.Exists(m => m.Match.Truth is Truth.Unknown);
        return new Account(Doubt(e, near), [.. near.Where(m => !doubtful || m.Match.Truth is Truth.Unknown).Take(MostNear).Select(m => Step(e, m, Held(e, m)))]);
    }

    private static string Held(Evaluation e, Matched m) => m.Match.Truth switch { Truth.Yes => "allows it", Truth.No => $"does not apply: {Why(e, m)}", _ => $"may not apply: {Why(e, m)}" };

    private static Account Doubtful(Evaluation e, Matched doubt)
    {
        var why = doubt.Match.Truth is Truth.Yes ? WhyPerhaps(e, doubt) : Why(e, doubt);
        var text = $"{NameOf(e, doubt)} may deny it: {why}";
        return new Account(text, [Step(e, doubt, text, whole: true)]);
    }

    /// <summary>Why a Deny that applies may not bind the request.</summary>
    private static string WhyPerhaps(Evaluation e, Matched doubt)
    {
        var slot = e.Slots[doubt.Slot];
        if (slot.Set.Doubt.Length > 0) return slot.Set.Doubt;
        return slot.Type switch
        {
            PolicyType.ResourceControl => $"whether resource control policies reach {e.Request.Action.Split(':')[0]} is not known here: AWS adds to the services that they reach",
            PolicyType.ServiceControl => $"whether {e.Request.Caller} is of the management account, which they do not reach, is not known here",
            _ => $"whether {e.Request.Caller} is of the resource's own account is not known here",
        };
    }

    private static string Doubt(Evaluation e, List<Matched> near)
    {
        if (near.Count > 0 && near[0].Match.Truth is Truth.Unknown) return $"{NameOf(e, near[0])}: {Why(e, near[0])}";
        foreach (var slot in e.Slots)
            if (slot.Set.Open.Length > 0) return slot.Set.Open;
        foreach (var slot in e.Slots)
            if (slot.Set.Doubt.Length > 0) return slot.Set.Doubt;
        if (e.Grants is Truth.Unknown) return e.World.Grants.Why;
        if (e.OwnedByAnother is Truth.Unknown) return "whether the object belongs to the bucket's own account is not known here";
        return e.IsSameAccount is Truth.Unknown ? $"whether {e.Request.Caller} is of the resource's account {e.World.ResourceAccount} is not known here" : "a policy that decides it is not known here";
    }

    /// <summary>The Allows that come nearest to applying: unknown ones first where the answer is, then those with the fewest
    /// elements that do not match, resource policies before others.</summary>
    private static List<Matched> Nearest(Evaluation e, Truth truth) =>
        [.. e.Matches.Where(m => m.Statement.Effect is Effect.Allow && (e.Slots[m.Slot].Type is PolicyType.Resource || (truth is Truth.Unknown && m.Match.Truth is Truth.Unknown)))
            .OrderBy(m => truth is Truth.Unknown && m.Match.Truth is Truth.Unknown ? 0 : 1)
            .ThenBy(m => StatementMatch.Misses(m.Statement, e.Request))
            .ThenByDescending(m => (int)m.Match.Element)
            .ThenBy(m => m.Statement.Index)];

    private static Account Simple(string text, Location at) => new(text, [new TraceStep(text, at)]);

    private static string Why(Evaluation e, Matched matched) => Explanation.Of(matched.Match, matched.Statement, e.Request);

    public static string NameOf(Evaluation e, Matched matched) => $"{matched.Statement.Label} of {PolicyName(e, matched)}";

    private static string PolicyName(Evaluation e, Matched matched) => matched.Policy.Holder is { } holder ? $"`{holder.Address}`"
        : matched.Policy.Name.Length > 0 ? matched.Policy.Name : e.Slots[matched.Slot].Set.Name;

    private static TraceStep Step(Evaluation e, Matched matched, string text, bool whole = false)
    {
        var (statement, match) = (matched.Statement, matched.Match);
        var clause = match.Element is ElementName.Condition ? statement.Conditions[match.Clause] : match.Truth is Truth.Yes && statement.Conditions is [var first, ..] ? first : null;
        return new TraceStep(whole ? text : $"{NameOf(e, matched)} {text}", match.At(statement))
        {
            Statement = new StatementStep(e.Slots[matched.Slot].Type, matched.Policy.Holder?.Address ?? PolicyName(e, matched), statement, match.Truth, match.Element, clause)
            {
                RequestValue = clause is null ? "" : Explanation.ValueOf(clause, e.Request),
            },
        };
    }
}
