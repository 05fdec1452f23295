using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What paths find in a statement and in a condition. What is not known of it is unknown there, never empty.</summary>
internal static class StatementPaths
{
    /// <summary>A field of a statement.</summary>
    public static Found Of(Item.OfStatement item, string field)
    {
        var statement = item.Statement;
        if (field == "label") return One(Value.Of(statement.Location, statement.Label));
        if (Missing(statement, PartOf(field)) is { } gap)
            return field is "conditions" or "principals" or "notPrincipals" ? new Found(Conditions(statement, field), new Item.Outside(gap.Why, gap.Location))
                : One(field is "conditionKeys" ? Keys(statement, gap) : new Value.Unknown(gap.Location, gap.Why));
        var at = statement.Location;
        return field switch
        {
            "sid" => One(Value.Of(at, statement.Sid)),
            "effect" => One(statement.Effect is { } effect ? Value.Of(at, effect.ToString()) : new Value.Unknown(at, statement.Fault)),
            "actions" => List(statement.Actions, negated: false, at),
            "actionsOnResources" => List(OnResources(statement.Actions), negated: false, at),
            "notActions" => List(statement.Actions, negated: true, at),
            "resources" => List(statement.Resources, negated: false, at),
            "notResources" => List(statement.Resources, negated: true, at),
            "conditions" => new Found(Conditions(statement, field), null),
            "conditionKeys" => One(Keys(statement, null)),
            _ => statement.Principals is { } principals && principals.Negated == (field == "notPrincipals")
                ? new Found([.. principals.Entries.Select(e => new Item.OfPrincipal(e, statement, item.Policy))], null)
                : new Found([], null),
        };
    }

    /// <summary>A field of a condition.</summary>
    public static Value Of(Clause clause, string field) => field switch
    {
        "operator" => Value.Of(clause.Location, clause.Operator.Name),
        "key" => Value.Of(clause.Location, clause.Key),
        "narrows" => Narrowing.Of(clause) switch
        {
            Truth.Unknown => new Value.Unknown(clause.Location, $"what `{clause.Key}` is compared with is not known here"),
            var truth => new Value.Flag(clause.Location, truth is Truth.Yes),
        },
        _ => ListOf(clause.Values, clause.Location),
    };

    private static StatementPart PartOf(string field) => field switch
    {
        "sid" => StatementPart.Sid,
        "effect" => StatementPart.Effect,
        "actions" or "actionsOnResources" or "notActions" => StatementPart.Action,
        "resources" or "notResources" => StatementPart.Resource,
        "conditions" or "conditionKeys" => StatementPart.Condition,
        _ => StatementPart.Principal,
    };

    /// <summary>Why nothing is known of a part; actions, resources and principals that are surely there are unknown one by one.</summary>
    private static Gap? Missing(Statement statement, StatementPart part) => statement.Gaps.FirstOrDefault(g =>
        g.Part is StatementPart.Whole || (g.Part == part && (g.MayBeAbsent || part is StatementPart.Sid or StatementPart.Effect or StatementPart.Condition)));

    private static ImmutableArray<Item> Conditions(Statement statement, string field) => field == "conditions" ? [.. statement.Conditions.Select(c => new Item.OfCondition(c))] : [];

    private static Value.List Keys(Statement statement, Gap? gap)
    {
        var keys = statement.Conditions.Select(c => (Value)Value.Of(c.Location, c.Key));
        return new Value.List(statement.Location, [.. gap is null ? keys : keys.Append(new Value.Unknown(gap.Location, gap.Why))]);
    }

    /// <summary>The entries that may stand for an action that takes another resource than <c>*</c>.</summary>
    private static Elements? OnResources(Elements? actions) => actions is null ? null : actions with { Items = [.. actions.Items.Where(e => !NamedActions.TakeNoResource(e))] };

    private static Value.List ListOf(ImmutableArray<Element> elements, Location at) =>
        new(at, [.. elements.Select(i => i.Pattern is { } pattern ? (Value)new Value.Str(i.Location, pattern.Text) : new Value.Unknown(i.Location, i.Why))]);

    private static Found List(Elements? elements, bool negated, Location at) => One(
        elements is null || elements.Negated != negated
            ? new Value.List(at, [])
            : ListOf(elements.Items, elements.Location));

    private static Found One(Value value) => Found.One(new Item.OfValue(value));
}
