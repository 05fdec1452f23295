namespace PolicyLint.Engine.Resources;

/// <summary>What the user says of the deploy: the account, the region, the values of parameters; null or empty where unsaid.</summary>
public sealed record Deployment(string? Account, string? Region, IReadOnlyDictionary<string, string> Parameters)
{
    public static readonly Deployment Unsaid = new(null, null, new Dictionary<string, string>(StringComparer.Ordinal));
}
