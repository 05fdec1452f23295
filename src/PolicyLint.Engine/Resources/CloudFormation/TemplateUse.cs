using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>What a template is read for and with.</summary>
/// <param name="Exports">What other stacks of the input give.</param>
/// <param name="Problems">Takes the faults; what they touch is unknown.</param>
internal sealed record TemplateUse(Wanted Wanted, Exports Exports, List<Problem> Problems)
{
    /// <summary>The stack that nests it, null where it stands by itself.</summary>
    public ParentStack? Parent { get; init; }

    /// <summary>The stack's name where that is known, else empty.</summary>
    public string StackName { get; init; } = "";

    /// <summary>How many templates may be nested in the outermost one, all together.</summary>
    public Allowance Nesting { get; } = new();
}

/// <summary>Counts down: templates that nest each other many times over would never end.</summary>
internal sealed class Allowance
{
    private int left = 500;

    /// <summary>Whether there is one more.</summary>
    public bool Take() => left-- > 0;
}

/// <summary>What a nested template gets from the template that nests it.</summary>
/// <param name="Parameters">The values of its parameters; one that is not here has its default, for nobody else can give it one.</param>
/// <param name="Exists">The condition under which the whole stack is created.</param>
/// <param name="Paths">The templates that it is nested in, the outermost first.</param>
internal sealed record ParentStack(
    IReadOnlyDictionary<string, Value> Parameters, Surroundings Surroundings, Condition Exists, string Family, ImmutableArray<string> Paths)
{
    /// <summary>The items of a list parameter where all of it is known.</summary>
    public IReadOnlyList<string>? ItemsOf(string parameter) => Parameters.GetValueOrDefault(parameter) switch
    {
        Value.Str { Text.Known: { } known } => known.Split(',', StringSplitOptions.TrimEntries),
        Value.List { Items: var items } when items.All(i => i.KnownText is not null) => [.. items.Select(i => i.KnownText!)],
        _ => null,
    };

    /// <summary>The condition under which a resource of the nested template is created.</summary>
    public Condition And(Condition own) => Exists is Condition.Constant { Truth: Truth.Yes } ? own
        : own is Condition.Constant { Truth: Truth.Yes } ? Exists
        : new Condition.And([Exists, own]);
}
