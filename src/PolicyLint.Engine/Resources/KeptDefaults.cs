using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>Reads values as they are where some parameters keep their defaults: texts filled in, conditions decided. What has no
/// part in it stays the very same object.</summary>
/// <param name="fillsEmpty">Whether an empty default is filled in outside of conditions, too. Often it stands for "not given":
/// a condition asks for it, and where none does, whoever deploys must give another.</param>
public sealed class KeptDefaults(Func<ParameterDefault, bool> isKept, bool fillsEmpty = true)
{
    private readonly Dictionary<Piece.Either, Piece> eithers = [];

    /// <summary>The defaults that a resource has to do with.</summary>
    public static void Collect(Resource resource, ICollection<ParameterDefault> found) =>
        new KeptDefaults(d =>
        {
            found.Add(d);
            return false;
        }).Of(resource);

    public Resource Of(Resource resource)
    {
        var properties = (Value.Map)Of(resource.Properties);
        var exists = Of(resource.Exists);
        var identities = Each(resource.Identities, Of);
        return properties == resource.Properties && exists == resource.Exists && identities == resource.Identities
            ? resource
            : resource with { Properties = properties, Exists = exists, Identities = identities };
    }

    public Value Of(Value value)
    {
        switch (value)
        {
            case Value.Str text: return Of(text.Text) is var filled && ReferenceEquals(filled, text.Text) ? value : new Value.Str(value.Location, filled);
            case Value.List list: return Each(list.Items, Of) is var items && items == list.Items ? value : new Value.List(value.Location, items);
            case Value.Map map: return Each(map.Fields, Of) is var fields && fields == map.Fields ? value : new Value.Map(value.Location, fields) { Open = map.Open };
            case Value.Choice choice: return Of(choice);
            case Value.Unknown { Default: { } known } when AreKept(known.Of) && (fillsEmpty || !IsEmpty(known.Value)): return Of(known.Value);
            default: return value;
        }
    }

    private static bool IsEmpty(Value value) => value is Value.Str { Text.Known: "" } || (value is Value.List list && list.Items.All(IsEmpty));

    private Value.Field Of(Value.Field field) => Of(field.Value) is var value && value == field.Value ? field : new Value.Field(field.Name, field.At, value);

    private Value Of(Value.Choice choice)
    {
        var condition = Of(choice.Condition);
        if (condition is Condition.Constant { Truth: not Truth.Unknown } decided) return Of(decided.Truth is Truth.Yes ? choice.Then : choice.Otherwise);
        var (then, otherwise) = (Of(choice.Then), Of(choice.Otherwise));
        return condition == choice.Condition && then == choice.Then && otherwise == choice.Otherwise ? choice : new Value.Choice(choice.Location, condition, then, otherwise);
    }

    public Text Of(Text text)
    {
        if (text.Known is not null) return text;
        var pieces = Each(text.Pieces, Of);
        return pieces == text.Pieces ? text : Text.Join(pieces.SelectMany(p => p is Piece.Either either ? Settled(either) : [p]));
    }

    private Piece Of(Piece piece)
    {
        switch (piece)
        {
            case Piece.Hole { Symbol.Default: { } known } when AreKept(known.Of) && (fillsEmpty || known.Text.Length > 0): return new Piece.Literal(known.Text);
            case Piece.Hole { Symbol.Chosen: { } choice }: return Of(choice) is var taken && taken.AsText is not null ? new Piece.Either(Condition.Always, taken, taken) : piece;
            case Piece.Either either:
                if (eithers.TryGetValue(either, out var same)) return same;
                var (condition, then, otherwise) = (Of(either.Condition), Of(either.Then), Of(either.Otherwise));
                var isSame = condition == either.Condition && then == either.Then && otherwise == either.Otherwise;
                return eithers[either] = isSame ? either : new Piece.Either(condition, then, otherwise);
            default: return piece;
        }
    }

    /// <summary>The pieces of the branch that is taken, where that is known and is a text.</summary>
    private static IEnumerable<Piece> Settled(Piece.Either either) =>
        either.Condition is Condition.Constant { Truth: not Truth.Unknown } decided && (decided.Truth is Truth.Yes ? either.Then : either.Otherwise) is var taken
            ? taken is Value.Str text ? text.Text.Pieces : taken.AsText?.Pieces ?? [either]
            : [either];

    public Condition Of(Condition condition) => condition switch
    {
        Condition.Is { Symbol.Default: { } known } i when AreKept(known.Of) => new Condition.Constant((known.Text == i.Text).ToTruth()),
        Condition.Same same when InCondition.Of(same.Left) is var left && InCondition.Of(same.Right) is var right && !(ReferenceEquals(left, same.Left) && ReferenceEquals(right, same.Right)) => Condition.Equality(left, right),
        Condition.Not not when Of(not.Inner) is var inner && inner != not.Inner => Decided(new Condition.Not(inner)),
        Condition.Named named when Of(named.Inner) is var inner && inner != named.Inner => inner is Condition.Constant ? inner : new Condition.Named(named.Name, inner),
        Condition.And every when Each(every.Parts, Of) is var parts && parts != every.Parts => Decided(new Condition.And(parts)),
        Condition.Or any when Each(any.Parts, Of) is var parts && parts != any.Parts => Decided(new Condition.Or(parts)),
        _ => condition,
    };

    private KeptDefaults InCondition => fillsEmpty ? this : new KeptDefaults(isKept);

    private static Condition Decided(Condition condition) =>
        Scenario.Start().Decide(condition) is not Truth.Unknown and var truth ? new Condition.Constant(truth) : condition;

    /// <summary>All are asked, so that whoever collects them sees all.</summary>
    private bool AreKept(ImmutableArray<ParameterDefault> defaults)
    {
        var all = true;
        foreach (var one in defaults) all &= isKept(one);
        return all;
    }

    /// <summary>The same array where none of its items changes.</summary>
    private static ImmutableArray<T> Each<T>(ImmutableArray<T> items, Func<T, T> change) where T : class
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = change(items[i]);
            if (changed is null && !ReferenceEquals(item, items[i]))
            {
                changed = ImmutableArray.CreateBuilder<T>(items.Length);
                changed.AddRange(items, i);
            }
            changed?.Add(item);
        }
        return changed?.MoveToImmutable() ?? items;
    }
}
