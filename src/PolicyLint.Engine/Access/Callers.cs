using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What requests of the input's own roles and users look like.</summary>
internal static class Callers
{
    /// <summary>A role's sessions, or a user.</summary>
    public static Caller Of(Resource principal) =>
        principal.Kind!.Name == "iam-user" ? new Caller.User(principal.Identify("arn")) : new Caller.RoleSession(principal.Identify("arn"));

    /// <summary>The keys of a request; nobody chooses the organization that it is of, and the input does not tell which that is.</summary>
    public static RequestContext ContextOf(Caller caller) => caller is Caller.User or Caller.RoleSession or Caller.FederatedUser or Caller.Root
        ? RequestContext.For(caller).With("aws:PrincipalOrgID", ContextValue.Unknown).With("aws:PrincipalOrgPaths", ContextValue.Unknown)
        : RequestContext.For(caller);

    /// <summary>As <see cref="ContextOf"/> for a role that a service works with: no person stands behind it, who could choose a
    /// network, show a second factor or name a source.</summary>
    public static RequestContext Working(Caller caller) => ContextOf(caller)
        .With("aws:MultiFactorAuthPresent", ContextValue.Absent).With("aws:MultiFactorAuthAge", ContextValue.Absent)
        .With("aws:SecureTransport", ContextValue.Of("true"))
        .With("aws:SourceIp", ContextValue.Unknown).With("aws:SourceVpc", ContextValue.Unknown).With("aws:SourceVpce", ContextValue.Unknown)
        .With("aws:VpcSourceIp", ContextValue.Unknown).With("aws:Referer", ContextValue.Absent).With("aws:UserAgent", ContextValue.Unknown);
}
