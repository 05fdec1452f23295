using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Reads every policy of the graph for its faults, wherever a kind says that one stands.</summary>
public static class PolicyCheck
{
    /// <summary>Adds the problems of all policies. What depends on a condition is read as far as it is written down.</summary>
    public static void Run(Graph graph, List<Problem> problems)
    {
        var stated = Places(graph.Kinds).DistinctBy(p => $"{p.Type} {p.Path}").SelectMany(p => graph.OfType(p.Type).Select(r => new Holding(r, p.Path))).ToList();
        var found = new List<Problem>[stated.Count];
        if (stated.Count < WorthThreads) for (var i = 0; i < stated.Count; i++) Check(i);
        else Parallel.For(0, stated.Count, Check);
        foreach (var some in found) problems.AddRange(some);

        void Check(int i) => found[i] = Faults(stated[i]);
    }

    private const int WorthThreads = 32;

    /// <summary>A resource, and where a policy may stand in it.</summary>
    private sealed record Holding(Resource Resource, PropertyPath Path);

    private static List<Problem> Faults(Holding holding)
    {
        var problems = new List<Problem>();
        foreach (var document in StatedPolicies.Documents(holding.Path.Walk(holding.Resource.Properties, Scenario.Start()), Scenario.Start()))
            if (document is not Value.Unknown) PolicyReader.Read(document, holding.Resource, Scenario.Start(), problems);
        return problems;
    }

    /// <summary>A path that leads to a policy in resources of a type.</summary>
    private sealed record Place(string Type, PropertyPath Path);

    private static IEnumerable<Place> Places(Kinds kinds)
    {
        foreach (var kind in kinds.All)
            foreach (var field in kind.Fields.All.Where(f => f.Shape is FieldShape.Policy))
                foreach (var place in PlacesOf(field.CloudFormation, kind.CloudFormation).Concat(PlacesOf(field.Terraform, kind.Terraform)))
                    yield return place;
    }

    private static IEnumerable<Place> PlacesOf(IEnumerable<FieldSource> sources, IReadOnlyList<string> types)
    {
        foreach (var source in sources)
            foreach (var type in source.Companion.Length > 0 ? [source.Companion] : types)
                yield return new Place(type, source.Path!);
    }
}
