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

    /// <summary>What the request of somebody has whom no policy names: a foreign account, no organization, and no network that a
    /// policy would name. What can be chosen otherwise is.</summary>
    public static readonly RequestContext ForeignersContext = RequestContext.For(new Caller.Foreigner())
        .With("aws:PrincipalOrgID", ContextValue.Absent).With("aws:PrincipalOrgPaths", ContextValue.Absent)
        .With("aws:PrincipalIsAWSService", ContextValue.Of("false"))
        .With("aws:PrincipalAccount", ContextValue.Opaque).With("aws:PrincipalArn", ContextValue.Opaque).With("aws:userid", ContextValue.Opaque)
        .With("aws:username", ContextValue.Absent).With("aws:SourceIp", ContextValue.Opaque)
        .With("aws:SourceVpc", ContextValue.Absent).With("aws:SourceVpce", ContextValue.Absent).With("aws:VpcSourceIp", ContextValue.Absent)
        .With("aws:SourceVpcArn", ContextValue.Absent).With("aws:VpceAccount", ContextValue.Absent).With("aws:VpceOrgID", ContextValue.Absent).With("aws:VpceOrgPaths", ContextValue.Absent)
        .With("aws:CalledVia", ContextValue.Absent).With("aws:CalledViaFirst", ContextValue.Absent).With("aws:CalledViaLast", ContextValue.Absent)
        .With("kms:ViaService", ContextValue.Absent).With("kms:CallerAccount", ContextValue.Opaque)
        .With("aws:SourceOwner", ContextValue.Absent).With("s3:DataAccessPointAccount", ContextValue.Absent);

    /// <summary>As <see cref="ContextOf"/> for a role that a service works with: no person stands behind it, who could choose a
    /// network, show a second factor or name a source.</summary>
    public static RequestContext Working(Caller caller) => ContextOf(caller)
        .With("aws:MultiFactorAuthPresent", ContextValue.Absent).With("aws:MultiFactorAuthAge", ContextValue.Absent)
        .With("aws:SecureTransport", ContextValue.Of("true"))
        .With("aws:SourceIp", ContextValue.Unknown).With("aws:SourceVpc", ContextValue.Unknown).With("aws:SourceVpce", ContextValue.Unknown)
        .With("aws:VpcSourceIp", ContextValue.Unknown).With("aws:Referer", ContextValue.Absent).With("aws:UserAgent", ContextValue.Unknown);
}
