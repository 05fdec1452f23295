using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What a certain decision takes to be so although the input does not show it (semantics 8.5).</summary>
internal static class Assumption
{
    /// <summary>What an Allowed rests on: that nothing outside the input denies it, and that the caller sends what it can choose.</summary>
    public static ImmutableArray<string> Of(Evaluation e)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        found.AddRange(e.World.Assumptions);
        if (e.World is { Session: null, Identity: not null } && e.Request.Caller is Caller.RoleSession { Session: not null }) found.Add($"no session policy limits {e.Request.Caller}");
        foreach (var matched in e.Matches)
            foreach (var clause in Chosen(matched, e.Request))
                found.Add(matched.Statement.Wanted ? $"the request is made so that {Explanation.Quote(clause)} holds" : $"the request is made so that {Explanation.Quote(clause)} does not hold");
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What an explicit Deny rests on: values of AWS's own that equal no customer's (8.3 rule 5).</summary>
    public static ImmutableArray<string> OfDeny(Evaluation e, Matched deny) =>
        [.. deny.Statement.Conditions.Where(c => e.Request.Context[c.Key].Nature is ValueNature.Opaque).Select(c => $"`{c.Key}` of {e.Request.Caller} is no customer's value").Distinct(StringComparer.Ordinal)];

    /// <summary>The conditions on keys that the caller may choose, where they matter: of an Allow that applies, and of a Deny that
    /// they alone keep from applying.</summary>
    private static IEnumerable<Clause> Chosen(Matched matched, Request request)
    {
        var free = matched.Statement.Conditions.Where(c => request.Context[c.Key].Nature is ValueNature.Free);
        if (matched.Statement.Wanted) return matched.Match.Truth is Truth.Yes ? free : [];
        return matched.Match is { Truth: Truth.No, Element: ElementName.Condition } && StatementMatch.Misses(matched.Statement, request) == free.Count() ? free : [];
    }
}
