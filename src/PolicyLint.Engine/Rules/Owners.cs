using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Who of a resource's own account may ask for it: somebody with every right that an identity policy can give, and
/// whoever its policy names. Nobody of them being let in, only the root user is left (semantics 2.5).</summary>
internal static class Owners
{
    /// <summary>Their calls, the nameless one first.</summary>
    public static IEnumerable<OriginCall> CallsOn(Resource resource, Scope scope)
    {
        var account = resource.Surroundings.Account;
        var side = scope.Surface.Questions.Policies.SideOfOwners(resource);
        return Named(resource, scope, account).Prepend(new Caller.AccountMember(account))
            .Select(c => new OriginCall(c, RequestContext.For(c), null) { Side = side });
    }

    /// <summary>The roles, users and sessions of the account that the policy lets in, or leaves out of a Deny.</summary>
    private static IEnumerable<Caller> Named(Resource resource, Scope scope, Text account)
    {
        if (resource.Kind?.Fields["policy"] is null) return [];
        return scope.Surface.Questions.Policies.Of(resource, "policy", scope.Scenario).Policies
            .SelectMany(p => p.Statements)
            .Where(s => s.Principals is { } named && named.Negated == s.Effect is Effect.Deny)
            .SelectMany(s => s.Principals!.Entries)
            .Where(e => e is { Type: "AWS", IsEveryone: false, WholeAccount: null, Text: not null })
            .Select(e => Asker.CallerOf(e.Text!)).OfType<Caller>()
            .Where(c => c.Account is { } own && TextMatch.Equal(own, account) is not Truth.No)
            .Distinct();
    }
}
