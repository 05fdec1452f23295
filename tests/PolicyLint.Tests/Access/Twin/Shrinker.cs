using System.Collections.Immutable;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Simpler cases: each has one part less.</summary>
internal static class Shrinker
{
    public static IEnumerable<Case> Simpler(Case one) =>
    [
        .. Without(one.Sets, Simpler).Select(sets => one with { Sets = sets }),
        .. Without(one.Request.Context, Simpler).Select(keys => one with { Request = one.Request with { Context = keys } }),
    ];

    /// <summary>The list without one item, or with one item made simpler.</summary>
    private static IEnumerable<ImmutableArray<T>> Without<T>(ImmutableArray<T> items, Func<T, IEnumerable<T>> simpler)
    {
        for (var i = 0; i < items.Length; i++) yield return items.RemoveAt(i);
        for (var i = 0; i < items.Length; i++)
            foreach (var less in simpler(items[i]))
                yield return items.SetItem(i, less);
    }

    private static IEnumerable<WrittenSet> Simpler(WrittenSet set) => Without(set.Policies, Simpler).Select(policies => set with { Policies = policies });

    private static IEnumerable<WrittenPolicy> Simpler(WrittenPolicy policy) =>
        Without(policy.Statements, Simpler).Select(statements => policy with { Statements = statements });

    private static IEnumerable<WrittenStatement> Simpler(WrittenStatement statement) =>
    [
        .. Without(statement.Conditions, Simpler).Select(conditions => statement with { Conditions = conditions }),
        .. Simpler(statement.Action).Select(action => statement with { Action = action }),
        .. statement.Resource is { } resource ? Simpler(resource).Select(less => statement with { Resource = less }) : [],
        .. statement.Principal is { } principal ? Simpler(principal).Select(less => statement with { Principal = less }) : [],
    ];

    private static IEnumerable<WrittenClause> Simpler(WrittenClause clause) => Simpler(clause.Values).Select(values => clause with { Values = values });

    private static IEnumerable<WrittenPrincipal> Simpler(WrittenPrincipal principal) =>
        Fewer(principal.Entries).Select(entries => principal with { Entries = entries });

    /// <summary>A list keeps one item at least; last of all it becomes a lone value.</summary>
    private static IEnumerable<WrittenList> Simpler(WrittenList list) =>
    [
        .. Fewer(list.Items).Select(items => list with { Items = items }),
        .. list is { Items.Length: 1, Bare: false } ? [list with { Bare = true }] : Array.Empty<WrittenList>(),
    ];

    private static IEnumerable<ImmutableArray<T>> Fewer<T>(ImmutableArray<T> items) => items.Length < 2 ? [] : items.Select((_, i) => items.RemoveAt(i));

    private static IEnumerable<TwinKey> Simpler(TwinKey key) => Fewer(key.Values).Select(values => key with { Values = values });
}
