using FsCheck;
using FsCheck.Fluent;
using static PolicyLint.Tests.Access.Twin.Generators;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>A case with holes, a way to put its question, and one more statement.</summary>
/// <param name="Kind">Where <paramref name="More"/> belongs.</param>
public sealed record Change(HoledCase Asked, Aspect Aspect, SetKind Kind, WrittenStatement More)
{
    public Case Case => Asked.Holed;

    public static Gen<Change> Drawn(string effect) =>
        from holed in Holes.Any
        from aspect in Aspects
        from kind in One(holed.Holed.Sets.Select(s => s.Kind).Where(k => effect == "Deny" || k is not SetKind.ResourceControl).ToArray())
        from more in Cases.About(holed.Holed).Statement(kind, effect)
        select new Change(holed, aspect, kind, more);

    private static readonly Gen<Aspect> Aspects = Gen.Frequency(
        (3, Gen.Constant(new Aspect())),
        (2, from who in One(Enum.GetValues<Who>())
            from implies in Chance(50)
            from side in Chance(50)
            from whatever in Chance(30)
            select new Aspect(who, implies, side, whatever)));

    /// <summary>The case with the statement as one more policy of its kind; the same case where there is none of that kind.</summary>
    public Case Added => With(new WrittenPolicy("2012-10-17", [More]));

    public Case With(WrittenPolicy policy)
    {
        var set = Case.Sets.LastOrDefault(s => s.Kind == Kind);
        return set is null ? Case : Case with { Sets = Case.Sets.Replace(set, set with { Policies = set.Policies.Add(policy) }) };
    }

    /// <summary>All lists the other way round: sets, policies, statements, and what they list.</summary>
    public Case Reversed => Case with
    {
        Sets = [.. Case.Sets.Reverse().Select(s => s with { Policies = [.. s.Policies.Reverse().Select(Reverse)] })],
        Request = Case.Request with { Context = [.. Case.Request.Context.Reverse()] },
    };

    private static WrittenPolicy Reverse(WrittenPolicy policy) => policy with { Statements = [.. policy.Statements.Reverse().Select(Reverse)] };

    private static WrittenStatement Reverse(WrittenStatement statement) => statement with
    {
        Action = Reverse(statement.Action),
        Resource = statement.Resource is { } resource ? Reverse(resource) : null,
        Principal = statement.Principal is { } principal ? principal with { Entries = [.. principal.Entries.Reverse()] } : null,
        Conditions = [.. statement.Conditions.Reverse().Select(c => c with { Values = Reverse(c.Values) })],
    };

    private static WrittenList Reverse(WrittenList list) => list with { Items = [.. list.Items.Reverse()] };

    /// <summary>Every lone value as a list of one, or every list of one as a lone value.</summary>
    public Case Bare(bool bare) => Case with { Sets = [.. Case.Sets.Select(s => s with { Policies = [.. s.Policies.Select(p => Bare(p, bare))] })] };

    private static WrittenPolicy Bare(WrittenPolicy policy, bool bare) => policy with { Statements = [.. policy.Statements.Select(s => Bare(s, bare))] };

    private static WrittenStatement Bare(WrittenStatement statement, bool bare) => statement with
    {
        Action = statement.Action with { Bare = bare },
        Resource = statement.Resource is { } resource ? resource with { Bare = bare } : null,
        Principal = statement.Principal is { } principal ? principal with { Bare = bare } : null,
        Conditions = [.. statement.Conditions.Select(c => c with { Values = c.Values with { Bare = bare } })],
    };

    /// <summary>Every policy and every statement twice.</summary>
    public Case Twice => Case with
    {
        Sets = [.. Case.Sets.Select(s => s with { Policies = [.. s.Policies.Concat(s.Policies).Select(Doubled)] })],
    };

    private static WrittenPolicy Doubled(WrittenPolicy policy) => policy with { Statements = [.. policy.Statements, .. policy.Statements] };

    public IEnumerable<Change> Simpler() => Asked.Simpler().Select(less => this with { Asked = less });

    public override string ToString() => $"{Aspect}{Asked}\n  one more in {Kind}: {new WrittenPolicy(null, [More])}";
}
