using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether a request will be allowed: yes, no, or unknown, with the steps that led there.</summary>
/// <param name="Reason">One sentence without a full stop, such as a person would say.</param>
public sealed record Decision(Truth Allowed, string Reason, ImmutableArray<TraceStep> Trace);

/// <summary>One step of a trace: what a statement or setting did, and where it stands.</summary>
public sealed record TraceStep(string Text, Location Location);
