using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The policies that the input states for a resource, and whether there may be others (semantics 8.5). What
/// is read is kept for the next scenario and the next rule.</summary>
public sealed class StatedPolicies(Graph graph, Fields fields, List<Problem> problems)
{
    private const int MostKept = 4096;
    private readonly Dictionary<KindField, Readings<Resource, PolicySet>> sets = new(ReferenceEqualityComparer.Instance);
    private readonly StatementReadings statements = new();
    private readonly Dictionary<Resource, IdentitySide> owners = new(ReferenceEqualityComparer.Instance);

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
        if (!sets.TryGetValue(field, out var readings)) sets[field] = readings = new(MostKept);
        return readings.Of(resource, scenario, s => Read(resource, field, s));
    }

    private PolicySet Read(Resource resource, KindField field, Scenario scenario)
    {
        var name = field.Name is "policy" or "trust" ? NameOf(resource.Kind!) : "what is stated there";
        var stated = field.Gathers ? fields.ReadEverywhere(resource, field, scenario) : fields.ReadAll(resource, field, scenario);
        var policies = DocumentsOf(stated, scenario);
        var open = policies.IsEmpty && resource.Created is not Truth.Yes && stated.All(s => s.Value is Value.Absent)
            ? $"{name} of `{resource.Address}` is not in the input, and the input does not create it"
            : stated[0].Beside;
        if (policies.IsEmpty && open.Length == 0 && CustomResources.ChangerOf(resource, graph) is { } changer)
            open = $"`{changer.Address}` may set {name} of `{resource.Address}` during the deploy";
        return new PolicySet(name, policies, open);
    }

    /// <summary>The policies of stated documents, each with its holder.</summary>
    public ImmutableArray<Policy> DocumentsOf(IEnumerable<Stated> stated, Scenario scenario) =>
        [.. stated.SelectMany(s => Documents(s.Value, scenario).Select(d => PolicyReader.Read(d, s.Holder, scenario, problems, statements)))];

    /// <summary>The documents of a value: a list of them, one, or none (Terraform writes a missing one as an empty text).</summary>
    public static IEnumerable<Value> Documents(Value value, Scenario scenario) => scenario.Read(value) switch
    {
        Value.Absent or Value.Str { Text.Known: "" } => [],
        Value.List list => scenario.ReadItems(list).SelectMany(i => Documents(i, scenario)),
        var one => [one],
    };

    /// <summary>What somebody carries who has every right that an identity policy can give, in the resource's own account.</summary>
    public IdentitySide SideOfOwners(Resource resource)
    {
        if (owners.TryGetValue(resource, out var known)) return known;
        var at = resource.Location;
        var everything = Made(resource, at, ("Effect", Value.Of(at, "Allow")), ("Action", Value.Of(at, "*")), ("Resource", Value.Of(at, "*")));
        return owners[resource] = new IdentitySide(new PolicySet("the policies of whoever asks", [everything], ""), null);
    }

    /// <summary>A policy of one statement that no file states: AWS's own, or one that another resource stands for.</summary>
    public Policy Made(Resource holder, Location at, params (string Name, Value Value)[] statement) => PolicyReader.Read(
        new Value.Map(at, [new("Version", at, Value.Of(at, "2012-10-17")), new("Statement", at, new Value.Map(at, [.. statement.Select(f => new Value.Field(f.Name, f.Value.Location, f.Value))]))]),
        holder, Scenario.Start(), problems);
}
