using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Which element decided that a statement does not, or may not, apply.</summary>
public enum ElementName { None, Statement, Principal, Action, Resource, Condition }

/// <summary>Whether a statement applies to a request, by which kind of principal, and what decided it.</summary>
/// <param name="Element">The first element that does not match, else the first that is unknown.</param>
public readonly record struct StatementMatch(Truth Truth, PrincipalMatch Principal, ElementName Element, Location At)
{
    /// <summary>Whether it applies by one of these kinds of principal.</summary>
    public Truth By(MatchKind kinds) => Truth.And(Principal.By(kinds));

    /// <summary>Principal, action, resource and conditions, all of them (semantics 8.4). A key that may be missing is missing
    /// for all conditions or for none.</summary>
    public static StatementMatch Of(Statement statement, Request request)
    {
        var match = OfElements(statement, request);
        if (match.Truth is not Truth.Unknown || KeyOfTwo(statement, request.Context) is not { } key) return match;
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
        var wanted = statement.Effect is not Effect.Deny;
        var result = new StatementMatch(Truth.Yes, new PrincipalMatch(Truth.Yes, MatchKind.Direct), ElementName.None, statement.Location);
        if (statement.Principals is { } principals)
        {
            var match = OfPrincipal(principals, request.Caller, wanted);
            result = result with { Principal = match };
            if (!Add(ref result, match.Truth, ElementName.Principal, principals.Location)) return result;
        }
        if (statement.Actions is { } actions && !Add(ref result, OfAction(actions, request.Action), ElementName.Action, actions.Location)) return result;
        if (statement.Resources is { } resources && !Add(ref result, OfResource(resources, request, wanted), ElementName.Resource, resources.Location)) return result;
        foreach (var clause in statement.Conditions)
            if (!Add(ref result, ConditionMatch.Of(clause, request.Context, wanted), ElementName.Condition, clause.Location)) return result;
        if (statement.Fault.Length > 0) Add(ref result, Truth.Unknown, ElementName.Statement, statement.Location);
        return result;
    }

    /// <summary>False where the statement is now known not to apply.</summary>
    private static bool Add(ref StatementMatch result, Truth truth, ElementName element, Location at)
    {
        if (truth < result.Truth) result = result with { Truth = truth, Element = element, At = at };
        return truth is not Truth.No;
    }

    /// <summary>A Deny that names some strangers leaves the others alone, and one of those may be the caller.</summary>
    private static PrincipalMatch OfPrincipal(Principals principals, Caller caller, bool wanted)
    {
        var match = PrincipalMatch.Of(principals, caller);
        return !wanted && caller is Caller.Stranger && match.Truth is Truth.Yes ? match with { Truth = match.By(MatchKind.Wildcard) } : match;
    }

    /// <summary>Names and patterns compare without case (1.3).</summary>
    public static Truth OfAction(Elements actions, string action)
    {
        var subject = TextMatch.Subject(Text.Of(action.ToLowerInvariant()));
        var truth = Truth.No;
        foreach (var item in actions.Items)
        {
            truth = truth.Or(item.Pattern is null ? Truth.Unknown : OneAction(item.Pattern, action, subject));
            if (truth is Truth.Yes) break;
        }
        return actions.Negated ? truth.Not() : truth;
    }

    private static Truth OneAction(Pattern pattern, string action, System.Collections.Immutable.ImmutableArray<Pattern.Token> subject)
    {
        if (pattern.Text.Known is not { } known) return TextMatch.Match(Pattern.Read(Lower(pattern.Text), wildcards: true, variables: false).For(Nothing), subject);
        if (!pattern.HasWildcard) return known.Equals(action, StringComparison.OrdinalIgnoreCase).ToTruth();
        return System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(known, action, ignoreCase: true).ToTruth();
    }

    private static readonly RequestContext Nothing = RequestContext.Empty(ContextValue.Absent);

    private static Text Lower(Text text) => Text.Join(text.Pieces.Select(p => p is Piece.Literal literal ? new Piece.Literal(literal.Text.ToLowerInvariant()) : p));

    /// <summary>A Deny that reaches only some of all the objects that may be asked for leaves the rest alone, so an object of
    /// no special name stands for all of them.</summary>
    private static Truth OfResource(Elements resources, Request request, bool wanted)
    {
        var truth = OfResource(resources, request.Resource, request.Context);
        if (wanted || truth is not Truth.Unknown || !request.Resource.Symbols.Contains(Request.AnyKey)) return truth;
        var ordinary = Text.Join(request.Resource.Pieces.Select(p => p is Piece.Hole hole && hole.Symbol == Request.AnyKey ? Ordinary : p));
        return OfResource(resources, ordinary, request.Context);
    }

    private static readonly Piece Ordinary = new Piece.Literal("\uFFFDany object\uFFFD");

    /// <summary>Whether the patterns cover the resource (1.4).</summary>
    public static Truth OfResource(Elements resources, Text resource, RequestContext context)
    {
        var truth = Truth.No;
        foreach (var item in resources.Items)
        {
            truth = truth.Or(item.Pattern is null ? Truth.Unknown
                : item.Pattern.For(context) is { IsDefault: false } tokens ? ArnMatch.OfResource(tokens, resource)
                : resources.Negated ? Truth.Unknown : Truth.No);
            if (truth is Truth.Yes) break;
        }
        return resources.Negated ? truth.Not() : truth;
    }
}
