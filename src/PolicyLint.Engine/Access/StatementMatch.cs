using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The elements of a statement, in the order in which they are held against a request.</summary>
public enum ElementName { None, Action, Principal, Resource, Condition, Statement }

/// <summary>Whether a statement applies to a request, by which kind of principal, and what decided it.</summary>
/// <param name="Element">The first element that does not match, else the first that is unknown.</param>
/// <param name="Clause">Which of the conditions, where that element is one.</param>
public readonly record struct StatementMatch(Truth Truth, PrincipalMatch Principal, ElementName Element, int Clause)
{
    /// <summary>Where the element stands that decided.</summary>
    public Location At(Statement statement) => Element switch
    {
        ElementName.Action => statement.Actions!.Location,
        ElementName.Principal => statement.Principals!.Location,
        ElementName.Resource => statement.Resources!.Location,
        ElementName.Condition => statement.Conditions[Clause].Location,
        _ => statement.Location,
    };


    /// <summary>Whether it applies by one of these kinds of principal.</summary>
    public Truth By(MatchKind kinds) => Truth.And(Principal.By(kinds));

    /// <summary>The same with an answer given to what is unknown.</summary>
    internal StatementMatch Settled(Truth truth) => this with { Truth = truth, Principal = truth is Truth.Yes ? Principal.Settled() : Principal };

    /// <summary>Action, principal, resource and conditions, all of them (semantics 8.4). A key that may be missing is missing
    /// for all conditions or for none.</summary>
    public static StatementMatch Of(Statement statement, Request request)
    {
        var match = OfElements(statement, request);
        if (match.Truth is not Truth.Unknown || statement.Conditions.Length < 2 || KeyOfTwo(statement, request.Context) is not { } key) return match;
        var value = request.Context[key];
        var present = OfElements(statement, request with { Context = request.Context.With(key, value with { Presence = Truth.Yes }) });
        var missing = OfElements(statement, request with { Context = request.Context.With(key, ContextValue.Absent) });
        return present.Truth == missing.Truth ? present : match;
    }

    /// <summary>A key that may be missing and that two conditions ask for, or null.</summary>
    private static string? KeyOfTwo(Statement statement, RequestContext context) => statement.Conditions
        .GroupBy(c => c.Key, StringComparer.OrdinalIgnoreCase)
        .FirstOrDefault(g => g.Count() > 1 && context[g.Key] is { Presence: Truth.Unknown, Nature: not ValueNature.Free })?.Key;

    private static StatementMatch OfElements(Statement statement, Request request)
    {
        var result = new StatementMatch(Truth.Yes, PrincipalMatch.Anybody, ElementName.None, 0);
        if (statement.Actions is { } actions && !Add(ref result, OfAction(actions, request.Action, request.ActionNamed), ElementName.Action)) return result;
        if (statement.Principals is { } principals)
        {
            var match = OfPrincipal(principals, request.Caller, statement.Wanted);
            result = result with { Principal = match };
            if (!Add(ref result, match.Truth, ElementName.Principal)) return result;
        }
        if (statement.Resources is { } resources && !Add(ref result, OfResource(resources, request, statement.Wanted), ElementName.Resource)) return result;
        for (var i = 0; i < statement.Conditions.Length; i++)
            if (!Add(ref result, ConditionMatch.Of(statement.Conditions[i], request.Context, statement.Wanted), ElementName.Condition, i)) return result;
        if (statement.Fault.Length > 0) Add(ref result, Truth.Unknown, ElementName.Statement);
        return result;
    }

    /// <summary>False where the statement is now known not to apply.</summary>
    private static bool Add(ref StatementMatch result, Truth truth, ElementName element, int clause = 0)
    {
        if (truth < result.Truth) result = result with { Truth = truth, Element = element, Clause = clause };
        return truth is not Truth.No;
    }

    /// <summary>How many of its elements keep it from applying: how near it comes to that.</summary>
    public static int Misses(Statement statement, Request request)
    {
        var misses = 0;
        if (statement.Actions is { } actions && OfAction(actions, request.Action, request.ActionNamed) is Truth.No) misses++;
        if (statement.Principals is { } principals && OfPrincipal(principals, request.Caller, statement.Wanted).Truth is Truth.No) misses++;
        if (statement.Resources is { } resources && OfResource(resources, request, statement.Wanted) is Truth.No) misses++;
        foreach (var clause in statement.Conditions)
            if (ConditionMatch.Of(clause, request.Context, statement.Wanted) is Truth.No) misses++;
        return misses;
    }

    /// <summary>A Deny that names some strangers leaves the others alone, and one of those may be the caller.</summary>
    private static PrincipalMatch OfPrincipal(Principals principals, Caller caller, bool wanted)
    {
        var match = PrincipalMatch.Of(principals, caller);
        return !wanted && caller is Caller.Stranger && match.Truth is Truth.Yes ? match with { Truth = match.By(MatchKind.Wildcard) } : match;
    }

    /// <summary>Whether the patterns cover an action: names compare without case (1.3).</summary>
    public static Truth OfAction(Elements actions, string action) => OfAction(actions, action, Text.Of(action).Tokens.Lower);

    private static Truth OfAction(Elements actions, string action, Tokens lower)
    {
        var truth = Truth.No;
        foreach (var item in actions.Items)
        {
            truth = truth.Or(item.Pattern is null ? Truth.Unknown : OneAction(item.Pattern, action, lower));
            if (truth is Truth.Yes) break;
        }
        return actions.Negated ? truth.Not() : truth;
    }

    private static Truth OneAction(Pattern pattern, string action, Tokens lower)
    {
        if (pattern.Text.Known is { } known && !pattern.HasWildcard) return known.Equals(action, StringComparison.OrdinalIgnoreCase).ToTruth();
        var truth = TextMatch.Match(pattern.For(Nothing)!.Lower, lower);
        return truth is Truth.Yes && HasWildService(pattern) ? Truth.Unknown : truth;
    }

    /// <summary>A wildcard in the service's name, as in <c>s*:Get*</c>, is not valid; <c>*</c> and <c>*:*</c> are taken (1.3 rule 25).</summary>
    private static bool HasWildService(Pattern pattern) =>
        pattern.Text.Known is { } known && known.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && known.AsSpan(0, colon).IndexOfAny('*', '?') >= 0 && known[..colon] != "*";

    private static readonly RequestContext Nothing = RequestContext.Empty(ContextValue.Absent);

    /// <summary>A Deny that reaches only some of all the objects that may be asked for leaves the rest alone, so an object of
    /// no special name stands for all of them.</summary>
    private static Truth OfResource(Elements resources, Request request, bool wanted)
    {
        var truth = OfResource(resources, request.AskedFor, request.Context);
        if (wanted || truth is not Truth.Unknown || !request.IsForAny) return truth;
        var ordinary = Text.Join(request.Resource.Pieces.Select(p => p is Piece.Hole hole && hole.Symbol == Request.AnyKey ? Ordinary : p));
        return OfResource(resources, ordinary.Tokens, request.Context);
    }

    private static readonly Piece Ordinary = new Piece.Literal("\uFFFDany object\uFFFD");

    /// <summary>Whether the patterns cover the resource (1.4).</summary>
    public static Truth OfResource(Elements resources, Tokens asked, RequestContext context)
    {
        var truth = Truth.No;
        foreach (var item in resources.Items)
        {
            truth = truth.Or(item.Pattern is null ? Truth.Unknown : OneResource(item.Pattern, asked, context, resources.Negated));
            if (truth is Truth.Yes) break;
        }
        return resources.Negated ? truth.Not() : truth;
    }

    /// <summary>A variable without value matches nothing; what that means in <c>NotResource</c> is not settled (1.4 rule 37).</summary>
    private static Truth OneResource(Pattern pattern, Tokens asked, RequestContext context, bool negated)
    {
        if (pattern.For(context) is not { } tokens) return negated ? Truth.Unknown : Truth.No;
        var truth = ArnMatch.OfResource(tokens, asked);
        return truth is Truth.No && negated && pattern.MayLackValue(context) ? Truth.Unknown : truth;
    }
}
