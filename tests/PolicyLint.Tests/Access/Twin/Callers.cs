using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using static PolicyLint.Tests.Access.Twin.Generators;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Draws who asks, with the condition keys that go with the request.</summary>
internal static class Callers
{
    private static readonly Gen<string> Account = If(65, Gen.Constant(Vocabulary.Home), Gen.Constant(Vocabulary.Away));

    private static readonly Gen<TwinCaller> User =
        from account in Account
        from name in One("Bob", "team/Bob")
        select (TwinCaller)new TwinCaller.User($"arn:aws:iam::{account}:user/{name}");

    private static readonly Gen<TwinCaller> RoleSession =
        from account in Account
        from role in One("R", "svc/R")
        from session in One("s", "t", null)
        select (TwinCaller)new TwinCaller.RoleSession(
            $"arn:aws:iam::{account}:role/{role}", session is null ? null : $"arn:aws:sts::{account}:assumed-role/R/{session}");

    public static readonly Gen<TwinCaller> Any = Gen.Frequency(
        (6, User),
        (8, RoleSession),
        (2, Account.Select(a => (TwinCaller)new TwinCaller.Root(a))),
        (2, One("cloudfront.amazonaws.com", "logs.amazonaws.com").Select(n => (TwinCaller)new TwinCaller.Service(n))),
        (2, Gen.Constant<TwinCaller>(new TwinCaller.OriginAccessIdentity(Vocabulary.IdentityArn, Vocabulary.Canonical))),
        (1, Gen.Constant<TwinCaller>(new TwinCaller.Anonymous())));

    /// <summary>All principals that a policy may name the caller by.</summary>
    public static ImmutableArray<WrittenEntry> NamesOf(TwinCaller caller)
    {
        ImmutableArray<WrittenEntry> account = caller.Account is { } id ? [new("AWS", id), new("AWS", $"arn:aws:iam::{id}:root")] : [];
        return caller switch
        {
            TwinCaller.User user => [new("AWS", user.Arn), new("AWS", user.Arn), .. account],
            TwinCaller.RoleSession session =>
            [
                new("AWS", session.Role), new("AWS", session.Role), .. account,
                new("AWS", session.Session ?? $"arn:aws:sts::{session.Account}:assumed-role/R/s"),
            ],
            TwinCaller.Service service => [new("Service", service.Name)],
            TwinCaller.OriginAccessIdentity identity => [new("AWS", identity.Arn), new("CanonicalUser", identity.Canonical)],
            TwinCaller.Root => account,
            _ => [new("AWS", "*")],
        };
    }

    public static readonly Gen<ImmutableArray<TwinKey>> Context =
        Gen.CollectToArray(Vocabulary.Subjects.Select(Key)).Select(keys => keys.OfType<TwinKey>().ToImmutableArray());

    /// <summary>Null for a key that is absent; a key of one value holds two now and then, so that rule 56 is met.</summary>
    private static Gen<TwinKey?> Key(Vocabulary.Subject subject) =>
        from count in subject.Multivalued
            ? Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Constant(0)), (3, Gen.Constant(1)), (3, Gen.Constant(2)))
            : Gen.Frequency((35, Gen.Constant(-1)), (64, Gen.Constant(1)), (IsVariable(subject) ? 0 : 6, Gen.Constant(2)))
        from values in One(subject.Held).Distinct(Math.Max(count, 0), Math.Max(count, 0))
        select count < 0 ? null : new TwinKey(subject.Key, values);

    /// <summary>Whether policies use it as a variable: nobody says what a variable of two values means.</summary>
    private static bool IsVariable(Vocabulary.Subject subject) => subject.Key is "aws:username" or "aws:PrincipalTag/team";
}
