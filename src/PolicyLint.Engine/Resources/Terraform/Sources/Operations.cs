using System.Globalization;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Arithmetic, comparison and logic.</summary>
internal static class Operations
{
    public static Value Evaluate(Evaluator evaluator, Expression expression, Scope scope)
    {
        if (expression is Expression.Unary unary) return Unary(evaluator, unary, evaluator.Evaluate(unary.Operand, scope));
        var binary = (Expression.Binary)expression;
        var (left, right) = (evaluator.Evaluate(binary.Left, scope), evaluator.Evaluate(binary.Right, scope));
        if (evaluator.Marks.IsFault(left)) return left;
        if (evaluator.Marks.IsFault(right)) return right;
        return binary.Sign switch
        {
            "==" => Flag(expression, Equality(evaluator, binary, left, right)),
            "!=" => Flag(expression, Equality(evaluator, binary, left, right), negated: true),
            "&&" or "||" => Logic(evaluator, binary, AsFlag(left), AsFlag(right)),
            _ => Arithmetic(evaluator, binary, left, right),
        };
    }

    /// <summary>A text as the flag that it spells.</summary>
    public static Value AsFlag(Value value) => value is Value.Str { Text.Known: "true" or "false" } text ? new Value.Flag(text.Location, text.Text.Known == "true") : value;

    /// <summary>An undecided condition is a choice between true and false.</summary>
    private static Value Flag(Expression at, Condition condition, bool negated = false) => condition switch
    {
        Condition.Constant { Truth: Truth.Unknown, Why: var why } => new Value.Unknown(at.Location, why),
        Condition.Constant constant => new Value.Flag(at.Location, constant.Truth is Truth.Yes != negated),
        _ => new Value.Choice(at.Location, condition, new Value.Flag(at.Location, !negated), new Value.Flag(at.Location, negated)),
    };

    private static Condition? ConditionOf(Value value) => value switch
    {
        Value.Flag flag => new Condition.Constant(flag.IsTrue.ToTruth()),
        Value.Choice { Then: Value.Flag { IsTrue: true }, Otherwise: Value.Flag { IsTrue: false } } choice => choice.Condition,
        Value.Choice { Then: Value.Flag { IsTrue: false }, Otherwise: Value.Flag { IsTrue: true } } choice => new Condition.Not(choice.Condition),
        _ => null,
    };

    private static Value Unary(Evaluator evaluator, Expression.Unary unary, Value operand)
    {
        if (evaluator.Marks.IsFault(operand)) return operand;
        if (unary.Sign == '!') return ConditionOf(AsFlag(operand)) is { } condition ? Flag(unary, condition, negated: true) : Evaluator.Unknown(unary);
        return Numbers.Of(operand) is { } number ? Numbers.ToValue(unary.Location, -number) : Evaluator.Unknown(unary);
    }

    private static Value Logic(Evaluator evaluator, Expression.Binary binary, Value left, Value right)
    {
        var isAnd = binary.Sign == "&&";
        if (left is Value.Flag l) return l.IsTrue == isAnd ? right : left;
        if (right is Value.Flag r) return r.IsTrue == isAnd ? left : right;
        if (left is not (Value.Unknown or Value.Choice or Value.Secret)) return evaluator.Fault(binary.Left, "is no condition");
        if (ConditionOf(left) is not { } a || ConditionOf(right) is not { } b) return Evaluator.Unknown(binary);
        return Flag(binary, isAnd ? new Condition.And([a, b]) : new Condition.Or([a, b]));
    }

    private static Value Arithmetic(Evaluator evaluator, Expression.Binary binary, Value left, Value right)
    {
        if (left is Value.Unknown or Value.Choice or Value.Secret || right is Value.Unknown or Value.Choice or Value.Secret) return Evaluator.Unknown(binary);
        if (Numbers.Of(left) is not { } a || Numbers.Of(right) is not { } b)
            return left is Value.Str { Text.Known: null } || right is Value.Str { Text.Known: null } ? Evaluator.Unknown(binary) : evaluator.Fault(binary, "needs numbers");
        try
        {
            return binary.Sign switch
            {
                "+" => Numbers.ToValue(binary.Location, a + b),
                "-" => Numbers.ToValue(binary.Location, a - b),
                "*" => Numbers.ToValue(binary.Location, a * b),
                "/" or "%" when b == 0 => evaluator.Fault(binary, "divides by zero"),
                "/" => Numbers.ToValue(binary.Location, a / b),
                "%" => Numbers.ToValue(binary.Location, a % b),
                "<" => new Value.Flag(binary.Location, a < b),
                ">" => new Value.Flag(binary.Location, a > b),
                "<=" => new Value.Flag(binary.Location, a <= b),
                _ => new Value.Flag(binary.Location, a >= b),
            };
        }
        catch (OverflowException)
        {
            return Evaluator.Unknown(binary, "is too large a number");
        }
    }

    private static Condition Equality(Evaluator evaluator, Expression.Binary binary, Value left, Value right)
    {
        var truth = Equal(evaluator, left, right);
        if (truth is Truth.Unknown)
            switch (left, right)
            {
                case (Value.Str { Text: { HasEither: false, Only: { IsParameter: false } symbol } }, Value.Str { Text.Known: { } known }): return new Condition.Is(symbol, known);
                case (Value.Str { Text.Known: { } known }, Value.Str { Text: { HasEither: false, Only: { IsParameter: false } symbol } }): return new Condition.Is(symbol, known);
            }
        return new Condition.Constant(truth, $"`{binary.Span}` is not known here");
    }

    /// <summary>Whether two values are equal, as <c>==</c> sees it: a number is no text.</summary>
    public static Truth Equal(Evaluator evaluator, Value left, Value right)
    {
        if (ReferenceEquals(left, right) && left is not (Value.Unknown or Value.Secret)) return Truth.Yes;
        if (!evaluator.Spend() || left is Value.Unknown or Value.Choice or Value.Secret || right is Value.Unknown or Value.Choice or Value.Secret) return Truth.Unknown;
        if (evaluator.Marks.IsWhole(left) || evaluator.Marks.IsWhole(right) || evaluator.Marks.IsJson(left) || evaluator.Marks.IsJson(right)) return Truth.Unknown;
        switch (left, right)
        {
            case (Value.Str a, Value.Str b): return a.Text.Key == b.Text.Key && !a.Text.HasEither ? Truth.Yes : a.Text.Known is null || b.Text.Known is null ? Truth.Unknown : Truth.No;
            case (Value.Number a, Value.Number b): return (a.Text == b.Text).ToTruth();
            case (Value.Flag a, Value.Flag b): return (a.IsTrue == b.IsTrue).ToTruth();
            case (Value.Absent, Value.Absent): return Truth.Yes;
            case (Value.Str text, Value.Absent): return IsSet(text.Text) ? Truth.No : Truth.Unknown;
            case (Value.Absent, Value.Str): return Equal(evaluator, right, left);
            case (Value.List a, Value.List b):
                return a.Items.Length != b.Items.Length ? Truth.No : a.Items.Zip(b.Items).Aggregate(Truth.Yes, (t, p) => t.And(Equal(evaluator, p.First, p.Second)));
            case (Value.Map a, Value.Map b):
                return a.Fields.Length != b.Fields.Length || a.Fields.Any(f => !b.Fields.Any(g => g.Name == f.Name))
                    ? Truth.No
                    : a.Fields.Aggregate(Truth.Yes, (t, f) => t.And(Equal(evaluator, f.Value, b[f.Name])));
            default: return Truth.No;
        }
    }

    /// <summary>Whether a text is surely not null: it has characters, or is what a resource is called.</summary>
    private static bool IsSet(Text text) => text.Known is not null || text.Pieces.Length > 1 || text.Only is { } symbol && (symbol.Charset.Shortest > 0 || symbol.Generated);
}

/// <summary>Numbers as Terraform writes them.</summary>
internal static class Numbers
{
    public static decimal? Of(Value value) => (value is Value.Number n ? n.Text : value.KnownText) is { } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Value.Number ToValue(Documents.Location at, decimal number) => new(at, number.ToString("0.############################", CultureInfo.InvariantCulture));

    /// <summary>What a function of numbers gives, or null for one that is not.</summary>
    public static Value? Call(Called called)
    {
        if (called.Call.Name is not ("max" or "min" or "abs" or "ceil" or "floor" or "sum" or "signum" or "parseint")) return null;
        var arguments = called.Call.Name == "sum" && called.List(0) is { } list ? [.. list.Items] : called.Arguments;
        if (called.Call.Name == "parseint") return Parse(called);
        if (arguments.IsEmpty || arguments.Any(a => Of(a) is null)) return called.Unknown();
        var numbers = arguments.Select(a => Of(a)!.Value).ToList();
        return ToValue(called.At, called.Call.Name switch
        {
            "max" => numbers.Max(),
            "min" => numbers.Min(),
            "abs" => Math.Abs(numbers[0]),
            "ceil" => Math.Ceiling(numbers[0]),
            "floor" => Math.Floor(numbers[0]),
            "signum" => Math.Sign(numbers[0]),
            _ => numbers.Sum(),
        });
    }

    private static Value Parse(Called called)
    {
        if (called.Known(0) is not { Length: > 0 and < 12 } text || called.Count < 2 || Of(called.Arguments[1]) is not { } radix || radix is not (2 or 8 or 10 or 16) || text[0] == '-') return called.Unknown();
        try
        {
            return ToValue(called.At, Convert.ToInt64(text, (int)radix));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return called.Fault("is no whole number");
        }
    }

    /// <summary>Without exponent and needless zeros.</summary>
    public static string Plain(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number.ToString("0.############################", CultureInfo.InvariantCulture)
        : text;
}
