using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Finds the block of the sources that each block of a plan comes from: sets have another order there.</summary>
internal static class Matches
{
    private const int MostMatched = 200;

    /// <summary>The block of each item. Those that agree most come first; where nothing tells, the order does.</summary>
    public static BlockInstance[] Of(ImmutableArray<Value> planned, List<BlockInstance> blocks, Blocks builder)
    {
        if (blocks.Count is 1 or > MostMatched) return [.. blocks];
        var built = blocks.Select(builder.Build).ToList();
        var pairs = new List<Pair>();
        for (var item = 0; item < planned.Length; item++)
            for (var block = 0; block < blocks.Count; block++) pairs.Add(new Pair(item, block, Score(planned[item], built[block])));
        var matched = new BlockInstance?[planned.Length];
        var taken = new bool[blocks.Count];
        foreach (var pair in pairs.OrderByDescending(p => p.Score).ThenBy(p => Math.Abs(p.Item - p.Block)).ThenBy(p => p.Item))
            if (matched[pair.Item] is null && !taken[pair.Block])
                (matched[pair.Item], taken[pair.Block]) = (blocks[pair.Block], true);
        return matched!;
    }

    private sealed record Pair(int Item, int Block, int Score);

    /// <summary>How many known parts are alike, less those that differ.</summary>
    private static int Score(Value planned, Value written) => (planned, written) switch
    {
        (Value.Map map, Value.Map other) => map.Fields.Sum(f => other[f.Name] is Value.Absent ? 0 : Score(f.Value, other[f.Name])),
        (Value.List list, Value.List other) when list.Items.Length == other.Items.Length => list.Items.Zip(other.Items).Sum(p => Score(p.First, p.Second)),
        (Value.List or Value.Map, Value.List or Value.Map) => -1,
        (Value.Unknown or Value.Absent, _) or (_, Value.Unknown or Value.Absent) => 0,
        _ when planned.AsText?.Known is { } known && written.AsText?.Known is { } text => known == text ? 2 : -2,
        _ => 0,
    };
}
