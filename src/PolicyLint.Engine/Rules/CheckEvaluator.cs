using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Evaluates checks over a scope, three-valued.</summary>
public static class CheckEvaluator
{
    /// <summary>Whether the check holds, with the reasons where it does not surely hold.</summary>
    public static Outcome Evaluate(Check check, Scope scope) => check switch
    {
        Check.All all => All(all.Checks.Select(c => Evaluate(c, scope))),
        Check.Any any => Any(any.Checks.Select(c => Evaluate(c, scope))),
        Check.Not not => Not(not.Inner, scope),
        Check.If conditional => If(conditional, scope),
        Check.Exists exists => Exists(exists, scope),
        Check.Quantified quantified => Quantified(quantified, scope),
        Check.Compare compare => ComparisonEvaluator.Evaluate(compare, scope),
        Check.Access access => AccessEvaluator.Evaluate(access, scope).Outcome,
        Check.Covers covers => AccessEvaluator.Covers(covers, scope),
        Check.Dead dead => StatementChecks.Dead(dead, scope),
        Check.Idle idle => StatementChecks.Idle(idle, scope),
        Check.IsPublic isPublic => IsPublic(isPublic, scope),
        Check.Fault fault => FaultEvaluator.Has(fault, scope),
        Check.Plain plain => PlainText.Evaluate(plain, scope),
        Check.Open open => Outcome.Of(Truth.Unknown, open.Why, scope.Focus.Location),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Outcome All(IEnumerable<Outcome> outcomes)
    {
        var truth = Truth.Yes;
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        foreach (var outcome in outcomes)
        {
            truth = truth.And(outcome.Truth);
            reasons.AddRange(outcome.Reasons);
        }
        return truth is Truth.Yes ? Outcome.Yes : new Outcome(truth, [.. reasons.Where(r => r.Truth == truth)]);
    }

    /// <summary>Where none holds, the first is the one that people are told of.</summary>
    private static Outcome Any(IEnumerable<Outcome> outcomes)
    {
        var told = new Outcome(Truth.No, []);
        foreach (var outcome in outcomes)
        {
            if (outcome.Truth is Truth.Yes) return Outcome.Yes;
            if (outcome.Truth > told.Truth || (outcome.Truth == told.Truth && told.Reasons.IsEmpty)) told = outcome;
        }
        return told;
    }

    /// <summary>A denied request tells what allows it; other checks tell that they hold.</summary>
    private static Outcome Not(Check inner, Scope scope)
    {
        if (inner is Check.Access access)
        {
            var (outcome, decision) = AccessEvaluator.EvaluateForSome(access, scope);
            if (decision is not null) return Turned(decision, access, scope);
            return new Outcome(outcome.Truth.Not(), outcome.Reasons);
        }
        if (inner is Check.Not { Inner: Check.Access some }) return AccessEvaluator.EvaluateForSome(some, scope).Outcome;
        if (inner is Check.Fault fault) return FaultEvaluator.HasNot(fault, scope);
        var result = Evaluate(inner, scope);
        var truth = result.Truth.Not();
        if (truth is Truth.Yes) return Outcome.Yes;
        if (inner is Check.Plain plain && truth is Truth.No) return PlainText.Told(plain, scope);
        if (StatementChecks.WhyHolds(inner, scope) is { } why) return Outcome.Of(truth, why.Text, why.At);
        return truth is Truth.Unknown ? new Outcome(truth, result.Reasons) : Outcome.Of(truth, Describe(inner, scope), PlaceOf(inner, scope));
    }

    private static Outcome Turned(Decision decision, Check.Access access, Scope scope)
    {
        if (decision.Allowed is Truth.No) return Outcome.Yes;
        var at = decision.Trace is [var first, ..] ? first.Location : scope[access.OnName].Location;
        return Outcome.Of(decision.Allowed.Not(), new Reason(decision.Allowed.Not(), decision.Reason, at, decision.Trace) { Changes = decision.Account.Changes });
    }

    private static Outcome If(Check.If check, Scope scope)
    {
        var condition = Evaluate(check.Condition, scope);
        if (condition.Truth is Truth.No) return Outcome.Yes;
        var then = Evaluate(check.Then, scope);
        if (condition.Truth is Truth.Yes || then.Truth is Truth.Yes) return then;
        return new Outcome(Truth.Unknown, condition.Reasons);
    }

    private static Outcome Exists(Check.Exists check, Scope scope)
    {
        var found = scope.Find(check.Path);
        if (found.Items.Any(i => i is not (Item.OfValue { Value: Value.Absent or Value.Unknown } or Item.OfPolicy { Policy.Unread.Length: > 0 }))) return Outcome.Yes;
        if (found.Items is [Item.OfPolicy { Policy: var unread }, ..]) return Outcome.Of(Truth.Unknown, $"`{check.Path.Source}` is not known here: {unread.Unread}", unread.Location);
        var unknown = found.Items.OfType<Item.OfValue>().Select(i => i.Value).OfType<Value.Unknown>().FirstOrDefault();
        if (unknown is { Likely: not null }) return Outcome.Yes;
        if (unknown is not null) return Outcome.Of(Truth.Unknown, $"`{check.Path.Source}` is not known here: {unknown.Why}", unknown.Location);
        if (found.Doubt is { } doubt) return Outcome.Of(Truth.Unknown, doubt.Why, doubt.At);
        return Outcome.Of(Truth.No, $"`{check.Path.Source}` is not set", found.Items is [var first, ..] ? first.Location : scope[check.Path.Root].Location);
    }

    private sealed record Tried(Outcome Where, Outcome Satisfies);

    private static Outcome Quantified(Check.Quantified check, Scope scope)
    {
        var found = scope.Find(check.Each.Path);
        var each = found.Items.Select(item =>
        {
            var inner = scope.With(check.Each.Name, item);
            var where = Evaluate(check.Where, inner);
            var satisfies = check.Quantifier is Quantifier.No ? Not(check.Satisfies, inner) : Evaluate(check.Satisfies, inner);
            return new Tried(where, satisfies);
        }).ToList();
        var outcome = check.Quantifier is Quantifier.Some
            ? Any(each.Select(e => All([e.Where, e.Satisfies])))
            : All(each.Select(e => e.Where.Truth switch
            {
                Truth.No => Outcome.Yes,
                Truth.Unknown when e.Satisfies.Truth is not Truth.Yes => new Outcome(Truth.Unknown, e.Where.Reasons),
                _ => e.Satisfies,
            }));
        if (outcome.Truth is Truth.No && check.Quantifier is Quantifier.Some && outcome.Reasons.IsEmpty && found.Doubt is null)
            return Outcome.Of(Truth.No, $"`{check.Each.Path.Source}` has nothing that fits", scope[check.Each.Path.Root].Location);
        if (found.Doubt is not { } doubt) return outcome;
        var settled = check.Quantifier is Quantifier.Some ? outcome.Truth is Truth.Yes : outcome.Truth is Truth.No;
        return settled ? outcome : Outcome.Of(Truth.Unknown, doubt.Why, doubt.At);
    }

    private static Outcome IsPublic(Check.IsPublic check, Scope scope)
    {
        var found = scope.Find(check.Path);
        var bucket = scope[check.Path.Root] is Item.OfResource { Resource: { Kind.Name: "s3-bucket" } of } ? of : null;
        var s3 = scope.Surface.Questions.S3;
        if (bucket is not null && check.Block is PublicAccess.Heeded && s3.KeepsThePublicOut(bucket, scope.Scenario))
            return Outcome.Of(Truth.No, "Block Public Access lets nobody in whom a public policy names", bucket.Location);
        var refused = bucket is not null && check.Block is PublicAccess.Refuses ? s3.RefusesPublicPolicy(bucket, scope.Scenario) : Truth.Yes;
        if (refused is Truth.No) return Outcome.Of(refused, "Block Public Access does not refuse a public policy", bucket!.Location);
        if (found.Doubt is { } doubt) return Outcome.Of(Truth.Unknown, doubt.Why, doubt.At);
        var counts = found.Items.OfType<Item.OfPolicy>().Aggregate(Truth.No, (t, p) => t.Or(p.Policy.IsPublic));
        var at = found.Items is [var first, ..] ? first.Location : scope.Focus.Location;
        if (counts is Truth.Yes) return Outcome.Of(refused, "whether `BlockPublicPolicy` is on is not known here", at);
        var why = found.Items.OfType<Item.OfPolicy>().Select(p => PublicPolicy.Doubt(p.Policy)).FirstOrDefault(d => d.Length > 0);
        return Outcome.Of(counts, counts is Truth.Unknown ? why! : "S3 does not count the policy as public", at);
    }

    /// <summary>What holds although it must not.</summary>
    private static string Describe(Check check, Scope scope) => check switch
    {
        Check.Compare compare => $"`{compare.Path.Source}` is {ComparisonEvaluator.Shown(scope.Find(compare.Path))}",
        Check.Exists exists => $"`{exists.Path.Source}` is set",
        Check.IsPublic => "S3 counts the policy as public",
        Check.All all => string.Join(", and ", all.Checks.Select(c => Describe(c, scope))),
        Check.Any any => Describe(any.Checks.First(c => Evaluate(c, scope).Truth is not Truth.No), scope),
        Check.Not not => string.Join(", and ", Evaluate(not.Inner, scope).Reasons.Select(r => r.Text)),
        Check.Covers covers => $"it covers {covers.Action}",
        _ => "it holds, and must not",
    };

    private static Documents.Location PlaceOf(Check check, Scope scope) => check switch
    {
        Check.Compare compare => scope.Find(compare.Path).Items is [var item, ..] ? item.Location : scope[compare.Path.Root].Location,
        Check.Exists exists => scope.Find(exists.Path).Items is [var item, ..] ? item.Location : scope[exists.Path.Root].Location,
        Check.All { Checks: [var first, ..] } => PlaceOf(first, scope),
        Check.Any any => PlaceOf(any.Checks.First(c => Evaluate(c, scope).Truth is not Truth.No), scope),
        _ => scope.Focus.Location,
    };
}
