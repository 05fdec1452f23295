using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions that take lists apart and put them together.</summary>
internal static class Sets
{
    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    public static Value? Call(Called called) => called.Call.Name switch
    {
        "slice" => Slice(called),
        "chunklist" => Chunks(called),
        "index" => Index(called),
        "setproduct" => Product(called),
        "transpose" => Transpose(called),
        "matchkeys" => Match(called),
        _ => null,
    };

    private static int? Whole(Called called, int index) =>
        index < called.Count && Numbers.Of(called.Arguments[index]) is { } number and >= 0 and <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    private static Value Slice(Called called)
    {
        if (called.List(0) is not { } list || Whole(called, 1) is not { } start || Whole(called, 2) is not { } end) return called.Unknown();
        return start <= end && end <= list.Items.Length ? called.ListOf(list.Items[start..end]) : called.Fault("takes more than there is");
    }

    private static Value Chunks(Called called)
    {
        if (called.List(0) is not { } list || Whole(called, 1) is not { } size) return called.Unknown();
        return size == 0 ? called.ListOf([called.ListOf(list.Items)]) : called.ListOf(list.Items.Chunk(size).Select(called.ListOf));
    }

    private static Value Index(Called called)
    {
        if (called.List(0) is not { } list || called.Count < 2) return called.Unknown();
        for (var i = 0; i < list.Items.Length; i++)
            switch (Operations.Equal(called.Evaluator, list.Items[i], called.Arguments[1]))
            {
                case Truth.Yes: return Numbers.ToValue(called.At, i);
                case Truth.Unknown: return called.Unknown();
            }
        return called.Fault("is not in the list");
    }

    /// <summary>Every choice of one item of each list.</summary>
    private static Value Product(Called called)
    {
        var chosen = ImmutableArray.Create(ImmutableArray<Value>.Empty);
        for (var i = 0; i < called.Count; i++)
        {
            if (called.List(i) is not { } list || (long)chosen.Length * list.Items.Length > Loops.MostItems) return called.Unknown();
            chosen = [.. chosen.SelectMany(c => list.Items.Select(item => c.Add(item)))];
        }
        return called.Count < 2 ? called.Fault("needs two lists") : called.ListOf(chosen.Select(c => called.ListOf(c)));
    }

    private static Value Transpose(Called called)
    {
        if (called.Map(0) is not { } map) return called.Unknown();
        var turned = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var field in map.Fields.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (field.Value is not Value.List list) return called.Unknown();
            foreach (var item in list.Items)
                if (item.AsText?.Known is not { } text) return called.Unknown();
                else if (turned.TryGetValue(text, out var keys)) keys.Add(field.Name);
                else turned[text] = [field.Name];
        }
        return new Value.Map(called.At, [.. turned.Select(t => new Value.Field(t.Key, called.At, called.ListOf(t.Value.Select(called.Text))))]);
    }

    /// <summary>The values whose keys are among those that are searched.</summary>
    private static Value Match(Called called)
    {
        if (called.List(0) is not { } values || called.List(1) is not { } keys || called.List(2) is not { } searched || values.Items.Length != keys.Items.Length) return called.Unknown();
        var found = ImmutableArray.CreateBuilder<Value>();
        for (var i = 0; i < keys.Items.Length; i++)
            switch (searched.Items.Aggregate(Truth.No, (t, s) => t.Or(Operations.Equal(called.Evaluator, keys.Items[i], s))))
            {
                case Truth.Yes: found.Add(values.Items[i]); break;
                case Truth.Unknown: return called.Unknown();
            }
        return called.ListOf(found);
    }
}
