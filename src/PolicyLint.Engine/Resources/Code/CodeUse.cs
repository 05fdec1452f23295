using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Code that a resource runs, with what it runs with.</summary>
/// <param name="Files">What could be read of it.</param>
/// <param name="Unread">Files that were not read but may put objects, with the reason.</param>
/// <param name="Environment">The value of an environment variable, absent where it is not set.</param>
/// <param name="Variables">The names of the variables that are set.</param>
/// <param name="Writer">The account that it runs in.</param>
internal sealed record CodeUse(
    ImmutableArray<CodeFile> Files, ImmutableArray<Unread> Unread, Func<string, Value> Environment, ImmutableArray<string> Variables, Text Writer)
{
    /// <summary>Why nobody knows which account it runs in, empty where that is known; completes "because …".</summary>
    public string Doubt { get; init; } = "";

    public static readonly CodeUse None = new([], [], _ => new Value.Absent(Location.StartOf("")), [], Text.Empty);
}

/// <summary>A file that was not read, and why.</summary>
internal sealed record Unread(Location Location, string Why);
