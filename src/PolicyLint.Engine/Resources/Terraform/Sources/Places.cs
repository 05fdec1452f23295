using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Gives values the places of what they were written as.</summary>
internal static class Places
{
    private const int MostSearched = 200;

    /// <summary>The value with every part at one place.</summary>
    public static Value Move(Value value, Location at) => value switch
    {
        Value.Str text => new Value.Str(at, text.Text),
        Value.Number number => new Value.Number(at, number.Text),
        Value.Flag flag => new Value.Flag(at, flag.IsTrue),
        Value.Absent => new Value.Absent(at),
        Value.Secret => new Value.Secret(at),
        Value.Unknown unknown => new Value.Unknown(at, unknown.Why, unknown.Likely),
        Value.List list => new Value.List(at, [.. list.Items.Select(i => Move(i, at))]),
        Value.Map map => new Value.Map(at, [.. map.Fields.Select(f => new Value.Field(f.Name, at, Move(f.Value, at)))]),
        Value.Choice choice => new Value.Choice(at, choice.Condition, Move(choice.Then, at), Move(choice.Otherwise, at)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The value with those of its parts at one place whose own place is not wanted.</summary>
    public static Value Move(Value value, Location to, Func<Location, bool> unwanted)
    {
        var at = unwanted(value.Location) ? to : value.Location;
        return value switch
        {
            Value.List list => new Value.List(at, [.. list.Items.Select(i => Move(i, to, unwanted))]),
            Value.Map map => new Value.Map(at, [.. map.Fields.Select(f => new Value.Field(f.Name, unwanted(f.At) ? to : f.At, Move(f.Value, to, unwanted)))]),
            Value.Choice choice => new Value.Choice(at, choice.Condition, Move(choice.Then, to, unwanted), Move(choice.Otherwise, to, unwanted)),
            _ => Move(value, at),
        };
    }

    /// <summary>What the plan knows, each part at the place of the part of the source that it agrees with, else at
    /// <paramref name="at"/>.</summary>
    public static Value Of(Value known, Value written, Location at) => (known, written) switch
    {
        (Value.Map map, Value.Map source) => new Value.Map(source.Location, [.. map.Fields.Select(f => OfField(f, source))]),
        (Value.List list, Value.List source) => new Value.List(source.Location, [.. list.Items.Select((item, i) => OfItem(item, i, list, source))]),
        (Value.List list, Value.Map) => new Value.List(at, [.. list.Items.Select(i => list.Items.Length == 1 ? Of(i, written, at) : Move(i, at))]),
        (_, Value.List { Items: [var only] }) when known is not Value.List && Agree(known, only) => Of(known, only, only.Location),
        (Value.Str or Value.Number or Value.Flag, Value.Str or Value.Number or Value.Flag) => Move(known, written.Location),
        _ => Move(known, at),
    };

    private static Value.Field OfField(Value.Field field, Value.Map source)
    {
        foreach (var written in source.Fields)
            if (written.Name == field.Name) return new Value.Field(field.Name, written.At, Of(field.Value, written.Value, written.Value.Location));
        return new Value.Field(field.Name, source.Location, Move(field.Value, source.Location));
    }

    private static Value OfItem(Value item, int index, Value.List list, Value.List source)
    {
        if (source.Items.Length == list.Items.Length && Agree(item, source.Items[index])) return Of(item, source.Items[index], source.Items[index].Location);
        var agreeing = source.Items.Length <= MostSearched ? source.Items.FirstOrDefault(s => s is not Value.Unknown && Agree(item, s)) : null;
        return agreeing is null ? Move(item, source.Location) : Of(item, agreeing, agreeing.Location);
    }

    /// <summary>Whether nothing that both know differs.</summary>
    private static bool Agree(Value known, Value written) => (known, written) switch
    {
        (Value.Map map, Value.Map other) => map.Fields.All(f => other[f.Name] is var value && Agree(f.Value, value)),
        (Value.List list, Value.List other) => list.Items.Length != other.Items.Length || list.Items.Zip(other.Items).All(p => Agree(p.First, p.Second)),
        _ when known.AsText?.Known is { } text && written.AsText?.Known is { } other => text == other,
        _ => true,
    };
}
