using static System.FormattableString;

namespace PolicyLint.Benchmarks;

/// <summary>One figure beside the target that is documented for it.</summary>
internal sealed record Measured(string What, string Figure, string Target, bool Met)
{
    public static Measured AtMost(string what, double figure, double limit, string unit) =>
        new(what, Invariant($"{figure:0.##}{unit}"), Invariant($"at most {limit:0.##}{unit}"), figure <= limit);

    public static Measured AtLeast(string what, double figure, double limit, string unit) =>
        new(what, Invariant($"{figure:0.##}{unit}"), Invariant($"at least {limit:0.##}{unit}"), figure >= limit);

    public override string ToString() => $"{What,-52} {Figure,10}   {Target,-20} {(Met ? "met" : "MISSED")}";
}
