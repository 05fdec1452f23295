using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides who may assume a role: its trust policy and, where that only names an account, that account's identity
/// policies (semantics 2.4).</summary>
internal static class RoleTrust
{
    private static readonly string[] Assuming = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"];

    public static bool IsAbout(Request request) => Assuming.Contains(request.Action, StringComparer.OrdinalIgnoreCase);

    public static World WorldOf(Resource role, StatedPolicies policies, Scenario scenario) =>
        new(role.Surroundings.Account, policies.Of(role, "trust", scenario)) { IdentityNeedsDelegation = true, RootNeedsGrant = true };

    /// <summary>STS turns root users away, and who signs nothing, whatever the trust policy says; null for all others.</summary>
    public static Decision? Refused(Request request, Resource role) => request.Caller switch
    {
        Caller.Root => new Decision(Truth.No, "a root user cannot assume a role: STS takes no root credentials", [new TraceStep("a root user cannot assume a role", role.Location)]),
        Caller.Anonymous when request.Action.Equals(Assuming[0], StringComparison.OrdinalIgnoreCase) =>
            new Decision(Truth.No, "nobody assumes a role without credentials: STS takes no unsigned request", [new TraceStep("nobody assumes a role without credentials", role.Location)]),
        _ => null,
    };
}
