namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>Reads expressions, by precedence.</summary>
internal sealed class ExpressionReader
{
    private static readonly string[][] Operators = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];
    private readonly Cursor cursor;
    private readonly TextReader texts;
    private readonly CollectionReader collections;

    public ExpressionReader(Cursor cursor) => (this.cursor, texts, collections) = (cursor, new TextReader(cursor, this), new CollectionReader(cursor, this));

    /// <summary>The expression that stands here, with a choice between two where <c>?</c> follows.</summary>
    public Expression Read()
    {
        cursor.Depth++;
        cursor.SkipBlanks();
        var read = ReadBinary(0);
        cursor.SkipBlanks();
        if (cursor.Take("?"))
        {
            var then = Read();
            cursor.Expect(":", "between the two values of a condition");
            var otherwise = Read();
            read = Made(new Expression.Conditional(read.Span.To(otherwise.Span), read, then, otherwise));
        }
        cursor.Depth--;
        return read;
    }

    /// <summary>The rest of the text as what stands between quotes, without escapes.</summary>
    public Expression ReadTemplate() => texts.ReadBare();

    /// <summary>As <see cref="Read"/>, where line breaks count as blanks.</summary>
    public Expression ReadOverLines()
    {
        var before = cursor.OverLines;
        cursor.OverLines = true;
        var read = Read();
        cursor.SkipBlanks();
        cursor.OverLines = before;
        return read;
    }

    /// <summary>What chains build without nesting (<c>a + b + …</c>) is bounded here.</summary>
    private Expression Made(Expression made) => made.Depth <= Limits.Depth
        ? made
        : throw cursor.Refuse(made.Span.Start, $"nested deeper than {Limits.Depth} levels", "flatten the expression");

    private Expression ReadBinary(int level)
    {
        if (level == Operators.Length) return ReadUnary();
        var left = ReadBinary(level + 1);
        while (true)
        {
            cursor.SkipBlanks();
            if (Array.Find(Operators[level], cursor.Sees) is not { } sign) return left;
            cursor.At += sign.Length;
            var right = ReadBinary(level + 1);
            left = Made(new Expression.Binary(left.Span.To(right.Span), sign, left, right));
        }
    }

    private Expression ReadUnary()
    {
        cursor.SkipBlanks();
        var start = cursor.At;
        if (cursor.Next is not ('-' or '!')) return ReadPostfix();
        var sign = cursor.Next;
        cursor.At++;
        cursor.Depth++;
        var operand = ReadUnary();
        cursor.Depth--;
        return new Expression.Unary(cursor.From(start), sign, operand);
    }

    private Expression ReadPostfix()
    {
        var start = cursor.At;
        return ReadSteps(start, ReadPrimary(), ofEach: false);
    }

    /// <summary>The steps after a value: names, keys, splats.</summary>
    /// <param name="ofEach">Whether they are those of a <c>.*</c>, which a key ends.</param>
    private Expression ReadSteps(int start, Expression read, bool ofEach)
    {
        while (true)
        {
            var before = cursor.At;
            cursor.SkipBlanks();
            if (cursor.Next == '.' && cursor.Peek(1) != '.') read = ReadDotted(start, read);
            else if (cursor.Next == '[' && !ofEach) read = ReadBracketed(start, read);
            else
            {
                cursor.At = before;
                return read;
            }
            Made(read);
        }
    }

    private Expression ReadDotted(int start, Expression of)
    {
        cursor.At++;
        cursor.SkipBlanks();
        if (cursor.Take("*")) return ReadSplat(start, of, ofEach: true);
        var at = cursor.At;
        while (char.IsAsciiDigit(cursor.Next)) cursor.At++;
        if (cursor.At > at) return new Expression.Index(cursor.From(start), of, new Expression.Literal(cursor.From(at), cursor.From(at).ToString(), ScalarKind.Number));
        var name = cursor.TakeName();
        return name.Length > 0
            ? new Expression.Attribute(cursor.From(start), of, name)
            : throw cursor.Refuse($"expected a name after `.`, found {cursor.Found}");
    }

    private Expression ReadBracketed(int start, Expression of)
    {
        var opening = cursor.At;
        cursor.At++;
        cursor.SkipBlanks(overLines: true);
        if (cursor.Next == '*')
        {
            cursor.At++;
            cursor.SkipBlanks(overLines: true);
            if (!cursor.Take("]")) throw cursor.Refuse($"expected `]` after `[*`, found {cursor.Found}");
            return ReadSplat(start, of, ofEach: false);
        }
        var key = ReadOverLines();
        if (!cursor.Take("]")) throw cursor.Refuse($"expected `]`, found {cursor.Found}, to close the `[` of line {cursor.Text.At(opening, opening).Line}");
        return new Expression.Index(cursor.From(start), of, key);
    }

    private Expression.Splat ReadSplat(int start, Expression of, bool ofEach)
    {
        cursor.Depth++;
        var each = ReadSteps(cursor.At, new Expression.Item(cursor.From(cursor.At)), ofEach);
        cursor.Depth--;
        return new Expression.Splat(cursor.From(start), of, each);
    }

    private Expression ReadPrimary()
    {
        var start = cursor.At;
        if (char.IsAsciiDigit(cursor.Next)) return ReadNumber(start);
        switch (cursor.Next)
        {
            case '"': return texts.ReadQuoted();
            case '<' when cursor.Sees("<<"): return texts.ReadHeredoc();
            case '(': return ReadParentheses();
            case '[': return collections.ReadList(start);
            case '{': return collections.ReadObject(start);
        }
        var name = cursor.TakeName();
        if (name.Length == 0) throw cursor.Refuse($"expected a value, found {cursor.Found}");
        while (cursor.Sees("::"))
        {
            cursor.At += 2;
            name = $"{name}::{cursor.TakeName()}";
        }
        var span = cursor.From(start);
        cursor.SkipBlanks();
        if (cursor.Take("(")) return collections.ReadCall(start, name);
        cursor.At = span.End;
        return name switch
        {
            "true" or "false" => new Expression.Literal(span, name, ScalarKind.Bool),
            "null" => new Expression.Literal(span, name, ScalarKind.Null),
            _ => new Expression.Root(span, name),
        };
    }

    private Expression.Literal ReadNumber(int start)
    {
        while (char.IsAsciiDigit(cursor.Next)) cursor.At++;
        if (cursor.Next == '.' && char.IsAsciiDigit(cursor.Peek(1)))
            for (cursor.At++; char.IsAsciiDigit(cursor.Next);) cursor.At++;
        if (cursor.Next is 'e' or 'E' && (char.IsAsciiDigit(cursor.Peek(1)) || (cursor.Peek(1) is '+' or '-' && char.IsAsciiDigit(cursor.Peek(2)))))
            for (cursor.At += 2; char.IsAsciiDigit(cursor.Next);) cursor.At++;
        return new Expression.Literal(cursor.From(start), cursor.Text.Characters[start..cursor.At], ScalarKind.Number);
    }

    private Expression ReadParentheses()
    {
        cursor.At++;
        var inner = ReadOverLines();
        return cursor.Take(")") ? inner : throw cursor.Refuse($"expected `)`, found {cursor.Found}");
    }
}
