using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>A field's value and the resource that states it: the one it is a field of, or a companion.</summary>
public sealed record Stated(Value Value, Resource Holder)
{
    /// <summary>Why there may be another beside it, empty where there is none.</summary>
    public string Beside { get; init; } = "";
}

/// <summary>Reads the fields of kinds from resources, companions folded in.</summary>
public sealed class Fields(Graph graph)
{
    private readonly Dictionary<FieldSource, Companions> companions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Resource, Called> called = new(ReferenceEqualityComparer.Instance);

    /// <summary>The companions of one type by what their link says.</summary>
    private sealed record Companions(ILookup<string, Resource> ByText, ImmutableArray<Resource> Undecided);

    /// <summary>The field's value: what the first place that has it says, else AWS's default, else absent. Unknown, with the
    /// reason, where it may be set by something that cannot be read.</summary>
    public Value Read(Resource resource, KindField field, Scenario scenario) => field switch
    {
        { Gathers: true, Shape: FieldShape.Route } => ApiPaths.OfRoutes(Gathered(Together(ReadEverywhere(resource, field, scenario), scenario)), scenario),
        { Gathers: true } => Gathered(Together(ReadEverywhere(resource, field, scenario), scenario)),
        { Shape: FieldShape.Path } => ApiPaths.Of(ReadAll(resource, field, scenario)[0].Value, resource.Stack, graph, this, scenario),
        { Shape: FieldShape.Route } => ApiPaths.OfRoute(ReadAll(resource, field, scenario)[0].Value, scenario),
        { Shape: FieldShape.Records } => Together(ReadAll(resource, field, scenario), scenario),
        _ => ReadAll(resource, field, scenario)[0].Value,
    };

    /// <summary>One item that is not known is an item.</summary>
    private static Value Gathered(Value value) => value is Value.Unknown ? new Value.List(value.Location, [value]) : value;

    /// <summary>What several places state as one list; nothing, and what cannot be read at all, is left as it is.</summary>
    private static Value Together(ImmutableArray<Stated> stated, Scenario scenario) => stated is [{ Value: Value.Absent or Value.Unknown or Value.List } only] ? only.Value
        : new Value.List(stated[0].Value.Location, [.. stated.SelectMany(s => s.Value is Value.List list ? scenario.ReadItems(list) : [s.Value]).Where(v => v is not Value.Absent)]);

    /// <summary>As <see cref="Read"/>, but all values of the first place: a bucket may have two policies. Never empty.</summary>
    public ImmutableArray<Stated> ReadAll(Resource resource, KindField field, Scenario scenario)
    {
        var sources = resource.Format is Format.CloudFormation ? field.CloudFormation : field.Terraform;
        Value.Unknown? doubt = null;
        foreach (var source in sources)
        {
            var found = ReadSource(resource, source, scenario, ref doubt);
            var gone = GoneOf(resource, source, scenario);
            if (!found.IsEmpty) return gone is not null && IsOfOne(field) && found is [{ Holder.Created: Truth.Yes } made] ? [new Stated(InNoOrder(gone, made.Holder), resource)] : found;
            if (gone is not null) return [new Stated(doubt ?? AfterDestruction(resource, field), resource)];
        }
        return [new Stated(doubt ?? DefaultOf(resource, field, sources), resource)];
    }

    /// <summary>All values of all places, for a field to which each place adds. Never empty; the last may be unknown, where
    /// something may add to it that cannot be read.</summary>
    public ImmutableArray<Stated> ReadEverywhere(Resource resource, KindField field, Scenario scenario)
    {
        var sources = resource.Format is Format.CloudFormation ? field.CloudFormation : field.Terraform;
        Value.Unknown? doubt = null;
        var found = ImmutableArray.CreateBuilder<Stated>();
        foreach (var source in sources) found.AddRange(ReadSource(resource, source, scenario, ref doubt));
        if (doubt is not null || found.Count == 0) found.Add(new Stated(doubt ?? DefaultOf(resource, field, sources), resource));
        return found.ToImmutable();
    }

    /// <summary>A field of a record inside a resource.</summary>
    public static Value ReadInside(Value record, Resource resource, KindField field, Scenario scenario)
    {
        foreach (var source in resource.Format is Format.CloudFormation ? field.CloudFormation : field.Terraform)
            if (source.Path!.Walk(record, scenario) is not Value.Absent and var value) return value;
        return field.Default is Node.Scalar scalar ? Constant(scalar, record.Location) : new Value.Absent(record.Location);
    }

    private ImmutableArray<Stated> ReadSource(Resource resource, FieldSource source, Scenario scenario, ref Value.Unknown? doubt)
    {
        if (source.Companion.Length == 0)
        {
            var value = source.Path!.Walk(resource.Properties, scenario);
            return value is Value.Absent ? [] : [new Stated(value, resource)];
        }
        var found = ImmutableArray.CreateBuilder<Stated>();
        foreach (var companion in CompanionsOf(resource, source, scenario, ref doubt, out var beside))
            if (source.Path!.Walk(companion.Properties, scenario) is not Value.Absent and var value) found.Add(new Stated(value, companion) { Beside = beside });
        return found.ToImmutable();
    }

    /// <summary>A companion that the deploy destroys and that was there for this resource, or null; one that is made anew has
    /// nothing of its companions before.</summary>
    private Resource? GoneOf(Resource resource, FieldSource source, Scenario scenario)
    {
        if (graph.Gone.IsEmpty || source.Link is null || resource.Created is Truth.Yes) return null;
        var own = NamesOf(resource);
        return graph.Gone.FirstOrDefault(g => g.Type == source.Companion && g.Stack.Document == resource.Stack.Document && Names(g, source, own, scenario) is Truth.Yes);
    }

    /// <summary>Whether there is one thing that states the field, not several that add to it.</summary>
    private static bool IsOfOne(KindField field) => field is { Shape: FieldShape.Policy } or { Default: not null } or { Destroyed: not null };

    private static Value.Unknown InNoOrder(Resource gone, Resource made) => new(
        made.Location, $"`{gone.Address}` is destroyed and `{made.Address}` is created for the same resource, and which of the two comes last is up to Terraform: a `moved` block would keep the one that is there");

    /// <summary>What is so where nothing states a field any more. No policy at all is an empty text, as Terraform writes it.</summary>
    private static Value AfterDestruction(Resource resource, KindField field) => field switch
    {
        { Destroyed: Node.Scalar scalar } => Constant(scalar, resource.Location),
        { Shape: FieldShape.Policy } => Value.Of(resource.Location, ""),
        _ => DefaultOf(resource, field, []),
    };

    /// <summary>What a resource is called, and what it is called where conditions choose its name.</summary>
    private sealed record Called(HashSet<string> Keys, ImmutableArray<Alternative> ByChoice)
    {
        public Truth Is(Text text, Scenario scenario)
        {
            if (Keys.Contains(text.Key)) return Truth.Yes;
            foreach (var alternative in ByChoice)
                if (alternative.Text.Key == text.Key) return scenario.Decide(alternative.When);
            return Truth.No;
        }
    }

    private Called NamesOf(Resource resource)
    {
        if (called.TryGetValue(resource, out var known)) return known;
        var names = resource.Kind!.Identities.Select(i => resource.Identify(i.Name)).ToList();
        return called[resource] = new Called(names.Select(n => n.Key).ToHashSet(StringComparer.Ordinal), [.. names.SelectMany(Alternative.Of)]);
    }

    /// <param name="beside">Why there may be another than those that are there.</param>
    private List<Resource> CompanionsOf(Resource resource, FieldSource source, Scenario scenario, ref Value.Unknown? doubt, out string beside)
    {
        if (source.Link is null) return Existing(graph.OfType(source.Companion).Where(c => c.Stack.Document == resource.Stack.Document), scenario, ref doubt, out beside);
        var index = Index(source);
        var own = NamesOf(resource);
        var linked = own.Keys.SelectMany(k => index.ByText[k]).Distinct().ToList();
        foreach (var companion in own.ByChoice.SelectMany(a => index.ByText[a.Text.Key]).Except(linked).Concat(index.Undecided))
            switch (Names(companion, source, own, scenario))
            {
                case Truth.Yes: linked.Add(companion); break;
                case Truth.Unknown when companion.Stack.Document == resource.Stack.Document:
                    doubt = new Value.Unknown(companion.Location, $"`{companion.Address}` may belong to it: its `{source.Link}` is not known here");
                    break;
            }
        var near = linked.Where(c => c.Stack.Document == resource.Stack.Document).ToList();
        return Existing(near.Count > 0 ? near : OfOthers(linked, resource, own.Keys, ref doubt), scenario, ref doubt, out beside);
    }

    /// <summary>Companions that another input states: those of which it states the resource itself are about that one. Where several
    /// inputs state the resource, nobody knows whose the companion of yet another one is.</summary>
    private List<Resource> OfOthers(List<Resource> linked, Resource resource, HashSet<string> keys, ref Value.Unknown? doubt)
    {
        var own = linked.FindAll(c => c.Stack.Family == resource.Stack.Family);
        if (own.Count > 0 || linked.Count == 0) return own;
        var families = graph.FamiliesOf(resource.Kind!, keys).ToHashSet(StringComparer.Ordinal);
        var others = linked.FindAll(c => !families.Contains(c.Stack.Family));
        if (others.Count == 0 || families.Count < 2) return others;
        doubt = new Value.Unknown(others[0].Location, $"`{others[0].Address}` may belong to it: several inputs have a `{resource.Address}`, or one of its name");
        return [];
    }

    private static List<Resource> Existing(IEnumerable<Resource> companions, Scenario scenario, ref Value.Unknown? doubt, out string beside)
    {
        beside = "";
        var existing = new List<Resource>();
        foreach (var companion in companions)
            switch (scenario.Decide(companion.Exists))
            {
                case Truth.Yes: existing.Add(companion); break;
                case Truth.Unknown:
                    doubt = new Value.Unknown(companion.Location, beside = $"whether `{companion.Address}` exists depends on {ConditionName(companion)}");
                    break;
            }
        return doubt is not null && existing.Count == 0 ? [] : existing;
    }

    private static string ConditionName(Resource resource) => resource.Exists is Condition.Named named ? $"condition `{named.Name}`" : "a condition";

    private static Truth Names(Resource companion, FieldSource source, Called own, Scenario scenario)
    {
        var link = source.Link!.Walk(companion.Properties, scenario);
        var items = link is Value.List list ? scenario.ReadItems(list) : [link];
        return items.Aggregate(Truth.No, (truth, item) => truth.Or(LinkText(item) switch
        {
            null => item is Value.Absent ? Truth.No : Truth.Unknown,
            var text => own.Is(text, scenario),
        }));
    }

    /// <summary>The text that a link surely or very likely is.</summary>
    public static Text? LinkText(Value value) => value switch
    {
        Value.Str { Text.HasEither: false } text => text.Text,
        Value.Unknown { Likely: Value.Str { Text.HasEither: false } likely } => likely.Text,
        _ => null,
    };

    private Companions Index(FieldSource source)
    {
        if (companions.TryGetValue(source, out var index)) return index;
        var links = graph.OfType(source.Companion).ToLookup(c => LinkText(source.Link!.Walk(c.Properties, Scenario.Start()))?.Key ?? "", StringComparer.Ordinal);
        return companions[source] = new Companions(links, [.. links[""]]);
    }

    private static Value DefaultOf(Resource resource, KindField field, ImmutableArray<FieldSource> sources)
    {
        if (resource.Stack.Open.Length > 0 && sources.Any(s => s.Companion.Length > 0))
            return new Value.Unknown(resource.Location, resource.Stack.Open);
        if (field.Default is not Node.Scalar scalar) return new Value.Absent(resource.Location);
        if (field.DefaultWhenCreated && resource.Created is not Truth.Yes)
            return new Value.Unknown(resource.Location, $"`{resource.Address}` was there before and keeps the `{field.Name}` that it had, which the input does not show");
        return Constant(scalar, resource.Location);
    }

    private static Value Constant(Node.Scalar scalar, Location at) => scalar.Kind is ScalarKind.Bool
        ? new Value.Flag(at, scalar.Text is "true")
        : Value.Of(at, scalar.Text);
}
