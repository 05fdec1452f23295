using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>One resource as the deploy will leave it.</summary>
/// <param name="Address">The logical id, or Terraform's address.</param>
/// <param name="Kind">Null for a type that no kind describes.</param>
/// <param name="Exists">The condition under which it is created.</param>
/// <param name="Created">Whether this deploy creates it; an older one keeps the defaults of its time.</param>
public sealed record Resource(
    Stack Stack, string Address, string Type, Kind? Kind, Value.Map Properties, Location Location, Condition Exists, Truth Created)
{
    /// <summary>The texts by which it is known, in the order of its kind's identities.</summary>
    public ImmutableArray<Text> Identities { get; init; } = [];

    /// <summary>The text of an identity of its kind.</summary>
    public Text Identify(string name)
    {
        for (var i = 0; i < Identities.Length; i++)
            if (Kind!.Identities[i].Name == name) return Identities[i];
        throw new ArgumentException($"kind {Kind?.Name} has no identity {name}", nameof(name));
    }

    /// <summary>Where it is deployed: as its stack, or where its provider says.</summary>
    public Surroundings Surroundings { get; init; } = Stack.Surroundings;

    /// <summary>Its path in a CDK app, empty for others.</summary>
    public string Construct { get; init; } = "";

    /// <summary>Whether the input does not hold it, but only states a policy of it: nothing else of it is known.</summary>
    public bool IsOutside { get; init; }

    public Format Format => Stack.Document.Format;

    /// <summary>Whether code of its author's own makes it, which may change others.</summary>
    public bool IsCustom => IsCustomType(Type);

    /// <summary>Whether a type is one of custom resources.</summary>
    public static bool IsCustomType(string type) => type.StartsWith("Custom::", StringComparison.Ordinal) || type == "AWS::CloudFormation::CustomResource";

    /// <summary>Its metadata where that speaks of PolicyLint, else absent.</summary>
    public Value Metadata { get; init; } = new Value.Absent(Location);

    public bool Equals(Resource? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public override string ToString() => Address;
}

/// <summary>The resources of one template or plan.</summary>
public sealed class Stack(Document document, Surroundings surroundings)
{
    public Document Document { get; } = document;
    public Surroundings Surroundings { get; } = surroundings;

    /// <summary>What a stack and the stacks nested in it have in common.</summary>
    public string Family { get; init; } = document.Scope;

    /// <summary>What the user says of buckets outside the input, by name.</summary>
    public IReadOnlyDictionary<string, KnownBucket> Buckets { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, KnownBucket>.Empty;

    /// <summary>Whether it is nested in another.</summary>
    public bool IsNested => Family != Document.Scope;

    /// <summary>The values that stand in it and were written in another file.</summary>
    public IReadOnlyCollection<Brought> Brought { get; init; } = [];

    /// <summary>The defaults of parameters that decide which of its resources and entries there are.</summary>
    public IReadOnlyCollection<ParameterDefault> Looped { get; init; } = [];

    /// <summary>Why there may be more resources than are seen here (a macro, say), empty where there are not.</summary>
    public string Open { get; set; } = "";
}

/// <summary>A value that was written in another file than the one that uses it; <paramref name="How"/> completes "because …".</summary>
public sealed record Brought(Location UsedAt, string How, Location WrittenAt);
