using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about the use of KMS keys (semantics 5).</summary>
public sealed class Kms(Graph graph, Fields fields, S3 s3)
{
    /// <summary>A request on a key.</summary>
    public Decision Decide(Resource key, Request request, Scenario scenario)
    {
        var stated = s3.Policies(key, "policy", "the key policy", scenario);
        var effective = stated with { Policies = [.. stated.Policies.Select(p => p with { Statements = [.. p.Statements.Where(HasEffect)] })] };
        var world = new World(key.Stack.Surroundings.Account, effective) { ResourceSideOnly = true };
        var decision = AccessDecision.Decide(request, world);
        if (decision.Allowed is not Truth.No || CustomResources.ChangerOf(key, graph) is not { } changer) return decision;
        return new Decision(Truth.Unknown, $"`{changer.Address}` may change the key policy during the deploy", [new TraceStep($"custom resource `{changer.Address}` is given the key", changer.Location)]);
    }

    /// <summary>KMS takes a statement without <c>Resource</c>, and heeds it not (5.1 rule 11).</summary>
    private static bool HasEffect(Statement statement) => statement.Resources is not null || statement.Fault.Length > 0;

    /// <summary>The key's part of a request on an object of a bucket that encrypts by SSE-KMS; null where it does not.</summary>
    public Decision? DecideForBucket(Resource bucket, Request request, Scenario scenario)
    {
        var algorithm = Read(bucket, "encryption", scenario);
        if (algorithm is Value.Unknown unknown) return Unknown($"how `{bucket.Address}` encrypts is not known here: {unknown.Why}", unknown.Location);
        if (algorithm is not Value.Str { Text: var text } || text.Known is { } known && known is not ("aws:kms" or "aws:kms:dsse")) return null;
        if (text.Known is null) return Unknown($"how `{bucket.Address}` encrypts is not known here", algorithm.Location);
        if (request.Caller is Caller.OriginAccessIdentity)
            return Denied($"`{bucket.Address}` encrypts with a KMS key, which an origin access identity cannot use: change to an origin access control", algorithm.Location);
        return DecideKey(bucket, Read(bucket, "encryptionKey", scenario), request, scenario);
    }

    private Decision DecideKey(Resource bucket, Value stated, Request request, Scenario scenario)
    {
        if (stated is Value.Absent) return ManagedKey(bucket, stated.Location);
        if (Fields.LinkText(stated) is not { } text) return Unknown($"the key of `{bucket.Address}` is not known here", stated.Location);
        if (text.Known is { } known && known.EndsWith("alias/aws/s3", StringComparison.Ordinal)) return ManagedKey(bucket, stated.Location);
        var action = request.Action == "s3:PutObject" ? "kms:GenerateDataKey" : "kms:Decrypt";
        if (Find(text, bucket.Stack, scenario) is { } key)
            return Decide(key, request with { Action = action, Resource = key.Identify("arn") }, scenario);
        return Unknown($"whether the policy of key `{text}` allows {action} to {request.Caller} is not in the input", stated.Location);
    }

    /// <summary>The key that the text names, by itself or by an alias.</summary>
    private Resource? Find(Text text, Stack from, Scenario scenario)
    {
        if (graph.Kinds.Named("kms-key") is not { } kind) return null;
        if (graph.Called(text, kind, from) is { } key) return key;
        if (graph.Kinds.Named("kms-alias") is not { } aliases || graph.Called(text, aliases, from) is not { } alias) return null;
        return Fields.LinkText(fields.Read(alias, aliases.Fields["key"]!, scenario)) is { } target && graph.Called(target, kind, alias.Stack) is { } behind ? behind : null;
    }

    private Value Read(Resource bucket, string field, Scenario scenario) => fields.Read(bucket, bucket.Kind!.Fields[field]!, scenario);

    private static Decision ManagedKey(Resource bucket, Location at) =>
        Denied($"`{bucket.Address}` encrypts with the key `aws/s3`, which AWS manages and whose policy lets no other service in: encrypt with a key of your own", at);

    private static Decision Denied(string why, Location at) => new(Truth.No, why, [new TraceStep(why, at)]);

    private static Decision Unknown(string why, Location at) => new(Truth.Unknown, why, [new TraceStep(why, at)]);
}
