using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>A value that comes from another template stands where it is used.</summary>
internal static class Moved
{
    public static Value To(Location at, Value value) => value switch
    {
        Value.Str text => new Value.Str(at, text.Text),
        Value.Number number => new Value.Number(at, number.Text),
        Value.Flag flag => new Value.Flag(at, flag.IsTrue),
        Value.Absent => new Value.Absent(at),
        Value.Secret => new Value.Secret(at),
        Value.List list => new Value.List(at, [.. list.Items.Select(i => To(at, i))]),
        Value.Choice choice => new Value.Choice(at, choice.Condition, To(at, choice.Then), To(at, choice.Otherwise)),
        Value.Unknown unknown => new Value.Unknown(at, unknown.Why) { Symbol = unknown.Symbol, Default = unknown.Default is { } known ? new ValueByDefault(known.Of, To(at, known.Value)) : null },
        _ => value,
    };
}
