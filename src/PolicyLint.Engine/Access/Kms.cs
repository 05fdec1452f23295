using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about the use of KMS keys (semantics 5).</summary>
public sealed class Kms(Graph graph, Fields fields, StatedPolicies policies)
{
    /// <summary>What another account may ask of a key (5.1 rule 6; KMS, "Allowing users in other accounts to use a KMS key").</summary>
    private static readonly string[] AcrossAccounts =
    [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:GenerateMac", "kms:VerifyMac", "kms:Sign", "kms:Verify",
        "kms:DeriveSharedSecret", "kms:CreateGrant", "kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:GetPublicKey", "kms:ListGrants",
        "kms:RetireGrant", "kms:RevokeGrant",
    ];

    /// <summary>The operations that take an encryption context, or may be limited by one (5.2 rule 13).</summary>
    private static readonly string[] WithEncryptionContext =
    [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:CreateGrant", "kms:RetireGrant",
    ];

    /// <summary>The key's world for one request.</summary>
    public World WorldOf(Resource key, Request request, Scenario scenario)
    {
        var stated = policies.Of(key, "policy", scenario);
        if (stated.Policies.IsEmpty && stated.Open.Length == 0) stated = stated with { Policies = [DefaultOf(key)] };
        return new World(key.Surroundings.Account, stated with { Policies = [.. stated.Policies.Select(WithoutIdle)] })
        {
            IdentityNeedsDelegation = true,
            RootNeedsGrant = true,
            OwnAccountOnly = AcrossAccounts.Contains(request.Action, StringComparer.OrdinalIgnoreCase) ? "" : $"KMS takes {request.Action} from the key's own account only, whatever policies say",
            Grants = request.Caller.IsOfAccount && key.Created is not Truth.Yes ? new Grant(Truth.Unknown, $"there may be a grant on `{key.Address}` that the input does not show") : Grant.None,
        };
    }

    /// <summary>A key without a stated policy gets one that lets the account's identity policies decide (5.1 rule 5).</summary>
    private Policy DefaultOf(Resource key)
    {
        var at = key.Location;
        var surroundings = key.Surroundings;
        var root = new Value.Str(at, Text.Of("arn:") + surroundings.Partition + Text.Of(":iam::") + surroundings.Account + Text.Of(":root"));
        return policies.Made(
            key, at, ("Sid", Value.Of(at, "AWS's default")), ("Effect", Value.Of(at, "Allow")), ("Principal", new Value.Map(at, [new("AWS", at, root)])),
            ("Action", Value.Of(at, "kms:*")), ("Resource", Value.Of(at, "*")));
    }

    /// <summary>KMS takes a statement without <c>Resource</c>, and heeds it not (5.1 rule 11).</summary>
    private static Policy WithoutIdle(Policy policy) => policy.Statements.All(HasEffect) ? policy : policy with { Statements = [.. policy.Statements.Where(HasEffect)] };

    private static bool HasEffect(Statement statement) => statement.Resources is not null || statement.Fault.Length > 0;

    /// <summary>The request with the keys that KMS knows of it (5.2).</summary>
    public static Request Fit(Request request)
    {
        var context = request.Context.With("kms:CallerAccount", request.Caller.Account is { } account ? ContextValue.Of(account) : ContextValue.Opaque with { Presence = Truth.Unknown });
        if (!WithEncryptionContext.Contains(request.Action, StringComparer.OrdinalIgnoreCase))
            context = context.With("kms:EncryptionContext:*", ContextValue.Absent).With("kms:EncryptionContextKeys", ContextValue.Absent);
        return request with { Context = context };
    }

    /// <summary>What a custom resource may still change of a denial (5.2 rule 17).</summary>
    public Decision UnlessChanged(Resource key, Decision decision)
    {
        if (decision.Allowed is not Truth.No || CustomResources.ChangerOf(key, graph) is not { } changer) return decision;
        return new Decision(Truth.Unknown, $"`{changer.Address}` may change the key policy during the deploy", [new TraceStep($"custom resource `{changer.Address}` is given the key", changer.Location)]);
    }

    /// <summary>The key's part of a request on an object of a bucket that encrypts by SSE-KMS.</summary>
    /// <param name="Key">The key to ask, or null where the answer is there already; both null: the bucket uses no such key.</param>
    public sealed record Part(Resource? Key, Request? Request, Decision? Settled);

    /// <summary>What a request on an object needs of the bucket's key (5.2 rules 14, 15); null where the bucket uses none.</summary>
    public Part? OfBucket(Resource bucket, Request request, Scenario scenario)
    {
        var algorithm = Read(bucket, "encryption", scenario);
        if (algorithm is Value.Unknown unknown) return Unknown($"how `{bucket.Address}` encrypts is not known here: {unknown.Why}", unknown.Location);
        if (algorithm is not Value.Str { Text: var text } || text.Known is { } known && known is not ("aws:kms" or "aws:kms:dsse")) return null;
        if (text.Known is null) return Unknown($"how `{bucket.Address}` encrypts is not known here", algorithm.Location);
        if (request.Caller is Caller.OriginAccessIdentity)
            return Denied($"`{bucket.Address}` encrypts with a KMS key, which an origin access identity cannot use: change to an origin access control", algorithm.Location);
        return OfKey(bucket, Read(bucket, "encryptionKey", scenario), request, scenario);
    }

    private Part OfKey(Resource bucket, Value stated, Request request, Scenario scenario)
    {
        if (stated is Value.Absent) return ManagedKey(bucket, stated.Location, request);
        if (Fields.LinkText(stated) is not { } text) return Unknown($"the key of `{bucket.Address}` is not known here", stated.Location);
        if (text.Known is { } known && known.EndsWith("alias/aws/s3", StringComparison.Ordinal)) return ManagedKey(bucket, stated.Location, request);
        var action = request.Action.Equals("s3:PutObject", StringComparison.OrdinalIgnoreCase) ? "kms:GenerateDataKey" : "kms:Decrypt";
        if (Find(text, bucket.Stack, scenario) is { } key)
            return new Part(key, request with { Action = action, Resource = key.Identify("arn"), Context = ThroughS3(bucket, request, scenario) }, null);
        return Unknown($"whether the policy of key `{text}` allows {action} to {request.Caller} is not in the input", stated.Location);
    }

    /// <summary>S3 asks with the object's ARN as encryption context or, with a bucket key, the bucket's; and with the caller's own
    /// credentials where those are a principal's (2.3 note 13).</summary>
    private RequestContext ThroughS3(Resource bucket, Request request, Scenario scenario)
    {
        var arn = Read(bucket, "bucketKey", scenario) switch
        {
            Value.Flag { IsTrue: true } or Value.Str { Text.Known: "true" } => ContextValue.Of(bucket.Identify("arn")),
            Value.Flag or Value.Str { Text.Known: not null } => ContextValue.Of(request.Resource),
            _ => new ContextValue(Truth.Yes, [bucket.Identify("arn"), request.Resource], ValueNature.Alternatives),
        };
        var context = request.Context.With("kms:EncryptionContext:aws:s3:arn", arn).With("kms:EncryptionContextKeys", ContextValue.Of("aws:s3:arn"));
        if (!request.Caller.IsOfAccount) return context;
        return context
            .With("kms:ViaService", ContextValue.Of(Text.Of("s3.") + bucket.Surroundings.Region + Text.Of(".amazonaws.com")))
            .With("aws:ViaAWSService", ContextValue.Of("true")).With("aws:CalledVia", ContextValue.Unknown).With("aws:SourceIp", ContextValue.Unknown);
    }

    /// <summary>The key that the text names, by itself or by an alias.</summary>
    public Resource? Find(Text text, Stack from, Scenario scenario)
    {
        if (graph.Kinds.Named("kms-key") is not { } kind) return null;
        if (graph.Called(text, kind, from) is { } key) return key;
        if (graph.Kinds.Named("kms-alias") is not { } aliases || graph.Called(text, aliases, from) is not { } alias) return null;
        return Fields.LinkText(fields.Read(alias, aliases.Fields["key"]!, scenario)) is { } target && graph.Called(target, kind, alias.Stack) is { } behind ? behind : null;
    }

    private Value Read(Resource bucket, string field, Scenario scenario) => fields.Read(bucket, bucket.Kind!.Fields[field]!, scenario);

    /// <summary>The key <c>aws/s3</c> serves whoever is of the bucket's account, through S3 (5.1 rule 10).</summary>
    private static Part ManagedKey(Resource bucket, Location at, Request request)
    {
        var own = request.Caller is Caller.Stranger or Caller.Foreigner || !request.Caller.IsOfAccount ? Truth.No
            : request.Caller.Account is { } account ? TextMatch.Equal(account, bucket.Surroundings.Account) : Truth.Unknown;
        return own switch
        {
            Truth.Yes => new Part(null, null, new Decision(Truth.Yes, "the key `aws/s3` serves the bucket's account", [])),
            Truth.No => Denied($"`{bucket.Address}` encrypts with the key `aws/s3`, which AWS manages and whose policy lets no other service in, nor another account: encrypt with a key of your own", at),
            _ => Unknown($"`{bucket.Address}` encrypts with the key `aws/s3`, which serves its own account only, and whether {request.Caller} is of it is not known here", at),
        };
    }

    private static Part Denied(string why, Location at) => new(null, null, new Decision(Truth.No, why, [new TraceStep(why, at)]));

    private static Part Unknown(string why, Location at) => new(null, null, new Decision(Truth.Unknown, why, [new TraceStep(why, at)]));
}
