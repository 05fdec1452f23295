using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Gives expressions their values: known, known in part, one of two by a condition, or unknown with the reason.</summary>
internal sealed class Evaluator
{
    private const int StepsOfAll = 5_000_000;
    private const int StepsOfOne = 200_000;
    private int left = StepsOfAll;
    private int stop;
    private int depth;
    private int holes;

    /// <param name="root">The folder of the root module.</param>
    /// <param name="textAt">The text of a file at a path, null where it cannot be read.</param>
    public Evaluator(References references, Func<string, Frame?> frameOf, string scope, string root, Func<string, string?> textAt)
    {
        DocumentScope = scope;
        Marks = new Marks();
        Names = new Names(this, references, frameOf);
        Functions = new Functions(this, new Files(this, root, textAt));
    }

    public string DocumentScope { get; }
    public Marks Marks { get; }
    public Names Names { get; }
    private Functions Functions { get; }

    /// <summary>An expression's value as others can use it: JSON texts of policies as maps, whole resources unknown.</summary>
    public Value Read(Expression expression, Scope scope) => Settle(Evaluate(expression, scope), expression.Location);

    /// <summary>Takes one step of the work that may be done; false where there is none left.</summary>
    public bool Spend(int steps = 1)
    {
        if (left - stop >= steps)
        {
            left -= steps;
            return RuntimeHelpers.TryEnsureSufficientExecutionStack();
        }
        left = Math.Min(left, stop);
        return false;
    }

    public Value Evaluate(Expression expression, Scope scope)
    {
        if (depth == 0) stop = Math.Max(0, left - StepsOfOne);
        if (!Spend()) return Unknown(expression, "takes too much work to evaluate");
        depth++;
        var value = Compute(expression, scope);
        depth--;
        return value;
    }

    private Value Compute(Expression expression, Scope scope) =>
        expression switch
        {
            Expression.Literal literal => OfLiteral(literal),
            Expression.Template template => OfTemplate(template, scope),
            Expression.Root or Expression.Attribute or Expression.Index or Expression.Splat or Expression.Item => Names.Evaluate(expression, scope),
            Expression.Call call => Paid(Functions.Call(call, scope), call),
            Expression.Conditional choice => Choose(choice, scope),
            Expression.Unary or Expression.Binary => Operations.Evaluate(this, expression, scope),
            Expression.List list => OfList(list, scope),
            Expression.Object map => OfObject(map, scope),
            Expression.For or Expression.ForObject => Loops.Evaluate(this, expression, scope),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What a function makes costs as much as it is long.</summary>
    private Value Paid(Value value, Expression.Call call)
    {
        var size = value switch
        {
            Value.List list => list.Items.Length,
            Value.Map map => map.Fields.Length,
            Value.Str text => (text.Text.Known?.Length ?? text.Text.Pieces.Length) / 64,
            _ => 0,
        };
        return Spend(size) ? value : Unknown(call, "takes too much work to evaluate");
    }

    /// <summary>Not known, with the expression's text as the reason.</summary>
    public static Value.Unknown Unknown(Expression expression, string what = "is not known here") => new(expression.Location, $"`{expression.Span}` {what}");

    /// <summary>Terraform would refuse this.</summary>
    public Value.Unknown Fault(Expression expression, string what) => Marks.Fault(Unknown(expression, what));

    /// <summary>What a module does not declare; of one that could not be read as a whole, nobody knows.</summary>
    public Value.Unknown Missing(SourceModule module, Expression at) =>
        module.IsWhole ? Fault(at, "is not declared") : Unknown(at, $"is not known here: {module.Faults[0].Location} {module.Faults[0].Message}");

    private static Value OfLiteral(Expression.Literal literal) => literal.Kind switch
    {
        ScalarKind.String => Value.Of(literal.Location, literal.Text),
        ScalarKind.Number => new Value.Number(literal.Location, Numbers.Plain(literal.Text)),
        ScalarKind.Bool => new Value.Flag(literal.Location, literal.Text == "true"),
        _ => new Value.Absent(literal.Location),
    };

    private Value OfTemplate(Expression.Template template, Scope scope)
    {
        var text = new TextBuilder();
        foreach (var part in template.Parts)
        {
            var value = Evaluate(part, scope);
            if (Marks.IsFault(value)) return value;
            if (AsText(value, part) is not { } more) return Fault(template, "has a part that is no text");
            if (!text.Add(more) || !Spend((more.Known?.Length ?? 0) / 64)) return Unknown(template, "is too long");
        }
        return new Value.Str(template.Location, text.ToText());
    }

    /// <summary>What a value is within a text: where it is not known, a hole that equals no other. Null for what is no text.</summary>
    public Text? AsText(Value value, Expression expression) => value switch
    {
        Value.Str text => text.Text,
        Value.Number number => Text.Of(number.Text),
        Value.Flag flag => Text.Of(flag.IsTrue ? "true" : "false"),
        Value.Secret => Hole(expression.Span.ToString()),
        Value.Unknown => Hole(expression.Span.ToString()),
        Value.Choice { Then: var then, Otherwise: var otherwise } choice when AsText(then, expression) is { } a && AsText(otherwise, expression) is { } b =>
            Text.Join([new Piece.Either(choice.Condition, new Value.Str(then.Location, a), new Value.Str(otherwise.Location, b))]),
        Value.Map map when Marks.IsJson(map) => JsonText.Inside(this, map),
        _ => null,
    };

    /// <summary>A text that is not known and surely equal to no other.</summary>
    public Text Hole(string shown)
    {
        holes++;
        return Text.Of(new Symbol(DocumentScope, $"hole {holes}") { Display = shown, IsParameter = true });
    }

    private Value Choose(Expression.Conditional choice, Scope scope)
    {
        var test = Operations.AsFlag(Evaluate(choice.Test, scope));
        switch (test)
        {
            case Value.Flag flag: return Evaluate(flag.IsTrue ? choice.Then : choice.Otherwise, scope);
            case Value.Choice { Then: Value.Flag then, Otherwise: Value.Flag otherwise } open when then.IsTrue != otherwise.IsTrue:
                return Both(choice, then.IsTrue ? open.Condition : new Condition.Not(open.Condition), scope);
            case Value.Unknown unknown when Marks.IsFault(unknown): return unknown;
            case Value.Unknown unknown: return Both(choice, new Condition.Constant(Truth.Unknown, unknown.Why), scope);
            default: return Fault(choice.Test, "is no condition");
        }
    }

    private Value Both(Expression.Conditional choice, Condition condition, Scope scope)
    {
        var (then, otherwise) = (Evaluate(choice.Then, scope), Evaluate(choice.Otherwise, scope));
        if (Operations.Equal(this, then, otherwise) is Truth.Yes) return then;
        return Marks.IsFault(then) || Marks.IsFault(otherwise) || Marks.IsWhole(then) || Marks.IsWhole(otherwise)
            ? Unknown(choice)
            : new Value.Choice(choice.Location, condition, then, otherwise);
    }

    private Value OfList(Expression.List list, Scope scope)
    {
        var items = ImmutableArray.CreateBuilder<Value>(list.Items.Length);
        foreach (var item in list.Items)
        {
            var value = Evaluate(item, scope);
            if (Marks.IsFault(value)) return value;
            items.Add(value);
        }
        return new Value.List(list.Location, items.ToImmutable());
    }

    private Value OfObject(Expression.Object map, Scope scope)
    {
        var fields = new Dictionary<string, Value.Field>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var (key, value) = (Evaluate(entry.Key, scope), Evaluate(entry.Value, scope));
            if (Marks.IsFault(key) || Marks.IsFault(value)) return Marks.IsFault(key) ? key : value;
            if (key.AsText?.Known is not { } name) return Unknown(map, $"has a key that is not known, `{entry.Key.Span}`");
            fields[name] = new Value.Field(name, entry.Key.Location, value);
        }
        return new Value.Map(map.Location, [.. fields.Values]);
    }

    /// <summary>Maps that are JSON texts stay maps where they are policies and become texts where they are not.</summary>
    private Value Settle(Value value, Location at)
    {
        if (!Spend()) return new Value.Unknown(at, "it takes too much work to evaluate");
        switch (value)
        {
            case Value.Map map when Marks.IsWhole(map): return new Value.Unknown(at, "a whole resource is not read");
            case Value.Map map when Marks.IsJson(map) && map["Statement"] is Value.Absent: return new Value.Str(map.Location, JsonText.Inside(this, map));
            case Value.Map map: return new Value.Map(map.Location, [.. map.Fields.Select(f => new Value.Field(f.Name, f.At, Settle(f.Value, f.Value.Location)))]);
            case Value.List list: return new Value.List(list.Location, [.. list.Items.Select(i => Settle(i, i.Location))]);
            case Value.Choice choice: return new Value.Choice(choice.Location, choice.Condition, Settle(choice.Then, at), Settle(choice.Otherwise, at));
            default: return value;
        }
    }
}
