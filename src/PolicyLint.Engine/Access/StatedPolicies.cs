using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The policies that the input states for a resource, and whether there may be others (semantics 8.5). What depends on
/// no assumption is read once, what does is kept for the next rule.</summary>
public sealed class StatedPolicies(Graph graph, Fields fields, List<Problem> problems)
{
    private readonly Dictionary<KindField, Dictionary<Resource, Reading>> read = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Resource Resource, string Field), Dictionary<Scenario, Reading>> assuming = [];
    private int kept;

    /// <summary>The policy of a resource that other principals come to: the field <c>policy</c> of its kind or, of a role, its
    /// <c>trust</c>; null where its kind has none.</summary>
    public PolicySet? Of(Resource resource, Scenario scenario)
    {
        var field = resource.Kind?.Fields["policy"] ?? resource.Kind?.Fields["trust"];
        return field is null ? null : Of(resource, field.Name, scenario);
    }

    /// <summary>What messages call the resource policy of a kind: <c>the bucket policy</c>.</summary>
    public static string NameOf(Kind kind) => kind.Fields["trust"] is null ? $"the {kind.Name[(kind.Name.LastIndexOf('-') + 1)..]} policy" : "the trust policy";

    /// <summary>The documents of one field. They are all there are where the input creates the resource or states its policy.</summary>
    public PolicySet Of(Resource resource, string fieldName, Scenario scenario)
    {
        var field = resource.Kind!.Fields[fieldName]!;
        var known = scenario.IsPlain ? ReadPlain(resource, field) : ReadAssuming(resource, field, scenario);
        scenario.Note(known.Asked);
        return known.Set;
    }

    /// <summary>What is read under some assumptions, and what the reading asked of the scenario.</summary>
    private sealed record Reading(PolicySet Set, Scenario Asked);

    private Reading ReadPlain(Resource resource, KindField field)
    {
        if (!read.TryGetValue(field, out var sets)) read[field] = sets = [];
        return sets.TryGetValue(resource, out var known) ? known : sets[resource] = ReadAnew(resource, field, Scenario.Start());
    }

    private const int MostKept = 1024;

    private Reading ReadAssuming(Resource resource, KindField field, Scenario scenario)
    {
        if (!assuming.TryGetValue((resource, field.Name), out var readings)) assuming[(resource, field.Name)] = readings = new(Scenario.ByAssumptions);
        if (readings.TryGetValue(scenario, out var known)) return known;
        if (++kept > MostKept)
        {
            assuming.Clear();
            kept = 0;
        }
        var asked = scenario.Afresh();
        return readings[asked] = ReadAnew(resource, field, asked);
    }

    private Reading ReadAnew(Resource resource, KindField field, Scenario scenario) => new(Read(resource, field, scenario), scenario);

    private PolicySet Read(Resource resource, KindField field, Scenario scenario)
    {
        var name = field.Name is "policy" or "trust" ? NameOf(resource.Kind!) : "what is stated there";
        var stated = field.Gathers ? fields.ReadEverywhere(resource, field, scenario) : fields.ReadAll(resource, field, scenario);
        var policies = DocumentsOf(stated, scenario);
        var open = policies.IsEmpty && resource.Created is not Truth.Yes && stated.All(s => s.Value is Value.Absent)
            ? $"{name} of `{resource.Address}` is not in the input, and the input does not create it"
            : "";
        if (policies.IsEmpty && open.Length == 0 && CustomResources.ChangerOf(resource, graph) is { } changer)
            open = $"`{changer.Address}` may set {name} of `{resource.Address}` during the deploy";
        return new PolicySet(name, policies, open);
    }

    /// <summary>The policies of stated documents, each with its holder.</summary>
    public ImmutableArray<Policy> DocumentsOf(IEnumerable<Stated> stated, Scenario scenario) =>
        [.. stated.SelectMany(s => Documents(s.Value, scenario).Select(d => PolicyReader.Read(d, s.Holder, scenario, problems)))];

    /// <summary>The documents of a value: a list of them, one, or none (Terraform writes a missing one as an empty text).</summary>
    public static IEnumerable<Value> Documents(Value value, Scenario scenario) => scenario.Read(value) switch
    {
        Value.Absent or Value.Str { Text.Known: "" } => [],
        Value.List list => scenario.ReadItems(list).SelectMany(i => Documents(i, scenario)),
        var one => [one],
    };

    /// <summary>A policy of one statement that no file states: AWS's own, or one that another resource stands for.</summary>
    public Policy Made(Resource holder, Location at, params (string Name, Value Value)[] statement) => PolicyReader.Read(
        new Value.Map(at, [new("Version", at, Value.Of(at, "2012-10-17")), new("Statement", at, new Value.Map(at, [.. statement.Select(f => new Value.Field(f.Name, f.Value.Location, f.Value))]))]),
        holder, Scenario.Start(), problems);
}
