using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What a check came to, and why where it did not hold.</summary>
public sealed record Outcome(Truth Truth, ImmutableArray<Reason> Reasons)
{
    public static readonly Outcome Yes = new(Truth.Yes, []);

    public static Outcome Of(Truth truth, string why, Documents.Location at) =>
        truth is Truth.Yes ? Yes : new Outcome(truth, [new Reason(truth, why, at, [])]);

    public static Outcome Of(Truth truth, Reason reason) => new(truth, [reason]);
}

/// <summary>Why a check did not hold, or could not be decided.</summary>
public sealed record Reason(Truth Truth, string Text, Documents.Location Location, ImmutableArray<TraceStep> Trace)
{
    /// <summary>What would settle it, where it is an access decision that is not known.</summary>
    public ImmutableArray<Change> Changes { get; init; } = [];
}
