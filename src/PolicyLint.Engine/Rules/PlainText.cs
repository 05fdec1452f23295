using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Decides whether texts that should be secret can be read; what they are is never shown.</summary>
internal static class PlainText
{
    /// <summary>Whether one of the texts at the path can be read.</summary>
    public static Outcome Evaluate(Check.Plain check, Scope scope)
    {
        var found = scope.Find(check.Path);
        var (truth, at) = (Truth.No, scope[check.Path.Root].Location);
        foreach (var item in found.Items)
            if (IsReadable(item, scope) is var one && one > truth) (truth, at) = (one, item.Location);
        if (truth is not Truth.Yes && found.Doubt is { } doubt) return Outcome.Of(Truth.Unknown, doubt.Why, doubt.At);
        return Outcome.Of(truth, truth is Truth.Unknown ? $"whether anybody is shown `{check.Path.Source}` is not known here" : $"nobody is shown `{check.Path.Source}`", at);
    }

    /// <summary>Whether a check looks for such texts: the line of its finding has one.</summary>
    public static bool IsSoughtBy(Check check) => check switch
    {
        Check.Plain => true,
        Check.Not not => IsSoughtBy(not.Inner),
        Check.All all => all.Checks.Any(IsSoughtBy),
        Check.Any any => any.Checks.Any(IsSoughtBy),
        Check.If implied => IsSoughtBy(implied.Then),
        Check.Quantified each => IsSoughtBy(each.Satisfies),
        _ => false,
    };

    /// <summary>That one can be read although it must not, and why.</summary>
    public static Outcome Told(Check.Plain check, Scope scope)
    {
        var item = scope.Find(check.Path).Items.First(i => IsReadable(i, scope) is Truth.Yes);
        var shown = ValueOf(item, scope) is Value.Str text ? text.Text.Symbols.Select(s => $"`{s}`").Distinct().ToList() : [];
        return Outcome.Of(Truth.No, shown.Count == 0 ? $"`{check.Path.Source}` is written down" : $"`{check.Path.Source}` holds {string.Join(", ", shown)}, without `NoEcho` or with a default", item.Location);
    }

    private static Value ValueOf(Item item, Scope scope) => item is Item.OfValue value ? scope.Scenario.Read(value.Value) : new Value.Absent(item.Location);

    private static Truth IsReadable(Item item, Scope scope) => ValueOf(item, scope) switch
    {
        Value.Str text => IsReadable(text.Text),
        Value.Number or Value.Flag => Truth.Yes,
        Value.Unknown or Value.Choice => Truth.Unknown,
        _ => Truth.No, // a secret, nothing, or what is no text
    };

    /// <summary>A part that is hidden hides what matters; what another resource gives may be anything.</summary>
    private static Truth IsReadable(Text text)
    {
        if (text.Known is { } known) return (known.Length > 0).ToTruth();
        if (text.Symbols.Any(s => s.IsShown is false)) return Truth.No;
        return (!text.HasEither && text.Symbols.All(s => s.IsShown is true)) ? Truth.Yes : Truth.Unknown;
    }
}
