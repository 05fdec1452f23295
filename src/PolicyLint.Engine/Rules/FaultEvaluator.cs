using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Whether a policy or a statement has a fault, three-valued.</summary>
internal static class FaultEvaluator
{
    public static Outcome Has(Check.Fault check, Scope scope) => Unread(check, scope) is { } unread
        ? unread
        : Find(check, scope) switch
        {
            [] => Outcome.Of(Truth.No, $"it has no fault of the kind `{FaultKinds.WordOf(check.Is)}`", scope[check.Of].Location),
            var found when found.Any(f => !f.IsOpen) => Outcome.Yes,
            var open => Told(Truth.Unknown, open),
        };

    /// <summary>The opposite: each fault is a reason, at its own place.</summary>
    public static Outcome HasNot(Check.Fault check, Scope scope)
    {
        if (Unread(check, scope) is { } unread) return unread.Truth is Truth.No ? Outcome.Yes : unread;
        var found = Find(check, scope);
        if (found.IsEmpty) return Outcome.Yes;
        ImmutableArray<Fault> certain = [.. found.Where(f => !f.IsOpen)];
        return certain.IsEmpty ? Told(Truth.Unknown, found) : Told(Truth.No, certain);
    }

    /// <summary>What can be said of a policy of which nothing is known, or of a statement of it; null of others.</summary>
    private static Outcome? Unread(Check.Fault check, Scope scope) => scope[check.Of] switch
    {
        Item.OfPolicy { Policy: { Unread.Length: > 0 } policy } => Of(check, policy, policy.WhyUnread, policy.Location),
        Item.Outside { Of: { } policy } outside => Of(check, policy, outside.Why, outside.At),
        Item.Outside outside => Outcome.Of(Truth.Unknown, outside.Why, outside.At),
        _ => null,
    };

    private static Outcome Of(Check.Fault check, Policy policy, string why, Location at) => Outcome.Of(OpenFaults.Concerns(check.Is, policy) ? Truth.Unknown : Truth.No, why, at);

    private static Outcome Told(Truth truth, ImmutableArray<Fault> faults) => new(truth, [.. faults.Select(f => new Reason(truth, f.Text, f.Location, []))]);

    private static ImmutableArray<Fault> Find(Check.Fault check, Scope scope)
    {
        var (policy, statement) = scope[check.Of] switch
        {
            Item.OfStatement one => (one.Policy, one.Statement),
            Item.OfPolicy whole => (whole.Policy, null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var faults = scope.Surface.Questions.Faults.Of(policy);
        return faults.Count == 0 ? [] : [.. faults.Where(f => f.Kind == check.Is && (statement is null || f.Statement == statement.Index))];
    }
}
