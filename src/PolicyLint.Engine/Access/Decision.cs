using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether a request will be allowed: yes, no, or unknown, with the account of why. The account is put into words
/// when somebody asks for it.</summary>
public sealed class Decision
{
    private readonly Func<Account> tell;
    private Account? account;

    public Decision(Truth allowed, Func<Account> tell) => (Allowed, this.tell) = (allowed, tell);

    public Decision(Truth allowed, string reason, ImmutableArray<TraceStep> trace) : this(allowed, () => new Account(reason, trace)) { }

    public Truth Allowed { get; }

    public Account Account => account ??= tell();

    /// <summary>One sentence without a full stop, such as a person would say.</summary>
    public string Reason => Account.Reason;

    public ImmutableArray<TraceStep> Trace => Account.Trace;

    /// <summary>Whether a statement denies it, and not only nothing allows it.</summary>
    public bool IsDenied => Allowed is Truth.No && Trace.Any(t => t.Statement is { Statement.Effect: Effect.Deny, Matches: Truth.Yes });

    /// <summary>The same decision with something said after its reason.</summary>
    public Decision Noting(string note) => new(Allowed, () => Account with { Reason = $"{Account.Reason} ({note})" });

    /// <summary>The same decision, resting on one thing more where it allows.</summary>
    public Decision Assuming(string assumption) => Allowed is Truth.Yes ? new(Allowed, () => Account with { Assumptions = Account.Assumptions.Add(assumption) }) : this;

    /// <summary>Both must allow: the worse of two decisions, and of equal ones the first; what both assume.</summary>
    public Decision And(Decision other)
    {
        if (other.Allowed < Allowed) return other;
        if (Allowed is not Truth.Yes || other.Allowed is not Truth.Yes) return this;
        return new Decision(Truth.Yes, () => Account with { Trace = Trace.AddRange(other.Trace), Assumptions = [.. Account.Assumptions.Union(other.Account.Assumptions, StringComparer.Ordinal)] });
    }
}

/// <summary>Why a request is allowed or not.</summary>
/// <param name="Reason">One sentence without a full stop.</param>
/// <param name="Trace">The steps that led there, the deciding one first.</param>
public sealed record Account(string Reason, ImmutableArray<TraceStep> Trace)
{
    /// <summary>For an unknown: what would settle it, each by itself (semantics 8.4).</summary>
    public ImmutableArray<Change> Changes { get; init; } = [];

    /// <summary>What the decision takes to be so although the input does not show it (8.5).</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];
}

/// <summary>One step of a trace: what a statement or setting did, and where it stands.</summary>
public sealed record TraceStep(string Text, Location Location)
{
    /// <summary>The statement that the step is about, and how it was matched; null where it is about a setting.</summary>
    public StatementStep? Statement { get; init; }
}

/// <summary>What a trace says of a statement (semantics 2.6).</summary>
/// <param name="Policy">The address of the resource that states the policy, else what messages call it.</param>
/// <param name="Element">The element that decided; <paramref name="Clause"/> is set where that is a condition.</param>
public sealed record StatementStep(PolicyType Type, string Policy, Statement Statement, Truth Matches, ElementName Element, Clause? Clause)
{
    /// <summary>What the request has for the condition's key, empty where that is not one known thing.</summary>
    public string RequestValue { get; init; } = "";
}

/// <summary>Something that is not known and would settle the decision.</summary>
/// <param name="Allowed">What the decision would be: never unknown.</param>
/// <param name="If">What would have to be so, to be read after "if": <c>parameter `X` is `…`</c>.</param>
public sealed record Change(Truth Allowed, string If, Location Location)
{
    public override string ToString() => $"would be {(Allowed is Truth.Yes ? "allowed" : "denied")} if {If}";
}
