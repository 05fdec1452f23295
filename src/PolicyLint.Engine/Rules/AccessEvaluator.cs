using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Turns an access check into requests, and asks.</summary>
internal static class AccessEvaluator
{
    /// <summary>Whether the request is allowed, with the decision where one could be asked for.</summary>
    public static (Outcome Outcome, Decision? Decision) Evaluate(Check.Access check, Scope scope) =>
        Evaluate(check, scope, (resource, call, on) => resource is not null
            ? scope.Surface.Questions.Decide(resource, call, check.Action, on, scope.Scenario)
            : scope.Surface.Questions.DecideOutside(new Request(call.Caller, check.Action, on, call.Context), scope.Scenario, call.Side));

    /// <summary>As <see cref="Evaluate(Check.Access, Scope)"/> for what must be denied: whether there is any object at all for
    /// which the request is allowed.</summary>
    public static (Outcome Outcome, Decision? Decision) EvaluateForSome(Check.Access check, Scope scope) =>
        Evaluate(check, scope, (resource, call, on) => DecideForSome(resource, new Request(call.Caller, check.Action, on, call.Context), call.Side, scope));

    private static (Outcome Outcome, Decision? Decision) Evaluate(Check.Access check, Scope scope, Func<Resource?, OriginCall, Text, Decision> decide)
    {
        if (Open(check, scope) is { } open) return (open, null);
        if (Messages.TextOf(check.On, scope) is not { } on)
            return (Outcome.Of(Truth.Unknown, $"what is asked for, `{check.On.Template}`, is not known here", scope.Focus.Location), null);
        if (check.Who is Who.Owner && scope[check.OnName] is Item.OfResource { Resource: var owned })
        {
            var best = Owners.CallsOn(owned, scope).Select(c => decide(owned, c with { Context = With(check, c.Context, scope) }, Request.ForAny(on))).MaxBy(d => (int)d.Allowed)!;
            return (ToOutcome(best, scope[check.OnName]), best);
        }
        var call = CallOf(check.Who, check.OnName, scope);
        if (call.Why.Length > 0) return (Outcome.Of(Truth.Unknown, call.Why, scope.Focus.Location), null);
        call = call with { Context = With(check, call.Context, scope), OverHttp = call.OverHttp is { } http ? With(check, http, scope) : null };
        var decision = decide(scope.Has(check.OnName) && scope[check.OnName] is Item.OfResource { Resource: var resource } ? resource : null, call, Request.ForAny(on));
        if (check.AddedByAws) decision = UnlessAdded(decision);
        return (ToOutcome(decision, scope.Has(check.OnName) ? scope[check.OnName] : scope.Focus), decision);
    }

    /// <summary>Why nothing can be asked: who asks or what is asked for is not in the input.</summary>
    private static Outcome? Open(Check.Access check, Scope scope)
    {
        if (check.OnName.Length > 0 && scope[check.OnName] is not Item.OfResource)
            return scope[check.OnName] is Item.Outside outside
                ? Outcome.Of(Truth.Unknown, outside.Why, outside.At)
                : Outcome.Of(Truth.Unknown, $"`{check.OnName}` is no resource", scope[check.OnName].Location);
        return NameIn(check.Who) is { } name && scope[name] is Item.Outside missing ? Outcome.Of(Truth.Unknown, missing.Why, missing.At) : null;
    }

    /// <summary>Where AWS writes the Allow itself, only an explicit Deny is sure.</summary>
    private static Decision UnlessAdded(Decision decision)
    {
        if (decision.Allowed is not Truth.No || decision.IsDenied) return decision;
        return new Decision(Truth.Unknown, () => decision.Account with { Reason = $"{decision.Account.Reason}; AWS adds the statement itself where whoever turns this on may change the policy" });
    }

    private static RequestContext With(Check.Access check, RequestContext context, Scope scope) =>
        check.With.Aggregate(context, (c, w) => c.With(w.Key, ValueOf(w, scope)));

    /// <summary>What a request has for a key by what the rule says.</summary>
    public static ContextValue ValueOf(With with, Scope scope) =>
        with.Value is null ? ContextValue.Absent : Messages.TextOf(with.Value, scope) is { } text ? ContextValue.Of(text) : ContextValue.Unknown;

    private static string? NameIn(Who who) => who switch
    {
        Who.CloudFront cloudFront => cloudFront.Origin,
        Who.Principal principal => principal.Name,
        _ => null,
    };

    /// <summary>An Allow may cover some of the objects only: those are asked for by its own pattern, for nothing else can be
    /// allowed. On what is not in the input, the Allow is the caller's own.</summary>
    private static Decision DecideForSome(Resource? resource, Request request, IdentitySide? side, Scope scope)
    {
        var all = Ask(request);
        var policies = resource is null ? side?.Policies : resource.Kind?.Fields["policy"] is null ? null : scope.Surface.Questions.Policies.Of(resource, "policy", scope.Scenario);
        if (all.Allowed is not Truth.Unknown || policies is null || !request.Resource.Symbols.Contains(Request.AnyKey)) return all;
        if (request.Caller is Caller.Root)
        {
            var witness = Ask(request with { Resource = Text.Join(request.Resource.Pieces.Select(p => p is Piece.Hole { Symbol: var key } && key == Request.AnyKey ? AnOrdinaryKey : p)) });
            return witness.Allowed is Truth.Yes ? witness : all;
        }
        var patterns = policies.Policies.SelectMany(p => p.Statements).Where(s => s.Effect is not Effect.Deny).Select(s => s.Resources).ToList();
        if (patterns.Exists(p => p is null or { Negated: true } || p.Items.Any(i => i.Pattern is null or { HasVariable: true }))) return all;
        var some = patterns.SelectMany(p => p!.Items).Select(i => Request.ForAny(i.Pattern!.Text)).Distinct()
            .Where(t => Overlaps(t, request.AskedFor))
            .Select(t => Ask(request with { Resource = t })).ToList();
        return some.Count == 0 ? all : some.MaxBy(d => (int)d.Allowed)!;

        Decision Ask(Request asked) => resource is null
            ? scope.Surface.Questions.DecideOutside(asked, scope.Scenario, side)
            : scope.Surface.Questions.Decide(resource, asked, scope.Scenario, side);
    }

    /// <summary>Whether some object is of both; the two are asked for apart, so the one's key is not the other's.</summary>
    private static bool Overlaps(Text covered, Tokens asked)
    {
        var some = Text.Join(covered.Pieces.Select(p => p is Piece.Hole { Symbol: var symbol } && symbol == Request.AnyKey ? SomeKey : p)).Tokens;
        return ArnMatch.OfResource(some, asked) is not Truth.No || ArnMatch.OfResource(asked, some) is not Truth.No;
    }

    /// <summary>What no prefix that a Deny names begins with: whatever a policy says of every object, it says of this one.</summary>
    private static readonly Piece AnOrdinaryKey = new Piece.Literal("~/any-object");

    private static readonly Piece SomeKey = new Piece.Hole(new Symbol("", "some key") { Display = "some key" });

    private static Outcome ToOutcome(Decision decision, Item target) => decision.Allowed is Truth.Yes
        ? Outcome.Yes
        : Outcome.Of(decision.Allowed, new Reason(decision.Allowed, decision.Reason, decision.Trace is [var first, ..] ? first.Location : target.Location, decision.Trace) { Changes = decision.Account.Changes });

    private static OriginCall CallOf(Who who, string target, Scope scope)
    {
        switch (who)
        {
            case Who.Anonymous:
                var anonymous = new Caller.Anonymous();
                return new OriginCall(anonymous, RequestContext.For(anonymous), null);
            case Who.Stranger: return new OriginCall(new Caller.Foreigner(), Callers.ForeignersContext, null);
            case Who.Root when scope[target] is Item.OfResource { Resource: var owned }:
                var root = new Caller.Root(owned.Surroundings.Account);
                return new OriginCall(root, RequestContext.For(root), null) { Side = Identities.OfRoot };
            case Who.Service service: return CallOf(service, scope);
            case Who.Role role: return CallOf(role, scope);
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

    private static OriginCall CallOf(Who.Service service, Scope scope)
    {
        if (Messages.TextOf(service.Name, scope)?.Known is not { } name) return OriginCall.Nobody($"which service `{service.Name.Template}` is, is not known here");
        var caller = new Caller.Service(name) { IsInChina = ServiceNames.IsOfChina(scope.Focus.Resource.Surroundings.Region) };
        var context = RequestContext.For(caller);
        if (service.SourceArn.Template.Length > 0 && Messages.TextOf(service.SourceArn, scope) is { } arn) context = context.With("aws:SourceArn", ContextValue.Of(Request.ForAny(arn)));
        if (service.SourceAccount.Template.Length > 0 && Messages.TextOf(service.SourceAccount, scope) is { } account) context = context.With("aws:SourceAccount", ContextValue.Of(account));
        return new OriginCall(caller, context, null);
    }

    /// <summary>What a service does as a role of the input; a role outside it may carry anything.</summary>
    private static OriginCall CallOf(Who.Role role, Scope scope)
    {
        if (scope.Find(role.Path) is not { Doubt: null, Items: [Item.OfValue { Value: var value }] } || Fields.LinkText(scope.Scenario.Read(value)) is not { } text)
            return OriginCall.Nobody($"which role `{role.Path.Source}` names is not known here");
        var graph = scope.Surface.Graph;
        if (graph.Recognise(text, graph.Kinds.Named("iam-role")!, scope.Focus.Resource.Stack).Resource is not { } found)
            return OriginCall.Nobody($"role `{text}` is not in the input, nor what it may do");
        if (scope.Scenario.Peek(found.Exists) is Truth.No) scope.Scenario.Impossible = true;
        var caller = Callers.Of(found);
        return new OriginCall(caller, Callers.Working(caller), null) { Side = scope.Surface.Questions.Identities.Of(found, scope.Scenario) };
    }

    /// <summary>Somebody whom the principal lets in and who is not of the policy's own account.</summary>
    private static Caller CallerOf(Item.OfPrincipal item)
    {
        var entry = item.Entry;
        if (entry.IsEveryone || entry.Text is not { } text) return new Caller.Stranger(item.Policy.Holder?.Surroundings.Account ?? Text.Empty);
        if (entry.Type == "Service") return new Caller.Service(text.Known ?? "");
        if (entry.Type == "Federated") return new Caller.Federated(text);
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
