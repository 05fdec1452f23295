using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The condition keys of one request; key names are compared without case (semantics 1.6 rule 51). Each setting
/// stands before the earlier ones.</summary>
public sealed class RequestContext
{
    private readonly RequestContext? earlier;
    private readonly string key;
    private readonly ContextValue value;
    private Dictionary<string, ContextValue>? settings;

    private RequestContext(RequestContext? earlier, string key, ContextValue value) => (this.earlier, this.key, this.value) = (earlier, key, value);

    /// <summary>No key is set; those that are not set later are <paramref name="otherwise"/>.</summary>
    public static RequestContext Empty(ContextValue otherwise) => new(null, "", otherwise);

    public RequestContext With(string key, ContextValue value) => new(this, key, value);

    public ContextValue this[string key]
    {
        get
        {
            settings ??= Settings();
            return settings.TryGetValue(key, out var found) ? found : Family(key) ?? settings[""];
        }
    }

    /// <summary>Every key's last setting, the one without a name for all others.</summary>
    private Dictionary<string, ContextValue> Settings()
    {
        var found = new Dictionary<string, ContextValue>(StringComparer.OrdinalIgnoreCase);
        for (var setting = this; setting is not null; setting = setting.earlier) found.TryAdd(setting.key, setting.value);
        return found;
    }

    /// <summary><c>s3:x-amz-grant-*</c> may be set for all keys of a family.</summary>
    private ContextValue? Family(string key)
    {
        for (var slash = key.LastIndexOfAny(['/', '-', ':']); slash > 0; slash = key.LastIndexOfAny(['/', '-', ':'], slash - 1))
            if (settings!.TryGetValue($"{key[..(slash + 1)]}*", out var value)) return value;
        return null;
    }

    /// <summary>The keys that every request of this caller has or lacks (semantics 1.9, 4.2).</summary>
    public static RequestContext For(Caller caller) => caller switch
    {
        Caller.Service service => OfService(OfNobodysOwn, service.Name),
        Caller.OriginAccessIdentity identity => OfIdentity(OfNobodysOwn, identity),
        Caller.Anonymous => OfAnonymous(OfNobodysOwn),
        _ => OfPrincipal(caller),
    };

    /// <summary>What holds for whoever is no principal of an account.</summary>
    private static readonly RequestContext OfNobodysOwn = Empty(ContextValue.Unknown)
        .With("aws:SecureTransport", ContextValue.Of("true"))
        .With("aws:SourceVpc", ContextValue.Absent).With("aws:SourceVpce", ContextValue.Absent).With("aws:VpcSourceIp", ContextValue.Absent)
        .With("aws:SourceVpcArn", ContextValue.Absent).With("aws:VpceAccount", ContextValue.Absent).With("aws:VpceOrgID", ContextValue.Absent).With("aws:VpceOrgPaths", ContextValue.Absent)
        .With("aws:PrincipalTag/*", ContextValue.Absent).With("aws:username", ContextValue.Absent).With("aws:FederatedProvider", ContextValue.Absent)
        .With("aws:TokenIssueTime", ContextValue.Absent).With("aws:MultiFactorAuthPresent", ContextValue.Absent).With("aws:MultiFactorAuthAge", ContextValue.Absent)
        .With("aws:CalledVia", ContextValue.Absent).With("aws:CalledViaFirst", ContextValue.Absent).With("aws:CalledViaLast", ContextValue.Absent)
        .With("s3:TlsVersion", ContextValue.OneOf("1.2", "1.3"))
        .With("aws:ViaAWSService", ContextValue.Of("false"));

    private static RequestContext OfService(RequestContext context, string name) => context
        .With("aws:PrincipalIsAWSService", ContextValue.Of("true"))
        .With("aws:PrincipalServiceName", ContextValue.Of(name))
        .With("aws:PrincipalServiceNamesList", ContextValue.Of(name))
        .With("aws:PrincipalOrgID", ContextValue.Absent).With("aws:PrincipalOrgPaths", ContextValue.Absent)
        .With("aws:PrincipalArn", ContextValue.Opaque with { Presence = Truth.Unknown })
        .With("aws:PrincipalAccount", ContextValue.Opaque).With("aws:userid", ContextValue.Opaque).With("aws:PrincipalType", ContextValue.Opaque)
        .With("aws:SourceIp", ContextValue.Opaque);

    private static RequestContext OfIdentity(RequestContext context, Caller.OriginAccessIdentity identity) => context
        .With("aws:PrincipalIsAWSService", ContextValue.Of("false"))
        .With("aws:PrincipalServiceName", ContextValue.Absent).With("aws:PrincipalServiceNamesList", ContextValue.Absent)
        .With("aws:PrincipalOrgID", ContextValue.Opaque with { Presence = Truth.Unknown }).With("aws:PrincipalOrgPaths", ContextValue.Opaque with { Presence = Truth.Unknown })
        .With("aws:PrincipalArn", ContextValue.Of(identity.Arn))
        .With("aws:PrincipalAccount", ContextValue.Opaque).With("aws:userid", ContextValue.Opaque).With("aws:PrincipalType", ContextValue.Opaque)
        .With("aws:SourceArn", ContextValue.Absent).With("aws:SourceAccount", ContextValue.Absent).With("aws:SourceOrgID", ContextValue.Absent).With("aws:SourceOrgPaths", ContextValue.Absent)
        .With("aws:SourceIp", ContextValue.Opaque);

    private static RequestContext OfAnonymous(RequestContext context) => context
        .With("aws:PrincipalIsAWSService", ContextValue.Absent).With("aws:PrincipalServiceName", ContextValue.Absent)
        .With("aws:PrincipalServiceNamesList", ContextValue.Absent).With("aws:PrincipalArn", ContextValue.Absent)
        .With("aws:PrincipalOrgID", ContextValue.Absent).With("aws:PrincipalOrgPaths", ContextValue.Absent)
        .With("aws:PrincipalAccount", ContextValue.Of("anonymous")).With("aws:userid", ContextValue.Of("anonymous")).With("aws:PrincipalType", ContextValue.Of("Anonymous"))
        .With("aws:SourceArn", ContextValue.Absent).With("aws:SourceAccount", ContextValue.Absent).With("aws:SourceOrgID", ContextValue.Absent).With("aws:SourceOrgPaths", ContextValue.Absent)
        .With("s3:prefix", ContextValue.Free).With("s3:delimiter", ContextValue.Free).With("s3:max-keys", ContextValue.Free).With("s3:VersionId", ContextValue.Free)
        .With("s3:x-amz-acl", ContextValue.Free).With("s3:x-amz-grant-*", ContextValue.Free).With("s3:x-amz-storage-class", ContextValue.Free)
        .With("s3:x-amz-server-side-encryption", ContextValue.Free).With("s3:x-amz-server-side-encryption-aws-kms-key-id", ContextValue.Free)
        .With("aws:SourceIp", ContextValue.Free).With("aws:Referer", ContextValue.Free).With("aws:UserAgent", ContextValue.Free)
        .With("aws:SourceVpc", ContextValue.Free).With("aws:SourceVpce", ContextValue.Free);

    private static readonly RequestContext OfSomebody = Empty(ContextValue.Free)
        .With("aws:PrincipalIsAWSService", ContextValue.Of("false"))
        .With("aws:PrincipalServiceName", ContextValue.Absent).With("aws:PrincipalServiceNamesList", ContextValue.Absent)
        .With("aws:SourceArn", ContextValue.Absent).With("aws:SourceAccount", ContextValue.Absent)
        .With("aws:SourceOrgID", ContextValue.Absent).With("aws:SourceOrgPaths", ContextValue.Absent)
        .With("aws:ViaAWSService", ContextValue.Of("false"));

    /// <summary>A principal of somebody: what it can choose, it will choose so that the request goes through (8.6 rule 4).</summary>
    private static RequestContext OfPrincipal(Caller caller)
    {
        var context = OfSomebody;
        return caller switch
        {
            Caller.User user => Known(context, user.Arn).With("aws:username", ContextValue.Of((Arns.Parts(user.Arn)?[5] ?? user.Arn).Split("/")[^1])),
            Caller.RoleSession session => Known(context, session.RoleArn),
            Caller.FederatedUser federated => Known(context, federated.Session),
            Caller.Root root => Account(context, root.Id).With("aws:username", ContextValue.Absent).With("aws:PrincipalArn", ContextValue.Of(Text.Of("arn:aws:iam::") + root.Id + Text.Of(":root"))),
            Caller.AccountMember member => Account(context, member.Id).With("aws:PrincipalArn", Somebody(member.Id)),
            Caller.Stranger stranger => context
                .With("aws:PrincipalAccount", ContextValue.Of(Text.Of(Other(stranger.Own))))
                .With("aws:PrincipalArn", Somebody(Text.Of(Other(stranger.Own)))),
            _ => context,
        };

        static RequestContext Known(RequestContext context, Text arn)
        {
            context = context.With("aws:PrincipalArn", ContextValue.Of(arn)).With("aws:username", ContextValue.Absent);
            return Arns.AccountOf(arn) is { } account ? Account(context, account) : context;
        }

        static RequestContext Account(RequestContext context, Text account) => context.With("aws:PrincipalAccount", ContextValue.Of(account));

        static ContextValue Somebody(Text account) => new(
            Truth.Yes, [Text.Of("arn:aws:iam::") + account + Text.Of(":role/") + Text.Of(new Symbol("", "somebody") { Display = "any role" })], ValueNature.Free);
    }

    /// <summary>An account that is any but the given one: it differs from it, and may be any other.</summary>
    public static Symbol Other(Text account) => new("", $"not {account.Key}") { Display = $"another account than {account}", Charset = Charset.Account, Not = account.Key };
}
