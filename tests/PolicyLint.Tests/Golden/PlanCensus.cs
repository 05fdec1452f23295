using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Golden;

/// <summary>Counts what every field of a kind that a plan does not know came to.</summary>
internal sealed class PlanCensus(Kinds kinds)
{
    private readonly Dictionary<(string Field, string Outcome), int> counts = [];

    /// <summary>How often each field came to each outcome, those left out that the plan knows.</summary>
    public IReadOnlyDictionary<(string Field, string Outcome), int> Counts => counts;

    /// <summary>Adds the fields of all resources of a plan.</summary>
    public void Add(string path)
    {
        foreach (var document in DocumentReader.Read(new Input(path, Named: false, () => File.ReadAllBytes(path))).Documents)
        {
            if (document.Format is not Format.Terraform) continue;
            var graph = GraphReader.Read(document, new Wanted(Deployment.Unsaid, kinds, new HashSet<string>()), []);
            var fields = new Fields(graph);
            foreach (var kind in kinds.All)
                foreach (var resource in graph.Of(kind.Name))
                    foreach (var field in kind.Fields.All) Add($"{kind.Name}.{field.Name}", fields.ReadAll(resource, field, Scenario.Start()));
        }
    }

    private void Add(string field, IEnumerable<Stated> stated)
    {
        foreach (var leaf in stated.SelectMany(s => Leaves(s.Value)))
        {
            var key = (field, Outcomes.Of(leaf));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>The parts that are not known.</summary>
    private static IEnumerable<Value> Leaves(Value value) => value switch
    {
        Value.List list => list.Items.SelectMany(Leaves),
        Value.Map map => map.Fields.SelectMany(f => Leaves(f.Value)),
        Value.Unknown or Value.Secret or Value.Str { Text.Known: null } => [value],
        _ => [],
    };
}
