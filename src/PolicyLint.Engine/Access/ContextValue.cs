using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What a request has for one condition key (semantics 1.9).</summary>
/// <param name="Presence">Whether the key is there.</param>
/// <param name="Values">Its values where they are known in whole or part.</param>
/// <param name="Nature">What is known of a value that is not listed.</param>
public sealed record ContextValue(Truth Presence, ImmutableArray<Text> Values, ValueNature Nature)
{
    public static readonly ContextValue Absent = new(Truth.No, [], ValueNature.Listed);

    /// <summary>Nobody knows whether it is there, nor what it would be.</summary>
    public static readonly ContextValue Unknown = new(Truth.Unknown, [], ValueNature.Any);

    /// <summary>It is there, with a value that belongs to AWS and equals no customer's (8.3 rule 5).</summary>
    public static readonly ContextValue Opaque = new(Truth.Yes, [], ValueNature.Opaque);

    /// <summary>Whoever calls can choose to have it, with any value.</summary>
    public static readonly ContextValue Free = new(Truth.Unknown, [], ValueNature.Free);

    public static ContextValue Of(params ReadOnlySpan<string> values) => new(Truth.Yes, [.. values.ToArray().Select(Text.Of)], ValueNature.Listed);

    public static ContextValue Of(Text value) => new(Truth.Yes, [value], ValueNature.Listed);

    /// <summary>It is there with one of these values.</summary>
    public static ContextValue OneOf(params ReadOnlySpan<string> values) => Of(values) with { Nature = ValueNature.Alternatives };
}

/// <summary>How the value of a key is known.</summary>
public enum ValueNature { Listed, Alternatives, Any, Opaque, Free }
