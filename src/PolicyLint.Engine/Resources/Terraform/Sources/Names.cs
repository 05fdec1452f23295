using System.Collections.Immutable;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>What references lead to: variables, locals, resources, outputs of modules, and the parts of all these.</summary>
internal sealed class Names(Evaluator evaluator, References references, Func<string, Frame?> frameOf)
{
    private const string Item = "[*]";
    private readonly Variables variables = new(evaluator, references);
    private readonly Dictionary<string, Value.Map> wholes = new(StringComparer.Ordinal);

    /// <summary>An instance of a module, whose sources may be missing.</summary>
    private sealed record ModuleInstance(string Path, Frame? Frame);

    public Value Evaluate(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case Expression.Item: return scope[Item] ?? Evaluator.Unknown(expression);
            case Expression.Root root: return scope[root.Text] ?? Evaluator.Unknown(expression);
            case Expression.Attribute { Of: Expression.Root root } attribute when scope[root.Text] is null: return Named(root.Text, attribute, scope);
            case Expression.Attribute { Of: Expression.Attribute { Of: Expression.Root { Text: "data" } } type } attribute when scope["data"] is null:
                return Resources($"data.{type.Name}.{attribute.Name}", attribute, scope);
            case Expression.Attribute attribute: return Member(evaluator.Evaluate(attribute.Of, scope), attribute.Name, attribute);
            case Expression.Index index: return Element(evaluator.Evaluate(index.Of, scope), evaluator.Evaluate(index.Key, scope), index);
            default: return Splat((Expression.Splat)expression, scope);
        }
    }

    private Value Named(string root, Expression.Attribute attribute, Scope scope)
    {
        var (frame, name) = (scope.Frame, attribute.Name);
        return root switch
        {
            "var" => Moved(variables.Of(frame, name, attribute), attribute),
            "local" => frame.Module.Local(name) is { } local
                ? Moved(frame.Once($"local.{name}", () => evaluator.Evaluate(local.Expression, frame.Scope), () => Circle(attribute)), attribute)
                : evaluator.Missing(frame.Module, attribute),
            "path" or "terraform" => new Value.Str(attribute.Location, Text.Of(new Symbol(evaluator.DocumentScope, $"{root}.{name} {frame.Module.Folder}") { Display = $"{root}.{name}", IsParameter = true })),
            "module" => Modules(name, attribute, scope),
            "each" or "count" or "self" or "data" or "ephemeral" => Evaluator.Unknown(attribute),
            _ => Resources($"{root}.{name}", attribute, scope),
        };
    }

    private Value.Unknown Circle(Expression at) => evaluator.Fault(at, "needs itself");

    /// <summary>A text or number stands where it is used; lists and maps stay where they are written.</summary>
    private static Value Moved(Value value, Expression to) => value switch
    {
        Value.Str text => new Value.Str(to.Location, text.Text),
        Value.Number number => new Value.Number(to.Location, number.Text),
        Value.Flag flag => new Value.Flag(to.Location, flag.IsTrue),
        Value.Absent => new Value.Absent(to.Location),
        Value.Secret => new Value.Secret(to.Location),
        _ => value,
    };

    /// <summary>One resource, or all of a <c>count</c> or <c>for_each</c>.</summary>
    private Value Resources(string reference, Expression.Attribute at, Scope scope)
    {
        var instances = references.InstancesOf(scope.Frame.Path, reference);
        var block = scope.Frame.Module.Resource(reference);
        if (instances.Count == 0)
        {
            if (block?.Body["count"] is not null) return new Value.List(at.Location, []);
            return block?.Body["for_each"] is not null ? new Value.Map(at.Location, []) : Evaluator.Unknown(at);
        }
        return Instances(at, [.. instances.Select(i => new Turn(References.KeyOf(i), Whole(i.Address, i, at)))]);
    }

    private sealed record Turn(Value Key, Value Value);

    private static Value Instances(Expression at, List<Turn> turns) => turns switch
    {
        [{ Key: Value.Absent } only] => only.Value,
        _ when turns.TrueForAll(t => t.Key is Value.Number) => new Value.List(at.Location, [.. turns.OrderBy(t => Numbers.Of(t.Key)).Select(t => t.Value)]),
        _ when turns.TrueForAll(t => t.Key is Value.Str) => new Value.Map(at.Location, [.. turns.Select(t => new Value.Field(t.Key.KnownText!, at.Location, t.Value))]),
        _ => Evaluator.Unknown(at),
    };

    private Value.Map Whole(string address, object of, Expression at)
    {
        if (!wholes.TryGetValue(address, out var whole)) wholes[address] = whole = evaluator.Marks.Whole(new Value.Map(at.Location, []), of);
        return whole;
    }

    private Value Modules(string name, Expression.Attribute at, Scope scope)
    {
        if (scope.Frame.Module.Call(name) is not { } call) return Evaluator.Unknown(at);
        var path = scope.Frame.Path.Length == 0 ? $"module.{name}" : $"{scope.Frame.Path}.module.{name}";
        if (call.Body["for_each"] is { } each)
        {
            if (Loops.TurnsOf(evaluator, evaluator.Evaluate(each.Expression, scope.Frame.Scope)) is not { } turns || turns.Exists(t => t.Key.KnownText is null)) return Evaluator.Unknown(at);
            return new Value.Map(at.Location, [.. turns.Select(t => new Value.Field(t.Key.KnownText!, at.Location, Module($"{path}[{Quoted(t.Key.KnownText!)}]", at)))]);
        }
        if (call.Body["count"] is not { } count) return Module(path, at);
        return Numbers.Of(evaluator.Evaluate(count.Expression, scope.Frame.Scope)) is { } number and >= 0 and <= Loops.MostItems
            ? new Value.List(at.Location, [.. Enumerable.Range(0, (int)number).Select(i => Module($"{path}[{i}]", at))])
            : Evaluator.Unknown(at);
    }

    private Value.Map Module(string path, Expression at) => Whole(path, new ModuleInstance(path, frameOf(path)), at);

    private static string Quoted(string key) => $"\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private Value Member(Value of, string name, Expression at)
    {
        if (evaluator.Marks.WholeOf(of) is ModuleInstance module) return Output(module, name, at);
        if (evaluator.Marks.WholeOf(of) is Plan.Planned resource) return AttributeOf(resource, name, at);
        switch (of)
        {
            case Value.Unknown or Value.Secret: return of;
            case Value.Choice choice: return Either(choice, v => Member(v, name, at), at);
            case Value.Str { Text.Only: { Owner.Length: > 0 } symbol } text: return Part(text, symbol, $".{name}", at);
            case Value.Map map when !evaluator.Marks.IsJson(map):
                foreach (var field in map.Fields)
                    if (field.Name == name) return Moved(field.Value, at);
                return evaluator.Fault(at, "is not there");
            default: return evaluator.Fault(at, "is not there");
        }
    }

    private Value AttributeOf(Plan.Planned resource, string name, Expression at)
    {
        var value = Moved(references.ValueOf(resource, name, at.Location), at);
        return value is Value.Map map && map["Statement"] is not Value.Absent ? evaluator.Marks.Json(map) : value;
    }

    private Value Output(ModuleInstance module, string name, Expression at)
    {
        if (module.Frame is not { } frame || frame.Module.Output(name)?.Body["value"] is not { } value) return Evaluator.Unknown(at);
        return Moved(frame.Once($"output.{name}", () => evaluator.Evaluate(value.Expression, frame.Scope), () => Circle(at)), at);
    }

    /// <summary>A part of an attribute that is not known: as unknown as the whole, and as much itself.</summary>
    private static Value.Str Part(Value.Str of, Symbol symbol, string step, Expression at) => new(at.Location, Text.Of(new Symbol(symbol.Scope, symbol.Name + step)
    {
        Display = $"{of.Text.Only!.Display}{step}",
        Owner = symbol.Owner,
    }));

    private static Value Either(Value.Choice choice, Func<Value, Value> step, Expression at)
    {
        var (then, otherwise) = (step(choice.Then), step(choice.Otherwise));
        return then is Value.Unknown || otherwise is Value.Unknown ? Evaluator.Unknown(at) : new Value.Choice(choice.Location, choice.Condition, then, otherwise);
    }

    /// <summary>What stands at a key of a list or map.</summary>
    public Value Element(Value of, Value key, Expression at)
    {
        if (evaluator.Marks.IsFault(key)) return key;
        if (of is Value.Unknown or Value.Secret) return of;
        if (of is Value.Choice choice) return Either(choice, v => Element(v, key, at), at);
        if (key.AsText?.Known is not { } known) return Evaluator.Unknown(at);
        switch (of)
        {
            case Value.Map: return Member(of, known, at);
            case Value.Str { Text.Only: { Owner.Length: > 0 } symbol } text: return Part(text, symbol, key is Value.Number ? $"[{known}]" : $"[{Quoted(known)}]", at);
            case Value.List list when !evaluator.Marks.IsSet(list) && Numbers.Of(key) is { } number && number == Math.Floor(number):
                return number >= 0 && number < list.Items.Length ? Moved(list.Items[(int)number], at) : evaluator.Fault(at, "is not there");
            default: return evaluator.Fault(at, "is not there");
        }
    }

    private Value Splat(Expression.Splat splat, Scope scope)
    {
        var of = evaluator.Evaluate(splat.Of, scope);
        if (of is Value.Unknown or Value.Secret) return of;
        if (of is Value.Choice or Value.Str { Text.Known: null }) return Evaluator.Unknown(splat);
        var items = of switch
        {
            Value.List list => list.Items,
            Value.Absent => [],
            _ => [of],
        };
        var each = ImmutableArray.CreateBuilder<Value>(items.Length);
        foreach (var item in items)
        {
            var value = evaluator.Evaluate(splat.Each, scope.With(Item, item));
            if (evaluator.Marks.IsFault(value)) return value;
            each.Add(value);
        }
        return new Value.List(splat.Location, each.ToImmutable());
    }
}
