using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>The one door to the evaluator under test: cases in, its answer out. Texts may hold holes, written as
/// <see cref="Given.TextOf"/> reads them.</summary>
internal static class RealEvaluator
{
    public static Truth Decide(Case asked) => Decide(asked, new Aspect());

    public static Truth Decide(Case asked, Aspect aspect) =>
        AccessDecision.Decide(RequestOf(asked, aspect), WorldOf(asked) with { ResourceSideOnly = aspect.ResourceSideOnly }).Allowed;

    private static Request RequestOf(Case asked, Aspect aspect)
    {
        var caller = aspect.Who switch
        {
            Who.Member => new Caller.AccountMember(Given.TextOf(asked.Account)),
            Who.Stranger => new Caller.Stranger(Given.TextOf(asked.Account)),
            _ => CallerOf(asked.Request.Caller),
        };
        var nothing = aspect.ImpliesContext ? RequestContext.For(caller) : RequestContext.Empty(ContextValue.Absent);
        var resource = aspect.WhateverKey && asked.Request.Resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? asked.Request.Resource[..slash] + "/⟨any key⟩"
            : asked.Request.Resource;
        return new Request(caller, asked.Request.Action, Given.TextOf(resource), asked.Request.Context.Aggregate(nothing, With));
    }

    private static RequestContext With(RequestContext context, TwinKey key) => context.With(key.Name, key switch
    {
        { Presence: Truth.No } => ContextValue.Absent,
        { Presence: Truth.Unknown, Values.IsEmpty: true } => ContextValue.Unknown,
        _ => new ContextValue(key.Presence, [.. key.Values.Select(Given.TextOf)], ValueNature.Listed),
    });

    private static Caller CallerOf(TwinCaller caller) => caller switch
    {
        TwinCaller.User user => new Caller.User(Given.TextOf(user.Arn)),
        TwinCaller.RoleSession session => new Caller.RoleSession(Given.TextOf(session.Role), session.Session is { } arn ? Given.TextOf(arn) : null),
        TwinCaller.Root root => new Caller.Root(Given.TextOf(root.Id)),
        TwinCaller.Service service => new Caller.Service(service.Name),
        TwinCaller.OriginAccessIdentity identity => new Caller.OriginAccessIdentity(Given.TextOf(identity.Arn), Given.TextOf(identity.Canonical)),
        _ => new Caller.Anonymous(),
    };

    private static World WorldOf(Case asked) => new(Given.TextOf(asked.Account), Single(asked, SetKind.Resource) ?? PolicySet.None("the resource's policy"))
    {
        RootIsNeverDenied = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        Identity = Single(asked, SetKind.Identity) ?? PolicySet.None("the identity policies"),
        Boundary = Single(asked, SetKind.Boundary),
        Session = Single(asked, SetKind.Session),
        ServiceControl = Levels(asked, SetKind.ServiceControl),
        ResourceControl = Levels(asked, SetKind.ResourceControl),
        Endpoint = Single(asked, SetKind.Endpoint),
    };

    private static PolicySet? Single(Case asked, SetKind kind) => Levels(asked, kind) is [var only] ? only : null;

    private static ImmutableArray<PolicySet> Levels(Case asked, SetKind kind) =>
        [.. asked.Sets.Where(s => s.Kind == kind).Select(s => new PolicySet($"{kind}", [.. s.Policies.Select(Read)], ""))];

    /// <summary>Problems are of no concern here: a faulty statement must count as unknown.</summary>
    private static Policy Read(WrittenPolicy policy) =>
        PolicyReader.Read(new Value.Str(Given.Here, Given.TextOf(policy.ToJson())), null, Scenario.Start(), []);
}

/// <summary>Other ways to put the question of a case, which the twin does not know.</summary>
/// <param name="ImpliesContext">Keys that are not set are as the caller implies, not absent.</param>
/// <param name="WhateverKey">Any key is asked for, not the one that is named.</param>
public sealed record Aspect(Who Who = Who.AsAsked, bool ImpliesContext = false, bool ResourceSideOnly = false, bool WhateverKey = false);

/// <summary>Who asks: as the case says, some principal of the resource's account, or of any other.</summary>
public enum Who { AsAsked, Member, Stranger }
