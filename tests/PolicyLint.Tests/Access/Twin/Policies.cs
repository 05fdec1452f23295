using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using static PolicyLint.Tests.Access.Twin.Generators;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Draws policies about the resources of one scene, such as one caller may meet.</summary>
internal sealed class Policies(Vocabulary.Scene scene, TwinCaller caller)
{
    private static readonly Gen<string?> Version = Gen.Frequency<string?>(
        (8, Gen.Constant<string?>("2012-10-17")), (1, Gen.Constant<string?>("2008-10-17")), (1, Gen.Constant<string?>(null)));

    public Gen<ImmutableArray<WrittenPolicy>> Of(SetKind kind, int least, int most) => Policy(kind).Some(least, most);

    private Gen<WrittenPolicy> Policy(SetKind kind) =>
        from version in Version
        from statements in Statement(kind).Some(1, 3)
        select new WrittenPolicy(version, statements);

    public Gen<WrittenStatement> Statement(SetKind kind) => If(kind is SetKind.ResourceControl ? 100 : 22, Gen.Constant("Deny"), Gen.Constant("Allow"))
        .SelectMany(effect => Statement(kind, effect));

    public Gen<WrittenStatement> Statement(SetKind kind, string effect) =>
        from action in Actions(kind)
        from resource in Resources(kind)
        from principal in Principal(kind, effect)
        from conditions in Conditions
        select new WrittenStatement(effect, action) { Resource = resource, Principal = principal, Conditions = conditions };

    /// <summary>RCPs may have neither NotAction nor a lone star (2.2 rule 4).</summary>
    private Gen<WrittenList> Actions(SetKind kind) => kind is SetKind.ResourceControl
        ? List("Action", One(scene.ActionPatterns[1..]))
        : If(90, List("Action", One(scene.ActionPatterns)), List("NotAction", One(scene.ActionPatterns[1..])));

    private Gen<WrittenList?> Resources(SetKind kind)
    {
        var pattern = If(30, Gen.Constant("*"), One(scene.ResourcePatterns));
        var none = Gen.Constant<WrittenList?>(null);
        var listed = If(90, List("Resource", pattern), List("NotResource", One(scene.ResourcePatterns)));
        return If(kind is SetKind.Resource ? 3 : 0, none, listed.Select(l => (WrittenList?)l));
    }

    /// <summary>One to three texts; rarely none, which is a fault.</summary>
    private static Gen<WrittenList> List(string name, Gen<string> item) =>
        from bare in Chance(50)
        from items in If(1, Gen.Constant(ImmutableArray<string>.Empty), If(60, item.Some(1, 1), item.Distinct(2, 3)))
        select new WrittenList(name, items, bare);

    private Gen<WrittenPrincipal?> Principal(SetKind kind, string effect)
    {
        var everyone = Gen.Constant<WrittenPrincipal?>(new WrittenPrincipal("Principal", [new WrittenEntry("*", "*")]));
        var entries = Entry.Some(1, 4).Select(e => e.Distinct().ToImmutableArray());
        var not = effect == "Deny" ? 35 : 0;
        var named = If(not, Gen.Constant("NotPrincipal"), Gen.Constant("Principal"))
            .SelectMany(name => entries, (name, e) => (WrittenPrincipal?)new WrittenPrincipal(name, e, Bare: true));
        return kind switch
        {
            SetKind.ResourceControl => everyone,
            SetKind.Endpoint => If(70, everyone, named),
            SetKind.Resource => If(25, everyone, named),
            _ => Gen.Constant<WrittenPrincipal?>(null),
        };
    }

    private Gen<WrittenEntry> Entry => Gen.Frequency(
        (5, One(Callers.NamesOf(caller).ToArray())),
        (4, One(Vocabulary.Others).Select(o => new WrittenEntry(o.Type, o.Text))),
        (1, Gen.Constant(new WrittenEntry("AWS", "*"))));

    private static readonly Gen<ImmutableArray<WrittenClause>> Conditions =
        from count in Gen.Frequency((2, Gen.Constant(0)), (4, Gen.Constant(1)), (1, Gen.Constant(2)))
        from clauses in Clause.ListOf(count)
        select clauses.DistinctBy(c => (c.Operator, c.Values.Name)).ToImmutableArray();

    /// <summary>Keys of several values stand in more often: they are what the reference leaves open most.</summary>
    private static Gen<WrittenClause> Clause =>
        If(45, One(Vocabulary.Subjects.Where(s => s.Multivalued).ToArray()), One(Vocabulary.Subjects)).SelectMany(ClauseOn);

    private static Gen<WrittenClause> ClauseOn(Vocabulary.Subject subject) =>
        from plain in One(subject.Operators)
        from set in If(subject.Multivalued ? 60 : 10, One("ForAnyValue:", "ForAllValues:"), Gen.Constant(""))
        from suffix in If(20, Gen.Constant("IfExists"), Gen.Constant(""))
        from misspelled in Chance(1)
        from values in List(subject.Key, plain == "Null" ? One("true", "false") : One(subject.Values))
        let name = plain == "Null" ? plain : $"{set}{plain}{suffix}"
        select new WrittenClause(misspelled ? name.ToLowerInvariant() : name, values);
}
