using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Policies of one sort, and whether there may be more of them outside the input (semantics 8.5).</summary>
/// <param name="Name">What messages call them: <c>the bucket policy</c>.</param>
/// <param name="Open">Why there may be others, empty where these are all.</param>
public sealed record PolicySet(string Name, ImmutableArray<Policy> Policies, string Open)
{
    public static PolicySet None(string name) => new(name, [], "");
}

/// <summary>All that decides about requests on one resource.</summary>
public sealed record World(Text ResourceAccount, PolicySet Resource)
{
    /// <summary>What the caller's own policies grant; null where the caller has none (services, anonymous) or where they are
    /// not the question.</summary>
    public PolicySet? Identity { get; init; }
    public PolicySet? Boundary { get; init; }
    public PolicySet? Session { get; init; }

    /// <summary>One set a level, from the root of the organization to the account (2.2 rule 3).</summary>
    public ImmutableArray<PolicySet> ServiceControl { get; init; } = [];
    public ImmutableArray<PolicySet> ResourceControl { get; init; } = [];
    public PolicySet? Endpoint { get; init; }

    /// <summary>Whether the account policies of the caller are taken as given: the question is what the resource lets in.</summary>
    public bool ResourceSideOnly { get; init; }

    /// <summary>S3's RestrictPublicBuckets, in force at the bucket (3.5).</summary>
    public Truth RestrictPublicBuckets { get; init; }

    /// <summary>S3's BlockPublicPolicy is on while the policy is first written, so that a public one is refused (3.5).</summary>
    public Truth RefusesPublicPolicy { get; init; }

    /// <summary>What is granted beside policies (S3's ACLs), and why.</summary>
    public (Truth Truth, string Why) Grants { get; init; } = (Truth.No, "");
}
