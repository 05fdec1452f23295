using System.Collections.Immutable;
using PolicyLint.Engine.Resources.CloudFormation;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Says of each upload whose bucket it goes to, once all inputs are read: one of the input, one that the configuration names,
/// or one whose owner the call itself states.</summary>
internal sealed class UploadTargets
{
    private readonly Graph graph;
    private readonly Fields fields;
    private readonly Kind? buckets;
    private readonly UploadReaders readers;

    private UploadTargets(Graph graph) => (this.graph, fields, buckets, readers) = (graph, new Fields(graph), graph.Kinds.Named("s3-bucket"), new UploadReaders(graph));

    /// <summary>The resources, those that run code with what is known of their uploads' buckets.</summary>
    public static ImmutableArray<Resource> Settle(ImmutableArray<Resource> resources, Kinds kinds)
    {
        if (!resources.Any(HasUploads)) return resources;
        var targets = new UploadTargets(new Graph(resources, kinds));
        return [.. resources.Select(r => HasUploads(r) ? r with { Properties = targets.Settled(r) } : r)];
    }

    private static bool HasUploads(Resource resource) => UploadRecords.IsRunning(resource.Kind) && resource.Properties[UploadRecords.Property] is Value.List;

    private Value.Map Settled(Resource resource)
    {
        var properties = resource.Properties;
        return new Value.Map(properties.Location, [.. properties.Fields.Select(f => f.Name == UploadRecords.Property ? new Value.Field(f.Name, f.At, Settled((Value.List)f.Value, resource)) : f)]) { Open = properties.Open };
    }

    private Value.List Settled(Value.List records, Resource runner) => new(records.Location, [.. records.Items.Select(r => r is Value.Map record ? Settled(record, runner) : r)]);

    private Value.Map Settled(Value.Map record, Resource runner)
    {
        var target = TargetOf(record, runner);
        var (reader, granted) = ReaderOf(record, runner);
        var known = UploadRecords.Map(record.Location,
            ("Account", target.Account is { } account ? new Value.Str(record.Location, account) : new Value.Absent(record.Location)),
            ("Ownership", target.Ownership),
            ("Known", new Value.Flag(record.Location, target.IsKnown)),
            ("Foreign", Foreign(record, target, runner)),
            ("Reader", reader is null ? new Value.Absent(record.Location) : Value.Of(record.Location, reader.Name)),
            ("ReaderGranted", granted));
        return new Value.Map(record.Location, [.. record.Fields.Where(f => known.Fields.All(k => k.Name != f.Name)), .. known.Fields.Where(f => f.Value is not Value.Absent)]);
    }

    /// <summary>The reader of the bucket whom the grants of the call let in least, and whether they do.</summary>
    private (UploadReaders.Reader? Reader, Value Granted) ReaderOf(Value.Map record, Resource runner)
    {
        var at = record.Location;
        if (Fields.LinkText(record["Bucket"]) is not { } name || readers.Of(name, runner).ToList() is not { Count: > 0 } all) return (null, new Value.Absent(at));
        var least = all.Select(r => (Reader: r, Granted: UploadReaders.Names([record["GrantRead"], record["GrantFullControl"]], r))).MinBy(r => r.Granted);
        return (least.Reader, least.Granted is Truth.Unknown
            ? new Value.Unknown(at, $"whether its grants name the canonical user of {least.Reader.Name} is not known here")
            : new Value.Flag(at, least.Granted is Truth.Yes));
    }

    /// <summary>What is known of a bucket.</summary>
    /// <param name="Account">The account that owns it, null where nobody says.</param>
    /// <param name="IsSaid">The configuration names it: it is outside the input.</param>
    private sealed record Target(Text? Account, Value Ownership, bool IsKnown, bool IsSaid = false);

    private Target TargetOf(Value.Map record, Resource runner)
    {
        var stated = record["Owner"] is Value.Str owner ? owner.Text : null;
        var target = Fields.LinkText(record["Bucket"]) is { } name ? Lookup(name, runner, record) : Unknown(record);
        return stated?.Known is not null ? target with { Account = stated } : target;
    }

    private static Target Unknown(Value.Map record) => new(null, new Value.Unknown(record.Location, "nobody says here what object ownership the bucket has"), IsKnown: false);

    private Target Lookup(Text name, Resource runner, Value.Map record)
    {
        if (buckets is not null && graph.Recognise(name, buckets, runner.Stack).Resource is { } bucket)
            return new Target(bucket.Surroundings.Account, Moved.To(record.Location, fields.Read(bucket, buckets.Fields["ownership"]!, Scenario.Start())), IsKnown: true);
        if (name.Known is not { } known) return Unknown(record);
        if (runner.Stack.Buckets.TryGetValue(known, out var said))
            return new Target(Text.Of(said.Account), said.Ownership.Length > 0 ? Value.Of(record.Location, said.Ownership) : Unknown(record).Ownership, IsKnown: true, IsSaid: true);
        return known.Split(':') is ["arn", _, "s3", _, { Length: 12 } account, ..] ? Unknown(record) with { Account = Text.Of(account) } : Unknown(record);
    }

    /// <summary>Whether the bucket is another account's than the writer's: true where that is known, unknown where it may well be,
    /// absent where nothing says so.</summary>
    private Value Foreign(Value.Map record, Target target, Resource runner)
    {
        var at = record.Location;
        var home = record["Writer"] is Value.Str writer ? writer.Text : runner.Surroundings.Account;
        if (target.Account is { } account)
        {
            if (record["Writer"] is Value.Unknown doubt) return new Value.Unknown(at, doubt.Why);
            return target.IsSaid && home.Known is null ? new Value.Unknown(at, "the account that the code runs in is not known here") : Differs(account, home) ? new Value.Flag(at, isTrue: true) : new Value.Absent(at);
        }
        if (ByDefault(record["Bucket"], home, runner, record) is { } parameter) return new Value.Unknown(at, $"the bucket is known only by the default of {parameter}");
        if (record["Bucket"] is Value.Unknown unknown && record["Candidates"] is Value.List candidates)
            foreach (var candidate in candidates.Items)
                if (Fields.LinkText(candidate) is { } text && Lookup(text, runner, record).Account is { } owner && Differs(owner, home))
                    return new Value.Unknown(at, $"{unknown.Why}, and the code is given the bucket `{text}` of account {owner}");
        return new Value.Absent(at);
    }

    private static bool Differs(Text account, Text home) => account.Known is { } one && home.Known is { } other && one != other;

    /// <summary>The parameter by whose default the bucket is a foreign one, or null.</summary>
    private string? ByDefault(Value bucket, Text home, Resource runner, Value.Map record)
    {
        if (Fields.LinkText(bucket) is not { Known: null } text || text.Symbols.FirstOrDefault(s => s.Default is not null) is not { } parameter) return null;
        return Lookup(new KeptDefaults(_ => true).Of(text), runner, record).Account is { } owner && Differs(owner, home) ? parameter.Display : null;
    }
}
