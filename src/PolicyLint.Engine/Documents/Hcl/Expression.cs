using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>An expression of HCL as it is written.</summary>
public abstract class Expression
{
    private Expression(Span span, int below) => (Span, Depth) = (span, below + 1);

    public Span Span { get; }

    public Location Location => Span.Location;

    /// <summary>How many expressions stand within each other here.</summary>
    public int Depth { get; }

    /// <summary>A text without interpolation, a number, a flag or <c>null</c>; escapes are undone.</summary>
    public sealed class Literal(Span span, string text, ScalarKind kind) : Expression(span, 0)
    {
        public string Text { get; } = text;
        public ScalarKind Kind { get; } = kind;
    }

    /// <summary>A text of several parts.</summary>
    public sealed class Template(Span span, ImmutableArray<Expression> parts) : Expression(span, Deepest(parts))
    {
        public ImmutableArray<Expression> Parts { get; } = parts;
    }

    /// <summary>The first name of a reference: <c>var</c>, <c>local</c>, a resource's type, a name that <c>for</c> gives.</summary>
    public sealed class Root(Span span, string text) : Expression(span, 0)
    {
        public string Text { get; } = text;
    }

    /// <summary><c>of.name</c>.</summary>
    public sealed class Attribute(Span span, Expression of, string name) : Expression(span, of.Depth)
    {
        public Expression Of { get; } = of;
        public string Name { get; } = name;
    }

    /// <summary><c>of[key]</c>, or <c>of.0</c>.</summary>
    public sealed class Index(Span span, Expression of, Expression key) : Expression(span, Math.Max(of.Depth, key.Depth))
    {
        public Expression Of { get; } = of;
        public Expression Key { get; } = key;
    }

    /// <summary><c>of[*]…</c>: <paramref name="each"/> is what is taken of every item, which stands in it as <see cref="Item"/>.</summary>
    public sealed class Splat(Span span, Expression of, Expression each) : Expression(span, Math.Max(of.Depth, each.Depth))
    {
        public Expression Of { get; } = of;
        public Expression Each { get; } = each;
    }

    /// <summary>The item of the innermost splat.</summary>
    public sealed class Item(Span span) : Expression(span, 0);

    /// <summary>A call of a function; with <paramref name="spreads"/> the last argument is a list of further ones.</summary>
    public sealed class Call(Span span, string name, ImmutableArray<Expression> arguments, bool spreads) : Expression(span, Deepest(arguments))
    {
        public string Name { get; } = name;
        public ImmutableArray<Expression> Arguments { get; } = arguments;
        public bool Spreads { get; } = spreads;
    }

    /// <summary><c>test ? then : otherwise</c>.</summary>
    public sealed class Conditional(Span span, Expression test, Expression then, Expression otherwise)
        : Expression(span, Math.Max(test.Depth, Math.Max(then.Depth, otherwise.Depth)))
    {
        public Expression Test { get; } = test;
        public Expression Then { get; } = then;
        public Expression Otherwise { get; } = otherwise;
    }

    /// <summary><c>-x</c> or <c>!x</c>.</summary>
    public sealed class Unary(Span span, char sign, Expression operand) : Expression(span, operand.Depth)
    {
        public char Sign { get; } = sign;
        public Expression Operand { get; } = operand;
    }

    /// <summary>Two operands and what stands between them.</summary>
    public sealed class Binary(Span span, string sign, Expression left, Expression right) : Expression(span, Math.Max(left.Depth, right.Depth))
    {
        public string Sign { get; } = sign;
        public Expression Left { get; } = left;
        public Expression Right { get; } = right;
    }

    /// <summary><c>[a, b]</c>.</summary>
    public sealed class List(Span span, ImmutableArray<Expression> items) : Expression(span, Deepest(items))
    {
        public ImmutableArray<Expression> Items { get; } = items;
    }

    /// <summary><c>{ a = b }</c>.</summary>
    public sealed class Object(Span span, ImmutableArray<Entry> entries) : Expression(span, Math.Max(Deepest(entries.Select(e => e.Key)), Deepest(entries.Select(e => e.Value))))
    {
        public ImmutableArray<Entry> Entries { get; } = entries;
    }

    /// <summary>One key of an object with its value.</summary>
    public sealed record Entry(Expression Key, Expression Value);

    /// <summary><c>[for v in of : value if condition]</c>.</summary>
    public sealed class For(Span span, Loop loop, Expression value) : Expression(span, Math.Max(loop.Depth, value.Depth))
    {
        public Loop Loop { get; } = loop;
        public Expression Value { get; } = value;
    }

    /// <summary><c>{for k, v in of : key => value if condition}</c>; with <paramref name="groups"/>, several values a key.</summary>
    public sealed class ForObject(Span span, Loop loop, Entry made, bool groups) : Expression(span, Math.Max(loop.Depth, Math.Max(made.Key.Depth, made.Value.Depth)))
    {
        public Loop Loop { get; } = loop;
        public Entry Made { get; } = made;
        public bool Groups { get; } = groups;
    }

    private static int Deepest(IEnumerable<Expression> all)
    {
        var deepest = 0;
        foreach (var one in all) deepest = Math.Max(deepest, one.Depth);
        return deepest;
    }
}

/// <summary>What a <c>for</c> goes through: the names that it gives to key (empty where it gives none) and value, and which of
/// them it takes.</summary>
public sealed record Loop(string Key, string Value, Expression Of, Expression? Condition)
{
    public int Depth => Math.Max(Of.Depth, Condition?.Depth ?? 0);
}
