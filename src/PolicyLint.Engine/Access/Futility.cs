using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether an Allow does nothing at all: a Deny of the same policy reaches whatever it allows, or its conditions ask
/// for keys that its principals never present (semantics 1.7, 1.9, 2.2).</summary>
public static class Futility
{
    /// <summary>Of how an answer came about: <paramref name="Why"/> tells it where it is yes or unknown.</summary>
    public readonly record struct Answer(Truth Truth, string Why)
    {
        public static readonly Answer No = new(Truth.No, "");
    }

    /// <summary>What stands for a wildcard of the Allow: something of no special name, so that only a wildcard covers it.</summary>
    private const string Ordinary = "\uFFFDany\uFFFD";

    /// <summary>Whether some Deny of the policy reaches every request that the Allow lets in.</summary>
    /// <param name="action">The one action that matters; empty for all that the Allow names.</param>
    /// <param name="given">Keys that its requests have, or lack.</param>
    public static Answer Overruled(Statement allow, Policy policy, string action, ImmutableArray<(string Key, ContextValue Value)> given)
    {
        if (allow.Effect is not Effect.Allow) return Answer.No;
        var best = Answer.No;
        foreach (var deny in policy.Statements)
        {
            if (deny.Effect is Effect.Allow) continue;
            var covered = Covers(deny, allow, policy, action, given);
            if (deny.Effect is null || deny.Fault.Length > 0 || allow.Fault.Length > 0) covered = covered.And(Truth.Unknown);
            if (covered <= best.Truth) continue;
            best = new Answer(covered, covered is Truth.Yes ? $"{deny.Label} denies all of it" : $"whether {deny.Label} denies all of it is not known here");
        }
        return best;
    }

    private static Truth Covers(Statement deny, Statement allow, Policy policy, string action, ImmutableArray<(string Key, ContextValue Value)> given)
    {
        var truth = action.Length > 0 ? StatementMatch.OfAction(deny.Actions ?? Nothing(deny), action) : CoversActions(deny.Actions, allow.Actions);
        if (truth is Truth.No) return truth;
        truth = truth.And(CoversResources(deny.Resources, allow.Resources));
        if (truth is Truth.No) return truth;
        if (allow.Principals is not { } principals) return deny.Principals is null ? truth.And(Holds(deny, allow, null, given)) : Truth.No;
        if (deny.Principals is null || principals.Negated) return Truth.No;
        foreach (var entry in principals.Entries) truth = truth.And(Reaches(deny, allow, entry, policy, given));
        return truth;
    }

    private static Elements Nothing(Statement statement) => new([], Negated: false, statement.Location);

    private static Truth CoversActions(Elements? denied, Elements? allowed)
    {
        if (denied is null || allowed is null) return Truth.No;
        if (IsAll(denied)) return Truth.Yes;
        if (allowed.Negated || allowed.Items.IsEmpty) return Truth.No;
        return allowed.Items.Aggregate(Truth.Yes, (truth, item) => truth.And(
            item.Pattern?.Text.Known is not { } known ? Truth.Unknown
            : denied.Negated && item.Pattern.HasWildcard ? Truth.No // part of it may be left out
            : StatementMatch.OfAction(denied, known.Replace("*", Ordinary, StringComparison.Ordinal))));
    }

    private static Truth CoversResources(Elements? denied, Elements? allowed)
    {
        if (denied is null || IsAll(denied)) return Truth.Yes;
        if (allowed is null || allowed.Negated || allowed.Items.IsEmpty) return Truth.No;
        return allowed.Items.Aggregate(Truth.Yes, (truth, item) => truth.And(item.Pattern switch
        {
            null => Truth.Unknown,
            { HasVariable: true } => Truth.No, // it names another thing for each caller
            { HasWildcard: true } when denied.Negated => Truth.No, // part of it may be left out
            var pattern => StatementMatch.OfResource(denied, Closed(pattern.Text).Tokens, RequestContext.Empty(ContextValue.Free)),
        }));
    }

    private static Text Closed(Text pattern) => Text.Join(pattern.Pieces.Select(p =>
        p is Piece.Literal { Text: var literal } ? new Piece.Literal(literal.Replace("*", Ordinary, StringComparison.Ordinal)) : p));

    private static bool IsAll(Elements elements) => !elements.Negated && elements.Items.Any(i => i.Pattern is { IsEverything: true });

    /// <summary>Whether the Deny reaches whomever one principal of the Allow lets in, with the keys that they have.</summary>
    private static Truth Reaches(Statement deny, Statement allow, PrincipalEntry entry, Policy policy, ImmutableArray<(string Key, ContextValue Value)> given)
    {
        var everyone = !deny.Principals!.Negated && deny.Principals.Entries.Any(e => e.IsEveryone);
        if (entry.IsEveryone) return everyone ? Holds(deny, allow, null, given) : Truth.No;
        if (CallerOf(entry) is not { } caller) return (everyone ? Truth.Yes : Truth.Unknown).And(Holds(deny, allow, null, given));
        var named = PrincipalMatch.Of(deny.Principals, caller).Truth;
        return named is Truth.No ? named : named.And(Holds(deny, allow, caller, given));
    }

    /// <summary>Whether the conditions of the Deny hold for all requests of the caller that meet those of the Allow.</summary>
    private static Truth Holds(Statement deny, Statement allow, Caller? caller, ImmutableArray<(string Key, ContextValue Value)> given)
    {
        if (deny.Conditions.IsEmpty) return Truth.Yes;
        var context = caller is null ? RequestContext.Empty(ContextValue.Free) : RequestContext.For(caller);
        foreach (var clause in deny.Conditions)
            if (context[clause.Key].Nature is ValueNature.Any) context = context.With(clause.Key, ContextValue.Free);
        foreach (var clause in allow.Conditions) context = Meeting(clause, context);
        foreach (var (key, value) in given) context = context.With(key, value);
        return deny.Conditions.Aggregate(Truth.Yes, (truth, clause) => truth.And(ConditionMatch.Of(clause, context, wanted: false)));
    }

    /// <summary>The keys of requests that meet a clause, as far as it settles them.</summary>
    private static RequestContext Meeting(Clause clause, RequestContext context)
    {
        if (context[clause.Key].Nature is not ValueNature.Free || clause.Operator is { Negated: true } or { IfExists: true } or not { Prefix: SetPrefix.None }) return context;
        var values = clause.Values.Select(v => v.Pattern).ToList();
        if (values.Count == 0 || values.Exists(v => v is null or { HasVariable: true } or { HasWildcard: true })) return context;
        return clause.Operator.Comparison switch
        {
            Comparison.Null => values is [{ Text.Known: "true" }] ? context.With(clause.Key, ContextValue.Absent) : context,
            Comparison.StringEquals or Comparison.StringLike or Comparison.Arn or Comparison.Bool => context.With(
                clause.Key,
                new ContextValue(Truth.Yes, [.. values.Select(v => v!.Text)], values.Count == 1 ? ValueNature.Listed : ValueNature.Alternatives)),
            _ => context,
        };
    }

    /// <summary>Whether no principal of the Allow can ever meet its conditions, because the requests have no such key.</summary>
    public static Answer Unmeetable(Statement allow)
    {
        if (allow.Effect is not Effect.Allow || allow.Principals is not { Negated: false, Entries.IsEmpty: false } principals) return Answer.No;
        var all = new Answer(Truth.Yes, "");
        foreach (var entry in principals.Entries)
        {
            var one = Unmeetable(allow, entry);
            if (one.Truth is Truth.No) return Answer.No;
            if (one.Truth < all.Truth || all.Why.Length == 0) all = one;
        }
        return allow.Fault.Length > 0 ? all with { Truth = Truth.Unknown } : all;
    }

    private static Answer Unmeetable(Statement allow, PrincipalEntry entry)
    {
        if (entry.IsEveryone || entry.Type is not ("AWS" or "Service")) return Answer.No;
        var unsure = entry.Text is null || entry.MayBeEveryone || entry.MayBeAccount || (entry.Type == "Service" && entry.Text.Known is null);
        var caller = CallerOf(entry) ?? new Caller.AccountMember(Text.Of(new Symbol("", "the account of the principal") { Display = "the account of the principal", Charset = Charset.Account }));
        var context = RequestContext.For(caller);
        foreach (var clause in allow.Conditions)
        {
            if (ConditionMatch.Of(clause, context, wanted: true) is not Truth.No) continue;
            if (unsure && context[clause.Key].Presence is not Truth.No) continue;
            var has = context[clause.Key].Presence is Truth.No ? "has no such key" : "never has such a value";
            return unsure
                ? new Answer(Truth.Unknown, $"who principal `{entry}` is, is not known here, and a request of an account's principal {has} as {Explanation.Quote(clause)} asks for")
                : new Answer(Truth.Yes, $"a request of {caller} {has} as {Explanation.Quote(clause)} asks for");
        }
        return Answer.No;
    }

    /// <summary>Whom a principal of a statement lets in; null where nothing tells.</summary>
    private static Caller? CallerOf(PrincipalEntry entry)
    {
        if (entry.Text is not { } text) return null;
        return entry.Type switch
        {
            "Service" => text.Known is { } name ? new Caller.Service(name) : null,
            "Federated" => new Caller.Federated(text),
            "AWS" => PrincipalMatch.IsWholeAccount(text) is { } account ? new Caller.AccountMember(account) : Asker.CallerOf(text),
            _ => null,
        };
    }
}
