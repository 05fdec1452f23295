using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Findings;

/// <summary>What a person is told: a rule's failure, or what it could not decide.</summary>
/// <param name="IsOpen">The rule could not decide.</param>
public sealed record Finding(Rule Rule, bool IsOpen, string Message, string Reason, Location Location, string Resource, Location ResourceLocation)
{
    public ImmutableArray<TraceStep> Trace { get; init; } = [];

    /// <summary>What would settle it, where it is open (semantics 8.4).</summary>
    public ImmutableArray<Change> Changes { get; init; } = [];

    /// <summary>The resource's path in a CDK app, empty for others.</summary>
    public string Construct { get; init; } = "";

    /// <summary>The source line that it points at.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary>The same for the same finding after lines have moved: of rule, path, resource and its number among equals.</summary>
    public string Fingerprint { get; init; } = "";

    public Severity Severity => Rule.Severity;
}
