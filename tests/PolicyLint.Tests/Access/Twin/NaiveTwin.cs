using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>The plainest evaluator of fully known requests, from the formulas of semantics 2.3; unknown only where the
/// reference itself says that nobody knows.</summary>
internal sealed class NaiveTwin(TwinRequest request, TwinWorld world)
{
    private static readonly string[] OwnersAlways = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

    // RCPs reach only some services (2.1); of those asked for here, SNS is not among them.
    private static readonly string[] OutsideResourceControl = ["sns"];

    public static Truth Decide(TwinRequest request, TwinWorld world) => new NaiveTwin(request, world).Decide();

    private TwinCaller Caller => request.Caller;
    private bool SameAccount => Caller.Account == world.Account;
    private bool Bounded => world.Boundary is not null;

    private Truth Decide() => Denied.Not().And(Core).And(ServiceControl).And(Endpoint);

    /// <summary>D: any Deny of any policy that applies.</summary>
    private Truth Denied
    {
        get
        {
            IEnumerable<string> applicable = [.. world.Identity, .. world.Boundary ?? [], .. world.Session ?? [], .. world.Endpoint ?? []];
            if (!ExemptFromServiceControl) applicable = applicable.Concat(world.ServiceControl.SelectMany(level => level));
            if (!IsOwnersAlways) applicable = applicable.Concat(world.Resource);
            return Any(applicable, deny: true).Or(Any(world.ResourceControl.SelectMany(level => level), deny: true).And(UnderResourceControl));
        }
    }

    private Truth UnderResourceControl => OutsideResourceControl.Contains(request.Action.Split(':')[0]) ? Truth.Unknown : Truth.Yes;

    /// <summary>2.5 rule 14.</summary>
    private bool IsOwnersAlways => Caller is TwinCaller.Root && SameAccount && OwnersAlways.Contains(request.Action);

    private Truth Core => Caller switch
    {
        TwinCaller.Root when SameAccount => Truth.Yes,
        TwinCaller.Root => Named(TwinKind.Direct, TwinKind.Wildcard, TwinKind.Account),
        TwinCaller.User when SameAccount => Named(TwinKind.Direct, TwinKind.Wildcard).Or(Granted.And(Boundary)),
        TwinCaller.RoleSession when SameAccount => Named(TwinKind.Direct, TwinKind.Wildcard)
            .Or(Named(TwinKind.RoleOfSession).And(Boundary).And(Session))
            .Or(Granted.And(Boundary).And(Session)),
        TwinCaller.User or TwinCaller.RoleSession => Named(Enum.GetValues<TwinKind>()).And(Granted).And(Boundary).And(Session),
        TwinCaller.Service or TwinCaller.OriginAccessIdentity => Named(TwinKind.Direct, TwinKind.Wildcard),
        _ => Named(TwinKind.Wildcard),
    };

    /// <summary>R.k, over several k.</summary>
    private Truth Named(params TwinKind[] kinds) => Statements(world.Resource, deny: false)
        .SelectMany(s => kinds.Select(k => s.Matches(request, k)))
        .Aggregate(Truth.No, (any, s) => any.Or(s));

    private Truth Granted => Any(world.Identity, deny: false);
    private Truth Boundary => IfAny(world.Boundary);
    private Truth Session => IfAny(world.Session);
    private Truth Endpoint => IfAny(world.Endpoint);

    private bool ExemptFromServiceControl => Caller.Account is null;

    private Truth ServiceControl => ExemptFromServiceControl
        ? Truth.Yes
        : world.ServiceControl.Aggregate(Truth.Yes, (all, level) => all.And(Any(level, deny: false)));

    private Truth IfAny(ImmutableArray<string>? limits) => limits is { } policies ? Any(policies, deny: false) : Truth.Yes;

    private Truth Any(IEnumerable<string> policies, bool deny) =>
        Statements(policies, deny).Aggregate(Truth.No, (any, s) => any.Or(s.Matches(request, Bounded)));

    private readonly Dictionary<string, TwinStatement[]> read = new(StringComparer.Ordinal);

    private IEnumerable<TwinStatement> Statements(IEnumerable<string> policies, bool deny) => policies.SelectMany(Read).Where(s => s.IsDeny == deny);

    private TwinStatement[] Read(string policy)
    {
        if (!read.TryGetValue(policy, out var statements)) read[policy] = statements = [.. TwinStatement.Read(policy)];
        return statements;
    }
}
