using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>What the user says of the deploy: the account, the region, the values of parameters; null or empty where unsaid.</summary>
public sealed record Deployment(string? Account, string? Region, IReadOnlyDictionary<string, string> Parameters)
{
    public static readonly Deployment Unsaid = new(null, null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The service control policies above the callers' account, from the root down; default where nobody says.</summary>
    public ImmutableArray<ControlLevel> ServiceControl { get; init; }

    /// <summary>The resource control policies above the resources' account; default where nobody says.</summary>
    public ImmutableArray<ControlLevel> ResourceControl { get; init; }

    /// <summary>What the user says of buckets outside the input, by name.</summary>
    public IReadOnlyDictionary<string, KnownBucket> Buckets { get; init; } = ImmutableDictionary<string, KnownBucket>.Empty;

    /// <summary>Whether an answer that rests on an assumption counts as unknown (semantics 8.5).</summary>
    public bool Strict { get; init; }
}

/// <summary>A bucket outside the input: the account that owns it, and its object ownership, empty where nobody says.</summary>
public sealed record KnownBucket(string Account, string Ownership)
{
    /// <summary>The canonical user that reads it, as of a CDN's origin access identity; empty where nobody says.</summary>
    public string Reader { get; init; } = "";
}

/// <summary>The policies that an organization attaches at one level: to its root, to one organizational unit, to the account.</summary>
public sealed record ControlLevel(string Name, ImmutableArray<Input> Files);
