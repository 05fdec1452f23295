using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using static PolicyLint.Tests.Access.Twin.Generators;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Draws whole cases: a request, and the policies that decide about it.</summary>
internal static class Cases
{
    /// <summary>Draws policies about what the case asks for.</summary>
    public static Policies About(Case one)
    {
        Vocabulary.Scene[] scenes = [Vocabulary.S3, Vocabulary.Logs, Vocabulary.Table, Vocabulary.Topic];
        return new Policies(scenes.First(s => s.Actions.Contains(one.Request.Action)), one.Request.Caller);
    }

    private static readonly Gen<Vocabulary.Scene> Scene = Gen.Frequency(
        (7, Gen.Constant(Vocabulary.S3)), (2, Gen.Constant(Vocabulary.Logs)), (2, Gen.Constant(Vocabulary.Table)), (1, Gen.Constant(Vocabulary.Topic)));

    public static readonly Gen<Case> Any =
        from scene in Scene
        from caller in Callers.Any
        from action in One(scene.Actions)
        from resource in One(scene.Resources)
        from context in Callers.Context
        from sets in Sets(new Policies(scene, caller), caller)
        select new Case(new TwinRequest(caller, action, resource, context), Vocabulary.Home, sets);

    private static Gen<ImmutableArray<WrittenSet>> Sets(Policies policies, TwinCaller caller)
    {
        var entity = caller is TwinCaller.User or TwinCaller.RoleSession;
        return Gen.CollectToSequence<ImmutableArray<WrittenSet>>(
        [
            Levels(SetKind.Resource, 100, 1),
            Levels(SetKind.Identity, entity ? 85 : 0, 1),
            Levels(SetKind.Boundary, entity ? 20 : 0, 1),
            Levels(SetKind.Session, caller is TwinCaller.RoleSession ? 20 : 0, 1),
            Levels(SetKind.ServiceControl, 20, 2),
            Levels(SetKind.ResourceControl, 12, 2),
            Levels(SetKind.Endpoint, caller is TwinCaller.Service or TwinCaller.OriginAccessIdentity ? 0 : 10, 1),
        ]).Select(sets => sets.SelectMany(s => s).ToImmutableArray());

        // A limit that grants nothing is met often enough by chance: most begin with an Allow of everything.
        Gen<ImmutableArray<WrittenSet>> Levels(SetKind kind, int percent, int most) => If(
            percent, Set(kind).Some(1, most), Gen.Constant(ImmutableArray<WrittenSet>.Empty));

        Gen<WrittenSet> Set(SetKind kind) =>
            from drawn in policies.Of(kind, kind is SetKind.Resource or SetKind.Identity ? 0 : 1, 2)
            from open in Chance(kind is SetKind.Resource or SetKind.Identity ? 25 : kind is SetKind.ResourceControl ? 0 : 70)
            select new WrittenSet(kind, open ? [AllowAll(kind), .. drawn] : drawn);
    }

    private static WrittenPolicy AllowAll(SetKind kind) => new("2012-10-17",
    [
        new WrittenStatement("Allow", new WrittenList("Action", ["*"], Bare: true))
        {
            Resource = new WrittenList("Resource", ["*"], Bare: true),
            Principal = kind is SetKind.Resource or SetKind.Endpoint ? new WrittenPrincipal("Principal", [new WrittenEntry("*", "*")]) : null,
        },
    ]);
}
