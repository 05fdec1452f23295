using System.Collections.Immutable;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>A call with its arguments evaluated.</summary>
internal sealed record Called(Evaluator Evaluator, Expression.Call Call, ImmutableArray<Value> Arguments)
{
    public Documents.Location At => Call.Location;

    public int Count => Arguments.Length;

    /// <summary>The whole text of an argument (numbers and flags are texts, too), or null.</summary>
    public string? Known(int index) => index < Count ? Arguments[index].AsText?.Known : null;

    public Value.List? List(int index) => index < Count ? Arguments[index] as Value.List : null;

    public Value.Map? Map(int index) =>
        index < Count && Arguments[index] is Value.Map map && !Evaluator.Marks.IsJson(map) && !Evaluator.Marks.IsWhole(map) ? map : null;

    public Value.Str Text(string text) => Value.Of(At, text);

    public Value.Flag Flag(bool isTrue) => new(At, isTrue);

    public Value.List ListOf(IEnumerable<Value> items) => new(At, [.. items]);

    public Value.Unknown Unknown() => Evaluator.Unknown(Call);

    public Value.Unknown Fault(string what) => Evaluator.Fault(Call, what);
}

/// <summary>Terraform's functions, those that policies use.</summary>
internal sealed class Functions(Evaluator evaluator, Files files)
{
    public Value Call(Expression.Call call, Scope scope)
    {
        if (call.Name is "try" or "can") return Try(call, scope);
        if (ArgumentsOf(call, scope, out var fault) is not { } arguments) return fault!;
        var called = new Called(evaluator, call, arguments);
        if (call.Name is "sensitive") return new Value.Secret(call.Location);
        if (call.Name is "nonsensitive" or "jsonencode" or "coalesce" && arguments.Length > 0) return Passing(called);
        if (files.Call(called, scope) is { } read) return read;
        foreach (var argument in arguments)
            switch (argument)
            {
                case Value.Unknown unknown: return new Value.Unknown(call.Location, unknown.Why);
                case Value.Choice or Value.Secret: return called.Unknown();
            }
        return Texts.Call(called) ?? Collections.Call(called) ?? Sets.Call(called) ?? Encodings.Call(called) ?? Regexes.Call(called) ?? Numbers.Call(called) ?? Evaluator.Unknown(call, $"calls `{call.Name}`, which PolicyLint does not compute");
    }

    private ImmutableArray<Value>? ArgumentsOf(Expression.Call call, Scope scope, out Value? fault)
    {
        var arguments = ImmutableArray.CreateBuilder<Value>();
        fault = null;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var value = evaluator.Evaluate(call.Arguments[i], scope);
            if (evaluator.Marks.IsFault(value)) fault = value;
            else if (!call.Spreads || i + 1 < call.Arguments.Length) arguments.Add(value);
            else if (value is Value.List list && arguments.Count + list.Items.Length <= Loops.MostItems) arguments.AddRange(list.Items);
            else fault = Evaluator.Unknown(call);
            if (fault is not null) return null;
        }
        return arguments.ToImmutable();
    }

    /// <summary>The first argument that Terraform would not refuse; unknown where that cannot be told.</summary>
    private Value Try(Expression.Call call, Scope scope)
    {
        foreach (var argument in call.Arguments)
        {
            var value = evaluator.Evaluate(argument, scope);
            if (evaluator.Marks.IsFault(value)) continue;
            if (value is Value.Unknown unknown) return unknown;
            return call.Name == "can" ? new Value.Flag(call.Location, isTrue: true) : value;
        }
        return call.Name == "can" ? new Value.Flag(call.Location, isTrue: false) : evaluator.Fault(call, "has no argument that works");
    }

    /// <summary>Functions that can do with what is not known.</summary>
    private Value Passing(Called called)
    {
        var first = called.Arguments[0];
        switch (called.Call.Name)
        {
            case "nonsensitive": return first;
            case "jsonencode" when first is Value.Map map && !evaluator.Marks.IsWhole(map) && !evaluator.Marks.IsJson(map): return evaluator.Marks.Json(new Value.Map(map.Location, map.Fields));
            case "jsonencode" when first is Value.Unknown unknown: return new Value.Unknown(called.At, unknown.Why);
            case "jsonencode": return new Value.Str(called.At, JsonText.Write(evaluator, first));
        }
        for (var i = 0; i < called.Count; i++)
            switch (called.Arguments[i])
            {
                case Value.Absent or Value.Str { Text.Known: "" }: continue;
                case Value.Str { Text.Known: null, Text.Pieces.Length: 1 } when i + 1 < called.Count && Operations.Equal(evaluator, called.Arguments[i], new Value.Absent(called.At)) is Truth.Unknown: return called.Unknown();
                case Value.Unknown or Value.Choice when i + 1 < called.Count: return called.Unknown();
                case var value: return value;
            }
        return called.Fault("has no argument that is set");
    }
}
