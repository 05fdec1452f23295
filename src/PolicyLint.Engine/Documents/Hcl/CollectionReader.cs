using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>Reads what stands in brackets: arguments of calls, lists, objects, and what <c>for</c> makes of others.</summary>
internal sealed class CollectionReader(Cursor cursor, ExpressionReader expressions)
{
    public Expression.Call ReadCall(int start, string name)
    {
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        var spreads = false;
        cursor.SkipBlanks(overLines: true);
        while (!cursor.Take(")"))
        {
            arguments.Add(expressions.ReadOverLines());
            cursor.SkipBlanks(overLines: true);
            spreads = cursor.Take("...");
            cursor.SkipBlanks(overLines: true);
            if ((!cursor.Take(",") || spreads) && cursor.Next != ')') throw cursor.Refuse($"expected `,` or `)` in the call of `{name}`, found {cursor.Found}");
            cursor.SkipBlanks(overLines: true);
        }
        return new Expression.Call(cursor.From(start), name, arguments.ToImmutable(), spreads);
    }

    public Expression ReadList(int start)
    {
        cursor.At++;
        cursor.SkipBlanks(overLines: true);
        if (SeesFor()) return ReadFor(start, ']');
        var items = ImmutableArray.CreateBuilder<Expression>();
        while (!cursor.Take("]"))
        {
            items.Add(expressions.ReadOverLines());
            cursor.SkipBlanks(overLines: true);
            if (!cursor.Take(",") && cursor.Next != ']') throw cursor.Refuse($"expected `,` or `]` in the list, found {cursor.Found}");
            cursor.SkipBlanks(overLines: true);
        }
        return new Expression.List(cursor.From(start), items.ToImmutable());
    }

    public Expression ReadObject(int start)
    {
        cursor.At++;
        cursor.SkipBlanks(overLines: true);
        if (SeesFor()) return ReadFor(start, '}');
        var entries = ImmutableArray.CreateBuilder<Expression.Entry>();
        var before = cursor.OverLines;
        cursor.OverLines = false;
        while (!cursor.Take("}"))
        {
            var key = ReadKey();
            cursor.SkipBlanks();
            if (!(cursor.Next == '=' && cursor.Peek(1) != '=' && cursor.Take("=")) && !cursor.Take(":")) throw cursor.Refuse($"expected `=` or `:` after a key, found {cursor.Found}");
            cursor.SkipBlanks(overLines: true);
            entries.Add(new Expression.Entry(key, expressions.Read()));
            cursor.SkipBlanks();
            if (!cursor.Take(",") && cursor.Next is not ('\n' or '}')) throw cursor.Refuse($"expected `,`, a line break or `}}` in the object, found {cursor.Found}");
            cursor.SkipBlanks(overLines: true);
        }
        cursor.OverLines = before;
        return new Expression.Object(cursor.From(start), entries.ToImmutable());
    }

    /// <summary>A bare name as a key is a text.</summary>
    private Expression ReadKey()
    {
        var start = cursor.At;
        if (cursor.TakeName() is { Length: > 0 } name)
        {
            var span = cursor.From(start);
            cursor.SkipBlanks();
            if (cursor.Next is '=' or ':' && cursor.Peek(1) is not ('=' or ':')) return new Expression.Literal(span, name, ScalarKind.String);
            cursor.At = start;
        }
        return expressions.Read();
    }

    private bool SeesFor()
    {
        if (!cursor.SeesWord("for")) return false;
        var after = cursor.At + 3;
        while (after < cursor.End && char.IsWhiteSpace(cursor.Text.Characters[after])) after++;
        return after < cursor.End && Cursor.IsNameStart(cursor.Text.Characters[after]);
    }

    private Expression ReadFor(int start, char close)
    {
        var before = cursor.OverLines;
        cursor.OverLines = true;
        var (key, value, of) = ReadIntroduction(cursor, expressions);
        cursor.Expect(":", "after what `for` goes through");
        var result = expressions.Read();
        Expression? stored = null;
        var groups = false;
        if (close == '}')
        {
            cursor.Expect("=>", "after the key that `for` makes");
            stored = expressions.Read();
            cursor.SkipBlanks();
            groups = cursor.Take("...");
            cursor.SkipBlanks();
        }
        cursor.SkipBlanks();
        var condition = cursor.SeesWord("if") && cursor.Take("if") ? expressions.Read() : null;
        cursor.Expect(close.ToString(), "at the end of `for`");
        cursor.OverLines = before;
        var loop = new Loop(key, value, of, condition);
        return stored is null
            ? new Expression.For(cursor.From(start), loop, result)
            : new Expression.ForObject(cursor.From(start), loop, new Expression.Entry(result, stored), groups);
    }

    /// <summary><c>for k, v in of</c>.</summary>
    public static (string Key, string Value, Expression Of) ReadIntroduction(Cursor cursor, ExpressionReader expressions)
    {
        cursor.Take("for");
        cursor.SkipBlanks();
        var (key, value) = ("", cursor.TakeName());
        cursor.SkipBlanks();
        if (cursor.Take(","))
        {
            cursor.SkipBlanks();
            (key, value) = (value, cursor.TakeName());
            cursor.SkipBlanks();
        }
        if (value.Length == 0 || !cursor.SeesWord("in")) throw cursor.Refuse($"expected `in` after the names of `for`, found {cursor.Found}");
        cursor.Take("in");
        return (key, value, expressions.Read());
    }
}
