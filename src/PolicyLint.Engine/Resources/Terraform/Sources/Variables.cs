using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>The values of a module's variables: as the plan states them, as the call gives them, or their defaults; in the type
/// that they are declared with.</summary>
internal sealed class Variables(Evaluator evaluator, References references)
{
    public Value Of(Frame frame, string name, Expression at) =>
        frame.Module.Variable(name) is { } block
            ? frame.Once($"var.{name}", () => Compute(frame, name, block, at), () => evaluator.Fault(at, "needs itself"))
            : evaluator.Missing(frame.Module, at);

    private Value Compute(Frame frame, string name, Block block, Expression at)
    {
        if (block.Body["sensitive"]?.Expression is Expression.Literal { Text: "true" }) return new Value.Secret(block.Location);
        var type = block.Body["type"]?.Expression;
        var fallback = block.Body["default"] is { } stated ? Types.Convert(evaluator, evaluator.Evaluate(stated.Expression, frame.Scope), type) : null;
        var given = Given(frame, name, block) is { } value ? Types.Convert(evaluator, value, type) : null;
        if (given is Value.Absent && block.Body["nullable"]?.Expression is Expression.Literal { Text: "false" }) given = fallback;
        return given ?? fallback ?? Evaluator.Unknown(at);
    }

    private Value? Given(Frame frame, string name, Block block)
    {
        if (frame.Caller is not { } caller) return references.VariableOf(name) is { } node ? JsonText.OfPlan(node, block.Location) : null;
        return frame.Call?.Body[name] is { } argument ? evaluator.Evaluate(argument.Expression, caller) : null;
    }
}

/// <summary>Values in the type that a variable is declared with.</summary>
internal static class Types
{
    /// <summary>The value as the type has it: numbers become texts, missing attributes their defaults, lists sets. What cannot
    /// be converted stays.</summary>
    public static Value Convert(Evaluator evaluator, Value value, Expression? type)
    {
        if (value is Value.Unknown or Value.Secret or Value.Absent || evaluator.Marks.IsWhole(value) || !evaluator.Spend()) return value;
        return (type, value) switch
        {
            (Expression.Root { Text: "string" }, Value.Number or Value.Flag) => new Value.Str(value.Location, value.AsText!),
            (Expression.Root { Text: "number" }, Value.Str) when Numbers.Of(value) is { } number => Numbers.ToValue(value.Location, number),
            (Expression.Root { Text: "bool" }, Value.Str) => Operations.AsFlag(value),
            (Expression.Call { Name: "list" or "set", Arguments: [var of] } call, Value.List list) => ListOf(evaluator, list, of, call.Name == "set"),
            (Expression.Call { Name: "tuple", Arguments: [Expression.List types] }, Value.List list) when types.Items.Length == list.Items.Length =>
                new Value.List(list.Location, [.. list.Items.Select((item, i) => Convert(evaluator, item, types.Items[i]))]),
            (Expression.Call { Name: "map", Arguments: [var of] }, Value.Map map) when !evaluator.Marks.IsJson(map) =>
                new Value.Map(map.Location, [.. map.Fields.Select(f => new Value.Field(f.Name, f.At, Convert(evaluator, f.Value, of)))]),
            (Expression.Call { Name: "object", Arguments: [Expression.Object types, ..] }, Value.Map map) when !evaluator.Marks.IsJson(map) => ObjectOf(evaluator, map, types),
            (Expression.Call { Name: "optional", Arguments: [var of, ..] }, _) => Convert(evaluator, value, of),
            _ => value,
        };
    }

    private static Value.List ListOf(Evaluator evaluator, Value.List list, Expression of, bool isSet)
    {
        var items = new Value.List(list.Location, [.. list.Items.Select(i => Convert(evaluator, i, of))]);
        return isSet ? Collections.ToSet(evaluator, items) : items;
    }

    /// <summary>Only the attributes of the type; a missing one that is optional has its default or is null.</summary>
    private static Value.Map ObjectOf(Evaluator evaluator, Value.Map map, Expression.Object types)
    {
        var fields = new List<Value.Field>();
        foreach (var entry in types.Entries)
        {
            if (entry.Key is not Expression.Literal { Text: var name }) continue;
            var optional = entry.Value as Expression.Call is { Name: "optional" } call ? call : null;
            var given = map.Fields.FirstOrDefault(f => f.Name == name)?.Value;
            if (given is null or Value.Absent && optional is { Arguments: [_, Expression.Literal or Expression.List or Expression.Object] })
                given = Constant(optional.Arguments[1], map.Location);
            if (given is null && optional is not null) given = new Value.Absent(map.Location);
            if (given is not null) fields.Add(new Value.Field(name, given.Location, Convert(evaluator, given, entry.Value)));
        }
        return new Value.Map(map.Location, [.. fields]);
    }

    /// <summary>A default within a type, which refers to nothing.</summary>
    private static Value Constant(Expression expression, Location at) => expression switch
    {
        Expression.Literal { Kind: ScalarKind.String } text => Value.Of(at, text.Text),
        Expression.Literal { Kind: ScalarKind.Number } number => new Value.Number(at, Numbers.Plain(number.Text)),
        Expression.Literal { Kind: ScalarKind.Bool } flag => new Value.Flag(at, flag.Text == "true"),
        Expression.Literal => new Value.Absent(at),
        Expression.List list => new Value.List(at, [.. list.Items.Select(i => Constant(i, at))]),
        Expression.Object map => new Value.Map(at, [.. map.Entries.Select(e => new Value.Field((e.Key as Expression.Literal)?.Text ?? "", at, Constant(e.Value, at)))]),
        _ => Evaluator.Unknown(expression),
    };
}
