using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions on lists, sets and maps.</summary>
internal static class Collections
{
    private const int MostOfRange = 1024;

    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    public static Value? Call(Called called) => called.Call.Name switch
    {
        "concat" => Concat(called, called.Arguments) is { } all ? all : called.Unknown(),
        "flatten" => called.List(0) is { } list ? Flatten(called, list) : called.Unknown(),
        "merge" => Merge(called),
        "lookup" => Lookup(called),
        "length" => Length(called),
        "keys" => called.Map(0) is { } map ? called.ListOf(Sorted(map).Select(f => Value.Of(f.At, f.Name))) : called.Unknown(),
        "values" => called.Map(0) is { } map ? called.ListOf(Sorted(map).Select(f => f.Value)) : called.Unknown(),
        "element" => Element(called),
        "contains" => Contains(called),
        "distinct" => called.List(0) is { } list ? called.ListOf(Distinct(called.Evaluator, list.Items)) : called.Unknown(),
        "compact" => called.List(0) is { } list ? called.ListOf(list.Items.Where(i => i is not (Value.Absent or Value.Str { Text.Known: "" }))) : called.Unknown(),
        "setunion" => Concat(called, called.Arguments) is { } all ? ToSet(called.Evaluator, all) : called.Unknown(),
        "setsubtract" => Known(called.List(0)) is { } of && Known(called.List(1)) is { } without ? ToSet(called.Evaluator, called.ListOf(of.Except(without).Select(called.Text))) : called.Unknown(),
        "setintersection" => Known(called.List(0)) is { } of && Known(called.List(1)) is { } with && called.Count == 2 ? ToSet(called.Evaluator, called.ListOf(of.Intersect(with).Select(called.Text))) : called.Unknown(),
        "toset" => called.List(0) is { } list ? ToSet(called.Evaluator, list) : called.Unknown(),
        "tolist" => called.List(0) is { } list ? called.ListOf(list.Items) : called.Unknown(),
        "tomap" => called.Map(0) is { } map ? map : called.Unknown(),
        "one" => One(called),
        "coalescelist" => called.Arguments.FirstOrDefault(a => a is not (Value.Absent or Value.List { Items: [] })) is Value.List first ? first : called.Unknown(),
        "range" => Range(called),
        "zipmap" => Zip(called),
        "reverse" => called.List(0) is { } list ? called.ListOf(list.Items.Reverse()) : called.Unknown(),
        "sort" => Known(called.List(0)) is { } texts ? called.ListOf(texts.Order(StringComparer.Ordinal).Select(called.Text)) : called.Unknown(),
        "alltrue" => All(called, expected: true),
        "anytrue" => All(called, expected: false),
        _ => null,
    };

    private static IEnumerable<Value.Field> Sorted(Value.Map map) => map.Fields.OrderBy(f => f.Name, StringComparer.Ordinal);

    private static List<string>? Known(Value.List? list) => list is not null && list.Items.All(i => i.AsText?.Known is not null) ? [.. list.Items.Select(i => i.AsText!.Known!)] : null;

    private static Value.List? Concat(Called called, ImmutableArray<Value> lists)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        foreach (var value in lists)
            if (value is not Value.List list || items.Count + list.Items.Length > Loops.MostItems) return null;
            else items.AddRange(list.Items);
        return called.ListOf(items);
    }

    /// <summary>The items of lists in lists; an item that may be a list makes the whole unknown.</summary>
    private static Value Flatten(Called called, Value.List list)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        return Add(list) ? called.ListOf(items) : called.Unknown();

        bool Add(Value.List from)
        {
            if (!called.Evaluator.Spend()) return false;
            foreach (var item in from.Items)
                if (item is Value.Unknown or Value.Choice || items.Count >= Loops.MostItems) return false;
                else if (item is not Value.List inner) items.Add(item);
                else if (!Add(inner)) return false;
            return true;
        }
    }

    private static Value Merge(Called called)
    {
        var fields = new Dictionary<string, Value.Field>(StringComparer.Ordinal);
        for (var i = 0; i < called.Count; i++)
            if (called.Arguments[i] is Value.Absent) continue;
            else if (called.Map(i) is { } map && fields.Count + map.Fields.Length <= Loops.MostItems)
                foreach (var field in map.Fields) fields[field.Name] = field;
            else return called.Unknown();
        return new Value.Map(called.At, [.. fields.Values]);
    }

    private static Value Lookup(Called called)
    {
        if (called.Map(0) is not { } map || called.Known(1) is not { } key) return called.Unknown();
        foreach (var field in map.Fields)
            if (field.Name == key) return field.Value;
        return called.Count > 2 ? called.Arguments[2] : called.Fault("finds nothing");
    }

    private static Value Length(Called called)
    {
        if (called.List(0) is { } list) return Numbers.ToValue(called.At, list.Items.Length);
        if (called.Map(0) is { } map) return Numbers.ToValue(called.At, map.Fields.Length);
        return called.Known(0) is { } text && text.All(char.IsAscii) ? Numbers.ToValue(called.At, text.Length) : called.Unknown();
    }

    private static Value Element(Called called)
    {
        if (called.List(0) is not { } list || called.Count < 2 || Numbers.Of(called.Arguments[1]) is not (>= 0 and < int.MaxValue and var index)) return called.Unknown();
        return list.Items.IsEmpty ? called.Fault("is of an empty list") : list.Items[(int)index % list.Items.Length];
    }

    private static Value Contains(Called called)
    {
        if (called.List(0) is not { } list || called.Count < 2) return called.Unknown();
        return list.Items.Aggregate(Truth.No, (t, i) => t.Or(Operations.Equal(called.Evaluator, i, called.Arguments[1]))) switch
        {
            Truth.Unknown => called.Unknown(),
            var truth => called.Flag(truth is Truth.Yes),
        };
    }

    private static List<Value> Distinct(Evaluator evaluator, ImmutableArray<Value> items)
    {
        var kept = new List<Value>();
        foreach (var item in items)
            if (!kept.Exists(k => Operations.Equal(evaluator, k, item) is Truth.Yes)) kept.Add(item);
        return kept;
    }

    /// <summary>A set: texts in order, each once; beside texts, numbers are texts.</summary>
    public static Value.List ToSet(Evaluator evaluator, Value.List list)
    {
        var hasTexts = list.Items.Any(i => i is Value.Str);
        var items = list.Items.Select(i => hasTexts && i is Value.Number or Value.Flag ? new Value.Str(i.Location, i.AsText!) : i).ToImmutableArray();
        var kept = Distinct(evaluator, items);
        return evaluator.Marks.Set(new Value.List(list.Location, kept.TrueForAll(k => k.KnownText is not null) ? [.. kept.OrderBy(k => k.KnownText, StringComparer.Ordinal)] : [.. kept]));
    }

    private static Value One(Called called) => called.Arguments switch
    {
        [Value.List { Items: [] }] or [Value.Absent] => new Value.Absent(called.At),
        [Value.List { Items: [var only] }] => only,
        [Value.List] => called.Fault("has several"),
        _ => called.Unknown(),
    };

    private static Value Range(Called called)
    {
        var numbers = called.Arguments.Select(Numbers.Of).ToList();
        if (numbers.Count is 0 or > 3 || numbers.Contains(null)) return called.Unknown();
        var (start, limit) = numbers.Count == 1 ? (0, numbers[0]!.Value) : (numbers[0]!.Value, numbers[1]!.Value);
        var step = numbers.Count == 3 ? numbers[2]!.Value : limit < start ? -1 : 1;
        if (step == 0 || Math.Abs(limit) > int.MaxValue || Math.Abs(start) > int.MaxValue || Math.Abs((limit - start) / step) > MostOfRange) return called.Unknown();
        var items = new List<Value>();
        for (var at = start; step > 0 ? at < limit : at > limit; at += step) items.Add(Numbers.ToValue(called.At, at));
        return called.ListOf(items);
    }

    private static Value Zip(Called called)
    {
        if (Known(called.List(0)) is not { } keys || called.List(1) is not { } values || keys.Count != values.Items.Length) return called.Unknown();
        var fields = new Dictionary<string, Value.Field>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++) fields[keys[i]] = new Value.Field(keys[i], values.Items[i].Location, values.Items[i]);
        return new Value.Map(called.At, [.. fields.Values]);
    }

    private static Value All(Called called, bool expected)
    {
        if (called.List(0) is not { } list) return called.Unknown();
        var flags = list.Items.Select(Operations.AsFlag).ToList();
        if (flags.Exists(f => f is Value.Flag flag && flag.IsTrue != expected)) return called.Flag(!expected);
        return flags.TrueForAll(f => f is Value.Flag) ? called.Flag(expected) : called.Unknown();
    }
}
