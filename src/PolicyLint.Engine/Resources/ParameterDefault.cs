using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>The default of a parameter that nobody gave a value: its text unless whoever deploys says another (semantics 8.1).</summary>
/// <param name="Scope">The document that declares the parameter.</param>
public sealed record ParameterDefault(string Scope, string Parameter, string Text)
{
    private const int Longest = 60;

    /// <summary>The parameter as people are told.</summary>
    public string Named => $"parameter `{Parameter}`";

    /// <summary>The default as people are told.</summary>
    public string Shown => Text.Length <= Longest ? Text : $"{Text[..(Longest - 1)]}…";

    /// <summary>Both: <c>parameter `Stage`, `dev`</c>.</summary>
    public override string ToString() => $"{Named}, `{Shown}`";

    /// <summary>Several of them, to be read after "with": <c>the default of parameter `A`, `x`, and of parameter `B`, `y`</c>.</summary>
    public static string Naming(ImmutableArray<ParameterDefault> defaults) =>
        $"the default{(defaults.Length == 1 ? "" : "s")} of {string.Join(", and of ", defaults)}";

    /// <summary>Those of <paramref name="doubtful"/> that are needed beside the others, by halves.</summary>
    public static ImmutableArray<ParameterDefault> Fewest(ImmutableArray<ParameterDefault> doubtful, ImmutableArray<ParameterDefault> others, Func<ImmutableArray<ParameterDefault>, bool> holds)
    {
        if (doubtful.IsEmpty || holds(others)) return [];
        if (doubtful.Length == 1) return doubtful;
        var half = doubtful.Length / 2;
        var first = Fewest(doubtful[..half], [.. others, .. doubtful[half..]], holds);
        return [.. first, .. Fewest(doubtful[half..], [.. others, .. first], holds)];
    }
}

/// <summary>What a symbol's text is where these parameters keep their defaults.</summary>
public sealed record TextByDefault(ImmutableArray<ParameterDefault> Of, string Text);

/// <summary>What an unknown value is where these parameters keep their defaults.</summary>
public sealed record ValueByDefault(ImmutableArray<ParameterDefault> Of, Value Value);
