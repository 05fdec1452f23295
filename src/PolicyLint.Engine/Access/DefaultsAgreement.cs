using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Decides again what stays unknown, as it is where parameters keep their defaults; the decision says that it rests on
/// them (semantics 8.1). An empty default in a text settles nothing: another value would be given.</summary>
internal sealed class DefaultsAgreement(Graph graph, Deployment deployment)
{
    /// <summary>The decision, settled where defaults settle it. In strict mode it is unknown still, and says what would settle it.</summary>
    public Decision Settle(Inquiry inquiry, Asker who, Target target, Decision open)
    {
        if (open.Allowed is not Truth.Unknown || graph.DefaultsIn(null) is not { IsEmpty: false } all) return open;
        var known = Decide(all);
        if (known.Allowed is Truth.Unknown || (all.Any(d => d.Text.Length == 0) && Decide(all, fillsEmpty: false).Allowed is Truth.Unknown)) return open;
        var needed = ParameterDefault.Fewest(all, [], kept => Decide(kept).Allowed == known.Allowed);
        var (allowed, assumptions) = (known.Allowed, needed.Select(d => $"{d.Named} has its default `{d.Shown}`").ToImmutableArray());
        if (deployment.Strict)
            return new Decision(Truth.Unknown, () => open.Account with { Changes = [.. open.Account.Changes, new Change(allowed, string.Join(" and ", assumptions), default)] });
        return new Decision(allowed, () => known.Account with { Assumptions = [.. assumptions, .. known.Account.Assumptions] });

        Decision Decide(ImmutableArray<ParameterDefault> kept, bool fillsEmpty = true) => new World(graph.Keeping(kept, fillsEmpty: fillsEmpty), deployment).Decide(inquiry, who, target);
    }

    private sealed class World(AssumedGraph assumed, Deployment deployment)
    {
        public Decision Decide(Inquiry inquiry, Asker who, Target target)
        {
            var graph = assumed.Graph;
            var fields = new Fields(graph);
            var questions = new Questions(graph, fields, deployment, []);
            if (Here(who) is not { } asker || Here(target) is not { } on) return new Decision(Truth.Unknown, "it is not there", []);
            return Agreement.Of(scenario => new Asking(graph, fields, questions, inquiry, scenario).Decide(asker, on));
        }

        private Asker? Here(Asker who) => who switch
        {
            Asker.Principal principal => assumed[principal.Resource] is { } resource ? principal with { Resource = resource } : null,
            Asker.Distribution distribution => assumed[distribution.Resource] is { } resource ? distribution with { Resource = resource } : null,
            _ => who,
        };

        private Target? Here(Target target) => target.Resource is null ? target
            : assumed[target.Resource] is { } resource ? new Target(resource, assumed.Of(target.On))
            : null;
    }
}
