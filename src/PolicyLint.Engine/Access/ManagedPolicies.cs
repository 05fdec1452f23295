using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The policies that AWS itself keeps, <c>arn:aws:iam::aws:policy/…</c>, as they were when the data was made
/// (<c>data/aws-managed-policies.txt</c>: a line each, its path, a tab, its document). Read only when one is asked for.</summary>
public sealed class ManagedPolicies(List<Problem> problems)
{
    private const string Prefix = ":iam::aws:policy/";
    private readonly Dictionary<string, Policy?> read = new(StringComparer.Ordinal);

    /// <summary>The day that the data is of, as <c>2026-08-26</c>.</summary>
    public static string AsOf => Carried.DateOf(CarriedLines.OfManagedPolicies);

    /// <summary>The policy of an ARN, of whatever partition; null where the data has none.</summary>
    public Policy? Named(string arn)
    {
        if (arn.IndexOf(Prefix, StringComparison.Ordinal) is not (> 0 and var at)) return null;
        var name = arn[(at + Prefix.Length)..];
        if (!read.TryGetValue(name, out var policy)) read[name] = policy = Read(name);
        return policy;
    }

    private Policy? Read(string name) =>
        CarriedLines.ManagedPolicies[name] is { IsEmpty: false } document && JsonReader.Read(Location.StartOf($"AWS managed policy {name}"), document, problems) is { } root
            ? PolicyReader.Read(root, problems) with { Name = $"AWS managed policy `{name}`" }
            : null;
}
