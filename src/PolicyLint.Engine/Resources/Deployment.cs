using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>What the user says of the deploy: the account, the region, the values of parameters; null or empty where unsaid.</summary>
public sealed record Deployment(string? Account, string? Region, ImmutableDictionary<string, string> Parameters)
{
    public static readonly Deployment Unsaid = new(null, null, ImmutableDictionary<string, string>.Empty);
}
