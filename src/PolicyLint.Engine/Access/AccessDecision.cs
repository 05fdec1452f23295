using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Decides requests as AWS does, from what is known (semantics 2).</summary>
public static class AccessDecision
{
    /// <summary>One statement's match, with the policy it is of.</summary>
    private sealed record Matched(PolicySet Set, Policy Policy, Statement Statement, StatementMatch Match, Request Request)
    {
        public string Why => Explanation.Of(Match, Statement, Request);
    }

    /// <summary>Explicit denies first, then S3's block of public access, then the grants (2.2, 2.3).</summary>
    public static Decision Decide(Request request, World world)
    {
        if (IsOfNoAccount(request.Caller)) world = world with { ServiceControl = [] }; // 2.1
        var matches = Sets(world).SelectMany(set => MatchAll(set, request, world.Boundary is not null)).ToList();
        var denied = matches.Where(m => m.Statement.Effect is not Effect.Allow && m.Match.Truth is not Truth.No).ToList();
        if (denied.Find(m => m.Statement.Effect is Effect.Deny && m.Match.Truth is Truth.Yes) is { } deny) return Denied(deny);

        var blocked = BlockedAsPublic(request, world);
        if (blocked.Truth is Truth.Yes) return new Decision(Truth.No, blocked.Why, []);

        var core = Core(request, world, matches);
        if (core.Allowed is Truth.No) return core;
        if (denied.FirstOrDefault() is { } doubt) return Doubtful(doubt);
        if (Unread(Sets(world)) is { } unread) return unread;
        if (blocked.Truth is Truth.Unknown) return new Decision(Truth.Unknown, blocked.Why, []);
        return core;
    }

    private static IEnumerable<PolicySet> Sets(World world) =>
        [.. world.ServiceControl, .. world.ResourceControl, .. Some(world.Endpoint), world.Resource, .. Some(world.Identity), .. Some(world.Boundary), .. Some(world.Session)];

    private static IEnumerable<PolicySet> Some(PolicySet? set) => set is null ? [] : [set];

    private static IEnumerable<Matched> MatchAll(PolicySet set, Request request, bool bounded) =>
        from policy in set.Policies
        from statement in policy.Statements
        select new Matched(set, policy, statement, StatementMatch.Of(bounded ? ForBounded(statement) : statement, request), request);

    /// <summary>A Deny with <c>NotPrincipal</c> reaches whoever has a boundary, listed or not (1.2 rule 22).</summary>
    private static Statement ForBounded(Statement statement) =>
        statement is { Effect: Effect.Deny, Principals.Negated: true } ? statement with { Principals = null } : statement;

    private static bool IsOfNoAccount(Caller caller) => caller is Caller.Service or Caller.OriginAccessIdentity or Caller.Anonymous;

    private static Decision Denied(Matched deny)
    {
        var text = $"{deny.Statement.Label} of {NameOf(deny)} denies it to {deny.Request.Caller} explicitly{Because(deny.Statement, deny.Request)}";
        return new Decision(Truth.No, text, [new TraceStep(text, deny.Statement.Location)]);
    }

    /// <summary>What makes a Deny reach the caller: its NotPrincipal, or its conditions.</summary>
    private static string Because(Statement statement, Request request)
    {
        if (statement.Principals is { Negated: true } excepted) return $", as to everyone but {Explanation.List(excepted.Entries)}";
        if (statement.Conditions is [var clause, ..]) return $", as its condition {Explanation.Quote(clause)} holds{Explanation.Given(clause, request)}";
        return "";
    }

    private static Decision Doubtful(Matched doubt) => new(
        Truth.Unknown, $"{doubt.Statement.Label} of {NameOf(doubt)} may deny it: {doubt.Why}",
        [new TraceStep($"{doubt.Statement.Label} of {NameOf(doubt)} may deny it: {doubt.Why}", doubt.Match.At)]);

    private static Decision? Unread(IEnumerable<PolicySet> sets)
    {
        foreach (var set in sets)
            foreach (var policy in set.Policies)
                if (policy.Unread.Length > 0)
                    return new Decision(Truth.Unknown, $"{set.Name} is not known: {policy.Unread}", [new TraceStep($"{set.Name} is not known: {policy.Unread}", policy.Location)]);
        return null;
    }

    private static string NameOf(Matched match) => match.Policy.Holder is { } holder ? $"`{holder.Address}`" : match.Set.Name;

    /// <summary>RestrictPublicBuckets lets only services and the bucket's own account in where the policy is public (3.5 rule 19, 20).</summary>
    private static (Truth Truth, string Why) BlockedAsPublic(Request request, World world)
    {
        if (world.RestrictPublicBuckets.Or(world.RefusesPublicPolicy) is Truth.No || request.Caller is Caller.Service || IsSameAccount(request.Caller, world) is Truth.Yes) return (Truth.No, "");
        var isPublic = world.Resource.Policies.Aggregate(Truth.No, (truth, p) => truth.Or(PublicPolicy.IsPublic(p)));
        var truth = isPublic.And(world.RestrictPublicBuckets.Or(world.RefusesPublicPolicy)).And(IsSameAccount(request.Caller, world).Not());
        return (truth, truth is Truth.Yes
            ? world.RefusesPublicPolicy is Truth.Yes ? "the bucket policy is public and Block Public Access is on, so S3 refuses to take the policy and the deploy fails" : "Block Public Access is on and the bucket policy is public, so only the bucket's own account and AWS services get in"
            : isPublic is Truth.Yes ? "the bucket policy is public, and whether Block Public Access keeps the public out is not known here"
            : "Block Public Access is or may be on, and whether S3 counts the bucket policy as public is not known here");
    }

    /// <summary>Whether the caller is of the resource's account (2.3).</summary>
    public static Truth IsSameAccount(Caller caller, World world)
    {
        return caller switch
        {
            Caller.User user => Same(Arns.AccountOf(user.Arn)),
            Caller.RoleSession session => Same(Arns.AccountOf(session.RoleArn)),
            Caller.Root root => Same(root.Account),
            Caller.AccountMember member => Same(member.Account),
            _ => Truth.No,
        };

        Truth Same(Text? account) => account is null ? Truth.Unknown : TextMatch.Equal(account, world.ResourceAccount);
    }

    /// <summary>The formulas of 2.3, both of them where nobody knows whether the caller is of the account (8.3 rule 4).</summary>
    private static Decision Core(Request request, World world, List<Matched> matches)
    {
        var resource = new Grants(matches, world.Resource);
        var limits = Limits(world, matches);
        var identity = world.Identity is null ? Truth.Yes : Closed(new Grants(matches, world.Identity).Any, world.Identity);
        var bounded = Of(world.Boundary, matches).And(Of(world.Session, matches));
        var same = IsSameAccount(request.Caller, world);
        var truth = request.Caller switch
        {
            var caller when world.ResourceSideOnly || IsOfNoAccount(caller) => Closed(resource.Any, world.Resource),
            _ when same is Truth.Yes => SameAccount(),
            _ when same is Truth.No => CrossAccount(),
            _ => SameAccount() == CrossAccount() ? SameAccount() : Truth.Unknown,
        };
        truth = truth.Or(world.Grants.Truth).And(limits);
        return truth is Truth.No && Lacking(request, world, matches) is { } set ? NotAllowedBy(set, request) : Told(truth, request, world, matches);

        Truth SameAccount() => Closed(
            resource.Direct(request.Caller).Or(resource.Of(MatchKind.RoleOfSession | MatchKind.UserOfFederated).And(bounded)),
            world.Resource).Or(world.Identity is null ? Truth.No : identity.And(bounded));

        Truth CrossAccount() => Closed(resource.Any, world.Resource).And(identity).And(bounded);
    }

    /// <summary>Every level of service control and the endpoint must allow; resource control only denies (2.2 rules 3, 4).</summary>
    private static Truth Limits(World world, List<Matched> matches) =>
        world.ServiceControl.Aggregate(Of(world.Endpoint, matches), (truth, level) => truth.And(Of(level, matches)));

    /// <summary>The policies that fail to allow what is denied, the first in the order of 2.6; null where they are the resource's.</summary>
    private static PolicySet? Lacking(Request request, World world, List<Matched> matches)
    {
        if (world.ServiceControl.Concat(Some(world.Endpoint)).FirstOrDefault(Lacks) is { } limit) return limit;
        if (world.ResourceSideOnly || IsOfNoAccount(request.Caller)) return null;
        var resource = new Grants(matches, world.Resource);
        var abroad = IsSameAccount(request.Caller, world) is Truth.No;
        if (abroad && resource.Any is Truth.No) return null;
        var toRole = abroad ? Truth.No : resource.Of(MatchKind.RoleOfSession | MatchKind.UserOfFederated);
        if (toRole is Truth.No && (world.Identity is null || Lacks(world.Identity))) return world.Identity;
        return Some(world.Boundary).Concat(Some(world.Session)).FirstOrDefault(Lacks);

        bool Lacks(PolicySet set) => Of(set, matches) is Truth.No;
    }

    private static Decision NotAllowedBy(PolicySet set, Request request)
    {
        var text = $"no statement of {set.Name} allows {request.Action} to {request.Caller}";
        return new Decision(Truth.No, text, [.. set.Policies.Take(1).Select(p => new TraceStep(text, p.Location))]);
    }

    private static Truth Of(PolicySet? set, List<Matched> matches) => set is null ? Truth.Yes : Closed(new Grants(matches, set).Any, set);

    /// <summary>Where more policies may exist than are seen, nothing granted is not yet nothing (8.5).</summary>
    private static Truth Closed(Truth granted, PolicySet set) =>
        granted is Truth.No && (set.Open.Length > 0 || set.Policies.Any(p => p.Unread.Length > 0)) ? Truth.Unknown : granted;

    /// <summary>The Allows of one set, by the kind of principal match.</summary>
    private sealed class Grants(List<Matched> matches, PolicySet set)
    {
        public Truth Any => matches.Where(Counts).Aggregate(Truth.No, (truth, m) => truth.Or(Sure(m, m.Match.Truth)));

        public Truth Of(MatchKind kinds) => matches.Where(Counts).Aggregate(Truth.No, (truth, m) => truth.Or(Sure(m, m.Match.By(kinds))));

        /// <summary>What no boundary or session policy limits (2.3 rules 7, 8).</summary>
        public Truth Direct(Caller caller) => Of(MatchKind.Direct | MatchKind.Wildcard | (caller is Caller.AccountMember or Caller.Root ? MatchKind.Account : MatchKind.None));

        private bool Counts(Matched match) => match.Set == set && match.Statement.Effect is not Effect.Deny;

        private static Truth Sure(Matched match, Truth truth) => match.Statement.Effect is null ? truth.And(Truth.Unknown) : truth;
    }

    private static Decision Told(Truth truth, Request request, World world, List<Matched> matches)
    {
        var allows = matches.Where(m => m.Set == world.Resource && m.Statement.Effect is Effect.Allow).ToList();
        if (truth is Truth.Yes)
        {
            var grant = allows.Find(m => m.Match.Truth is Truth.Yes);
            if (grant is null) return new Decision(truth, world.Grants.Why.Length > 0 ? world.Grants.Why : "it is allowed", []);
            var text = $"{grant.Statement.Label} of {NameOf(grant)} allows it";
            return new Decision(truth, text, [new TraceStep(text, grant.Statement.Location)]);
        }
        var near = Nearest(allows, truth);
        var trace = near.Take(3).Select(m => new TraceStep($"{m.Statement.Label} of {NameOf(m)} {(m.Match.Truth is Truth.No ? "does not apply" : "may not apply")}: {m.Why}", m.Match.At)).ToImmutableArray();
        if (truth is Truth.Unknown) return new Decision(truth, Doubt(world, near), trace);
        return new Decision(truth, world.Resource.Policies.IsEmpty
            ? $"{world.Resource.Name} does not exist, so nothing lets {request.Caller} in"
            : near.Count == 0 ? $"{world.Resource.Name} allows nothing to {request.Caller}"
            : $"no statement of {NameOf(near[0])} allows {request.Action} to {request.Caller}: {NearMiss(near[0])}", trace);
    }

    private static string NearMiss(Matched near) => $"{near.Statement.Label} comes nearest, but {near.Why}";

    private static string Doubt(World world, List<Matched> near)
    {
        if (near.FirstOrDefault() is { Match.Truth: Truth.Unknown } doubt) return $"{doubt.Statement.Label} of {NameOf(doubt)}: {doubt.Why}";
        if (world.Resource.Policies.FirstOrDefault(p => p.Unread.Length > 0) is { } unread) return $"{world.Resource.Name} is not known: {unread.Unread}";
        if (world.Resource.Open.Length > 0) return world.Resource.Open;
        return world.Grants.Truth is Truth.Unknown ? world.Grants.Why : "a policy that decides it is not known here";
    }

    /// <summary>The Allows that come nearest to applying: those that fail latest, and for unknown the unknown ones.</summary>
    private static List<Matched> Nearest(List<Matched> allows, Truth truth) =>
        [.. allows.OrderByDescending(m => truth is Truth.Unknown && m.Match.Truth is Truth.Unknown)
            .ThenByDescending(m => m.Statement.Actions is { } a && m.Match.Element is ElementName.Principal ? (int)ElementName.Principal : (int)m.Match.Element)
            .ThenBy(m => m.Statement.Index)];
}
