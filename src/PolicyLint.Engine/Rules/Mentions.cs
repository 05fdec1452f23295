namespace PolicyLint.Engine.Rules;

/// <summary>Which names a check may look at.</summary>
internal static class Mentions
{
    /// <summary>Whether the check may look at one of the names; what is not sure counts as yes.</summary>
    public static bool AnyOf(IReadOnlyCollection<string> names, Check check) => check switch
    {
        Check.All all => all.Checks.Any(c => AnyOf(names, c)),
        Check.Any any => any.Checks.Any(c => AnyOf(names, c)),
        Check.Not not => AnyOf(names, not.Inner),
        Check.If implied => AnyOf(names, implied.Condition) || AnyOf(names, implied.Then),
        Check.Exists exists => names.Contains(exists.Path.Root),
        Check.Compare compare => names.Contains(compare.Path.Root) || AnyOf(names, compare.Comparison),
        _ => true,
    };

    private static bool AnyOf(IReadOnlyCollection<string> names, Comparison comparison) => comparison switch
    {
        Comparison.In { Values: var values } => values.Any(v => AnyOf(names, v)),
        Comparison.Contains { Values: var values } => values.Any(v => AnyOf(names, v)),
        Comparison.SubsetOf { Values: var values } => values.Any(v => AnyOf(names, v)),
        Comparison.Like { Form: var form } => AnyOf(names, form),
        Comparison.Not not => AnyOf(names, not.Inner),
        Comparison.All all => all.Parts.Any(p => AnyOf(names, p)),
        Comparison.Any any => any.Parts.Any(p => AnyOf(names, p)),
        _ => false,
    };

    private static bool AnyOf(IReadOnlyCollection<string> names, Message message) => message.Parts.Any(p => p.Path is { } path && names.Contains(path.Root));
}
