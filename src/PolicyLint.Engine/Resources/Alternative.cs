namespace PolicyLint.Engine.Resources;

/// <summary>What a text is under a condition, where conditions choose a part of it.</summary>
internal sealed record Alternative(Condition When, Text Text)
{
    /// <summary>All that a text may be; none where no condition chooses, or where what it chooses is not a text.</summary>
    public static IEnumerable<Alternative> Of(Text text)
    {
        if (text.Symbols.FirstOrDefault(s => s.Chosen is not null) is not { Chosen: { } choice } symbol) return [];
        return Leaves(choice, Condition.Always).Select(leaf => leaf with
        {
            Text = Text.Join(text.Pieces.SelectMany(p => p is Piece.Hole hole && hole.Symbol == symbol ? leaf.Text.Pieces : [p])),
        });
    }

    private static IEnumerable<Alternative> Leaves(Value value, Condition when) => value switch
    {
        Value.Choice choice => Leaves(choice.Then, And(when, choice.Condition)).Concat(Leaves(choice.Otherwise, And(when, new Condition.Not(choice.Condition)))),
        _ => value.AsText is { } text ? [new Alternative(when, text)] : [],
    };

    private static Condition And(Condition one, Condition other) => one == Condition.Always ? other : new Condition.And([one, other]);
}
