using System.Collections.Immutable;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>What <c>for</c> makes of a list or map.</summary>
internal static class Loops
{
    public const int MostItems = 10_000;

    /// <summary>A key and a value that a loop goes through.</summary>
    public sealed record Turn(Value Key, Value Value);

    public static Value Evaluate(Evaluator evaluator, Expression expression, Scope scope)
    {
        var loop = expression is Expression.For all ? all.Loop : ((Expression.ForObject)expression).Loop;
        var of = evaluator.Evaluate(loop.Of, scope);
        if (evaluator.Marks.IsFault(of)) return of;
        if (TurnsOf(evaluator, of) is not { } turns) return of is Value.Unknown unknown ? new Value.Unknown(expression.Location, unknown.Why) : Evaluator.Unknown(expression);
        var taken = new List<Scope>();
        foreach (var turn in turns)
        {
            var inner = scope.With(loop.Value, turn.Value);
            if (loop.Key.Length > 0) inner = scope.With(loop.Key, turn.Key).With(loop.Value, turn.Value);
            switch (loop.Condition is null ? new Value.Flag(default, isTrue: true) : Operations.AsFlag(evaluator.Evaluate(loop.Condition, inner)))
            {
                case Value.Flag { IsTrue: true }: taken.Add(inner); break;
                case Value.Flag: break;
                case var fault when evaluator.Marks.IsFault(fault): return fault;
                default: return Evaluator.Unknown(loop.Condition!);
            }
        }
        return expression is Expression.For list ? OfList(evaluator, list, taken) : OfObject(evaluator, (Expression.ForObject)expression, taken);
    }

    /// <summary>The items of a list with their numbers, of a set with themselves, of a map with their keys, in Terraform's
    /// order; null for what has no items or whose items are not known.</summary>
    public static List<Turn>? TurnsOf(Evaluator evaluator, Value of)
    {
        if (evaluator.Marks.IsWhole(of) || evaluator.Marks.IsJson(of)) return null;
        return of switch
        {
            Value.List list when evaluator.Marks.IsSet(list) => [.. list.Items.Select(i => new Turn(i, i))],
            Value.List list => [.. list.Items.Select((item, i) => new Turn(Numbers.ToValue(list.Location, i), item))],
            Value.Map map => [.. map.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new Turn(Value.Of(f.At, f.Name), f.Value))],
            _ => null,
        };
    }

    private static Value OfList(Evaluator evaluator, Expression.For all, List<Scope> taken)
    {
        var items = ImmutableArray.CreateBuilder<Value>(taken.Count);
        foreach (var inner in taken)
        {
            var value = evaluator.Evaluate(all.Value, inner);
            if (evaluator.Marks.IsFault(value)) return value;
            items.Add(value);
        }
        return new Value.List(all.Location, items.ToImmutable());
    }

    private static Value OfObject(Evaluator evaluator, Expression.ForObject all, List<Scope> taken)
    {
        var groups = new Dictionary<string, List<Value>>(StringComparer.Ordinal);
        foreach (var inner in taken)
        {
            var (key, value) = (evaluator.Evaluate(all.Made.Key, inner), evaluator.Evaluate(all.Made.Value, inner));
            if (evaluator.Marks.IsFault(key) || evaluator.Marks.IsFault(value)) return evaluator.Marks.IsFault(key) ? key : value;
            if (key.AsText?.Known is not { } name) return Evaluator.Unknown(all.Made.Key);
            if (!groups.TryGetValue(name, out var group)) groups[name] = group = [];
            else if (!all.Groups) return evaluator.Fault(all, $"has key `{name}` twice");
            group.Add(value);
        }
        var fields = groups.Select(g => new Value.Field(g.Key, all.Made.Key.Location, all.Groups ? new Value.List(all.Location, [.. g.Value]) : g.Value[0]));
        return new Value.Map(all.Location, [.. fields]);
    }
}
