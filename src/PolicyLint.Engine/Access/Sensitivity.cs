using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What would settle an unknown decision: each unknown part is set to both answers in turn, and those that change the
/// result are told; where it takes several at once, all that it takes (semantics 8.4).</summary>
internal static class Sensitivity
{
    /// <summary>One unknown part of an evaluation.</summary>
    /// <param name="Wish">The answer by which the request may become allowed.</param>
    /// <param name="Set">Gives it an answer.</param>
    /// <param name="Tell">What its having an answer means, after "if".</param>
    private sealed record Atom(Truth Wish, Action<Truth> Set, Func<Truth, string> Tell, Location At);

    public static ImmutableArray<Change> Of(Evaluation e)
    {
        var atoms = Atoms(e);
        var changes = ImmutableArray.CreateBuilder<Change>();
        foreach (var atom in atoms)
            foreach (var answer in (Truth[])[atom.Wish, atom.Wish.Not()])
            {
                atom.Set(answer);
                if (Formula.Allowed(e) is not Truth.Unknown and var settled) changes.Add(new Change(settled, atom.Tell(answer), atom.At));
                atom.Set(Truth.Unknown);
            }
        if (!changes.Any(c => c.Allowed is Truth.Yes) && Together(e, atoms) is { } together) changes.Insert(0, together);
        return [.. changes.DistinctBy(c => c.ToString()).OrderByDescending(c => c.Allowed)];
    }

    /// <summary>The fewest wishes found that together make the request allowed: all of them, without those that are not needed.</summary>
    private static Change? Together(Evaluation e, List<Atom> atoms)
    {
        foreach (var atom in atoms) atom.Set(atom.Wish);
        var needed = new List<Atom>();
        if (Formula.Allowed(e) is Truth.Yes)
            foreach (var atom in atoms)
            {
                atom.Set(Truth.Unknown);
                if (Formula.Allowed(e) is Truth.Yes) continue;
                needed.Add(atom);
                atom.Set(atom.Wish);
            }
        foreach (var atom in atoms) atom.Set(Truth.Unknown);
        return needed.Count == 0 ? null : new Change(Truth.Yes, string.Join(" and ", needed.Select(a => a.Tell(a.Wish)).Distinct()), needed[0].At);
    }

    private static List<Atom> Atoms(Evaluation e)
    {
        var atoms = new List<Atom>();
        for (var i = 0; i < e.Matches.Length; i++)
            if (e.Matches[i].Match.Truth is Truth.Unknown) atoms.Add(OfStatement(e, i));
        for (var i = 0; i < e.Slots.Length; i++) AddSlot(e, i, atoms);
        var at = e.World.Resource.Policies is [var policy, ..] ? policy.Location : default;
        if (e.IsSameAccount is Truth.Unknown)
            atoms.Add(new Atom(Truth.Yes, t => e.IsSameAccount = t, t => $"{e.Request.Caller} is {(t is Truth.Yes ? "" : "not ")}of account {e.World.ResourceAccount}", at));
        if (e.Grants is Truth.Unknown) atoms.Add(new Atom(Truth.Yes, t => e.Grants = t, t => $"{(t is Truth.Yes ? "something" : "nothing")} beside the policies lets {e.Request.Caller} in", at));
        if (e.BlockedAsPublic is Truth.Unknown)
            atoms.Add(new Atom(Truth.No, t => e.BlockedAsPublic = t, t => t is Truth.No ? "Block Public Access is off, or S3 does not count the bucket policy as public" : "Block Public Access is on and S3 counts the bucket policy as public", at));
        if (e.OwnedByAnother is Truth.Unknown)
            atoms.Add(new Atom(Truth.No, t => e.OwnedByAnother = t, t => $"the object belongs to {(t is Truth.No ? "the bucket's own" : "another")} account", at));
        if (e.OutsideServiceControl is Truth.Unknown)
            atoms.Add(new Atom(Truth.Yes, t => e.OutsideServiceControl = t, t => $"{e.Request.Caller} is {(t is Truth.Yes ? "" : "not ")}of the management account", at));
        return atoms;
    }

    /// <summary>A policy that cannot be read, and policies that may stand elsewhere.</summary>
    private static void AddSlot(Evaluation e, int i, List<Atom> atoms)
    {
        var set = e.Slots[i].Set;
        var at = set.Policies is [var policy, ..] ? policy.Location : default;
        if (e.Unread[i] is Truth.Unknown)
            atoms.Add(new Atom(Truth.No, t => e.Unread[i] = t, t => $"{set.Name}, which is not known, {(t is Truth.No ? "denies nothing" : "denies it")}", at));
        if (e.Unseen[i] is Truth.Unknown)
            atoms.Add(new Atom(Truth.Yes, t => e.Unseen[i] = t, t => $"{(set.Open.Length > 0 ? $"something in {set.Name} that the input does not show" : $"{set.Name}, which is not known,")} {(t is Truth.Yes ? "allows it" : "does not allow it")}", at));
    }

    private static Atom OfStatement(Evaluation e, int i)
    {
        var matched = e.Matches[i];
        return new Atom(
            matched.Statement.Wanted.ToTruth(),
            t => e.Matches[i] = matched with { Match = matched.Match.Settled(t) },
            t => Tell(e, matched, t),
            matched.Match.At(matched.Statement));
    }

    /// <summary>What would have to be so for the statement to apply, or not to.</summary>
    private static string Tell(Evaluation e, Matched matched, Truth applies)
    {
        var (statement, match) = (matched.Statement, matched.Match);
        var not = applies is Truth.Yes ? "" : "not ";
        return match.Element switch
        {
            ElementName.Principal when statement.Principals is { Negated: false } principals && Hole(principals.Entries.Select(p => p.Text)) is { } hole =>
                $"{hole} is {not}`{Named(e.Request.Caller, principals)}`",
            ElementName.Principal when e.Request.Caller is Caller.RoleSession { Session: null } && statement.Principals!.Entries.FirstOrDefault(p => p.RoleOfSession is not null) is { } session =>
                $"the session is {not}`{session}`",
            ElementName.Condition => OfClause(statement.Conditions[match.Clause], e.Request, applies) ?? $"{Condition(statement.Conditions[match.Clause], e.Request)} of {Trace.NameOf(e, matched)} {(applies is Truth.Yes ? "holds" : "does not hold")}",
            ElementName.Resource => $"{Trace.NameOf(e, matched)} {(applies is Truth.Yes ? "covers" : "does not cover")} {e.Request.Resource}",
            ElementName.Action => $"{Trace.NameOf(e, matched)} {(applies is Truth.Yes ? "covers" : "does not cover")} {e.Request.Action}",
            _ => $"{Trace.NameOf(e, matched)} {(applies is Truth.Yes ? "applies" : "does not apply")}",
        };
    }

    /// <summary>What a principal would have to say to be the caller: under <c>AWS:</c> only <c>*</c> is a service or anonymous.</summary>
    private static string Named(Caller caller, Principals principals) => caller switch
    {
        Caller.Service when principals.Entries.Any(p => p.Type == "Service" && p.Text?.Only is not null) => caller.ToString()!,
        Caller.Service or Caller.Anonymous => "*",
        Caller.OriginAccessIdentity identity => identity.Arn.ToString(),
        Caller.AccountMember or Caller.Root => caller.Account!.ToString(),
        _ => caller.ToString()!,
    };

    /// <summary>A condition, with what of the request it depends on where that is not known.</summary>
    private static string Condition(Clause clause, Request request) => request.Context[clause.Key] is { Nature: ValueNature.Any }
        ? $"the request's `{clause.Key}` is such that condition {Explanation.Quote(clause)}"
        : $"condition {Explanation.Quote(clause)}";

    /// <summary>A lone symbol against a value of the request, or a key that may be missing; null for all else.</summary>
    private static string? OfClause(Clause clause, Request request, Truth holds)
    {
        var equal = clause.Operator.Negated ? holds.Not() : holds;
        var value = request.Context[clause.Key];
        if (value.Presence is Truth.Yes && Explanation.ValueOf(clause, request) is { Length: > 0 } known
            && clause.Operator.Comparison is Comparison.StringEquals or Comparison.StringLike or Comparison.Arn or Comparison.StringEqualsIgnoreCase
            && Hole(clause.Values.Select(v => v.Pattern?.Text)) is { } hole)
            return $"{hole} is {(equal is Truth.Yes ? "" : "not ")}`{known}`";
        return null;
    }

    /// <summary>The one text that is nothing but a symbol, as people call it; null where there is none or more than one.</summary>
    private static string? Hole(IEnumerable<Text?> texts)
    {
        var holes = texts.Select(t => t?.Only).OfType<Symbol>().Distinct().ToList();
        return holes is [var only] ? only.IsParameter ? $"parameter `{only.Display}`" : $"`{only.Display}`" : null;
    }
}
