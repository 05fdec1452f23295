using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Checks a property on so many drawn cases. The seed is fixed; POLICYLINT_SEED sets another.</summary>
internal static class Generated
{
    private static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("POLICYLINT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261121;

    /// <summary>Null from <paramref name="fault"/> where all is well, else what is wrong with the case.</summary>
    public static void Check<T>(int count, Gen<T> cases, Func<T, IEnumerable<T>> simpler, Func<T, string?> fault)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, 1).WithQuietOnSuccess(true);
        var shrunk = ""; // the last case that fails is the simplest
        try
        {
            Prop.ForAll(Arb.From(cases, simpler), (Func<T, bool>)Holds).Check(config);
        }
        catch (Exception e) when (e.Message.Contains("Falsifiable", StringComparison.Ordinal))
        {
            Assert.Fail(shrunk.Length > 0 ? $"POLICYLINT_SEED={Seed}: {shrunk}" : $"POLICYLINT_SEED={Seed}\n{e.Message}");
        }

        bool Holds(T one)
        {
            if (fault(one) is not { } found) return true;
            shrunk = $"{found}\n{one}";
            return false;
        }
    }
}

/// <summary>Counts outcomes, so that a check of nothing but one outcome is seen.</summary>
internal sealed class Tally
{
    private readonly int[] counts = new int[3];

    public void Add(Truth outcome) => counts[(int)outcome]++;

    public void AssertFair(int percent)
    {
        var told = $"denied {counts[0]}, not settled {counts[1]}, allowed {counts[2]}";
        Assert.True(counts.All(c => c * 100L >= counts.Sum() * (long)percent), told);
    }

    public override string ToString() => $"denied {counts[0]}, not settled {counts[1]}, allowed {counts[2]}";
}
