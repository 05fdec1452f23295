namespace PolicyLint.Engine.Resources;

/// <summary>Kleene's three values; "and" is the minimum, "or" the maximum (semantics 0.3).</summary>
public enum Truth : byte { No, Unknown, Yes }

/// <summary>The connectives of <see cref="Truth"/>.</summary>
public static class Truths
{
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    public static Truth Not(this Truth truth) => (Truth)(Truth.Yes - truth);

    public static Truth ToTruth(this bool value) => value ? Truth.Yes : Truth.No;
}
