using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>One fault: what it is, where, and in words.</summary>
/// <param name="Statement">The place of its statement in the policy, from 0; -1 where the whole policy has it.</param>
public sealed record Fault(FaultKind Kind, string Text, Location Location, int Statement)
{
    /// <summary>Whether something that nobody knows decides whether it is one; then the text says what.</summary>
    public bool IsOpen { get; init; }
}
