using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Puts one question of one caller under one scenario.</summary>
internal sealed class Asking(Graph graph, Fields fields, Questions questions, Inquiry inquiry, Scenario scenario)
{
    /// <summary>Whether the asker may do on the target what the inquiry says.</summary>
    public Decision Decide(Asker asker, Target target) => asker switch
    {
        Asker.Principal principal => Decide(principal.Session ?? Callers.Of(principal.Resource), target, questions.Identities.Of(principal.Resource, scenario)),
        Asker.Distribution distribution => DecideOrigins(distribution.Resource, target),
        Asker.Somebody { Caller: Caller.Root root } => Decide(root, target, Identities.OfRoot),
        Asker.Somebody { Caller: Caller.User or Caller.RoleSession or Caller.FederatedUser } somebody => Decide(somebody.Caller, target, Identities.Outside(somebody.Caller)),
        Asker.Somebody { Caller: Caller.AccountMember member } =>
            Decide(member, target, side: null).Assuming($"account {member.Id} lets whoever of it asks do it, too"),
        Asker.Somebody somebody => Decide(somebody.Caller, target, side: null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Decision Decide(Caller caller, Target target, IdentitySide? side) =>
        Decide(new Request(caller, inquiry.Action, target.On, Given(Callers.ContextOf(caller))), target, side);

    private Decision Decide(Request request, Target target, IdentitySide? side) => target.Resource is { } resource
        ? questions.Decide(resource, request, scenario, side)
        : questions.DecideOutside(request, scenario, side);

    /// <summary>The keys that the person says the request has, or lacks.</summary>
    private RequestContext Given(RequestContext context)
    {
        foreach (var key in inquiry.Context.GroupBy(k => k.Key, StringComparer.OrdinalIgnoreCase))
            context = context.With(key.Key, ContextValue.Of([.. key.Select(k => k.Value)]));
        foreach (var key in inquiry.Without) context = context.With(key, ContextValue.Absent);
        return context;
    }

    /// <summary>Every origin of the distribution that leads to the target must get in.</summary>
    private Decision DecideOrigins(Resource distribution, Target target)
    {
        Decision? all = null;
        if (fields.Read(distribution, distribution.Kind!.Fields["origins"]!, scenario) is Value.List origins && target.Resource is { } bucket)
            foreach (var origin in scenario.ReadItems(origins).OfType<Value.Map>())
                if (Via(origin, distribution, bucket) is { } via && DecideOrigin(distribution, origin, via, target) is var decision)
                    all = all is null ? decision : all.And(decision);
        return all ?? new Decision(Truth.Unknown, $"no origin of `{distribution.Address}` is known to lead to {target.On}", [new TraceStep($"the origins of `{distribution.Address}`", distribution.Location)]);
    }

    private string? Via(Value.Map origin, Resource distribution, Resource bucket)
    {
        var domain = Fields.LinkText(scenario.Read(Fields.ReadInside(origin, distribution, distribution.Kind!.Fields["origins"]!.Fields["domain"]!, scenario)));
        if (domain is null || bucket.Kind?.Name != "s3-bucket") return null;
        var recognised = graph.Recognise(domain, bucket.Kind, distribution.Stack);
        return recognised.Resource == bucket ? recognised.Via : null;
    }

    private Decision DecideOrigin(Resource distribution, Value.Map origin, string via, Target target)
    {
        var call = questions.CloudFront.CallOf(distribution, origin, via is "websiteDomain" or "dottedWebsiteDomain", scenario);
        if (call.Why.Length > 0) return new Decision(Truth.Unknown, call.Why, [new TraceStep(call.Why, origin.Location)]);
        return questions.Decide(target.Resource!, call with { Context = Given(call.Context), OverHttp = call.OverHttp is { } http ? Given(http) : null }, inquiry.Action, target.On, scenario);
    }
}
