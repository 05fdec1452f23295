using System.Collections.Immutable;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Every policy that a resource of the input writes down itself, wherever a kind says that one stands.</summary>
public sealed class PolicyPlaces(Graph graph)
{
    /// <summary>What rules call the resources that write down policies, whatever their kind.</summary>
    public const string Holder = "policy";

    /// <summary>The field of such a resource that lists them.</summary>
    public const string Field = "policies";

    private readonly Lazy<ILookup<string, Place>> byType = new(() => PlacesOf(graph.Kinds).DistinctBy(p => $"{p.Type} {p.Path}").ToLookup(p => p.Type, StringComparer.Ordinal));
    private readonly Readings<Resource, Written> read = new(4096);
    private readonly StatementReadings statements = new();

    /// <summary>A path that leads to a policy in resources of a type.</summary>
    private sealed record Place(string Type, PropertyPath Path, PolicyRole Role);

    /// <summary>The resources that may write down policies.</summary>
    public IEnumerable<Resource> Holders => byType.Value.SelectMany(places => graph.OfType(places.Key));

    /// <summary>The policies that a resource writes down.</summary>
    public ImmutableArray<Policy> Of(Resource resource, Scenario scenario) => read.Of(resource, scenario, s => new Written(Read(resource, s, [], statements))).Policies;

    private sealed record Written(ImmutableArray<Policy> Policies);

    private const int WorthThreads = 32;

    /// <summary>The problems of all policies. What depends on a condition is read as far as it is written down.</summary>
    public IEnumerable<ProblemOfPolicy> Problems()
    {
        var holders = Holders.ToList();
        var found = new List<Problem>[holders.Count];
        if (holders.Count < WorthThreads) for (var i = 0; i < holders.Count; i++) Check(i);
        else Parallel.For(0, holders.Count, Check);
        return holders.SelectMany((holder, i) => found[i].Select(problem => new ProblemOfPolicy(holder, problem)));

        void Check(int i) => Read(holders[i], Scenario.Start(), found[i] = []);
    }

    private ImmutableArray<Policy> Read(Resource resource, Scenario scenario, List<Problem> problems, StatementReadings? kept = null)
    {
        var policies = ImmutableArray.CreateBuilder<Policy>();
        foreach (var place in byType.Value[resource.Type])
            foreach (var document in StatedPolicies.Documents(place.Path.Walk(resource.Properties, scenario), scenario))
            {
                var before = problems.Count;
                var policy = PolicyReader.Read(document, resource, scenario, problems, kept) with { Role = place.Role };
                if (policy.Unread.Length == 0 || problems.Count == before) policies.Add(policy); // a broken one is told as a problem
            }
        return policies.Count < 2 ? policies.ToImmutable() : [.. policies.Select((p, i) => p with { Beside = policies.Where((o, j) => j != i && o.Role == p.Role).Sum(PolicySize.Of) })];
    }

    private static IEnumerable<Place> PlacesOf(Kinds kinds)
    {
        foreach (var kind in kinds.All)
            foreach (var field in kind.Fields.All.Where(f => f.Shape is FieldShape.Policy))
                foreach (var place in PlacesOf(kind, field, field.CloudFormation, kind.CloudFormation).Concat(PlacesOf(kind, field, field.Terraform, kind.Terraform)))
                    yield return place;
    }

    private static IEnumerable<Place> PlacesOf(Kind kind, KindField field, IEnumerable<FieldSource> sources, IReadOnlyList<string> types)
    {
        foreach (var source in sources)
            foreach (var type in source.Companion.Length > 0 ? [source.Companion] : types)
                yield return new Place(type, source.Path!, PolicyRoles.Of(kind, field.Name, type));
    }
}

/// <summary>What is wrong with a policy that a resource writes down.</summary>
public sealed record ProblemOfPolicy(Resource Holder, Problem Problem);
