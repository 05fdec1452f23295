using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Who reads a bucket through CloudFront, and whether an upload's own grants let them in: a bucket policy says nothing about
/// objects of others (semantics 3.2, T-304, T-305).</summary>
internal sealed class UploadReaders
{
    private static readonly (string Before, string After)[] Forms = [("id=", ""), ("id=\"", "\""), (" id=", ""), (" id=\"", "\"")];
    private readonly Graph graph;
    private readonly Fields fields;
    private readonly Kind? buckets;
    private readonly Lazy<ImmutableArray<Origin>> origins;

    public UploadReaders(Graph graph)
    {
        (this.graph, fields, buckets) = (graph, new Fields(graph), graph.Kinds.Named("s3-bucket"));
        origins = new(() => [.. graph.Kinds.Named("cloudfront-distribution") is { } kind && buckets is not null ? graph.Of(kind.Name).SelectMany(d => OriginsOf(d, kind)) : []]);
    }

    /// <summary>A bucket as the origin of a distribution.</summary>
    /// <param name="Bucket">Null where the input does not hold it.</param>
    /// <param name="User">The canonical user that asks for the objects; null where no grant can name it.</param>
    private sealed record Origin(string Distribution, Resource? Bucket, Text Name, Value? User);

    /// <summary>Somebody who reads a bucket, by the words that people know them by.</summary>
    /// <param name="User">The canonical user that a grant must name: unknown where nobody knows it, null where no grant can.</param>
    public sealed record Reader(string Name, Value? User);

    /// <summary>The readers of a bucket: distributions of the input, and the one that the configuration states.</summary>
    public IEnumerable<Reader> Of(Text name, Resource runner)
    {
        if (buckets is null) yield break;
        var bucket = graph.Recognise(name, buckets, runner.Stack).Resource;
        foreach (var origin in origins.Value)
            if (bucket is null ? origin.Bucket is null && origin.Name.Equals(name) : origin.Bucket == bucket) yield return new Reader(origin.Distribution, origin.User);
        if (name.Known is { } known && runner.Stack.Buckets.TryGetValue(known, out var said) && said.Reader.Length > 0)
            yield return new Reader($"canonical user {said.Reader}", Value.Of(runner.Location, said.Reader));
    }

    /// <summary>Whether one of the grants names the reader.</summary>
    public static Truth Names(ReadOnlySpan<Value> grants, Reader reader)
    {
        var truth = Truth.No;
        foreach (var grant in grants)
            if (grant is not Value.Absent) truth = truth.Or(Names(grant, reader));
        return truth;
    }

    private static Truth Names(Value grant, Reader reader)
    {
        if (reader.User is null) return Truth.No;
        if (Fields.LinkText(grant) is not { } text || Fields.LinkText(reader.User) is not { } user) return Truth.Unknown;
        var grantees = text.Split(",");
        if (grantees.Any(g => Forms.Any(f => g.Equals(Text.Of(f.Before) + user + Text.Of(f.After))))) return Truth.Yes;
        return text.Known is { } known && !known.Contains("uri=", StringComparison.Ordinal) && user.Known is not null ? Truth.No : Truth.Unknown;
    }

    private IEnumerable<Origin> OriginsOf(Resource distribution, Kind kind)
    {
        var scenario = Scenario.Start();
        var inner = kind.Fields["origins"]!.Fields;
        if (fields.Read(distribution, kind.Fields["origins"]!, scenario) is not Value.List list) yield break;
        foreach (var origin in scenario.ReadItems(list))
        {
            if (Fields.LinkText(Read("domain")) is not { } domain || Read("custom") is not Value.Absent) continue;
            var (bucket, via, name) = graph.Recognise(domain, buckets!, distribution.Stack);
            if (via.Length == 0 || via.Contains("ebsite", StringComparison.Ordinal)) continue;
            if (Read("oac") is not (Value.Absent or Value.Str { Text.Known: "" })) yield return new Origin(distribution.Address, bucket, name, null);
            else if (Read("oai") is not (Value.Absent or Value.Str { Text.Known: "" }) and var identity) yield return new Origin(distribution.Address, bucket, name, UserOf(identity, distribution));

            Value Read(string field) => Fields.ReadInside(origin, distribution, inner[field]!, scenario);
        }
    }

    private Value UserOf(Value identity, Resource distribution)
    {
        var kind = graph.Kinds.Named("cloudfront-origin-access-identity");
        return kind is not null && Fields.LinkText(identity) is { } path && graph.Recognise(path, kind, distribution.Stack).Resource is { } found
            ? new Value.Str(identity.Location, found.Identify("canonicalUser"))
            : new Value.Unknown(identity.Location, $"the canonical user of the origin access identity of {distribution.Address} is not known here");
    }
}
