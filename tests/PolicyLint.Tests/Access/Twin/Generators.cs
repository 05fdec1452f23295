using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Small shorthands over FsCheck's generators.</summary>
internal static class Generators
{
    public static Gen<T> One<T>(params T[] items) => Gen.Elements(items);

    /// <summary>True so many times in a hundred.</summary>
    public static Gen<bool> Chance(int percent) => Gen.Choose(1, 100).Select(n => n <= percent);

    public static Gen<T> If<T>(int percent, Gen<T> then, Gen<T> otherwise) => Chance(percent).SelectMany(yes => yes ? then : otherwise);

    public static Gen<ImmutableArray<T>> Some<T>(this Gen<T> item, int least, int most) =>
        Gen.Choose(least, most).SelectMany(n => item.ListOf(n)).Select(items => items.ToImmutableArray());

    /// <summary>So many texts, each once.</summary>
    public static Gen<ImmutableArray<string>> Distinct(this Gen<string> item, int least, int most) =>
        item.Some(least, most).Select(items => items.Distinct(StringComparer.Ordinal).ToImmutableArray());
}
