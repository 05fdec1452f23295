using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What paths are looked up in: the graph, the fields, the policies read so far.</summary>
public sealed record Surface(Graph Graph, Fields Fields, Questions Questions);

/// <summary>The names of a rule while it is evaluated under one scenario, with what they stand for: one name, and those around it.</summary>
public sealed class Scope
{
    private readonly Surface surface;
    private readonly Scenario scenario;
    private readonly string name;
    private readonly Item item;
    private readonly Scope? outer;

    private Scope(Surface surface, Scenario scenario, string name, Item item, Scope? outer) =>
        (this.surface, this.scenario, this.name, this.item, this.outer) = (surface, scenario, name, item, outer);

    /// <summary>The scope that has but the resource that is judged.</summary>
    public Scope(Surface surface, Scenario scenario, Item.OfResource focus) : this(surface, scenario, Names.Focus, focus, null) { }

    public Surface Surface => surface;

    public Scenario Scenario => scenario;

    public Item this[string asked] => Named(asked) ?? throw new KeyNotFoundException($"the rule has no name `{asked}` here");

    public bool Has(string asked) => Named(asked) is not null;

    public Item.OfResource Focus => (Item.OfResource)this[Names.Focus];

    public Scope With(string inner, Item of) => new(surface, scenario, inner, of, this);

    private Item? Named(string asked)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
            if (scope.name == asked) return scope.item;
        return null;
    }

    /// <summary>What the path leads to; a missing value is an absent one, at the place where it would be.</summary>
    public Found Find(ScopePath path)
    {
        var found = Found.One(this[path.Root]);
        foreach (var step in path.Steps)
            found = found is { Items: [var only], Doubt: null } ? Step(only, step) : StepEach(found, step);
        return found;
    }

    private Found StepEach(Found found, ScopeStep step)
    {
        var next = ImmutableArray.CreateBuilder<Item>(found.Items.Length);
        var doubt = found.Doubt;
        foreach (var one in found.Items)
        {
            var into = Step(one, step);
            next.AddRange(into.Items);
            doubt ??= into.Doubt;
        }
        return new Found(next.DrainToImmutable(), doubt);
    }

    private Found Step(Item item, ScopeStep step) => item switch
    {
        Item.Outside outside => new Found([], outside),
        Item.OfResource resource when step.Raw is { } raw => Spread(new Item.OfValue(raw.Walk(resource.Resource.Properties, scenario)), step),
        Item.OfValue value when step.Raw is { } raw => Spread(new Item.OfValue(raw.Walk(value.Value, scenario)), step),
        Item.OfResource resource => OfResource(resource, step),
        Item.OfValue { Value: Value.Map parameters } => Spread(new Item.OfValue(parameters[step.Field]), step),
        Item.Record record => OfRecord(record, step),
        Item.OfPolicy policy => Statements(policy.Policy),
        Item.OfStatement statement when step.Every => SpreadAll(StatementPaths.Of(statement, step.Field), step),
        Item.OfStatement statement => StatementPaths.Of(statement, step.Field),
        Item.OfPrincipal principal => OfPrincipal(principal, step.Field),
        Item.OfCondition condition => Spread(new Item.OfValue(StatementPaths.Of(condition.Clause, step.Field)), step),
        _ => Found.One(item),
    };

    private Found OfResource(Item.OfResource item, ScopeStep step)
    {
        var resource = item.Resource;
        var at = resource.Location;
        switch (step.Field)
        {
            case "address": return Text(at, resource.Address);
            case "type": return Text(at, resource.Type);
            case "via": return Text(at, item.Via);
            case "called": return Text(at, item.Called ?? (resource.Kind?.Identity("arn") is null ? Resources.Text.Of(resource.Address) : resource.Identify("arn")));
            case "account": return Text(at, resource.Surroundings.Account);
            case "region": return Text(at, resource.Surroundings.Region);
            case "partition": return Text(at, resource.Surroundings.Partition);
            case PolicyPlaces.Field: return new Found([.. surface.Questions.Places.Of(resource, scenario).Select(p => new Item.OfPolicy(p))], null);
        }
        if (resource.Kind?.Identity(step.Field) is not null) return Text(at, resource.Identify(step.Field));
        if (resource.Kind?.Fields[step.Field] is not { } field) return Found.One(new Item.OfValue(new Value.Absent(at)));
        return field.Shape switch
        {
            FieldShape.Policy => Policies(resource, field),
            FieldShape.Records => Records(resource, field, surface.Fields.Read(resource, field, scenario)),
            _ => Spread(new Item.OfValue(scenario.Read(surface.Fields.Read(resource, field, scenario))), step),
        };
    }

    private Found Policies(Resource resource, KindField field)
    {
        var set = surface.Questions.Policies.Of(resource, field.Name, scenario);
        return new Found([.. set.Policies.Select(p => new Item.OfPolicy(p))], set.Open.Length > 0 ? new Item.Outside(set.Open, resource.Location) : null);
    }

    private Found Records(Resource resource, KindField field, Value value) => scenario.Read(value) switch
    {
        Value.List list => new Found([.. scenario.ReadItems(list).Where(v => v is Value.Map).Select(v => new Item.Record(resource, v, field.Fields))], DoubtIn(list)),
        Value.Map map => Found.One(new Item.Record(resource, map, field.Fields)),
        Value.Unknown unknown => Found.Unknown($"`{field.Name}` is not known here: {unknown.Why}", unknown.Location),
        _ => new Found([], null),
    };

    private Item.Outside? DoubtIn(Value.List list) =>
        scenario.ReadItems(list).OfType<Value.Unknown>().FirstOrDefault() is { } unknown ? new Item.Outside(unknown.Why, unknown.Location) : null;

    private Found OfRecord(Item.Record record, ScopeStep step)
    {
        var field = record.Fields[step.Field]!;
        var value = scenario.Read(Fields.ReadInside(record.Value, record.Owner, field, scenario));
        return field.Shape is FieldShape.Records ? Records(record.Owner, field, value) : Spread(new Item.OfValue(value), step);
    }

    private Found SpreadAll(Found found, ScopeStep step)
    {
        var each = found.Items.Select(i => i is Item.OfValue value ? Spread(value, step) : Found.One(i)).ToList();
        return new Found([.. each.SelectMany(e => e.Items)], found.Doubt ?? each.Select(e => e.Doubt).FirstOrDefault(d => d is not null));
    }

    /// <summary>With <c>[*]</c>, the items of a list; one value counts as a list of one.</summary>
    private Found Spread(Item.OfValue item, ScopeStep step)
    {
        if (!step.Every) return Found.One(item);
        return item.Value switch
        {
            Value.List list => new Found([.. scenario.ReadItems(list).Select(v => new Item.OfValue(v))], null),
            Value.Absent => new Found([], null),
            Value.Unknown unknown => Found.Unknown(unknown.Why, unknown.Location),
            Value.Secret secret => Found.Unknown("it is sensitive", secret.Location),
            _ => Found.One(item),
        };
    }

    private static Found Statements(Policy policy) => policy.Unread.Length > 0
        ? new Found([], new Item.Outside(policy.WhyUnread, policy.Location) { Of = policy })
        : new Found([.. policy.Statements.Select(s => new Item.OfStatement(s, policy))], null);

    private static Found OfPrincipal(Item.OfPrincipal item, string field)
    {
        var entry = item.Entry;
        return field switch
        {
            "type" => Text(entry.Location, entry.IsEveryone ? "*" : entry.Type),
            "text" => Found.One(new Item.OfValue(entry.Text is { } text ? new Value.Str(entry.Location, text) : new Value.Unknown(entry.Location, entry.Why))),
            "account" => Found.One(new Item.OfValue(entry.Text is { } named && Arns.AccountOf(named) is { } account
                ? new Value.Str(entry.Location, account)
                : new Value.Unknown(entry.Location, $"the account of principal `{entry}` is not known here"))),
            _ => Found.One(new Item.OfValue(Outsider(item))),
        };
    }

    /// <summary>Whether the principal lets in somebody of another account than the policy's own.</summary>
    private static Value Outsider(Item.OfPrincipal item)
    {
        var (entry, at) = (item.Entry, item.Entry.Location);
        if (entry.IsEveryone) return new Value.Flag(at, isTrue: true);
        if (entry.Type == "Service") return new Value.Flag(at, isTrue: false);
        if (entry.Text is not { } text || Arns.AccountOf(text) is not { } account || item.Policy.Holder is not { } holder)
            return new Value.Unknown(at, $"the account of principal `{entry}` is not known here{(entry.Why.Length > 0 ? $": {entry.Why}" : "")}");
        if (account.Known is { } known && !(known.Length == 12 && known.All(char.IsAsciiDigit))) return new Value.Flag(at, isTrue: false); // CloudFront's identities
        return TextMatch.Equal(account, holder.Surroundings.Account) switch
        {
            Truth.Yes => new Value.Flag(at, isTrue: false),
            Truth.No => new Value.Flag(at, isTrue: true),
            _ => new Value.Unknown(at, $"whether account `{account}` is another one than this deploy's is not known: say yours with `--account`"),
        };
    }

    private static Found Text(Location at, string text) => Found.One(new Item.OfValue(Value.Of(at, text)));

    private static Found Text(Location at, Text text) => Found.One(new Item.OfValue(new Value.Str(at, text)));
}
