using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>How an origin is called: who calls and with which keys; <see cref="Why"/> is set where nobody knows who.</summary>
/// <param name="OverHttp">The keys of viewers that come by http, where they differ and may come; else null.</param>
public sealed record OriginCall(Caller Caller, RequestContext Context, RequestContext? OverHttp, string Why = "")
{
    /// <summary>Why this is the caller, where people may not expect it.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the caller carries itself; null for services and others whose policies are not the question.</summary>
    public IdentitySide? Side { get; init; }

    /// <summary>A call of which nobody knows who makes it.</summary>
    internal static OriginCall Nobody(string why) => new(new Caller.Anonymous(), RequestContext.Empty(ContextValue.Unknown), null, why);
}

/// <summary>What CloudFront presents to an S3 origin (semantics 4.1, 4.2).</summary>
public sealed class CloudFront(Graph graph, Fields fields)
{
    private const string IdentityPath = "origin-access-identity/cloudfront/";

    /// <summary>The caller and context of an origin of a distribution.</summary>
    /// <param name="website">Whether the origin is a bucket's website endpoint: anonymous, over http (3.9).</param>
    public OriginCall CallOf(Resource distribution, Value origin, bool website, Scenario scenario)
    {
        if (website) return Anonymous(distribution, origin, scenario, website: true);
        var control = Read(distribution, origin, "oac", scenario);
        if (control is not (Value.Absent or Value.Str { Text.Known: "" })) return WithControl(distribution, origin, control, scenario);
        var custom = scenario.Read(Read(distribution, origin, "custom", scenario)) is not Value.Absent;
        var identity = custom ? new Value.Absent(origin.Location) : Read(distribution, origin, "oai", scenario);
        return identity is Value.Absent or Value.Str { Text.Known: "" }
            ? Anonymous(distribution, origin, scenario, website: false)
            : WithIdentity(distribution, origin, identity, scenario);
    }

    private Value Read(Resource distribution, Value origin, string field, Scenario scenario) =>
        scenario.Read(Fields.ReadInside(origin, distribution, distribution.Kind!.Fields["origins"]!.Fields[field]!, scenario));

    private OriginCall WithControl(Resource distribution, Value origin, Value control, Scenario scenario)
    {
        var signing = "always";
        if (Fields.LinkText(control) is { } text && graph.Kinds.Named("cloudfront-origin-access-control") is { } kind
            && graph.Called(text, kind, distribution.Stack) is { } found)
            signing = fields.Read(found, kind.Fields["signing"]!, scenario) is Value.Str { Text.Known: { } known } ? known : "";
        else if (control is Value.Unknown { Likely: null } unknown) return OriginCall.Nobody(unknown.Why);
        if (signing.Length == 0) return OriginCall.Nobody("the origin access control's signing behavior is not known here");
        if (signing == "never") return Anonymous(distribution, origin, scenario, website: false);

        var caller = new Caller.Service("cloudfront.amazonaws.com") { IsInChina = ServiceNames.IsOfChina(distribution.Surroundings.Region) };
        var account = distribution.Surroundings.Account;
        var context = Common(RequestContext.For(caller))
            .With("aws:SourceArn", ContextValue.Of(distribution.Identify("arn")))
            .With("aws:SourceAccount", ContextValue.Of(account) with { Presence = Truth.Unknown });
        return signing == "always"
            ? new OriginCall(caller, context.With("aws:SecureTransport", ContextValue.Of("true")), null)
            : new OriginCall(caller, context, OverHttp(distribution, origin, context, scenario));
    }

    private OriginCall WithIdentity(Resource distribution, Value origin, Value identity, Scenario scenario)
    {
        if (Fields.LinkText(identity) is not { } path) return OriginCall.Nobody(identity is Value.Unknown u ? u.Why : "the origin access identity is not a text");
        var kind = graph.Kinds.Named("cloudfront-origin-access-identity")!;
        var id = WithoutPrefix(path) ?? (distribution.Format is Format.Terraform && graph.Called(path, kind, distribution.Stack) is { } named ? named.Identify("id") : null); // old plans name the resource, not its attribute
        if (id is null) return OriginCall.Nobody($"which origin access identity `{path}` names is not known here");
        var canonical = graph.Called(id, kind, distribution.Stack) is { } found ? found.Identify("canonicalUser") : null;
        var partition = distribution.Surroundings.Partition;
        var arn = Text.Of("arn:") + partition + Text.Of(":iam::cloudfront:user/CloudFront Origin Access Identity ") + id;
        var caller = new Caller.OriginAccessIdentity(arn, canonical);
        var context = Common(RequestContext.For(caller));
        return new OriginCall(caller, context, OverHttp(distribution, origin, context, scenario));
    }

    /// <summary>The identity's id after the fixed beginning of its path; null where the path does not begin so.</summary>
    private static Text? WithoutPrefix(Text path)
    {
        if (path.Pieces is not [Piece.Literal { Text: var first }, .. var rest] || !first.StartsWith(IdentityPath, StringComparison.Ordinal)) return null;
        return Text.Join([new Piece.Literal(first[IdentityPath.Length..]), .. rest]);
    }

    private OriginCall Anonymous(Resource distribution, Value origin, Scenario scenario, bool website)
    {
        var caller = new Caller.Anonymous();
        var context = Common(RequestContext.For(caller)
            .With("aws:SourceVpc", ContextValue.Absent).With("aws:SourceVpce", ContextValue.Absent)
            .With("aws:UserAgent", Header(origin, "User-Agent", scenario) ?? ContextValue.Of("Amazon CloudFront"))
            .With("aws:Referer", Header(origin, "Referer", scenario) ?? ContextValue.Unknown)
            .With("aws:SourceIp", ContextValue.Opaque));
        if (website) return new OriginCall(caller, context.With("aws:SecureTransport", ContextValue.Of("false")), null) { Note = "a website endpoint is asked without a signature" };
        return new OriginCall(caller, context, OverHttp(distribution, origin, context, scenario)) { Note = "the origin presents neither an origin access control nor an identity" };
    }

    /// <summary>A header that the distribution adds to every request of the origin (3.9 rule 19).</summary>
    private static ContextValue? Header(Value origin, string name, Scenario scenario)
    {
        foreach (var path in (string[])["OriginCustomHeaders", "custom_header"])
            if (PropertyPath.Parse(path)!.Walk(origin, scenario) is Value.List headers)
                foreach (var header in scenario.ReadItems(headers).OfType<Value.Map>())
                    if ((header["HeaderName"].KnownText ?? header["name"].KnownText)?.Equals(name, StringComparison.OrdinalIgnoreCase) is true)
                        return (header["HeaderValue"] is Value.Absent ? header["value"] : header["HeaderValue"]) is Value.Str text ? ContextValue.Of(text.Text) : ContextValue.Unknown;
        return null;
    }

    /// <summary>A GET carries none of the headers of uploads.</summary>
    private static RequestContext Common(RequestContext context) => context
        .With("s3:x-amz-acl", ContextValue.Absent).With("s3:x-amz-grant-*", ContextValue.Absent)
        .With("s3:x-amz-server-side-encryption", ContextValue.Absent).With("s3:x-amz-server-side-encryption-aws-kms-key-id", ContextValue.Absent)
        .With("s3:x-amz-copy-source", ContextValue.Absent).With("s3:x-amz-storage-class", ContextValue.Absent)
        .With("s3:DataAccessPointArn", ContextValue.Absent).With("s3:DataAccessPointAccount", ContextValue.Absent)
        .With("s3:AccessPointNetworkOrigin", ContextValue.Absent);

    /// <summary>CloudFront goes on to S3 by the viewer's protocol unless it always signs (4.2): the keys of viewers by http,
    /// where a behavior of the origin lets them in.</summary>
    private static RequestContext? OverHttp(Resource distribution, Value origin, RequestContext context, Scenario scenario)
    {
        var id = scenario.Read(Fields.ReadInside(origin, distribution, distribution.Kind!.Fields["origins"]!.Fields["id"]!, scenario)).KnownText;
        var behaviors = Behaviors(distribution, scenario).Where(b => id is null || scenario.Read(b["TargetOriginId"]).KnownText == id || scenario.Read(b["target_origin_id"]).KnownText == id);
        var open = behaviors.Any(b => (scenario.Read(b["ViewerProtocolPolicy"]).KnownText ?? scenario.Read(b["viewer_protocol_policy"]).KnownText) == "allow-all");
        return open ? context.With("aws:SecureTransport", ContextValue.Of("false")) : null;
    }

    private static ImmutableArray<Value.Map> Behaviors(Resource distribution, Scenario scenario)
    {
        var found = ImmutableArray.CreateBuilder<Value.Map>();
        foreach (var path in (string[])["DistributionConfig.DefaultCacheBehavior", "DistributionConfig.CacheBehaviors[*]", "default_cache_behavior[0]", "ordered_cache_behavior[*]"])
            switch (PropertyPath.Parse(path)!.Walk(distribution.Properties, scenario))
            {
                case Value.Map map: found.Add(map); break;
                case Value.List list: found.AddRange(scenario.ReadItems(list).OfType<Value.Map>()); break;
            }
        return found.ToImmutable();
    }
}
