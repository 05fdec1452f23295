using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What a name or path stands for while a rule is evaluated; a closed family.</summary>
public abstract record Item
{
    private Item() { }

    /// <summary>A resource, and the identity by which it was found.</summary>
    public sealed record OfResource(Resource Resource, string Via) : Item
    {
        /// <summary>The ARN by which a text names it, perhaps with a qualifier; null where its own is meant.</summary>
        public Text? Called { get; init; }
    }

    /// <summary>A resource that the input does not hold; <paramref name="Why"/> says what is known of it.</summary>
    public sealed record Outside(string Why, Location At) : Item
    {
        /// <summary>The policy whose statements are not known; null where another thing is not.</summary>
        public Policy? Of { get; init; }
    }

    /// <summary>A record of a list.</summary>
    public sealed record Record(Resource Owner, Value Value, FieldSet Fields) : Item;

    /// <summary>A policy.</summary>
    public sealed record OfPolicy(Policy Policy) : Item;

    /// <summary>A statement.</summary>
    public sealed record OfStatement(Statement Statement, Policy Policy) : Item;

    /// <summary>A principal.</summary>
    public sealed record OfPrincipal(PrincipalEntry Entry, Statement Statement, Policy Policy) : Item;

    /// <summary>A condition.</summary>
    public sealed record OfCondition(Clause Clause) : Item;

    /// <summary>A value.</summary>
    public sealed record OfValue(Value Value) : Item;

    /// <summary>Where it stands.</summary>
    public Location Location => this switch
    {
        OfResource resource => resource.Resource.Location,
        Outside outside => outside.At,
        Record record => record.Value.Location,
        OfPolicy policy => policy.Policy.Location,
        OfStatement statement => statement.Statement.Location,
        OfPrincipal principal => principal.Entry.Location,
        OfCondition condition => condition.Clause.Location,
        OfValue value => value.Value.Location,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>The items that a path leads to; <paramref name="Doubt"/> says why there may be others, or none of these.</summary>
public sealed record Found(ImmutableArray<Item> Items, Item.Outside? Doubt)
{
    public static Found One(Item item) => new([item], null);

    public static Found Unknown(string why, Location at) => new([], new Item.Outside(why, at));
}
