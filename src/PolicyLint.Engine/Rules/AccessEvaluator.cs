using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Turns an access check into requests, and asks.</summary>
internal static class AccessEvaluator
{
    /// <summary>Whether the request is allowed, with the decision where one could be asked for.</summary>
    public static (Outcome Outcome, Decision? Decision) Evaluate(Check.Access check, Scope scope) =>
        Evaluate(check, scope, (resource, call, on) => scope.Surface.Questions.Decide(resource, call, check.Action, on, scope.Scenario));

    /// <summary>As <see cref="Evaluate(Check.Access, Scope)"/> for what must be denied: whether there is any object at all for
    /// which the request is allowed.</summary>
    public static (Outcome Outcome, Decision? Decision) EvaluateForSome(Check.Access check, Scope scope) =>
        Evaluate(check, scope, (resource, call, on) => DecideForSome(resource, new Request(call.Caller, check.Action, on, call.Context), scope));

    private static (Outcome Outcome, Decision? Decision) Evaluate(Check.Access check, Scope scope, Func<Resource, OriginCall, Text, Decision> decide)
    {
        var target = scope[check.OnName];
        if (target is Item.Outside outside) return (Outcome.Of(Truth.Unknown, outside.Why, outside.At), null);
        if (target is not Item.OfResource { Resource: var resource }) return (Outcome.Of(Truth.Unknown, $"`{check.OnName}` is no resource", target.Location), null);
        if (Messages.TextOf(check.On, scope) is not { } on)
            return (Outcome.Of(Truth.Unknown, $"what is asked for, `{check.On.Template}`, is not known here", resource.Location), null);
        if (NameIn(check.Who) is { } name && scope[name] is Item.Outside missing) return (Outcome.Of(Truth.Unknown, missing.Why, missing.At), null);
        var call = CallOf(check.Who, scope);
        if (call.Why.Length > 0) return (Outcome.Of(Truth.Unknown, call.Why, scope.Focus.Location), null);

        var decision = decide(resource, call with { Context = With(check, call.Context), OverHttp = call.OverHttp is { } http ? With(check, http) : null }, Request.ForAny(on));
        return (ToOutcome(decision, target), decision);
    }

    private static RequestContext With(Check.Access check, RequestContext context) =>
        check.With.Aggregate(context, (c, w) => c.With(w.Key, w.Value is null ? ContextValue.Absent : ContextValue.Of(w.Value)));

    private static string? NameIn(Who who) => who switch
    {
        Who.CloudFront cloudFront => cloudFront.Origin,
        Who.Principal principal => principal.Name,
        _ => null,
    };

    /// <summary>An Allow may cover some of the objects only: those are asked for by its own pattern, for nothing else can be
    /// allowed.</summary>
    private static Decision DecideForSome(Resource resource, Request request, Scope scope)
    {
        var all = scope.Surface.Questions.Decide(resource, request, scope.Scenario);
        if (all.Allowed is not Truth.Unknown || resource.Kind?.Fields["policy"] is null || !request.Resource.Symbols.Contains(Request.AnyKey)) return all;
        var patterns = scope.Surface.Questions.Policies.Of(resource, "policy", scope.Scenario).Policies
            .SelectMany(p => p.Statements).Where(s => s.Effect is not Effect.Deny).Select(s => s.Resources).ToList();
        if (patterns.Exists(p => p is null or { Negated: true } || p.Items.Any(i => i.Pattern is null or { HasVariable: true }))) return all;
        var some = patterns.SelectMany(p => p!.Items).Select(i => Request.ForAny(i.Pattern!.Text)).Distinct()
            .Where(t => Overlaps(t, request.AskedFor))
            .Select(t => scope.Surface.Questions.Decide(resource, request with { Resource = t }, scope.Scenario)).ToList();
        return some.Count == 0 ? all : some.MaxBy(d => d.Allowed)!;
    }

    /// <summary>Whether some object is of both; the two are asked for apart, so the one's key is not the other's.</summary>
    private static bool Overlaps(Text covered, Tokens asked)
    {
        var some = Text.Join(covered.Pieces.Select(p => p is Piece.Hole { Symbol: var symbol } && symbol == Request.AnyKey ? SomeKey : p)).Tokens;
        return ArnMatch.OfResource(some, asked) is not Truth.No || ArnMatch.OfResource(asked, some) is not Truth.No;
    }

    private static readonly Piece SomeKey = new Piece.Hole(new Symbol("", "some key") { Display = "some key" });

    private static Outcome ToOutcome(Decision decision, Item target) => decision.Allowed is Truth.Yes
        ? Outcome.Yes
        : Outcome.Of(decision.Allowed, new Reason(decision.Allowed, decision.Reason, decision.Trace is [var first, ..] ? first.Location : target.Location, decision.Trace) { Changes = decision.Account.Changes });

    private static OriginCall CallOf(Who who, Scope scope)
    {
        switch (who)
        {
            case Who.Anonymous:
                var anonymous = new Caller.Anonymous();
                return new OriginCall(anonymous, RequestContext.For(anonymous), null);
            case Who.Service service:
                var caller = new Caller.Service(service.Name);
                var context = RequestContext.For(caller);
                if (service.SourceArn.Template.Length > 0 && Messages.TextOf(service.SourceArn, scope) is { } arn) context = context.With("aws:SourceArn", ContextValue.Of(arn));
                return new OriginCall(caller, context, null);
            case Who.CloudFront cloudFront:
                var origin = (Item.Record)scope[cloudFront.Origin];
                var website = cloudFront.Website != Check.Nothing && CheckEvaluator.Evaluate(cloudFront.Website, scope).Truth is Truth.Yes;
                return scope.Surface.Questions.CloudFront.CallOf(origin.Owner, origin.Value, website, scope.Scenario);
            case Who.Principal principal:
                var named = CallerOf((Item.OfPrincipal)scope[principal.Name]);
                return new OriginCall(named, RequestContext.For(named), null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Somebody whom the principal lets in and who is not of the policy's own account.</summary>
    private static Caller CallerOf(Item.OfPrincipal item)
    {
        var entry = item.Entry;
        if (entry.IsEveryone || entry.Text is not { } text) return new Caller.Stranger(item.Policy.Holder?.Stack.Surroundings.Account ?? Text.Empty);
        if (entry.Type == "Service") return new Caller.Service(text.Known ?? "");
        if (PrincipalMatch.IsWholeAccount(text) is { } account) return new Caller.AccountMember(account);
        return Arns.Parts(text) is { } parts && parts[5].Pieces is [Piece.Literal { Text: var first }, ..] && first.StartsWith("user/", StringComparison.Ordinal)
            ? new Caller.User(text)
            : new Caller.RoleSession(text);
    }

    /// <summary>Whether one statement covers an action on a resource.</summary>
    public static Outcome Covers(Check.Covers check, Scope scope)
    {
        if (scope.Find(check.Statement).Items is not [Item.OfStatement { Statement: var statement }]) return Outcome.Of(Truth.Unknown, "the statement is not known here", scope.Focus.Location);
        var truth = statement.Actions is { } actions ? StatementMatch.OfAction(actions, check.Action) : Truth.Unknown;
        if (truth is Truth.No) return Outcome.Of(truth, $"{statement.Label} does not cover {check.Action}", statement.Location);
        if (statement.Resources is { } resources)
        {
            if (Messages.TextOf(check.On, scope) is not { } on) return Outcome.Of(Truth.Unknown, $"`{check.On.Template}` is not known here", statement.Location);
            var covered = StatementMatch.OfResource(resources, Request.ForAny(on).Tokens, RequestContext.Empty(ContextValue.Unknown));
            truth = truth.And(covered is Truth.Unknown ? Truth.Yes : covered);
        }
        return Outcome.Of(truth, truth is Truth.Unknown ? $"the actions of {statement.Label} are not known here" : $"{statement.Label} does not cover {check.On.Template}", statement.Location);
    }
}
