using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The sorts of policies that take part in a decision, in the order in which a trace names them (semantics 2.1, 2.6).</summary>
public enum PolicyType { ServiceControl, ResourceControl, Endpoint, Resource, Identity, Boundary, Session }

/// <summary>Policies of one sort, and whether there may be more of them outside the input (semantics 8.5).</summary>
/// <param name="Name">What messages call them: <c>the bucket policy</c>.</param>
/// <param name="Open">Why there may be others, empty where these are all.</param>
public sealed record PolicySet(string Name, ImmutableArray<Policy> Policies, string Open)
{
    /// <summary>Why nobody knows whether they are in force, empty where they surely are.</summary>
    public string Doubt { get; init; } = "";

    public static PolicySet None(string name) => new(name, [], "");
}

/// <summary>All that decides about requests on one resource.</summary>
/// <param name="ResourceAccount">The account that owns the resource.</param>
/// <param name="Resource">Its resource policy.</param>
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

    /// <summary>Whether the caller is one that service control policies do not reach: of the management account, or a
    /// service-linked role (2.1).</summary>
    public Truth OutsideServiceControl { get; init; }

    /// <summary>Whether the account policies of the caller are taken as given: the question is what the resource lets in.</summary>
    public bool ResourceSideOnly { get; init; }

    /// <summary>Whether the identity policies of the resource's account count only where the resource policy names the account,
    /// as with KMS keys and the trust policies of roles (2.4, 5.1).</summary>
    public bool IdentityNeedsDelegation { get; init; }

    /// <summary>Whether even the root user of the resource's account needs a statement that lets it in (5.1 rule 1).</summary>
    public bool RootNeedsGrant { get; init; }

    /// <summary>Why no other account can make this request, empty where one can (5.1 rule 6).</summary>
    public string OwnAccountOnly { get; init; } = "";

    /// <summary>Actions on which a Deny of the resource policy does not bind the root user of its account (2.5).</summary>
    public ImmutableArray<string> RootIsNeverDenied { get; init; } = [];

    /// <summary>Whether the object asked for belongs to another account than the bucket: the bucket policy's Allows then do not
    /// count for it, its Denies do (3.1).</summary>
    public Truth OwnedByAnother { get; init; }

    /// <summary>S3's RestrictPublicBuckets, in force at the bucket (3.5).</summary>
    public Truth RestrictPublicBuckets { get; init; }

    /// <summary>S3's BlockPublicPolicy is on while the policy is first written, so that a public one is refused (3.5).</summary>
    public Truth RefusesPublicPolicy { get; init; }

    /// <summary>What is granted beside policies (S3's ACLs, KMS's grants).</summary>
    public Grant Grants { get; init; } = Grant.None;

    /// <summary>What is taken to be so although the input does not show it (8.5).</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];
}

/// <summary>Something beside policies that lets a caller in, and why.</summary>
public sealed record Grant(Truth Truth, string Why)
{
    public static readonly Grant None = new(Truth.No, "");
}
