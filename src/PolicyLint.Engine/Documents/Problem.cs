namespace PolicyLint.Engine.Documents;

/// <summary>A fault in a user's file: where, what was found and expected, and what to do about it.</summary>
/// <param name="Help">The next step, empty where the message already says it.</param>
public sealed record Problem(Location Location, string Message, string Help = "")
{
    /// <summary>By place, then by message.</summary>
    public static readonly Comparer<Problem> InOrder = Comparer<Problem>.Create((a, b) =>
        a.Location.CompareTo(b.Location) is not 0 and var order ? order : string.CompareOrdinal(a.Message, b.Message));

    /// <summary>Which fault of a policy it is, empty for every other: where a rule looks for that fault, it is told as a finding.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Where else to look: the first of two equal keys, say.</summary>
    public Location? Related { get; init; }
}
