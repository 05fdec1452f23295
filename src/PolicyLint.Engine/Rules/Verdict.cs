using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What a rule says of one thing.</summary>
public enum Judgement { NotApplicable, Pass, Unknown, Fail }

/// <summary>A rule's verdict on one resource, or on one element of it.</summary>
/// <param name="Element">Which element, as a place; the resource's own place where the rule judges it as a whole.</param>
public sealed record Verdict(Judgement Judgement, Rule Rule, Resource Resource, Location Element)
{
    public string Message { get; init; } = "";
    public string Reason { get; init; } = "";
    public Location Location { get; init; } = Element;
    public ImmutableArray<TraceStep> Trace { get; init; } = [];
    public ImmutableArray<Change> Changes { get; init; } = [];

    /// <summary>For an unknown: under what it surely fails, empty where nobody knows of such a case.</summary>
    public string FailsWhen { get; init; } = "";

    /// <summary>The defaults of parameters that it rests on.</summary>
    public ImmutableArray<ParameterDefault> Defaults { get; init; } = [];
}
