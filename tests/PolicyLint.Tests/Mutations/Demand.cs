using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Mutations;

/// <summary>What a rule asks of access, by the tree of its requirement.</summary>
/// <param name="Allowed">It asks for a request to be allowed, which it is by a grant only.</param>
/// <param name="Denied">It asks for requests to be denied, or for nothing public, and for none of the own account, which needs no grant.</param>
/// <param name="MayBeOpen">Where nothing allows a request, something else may: then it is unknown.</param>
internal sealed record Demand(bool Allowed, bool Denied, bool MayBeOpen)
{
    public static Demand Of(Rule rule)
    {
        var asked = In(rule.Require, true).ToList();
        return new Demand(
            asked.Any(a => a is { Check: Check.Access access, Wanted: true } && !OwnAccount(access)),
            asked.Any(a => a is { Check: not Check.Open, Wanted: false }) && !asked.Any(a => a is { Check: Check.Access { Who: Who.Owner or Who.Root }, Wanted: false }),
            asked.Any(a => a.Check is Check.Open or Check.Access { AddedByAws: true }));
    }

    /// <summary>Whether it asks what a role may do, and not whether the role may be assumed.</summary>
    public static bool IsOfRole(Rule rule) => In(rule.Require, true).Any(a => a.Check is Check.Access { Who: Who.Role }) && !Assuming(rule).Any();

    /// <summary>The services of which it asks whether they may assume a role.</summary>
    public static IEnumerable<string> Assuming(Rule rule) => In(rule.Require, true).Select(a => a.Check)
        .OfType<Check.Access>().Where(a => a.Action == "sts:AssumeRole").Select(a => a.Who).OfType<Who.Service>().Select(s => s.Name.Template);

    /// <summary>People of the resource's own account need no grant of its policy, but for keys.</summary>
    private static bool OwnAccount(Check.Access access) => access.Who is Who.Owner or Who.Root && !access.Action.StartsWith("kms:", StringComparison.Ordinal);

    private static IEnumerable<(Check Check, bool Wanted)> In(Check check, bool wanted) => check switch
    {
        Check.Access or Check.IsPublic or Check.Open => [(check, wanted)],
        Check.All all => all.Checks.SelectMany(c => In(c, wanted)),
        Check.Any any => any.Checks.SelectMany(c => In(c, wanted)),
        Check.Not not => In(not.Inner, !wanted),
        Check.If conditional => In(conditional.Then, wanted),
        Check.Quantified quantified => In(quantified.Satisfies, wanted == (quantified.Quantifier is not Quantifier.No)),
        _ => [],
    };
}
