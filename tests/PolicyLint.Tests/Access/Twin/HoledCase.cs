using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>A case of which parts are not known, and several ways to know them: the first is how it was before.</summary>
public sealed record HoledCase(Case Holed, ImmutableArray<Filling> Fillings)
{
    public IEnumerable<HoledCase> Simpler() =>
    [
        .. Shrinker.Simpler(Holed).Select(less => this with { Holed = less }),
        .. Fillings.Length > 1 ? Fillings.Select((_, i) => this with { Fillings = Fillings.RemoveAt(i) }) : [],
    ];

    public override string ToString() => $"{Holed}{string.Join("\n", Fillings)}";
}

/// <summary>One way to fill the holes of a case.</summary>
/// <param name="Texts">What stands for each mark, wherever it stands.</param>
/// <param name="Keys">The keys that were not known, known.</param>
public sealed record Filling(ImmutableArray<(string Mark, string Text)> Texts, ImmutableArray<TwinKey> Keys)
{
    public Case Fill(Case holed)
    {
        var keys = holed.Request.Context.Select(k => k.Presence is Truth.Unknown ? Keys.First(known => known.Name == k.Name) : k);
        return (holed with { Request = holed.Request with { Context = [.. keys] } }).Map(Replace, Replace);
    }

    /// <summary>The case filled; null where this makes a statement one that AWS refuses, so that it is never deployed.</summary>
    public Case? FillValid(Case holed) => Fill(holed) is var filled && filled.Refused <= holed.Refused ? filled : null;

    private string Replace(string text) => Texts.Aggregate(text, (filled, hole) => filled.Replace(hole.Mark, hole.Text, StringComparison.Ordinal));

    public override string ToString() => $"  filled {string.Join(", ", Texts.Select(t => $"{t.Mark} by `{t.Text}`"))} {string.Join("; ", Keys)}";
}
