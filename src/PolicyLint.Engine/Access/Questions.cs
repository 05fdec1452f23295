using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Asks about requests on resources of the graph: builds the world of the resource, and decides. A request that needs
/// a key as well, or goes through an access point, is two decisions, both of which must allow (semantics 1.3 rule 29, 3.8, 5).</summary>
public sealed class Questions
{
    private readonly Kms kms;
    private readonly AccessPoints accessPoints;
    private readonly Functions functions;
    private readonly RestApis apis;
    private readonly Organization organization;
    private readonly bool strict;

    public Questions(Graph graph, Fields fields, Deployment deployment, List<Problem> problems)
    {
        Places = new PolicyPlaces(graph);
        Policies = new StatedPolicies(graph, fields, problems);
        S3 = new S3(fields, Policies);
        CloudFront = new CloudFront(graph, fields);
        Identities = new Identities(graph, fields, Policies, new ManagedPolicies(problems));
        kms = new Kms(graph, fields, Policies);
        accessPoints = new AccessPoints(graph, fields, Policies, S3);
        functions = new Functions(graph, fields, Policies);
        apis = new RestApis(fields, Policies);
        organization = new Organization(graph, fields, Policies, deployment, problems);
        strict = deployment.Strict;
    }

    /// <summary>Every policy where it is written down.</summary>
    public PolicyPlaces Places { get; }

    /// <summary>What is wrong with policies.</summary>
    public PolicyFaults Faults { get; } = new();

    public CloudFront CloudFront { get; }

    public S3 S3 { get; }

    public StatedPolicies Policies { get; }

    public Identities Identities { get; }

    /// <summary>Whether the request is allowed on (or in) the resource.</summary>
    /// <param name="side">What the caller carries itself; null where that is not the question, but only what the resource lets in.</param>
    public Decision Decide(Resource resource, Request request, Scenario scenario, IdentitySide? side = null)
    {
        var decision = Unchecked(resource, request, scenario, side);
        return strict ? Strictly(decision) : decision;
    }

    /// <summary>Whether an origin's call gets in, for viewers by https and by http: those by http may fare worse (T-409).</summary>
    public Decision Decide(Resource resource, OriginCall call, string action, Text on, Scenario scenario)
    {
        var request = new Request(call.Caller, action, on, call.Context);
        var decision = Decide(resource, request, scenario, call.Side);
        if (decision.Allowed is Truth.Yes && call.OverHttp is { } http && Decide(resource, request with { Context = http }, scenario) is { Allowed: not Truth.Yes } plain)
            decision = new Decision(Truth.Unknown, () => plain.Account with
            {
                Reason = $"viewers that come by http are denied, those by https are not: {plain.Reason}; set `ViewerProtocolPolicy` to `redirect-to-https`",
            });
        return decision.Allowed is Truth.No && call.Note.Length > 0 ? decision.Noting(call.Note) : decision;
    }

    /// <summary>The key behind an alias of the input, where keys are looked for.</summary>
    public Resource? KeyBehind(Text name, Kind kind, Stack from, Scenario scenario) => kind.Name == "kms-key" ? kms.Find(name, from, scenario) : null;

    /// <summary>A request on a resource that the input does not hold: its own policy is not known.</summary>
    public Decision DecideOutside(Request request, Scenario scenario, IdentitySide? side)
    {
        if (request.Action.Equals("sts:GetCallerIdentity", StringComparison.OrdinalIgnoreCase)) return new Decision(Truth.Yes, "everybody who has credentials may ask who they are", []);
        var account = Arns.AccountOf(request.Resource) ?? Text.Of(new Symbol("", "the account of the resource") { Display = "the account of the resource", Charset = Charset.Account });
        var open = WithoutPolicies.Has(request.Action) ? "" : $"{request.Resource} is not in the input, nor what its policy says";
        var world = new World(account, PolicySet.None("the resource policy") with { Open = open });
        var decision = Plain(request.Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) ? world with { IdentityNeedsDelegation = true, RootNeedsGrant = true } : world, request, scenario, side);
        return strict ? Strictly(decision) : decision;
    }

    private Decision Unchecked(Resource resource, Request request, Scenario scenario, IdentitySide? side) => resource.Kind?.Name switch
    {
        "s3-bucket" => OfBucket(resource, S3Keys.Direct(S3Keys.Fit(request)), scenario, side),
        "s3-access-point" => OfAccessPoint(resource, S3Keys.Fit(request), scenario, side),
        "kms-key" => OfKey(resource, request, scenario, side),
        "lambda-alias" or "lambda-version" => OfQualified(resource, request, scenario, side),
        "lambda-function" => Plain(functions.WorldOf(resource, scenario), request, scenario, side),
        "apigateway-rest-api" => apis.Refused(request, resource, scenario) ?? Plain(apis.WorldOf(resource, scenario), request, scenario, side),
        "iam-role" when RoleTrust.IsAbout(request) => RoleTrust.Refused(request, resource) ?? Plain(RoleTrust.WorldOf(resource, Policies, scenario), request, scenario, side),
        _ => Plain(WorldOf(resource, request, scenario), request, scenario, side),
    };

    /// <summary>An alias or a version is asked for as the function's ARN with a qualifier, which its permissions name; what the
    /// caller carries may name it by its own ARN.</summary>
    private Decision OfQualified(Resource qualified, Request request, Scenario scenario, IdentitySide? side)
    {
        if (functions.Behind(qualified, request.Resource) is not var (function, asked)) return new Decision(Truth.Unknown, $"which function `{qualified.Address}` belongs to is not known here", []);
        var world = functions.WorldOf(function, scenario);
        var decision = Plain(world, request with { Resource = asked }, scenario, side);
        if (side is null || decision.Allowed is Truth.Yes) return decision;
        var own = Plain(world, request, scenario, side);
        return own.Allowed > decision.Allowed && !decision.IsDenied ? own : decision;
    }

    private static readonly string[] OfQueuePolicy = ["sqs:SetQueueAttributes", "sqs:GetQueueAttributes"];

    /// <summary>A resource with an ordinary resource policy, or with none.</summary>
    private World WorldOf(Resource resource, Request request, Scenario scenario)
    {
        var none = PolicySet.None($"the resource policy of `{resource.Address}`");
        if (resource.Kind is null) none = none with { Open = $"what decides about requests on `{resource.Address}` is not known here" };
        return new World(resource.Surroundings.Account, resource.Kind?.Fields["policy"] is null ? none : Policies.Of(resource, scenario)!)
        {
            RootIsNeverDenied = request.Action.StartsWith("sqs:", StringComparison.OrdinalIgnoreCase) ? [.. OfQueuePolicy] : [],
        };
    }

    private Decision Plain(World world, Request request, Scenario scenario, IdentitySide? side) =>
        AccessDecision.Decide(request, organization.Over(With(world, side), request, scenario));

    private static World With(World world, IdentitySide? side) => side is null
        ? world with { ResourceSideOnly = true }
        : world with { Identity = side.Policies, Boundary = side.Boundary, Session = side.Session };

    /// <summary>What reads or writes an object's bytes, and so needs the key that encrypts them (5.2 rule 15).</summary>
    private static readonly string[] WithKey = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];

    private Decision OfBucket(Resource bucket, Request request, Scenario scenario, IdentitySide? side)
    {
        var decision = Plain(S3.WorldOf(bucket, request, scenario), request, scenario, side);
        if (decision.Allowed is Truth.No || !WithKey.Contains(request.Action, StringComparer.OrdinalIgnoreCase) || request.Caller is Caller.Anonymous) return decision;
        return kms.OfBucket(bucket, request, scenario) switch
        {
            null => decision,
            { Settled: { } settled } => decision.And(settled),
            var part => decision.And(OfKey(part.Key!, part.Request!, scenario, side)),
        };
    }

    private Decision OfAccessPoint(Resource accessPoint, Request request, Scenario scenario, IdentitySide? side)
    {
        var through = S3Keys.Through(request, accessPoint, accessPoints.IsFromVpc(accessPoint, scenario));
        var own = Plain(accessPoints.WorldOf(accessPoint, scenario), through, scenario, side);
        if (own.Allowed is Truth.No) return own;
        if (accessPoints.BucketOf(accessPoint, scenario) is not { } bucket) return own.And(AccessPoints.Unknown(accessPoint));
        return own.And(OfBucket(bucket, AccessPoints.Behind(through, accessPoint, bucket), scenario, side));
    }

    private Decision OfKey(Resource key, Request request, Scenario scenario, IdentitySide? side)
    {
        var fitting = Kms.Fit(request);
        return kms.UnlessChanged(key, Plain(kms.WorldOf(key, fitting, scenario), fitting, scenario, side));
    }

    /// <summary>An answer that rests on something that the input does not show counts as unknown (8.5).</summary>
    private static Decision Strictly(Decision decision)
    {
        if (decision.Allowed is Truth.Unknown || decision.Account.Assumptions.IsEmpty) return decision;
        var (allowed, account) = (decision.Allowed, decision.Account);
        return new Decision(Truth.Unknown, () => account with
        {
            Reason = $"it is {(allowed is Truth.Yes ? "allowed" : "denied")} only if {string.Join(", and if ", account.Assumptions)}",
            Assumptions = [],
            Changes = [.. account.Assumptions.Take(1).Select(a => new Change(allowed, string.Join(" and ", account.Assumptions), account.Trace is [var first, ..] ? first.Location : default))],
        });
    }
}
