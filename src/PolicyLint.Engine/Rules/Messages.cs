using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Fills the placeholders of messages and of texts in checks.</summary>
internal static class Messages
{
    /// <summary>The text with symbols kept, for comparing; null where a placeholder is not a text or not known.</summary>
    public static Text? TextOf(Message message, Scope scope)
    {
        var text = Text.Empty;
        foreach (var part in message.Parts)
        {
            var piece = part.Path is { } path ? PathText(path, scope) : Text.Of(part.Literal);
            if (piece is null) return null;
            text += piece;
        }
        return text;
    }

    /// <summary>The texts that a value of a comparison stands for: those of a list, where it is a placeholder for one; null for
    /// one that is not known.</summary>
    public static IEnumerable<Text?> TextsOf(Message message, Scope scope) =>
        message.Parts is [{ Path: { } path }] && scope.Find(path) is { Doubt: null, Items: [Item.OfValue { Value: Value.List list }] }
            ? scope.Scenario.ReadItems(list).Select(v => v.AsText)
            : [TextOf(message, scope)];

    private static Text? PathText(ScopePath path, Scope scope)
    {
        if (scope.Find(path) is not { Doubt: null, Items: [Item.OfValue { Value: var value }] }) return null;
        return value switch
        {
            Value.Unknown { Likely: Value.Str likely } => likely.Text,
            Value.Absent => Text.Empty,
            _ => value.AsText,
        };
    }

    /// <summary>The message for people; <c>{reason}</c> is what the check found.</summary>
    public static string Say(Message message, Scope scope, string reason) => string.Concat(message.Parts.Select(part =>
        part.Path is null ? part.Literal
        : part.Path.Root == "reason" && part.Path.Steps.IsEmpty ? reason
        : Shown(part.Path, scope)));

    private static string Shown(ScopePath path, Scope scope)
    {
        var found = scope.Find(path);
        if (found.Doubt is not null && found.Items.IsEmpty) return "⟨unknown⟩";
        return found.Items.IsEmpty ? "nothing" : string.Join(", ", found.Items.Select(i => i switch
        {
            Item.OfValue value => Shown(value.Value, scope),
            Item.OfPrincipal principal => principal.Entry.ToString(),
            Item.OfStatement statement => statement.Statement.Label,
            Item.OfResource resource => resource.Resource.Address,
            _ => "⟨unknown⟩",
        }));
    }

    private static string Shown(Value value, Scope scope) => value switch
    {
        Value.Str text => text.Text.ToString(),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Unknown { Likely: Value.Str likely } => likely.Text.ToString(),
        Value.List list when scope.Scenario.ReadItems(list).ToList() is { Count: > 0 } items => string.Join(", ", items.Select(i => Shown(i, scope))),
        Value.List or Value.Absent => "nothing",
        _ => "⟨unknown⟩",
    };
}
