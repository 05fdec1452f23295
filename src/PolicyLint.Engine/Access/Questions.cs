using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Asks about requests on resources of the graph: builds the world of the resource, and decides. A request that needs
/// a key as well is two decisions, both of which must allow (semantics 1.3 rule 29, 5).</summary>
public sealed class Questions
{
    private readonly Kms kms;

    public Questions(Graph graph, Fields fields, List<Problem> problems)
    {
        S3 = new S3(graph, fields, problems);
        CloudFront = new CloudFront(graph, fields);
        kms = new Kms(graph, fields, S3);
    }

    public CloudFront CloudFront { get; }

    public S3 S3 { get; }

    /// <summary>Whether the request is allowed on (or in) the resource.</summary>
    public Decision Decide(Resource resource, Request request, Scenario scenario)
    {
        if (resource.Kind?.Name == "kms-key") return kms.Decide(resource, request, scenario);
        if (resource.Kind?.Name != "s3-bucket")
            return new Decision(Truth.Unknown, $"what decides about requests on `{resource.Address}` is not known here", []);
        var decision = AccessDecision.Decide(request, S3.WorldOf(resource, request, scenario));
        if (decision.Allowed is Truth.No || request.Action is not ("s3:GetObject" or "s3:PutObject") || request.Caller is Caller.Anonymous) return decision;
        var key = kms.DecideForBucket(resource, request, scenario);
        return key is null || key.Allowed is Truth.Yes ? decision : key.Allowed < decision.Allowed ? key : decision;
    }
}
