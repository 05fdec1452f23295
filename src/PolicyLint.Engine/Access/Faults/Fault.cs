using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>One fault: what it is, where, and in words.</summary>
/// <param name="Statement">The place of its statement in the policy, from 0; -1 where the whole policy has it.</param>
public sealed record Fault(FaultKind Kind, string Text, Location Location, int Statement)
{
    /// <summary>Whether something that nobody knows decides whether it is one; then the text says what.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What would be a fault of this kind, or not, if it were known.</summary>
    public static Fault Open(FaultKind kind, string why, Location at, int statement) => new(kind, why, at, statement) { IsOpen = true };
}
