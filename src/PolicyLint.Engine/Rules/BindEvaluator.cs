using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Follows the text by which a rule binds a resource.</summary>
internal static class BindEvaluator
{
    /// <summary>The resource that the text names; one outside the input; or null where it names none of the kinds, so that the
    /// rule does not apply.</summary>
    public static Item? Follow(Bind bind, Scope scope, Resource from) => Find(bind, scope, from) switch
    {
        Item.Outside when bind.InInput => null,
        var item => item,
    };

    private static Item? Find(Bind bind, Scope scope, Resource from)
    {
        var found = scope.Find(bind.Follow);
        if (found.Items is not [Item.OfValue { Value: var value }])
            return found.Doubt is { } doubt && CheckEvaluator.Evaluate(bind.UnknownWhen, scope).Truth is not Truth.No ? doubt : null;
        if (Fields.LinkText(scope.Scenario.Read(value)) is { } text)
        {
            if (Named(bind, text, scope, from, value.Location) is { } item) return item;
            if (Foreign.Is(text, bind.Kinds.Select(k => scope.Surface.Graph.Kinds.Named(k)!))) return null;
            if (!text.Symbols.Any() && (bind.UnknownWhen == Check.Nothing || CheckEvaluator.Evaluate(bind.UnknownWhen, scope).Truth is Truth.No)) return null;
            if (!text.Symbols.Any()) return new Item.Outside($"`{text}` is not how a {KindsOf(bind)} is called", value.Location);
        }
        else if (value is Value.Absent) return null;
        if (CheckEvaluator.Evaluate(bind.UnknownWhen, scope).Truth is Truth.No) return null;
        return new Item.Outside($"what `{bind.Follow.Source}` names is not known here: {Why(value)}", value.Location);
    }

    /// <summary>The resource of one of the kinds that a text names, or one outside the input; null where it names none.</summary>
    private static Item? Named(Bind bind, Text text, Scope scope, Resource from, Documents.Location at)
    {
        var kinds = bind.Kinds.Select(k => scope.Surface.Graph.Kinds.Named(k)!).ToList();
        var outside = "";
        foreach (var (inner, rest) in InnerTexts.Of(text, [.. bind.Inside, .. kinds.SelectMany(k => k.Inside)]))
            foreach (var kind in kinds)
            {
                var recognised = scope.Surface.Graph.Recognise(inner, kind, from.Stack);
                if ((recognised.Resource ?? scope.Surface.Questions.KeyBehind(inner, kind, from.Stack, scope.Scenario)) is { } target)
                {
                    if (scope.Scenario.Peek(target.Exists) is Truth.No) scope.Scenario.Impossible = true;
                    return new Item.OfResource(target, recognised.Via) { Called = rest is null || kind.Identity("arn") is null ? null : target.Identify("arn") + rest };
                }
                if (recognised.Via.Length > 0 && outside.Length == 0) outside = $"nothing in the input makes the {kind.Name} `{recognised.Name}` or states its policy";
            }
        return outside.Length > 0 ? new Item.Outside(outside, at) : null;
    }

    private static string KindsOf(Bind bind) => string.Join(" or ", bind.Kinds);

    private static string Why(Value value) => value switch
    {
        Value.Unknown unknown => unknown.Why,
        Value.Str text => $"`{text.Text}`",
        _ => "it is not a text",
    };
}
