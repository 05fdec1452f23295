using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>Reads HCL2, the language of <c>.tf</c> files.</summary>
public sealed class HclReader
{
    private const int MostProblems = 20;
    private readonly Cursor cursor;
    private readonly ExpressionReader expressions;
    private readonly List<Problem> problems;
    private int told;

    private HclReader(HclText text, List<Problem> problems)
    {
        cursor = new Cursor(text);
        expressions = new ExpressionReader(cursor);
        this.problems = problems;
    }

    /// <summary>The file's arguments and blocks. What cannot be read is a problem and left out; the rest is read.</summary>
    public static Body Read(string file, string text, List<Problem> problems) => new HclReader(new HclText(file, text), problems).ReadFile();

    /// <summary>One expression that is the whole text, or null and a problem.</summary>
    public static Expression? ReadExpression(string file, string text, List<Problem> problems) => ReadExpression(new HclText(file, text), problems);

    /// <summary>As the other.</summary>
    public static Expression? ReadExpression(HclText text, List<Problem> problems) => ReadWhole(text, problems, r => r.expressions.Read());

    /// <summary>A text that is not in quotes and may hold <c>${…}</c> and <c>%{…}</c>; null and a problem where it cannot be read.</summary>
    public static Expression? ReadTemplate(HclText text, List<Problem> problems) => ReadWhole(text, problems, r => r.expressions.ReadTemplate());

    private static Expression? ReadWhole(HclText text, List<Problem> problems, Func<HclReader, Expression> read)
    {
        var reader = new HclReader(text, problems);
        reader.cursor.OverLines = true;
        try
        {
            var expression = read(reader);
            reader.cursor.SkipBlanks();
            return reader.cursor.IsAtEnd ? expression : throw reader.cursor.Refuse($"expected the end of the expression, found {reader.cursor.Found}");
        }
        catch (Cursor.Refusal refusal)
        {
            problems.Add(refusal.Problem);
            return null;
        }
    }

    private Body ReadFile()
    {
        var (arguments, blocks) = (new List<Argument>(), new List<Block>());
        Problem? fault = null;
        while (true)
        {
            ReadItems(arguments, blocks, ref fault);
            if (cursor.IsAtEnd) return new Body([.. arguments], [.. blocks]) { Fault = fault };
            Tell(cursor.Refuse("a `}` closes nothing").Problem, ref fault);
            cursor.At++;
        }
    }

    private Body ReadBody()
    {
        var (arguments, blocks) = (new List<Argument>(), new List<Block>());
        Problem? fault = null;
        ReadItems(arguments, blocks, ref fault);
        return new Body([.. arguments], [.. blocks]) { Fault = fault };
    }

    /// <summary>Up to a closing brace or the end.</summary>
    private void ReadItems(List<Argument> arguments, List<Block> blocks, ref Problem? fault)
    {
        var depth = cursor.Depth;
        while (true)
        {
            var start = cursor.At;
            try
            {
                cursor.SkipBlanks(overLines: true);
                start = cursor.At;
                if (cursor.IsAtEnd || cursor.Next == '}') return;
                ReadItem(arguments, blocks, ref fault);
            }
            catch (Cursor.Refusal refusal)
            {
                Tell(refusal.Problem, ref fault);
                Recover(start, depth);
            }
        }
    }

    private void Tell(Problem problem, ref Problem? fault)
    {
        fault ??= problem;
        if (++told <= MostProblems) problems.Add(problem);
    }

    private void ReadItem(List<Argument> arguments, List<Block> blocks, ref Problem? fault)
    {
        var start = cursor.At;
        var name = cursor.TakeName();
        if (name.Length == 0) throw cursor.Refuse($"expected an argument or a block, found {cursor.Found}");
        var span = cursor.From(start);
        cursor.SkipBlanks();
        if (cursor.Next == '=' && cursor.Peek(1) != '=')
        {
            cursor.At++;
            var argument = new Argument(name, span.Location, expressions.Read());
            if (arguments.Exists(a => a.Name == name)) Tell(new Problem(argument.At, $"broken HCL: argument `{name}` is set twice"), ref fault);
            else arguments.Add(argument);
        }
        else blocks.Add(ReadBlock(start, name));
        cursor.SkipBlanks();
        if (!cursor.IsAtEnd && cursor.Next is not ('\n' or '}')) throw cursor.Refuse($"expected a line break after `{name}`, found {cursor.Found}");
    }

    private Block ReadBlock(int start, string type)
    {
        var labels = ImmutableArray.CreateBuilder<string>();
        var header = cursor.From(start);
        while (cursor.Next != '{')
        {
            labels.Add(ReadLabel());
            header = cursor.From(start);
            cursor.SkipBlanks();
        }
        cursor.At++;
        cursor.Depth++;
        var body = ReadBody();
        if (cursor.IsAtEnd) throw cursor.Refuse(start, $"block `{type}` is not closed", "add the missing `}`");
        cursor.At++;
        cursor.Depth--;
        return new Block(type, labels.ToImmutable(), body, header.Location);
    }

    private string ReadLabel()
    {
        if (cursor.Next == '"')
            return expressions.Read() is Expression.Literal { Kind: ScalarKind.String } label ? label.Text : throw cursor.Refuse("a block's label must be a plain text");
        return cursor.TakeName() is { Length: > 0 } name ? name : throw cursor.Refuse($"expected `=`, a label or `{{`, found {cursor.Found}");
    }

    /// <summary>Goes on at the next line, from that of the fault on, that is indented no deeper than where the faulty item
    /// began; a bracket there closes the item.</summary>
    private void Recover(int start, int depth)
    {
        var text = cursor.Text.Characters;
        var indent = start - (start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1);
        cursor.OverLines = false;
        cursor.End = text.Length;
        cursor.Depth = depth;
        cursor.At = Math.Max(start, cursor.At == 0 ? 0 : text.LastIndexOf('\n', cursor.At - 1));
        while (!cursor.IsAtEnd)
        {
            var line = text.IndexOf('\n', cursor.At) is >= 0 and var end ? end + 1 : text.Length;
            var first = line;
            while (first < text.Length && text[first] is ' ' or '\t' or '\r') first++;
            cursor.At = line;
            if (first == text.Length || text[first] == '\n' || first - line > indent) continue;
            var closes = first - line == indent && text[first] is '}' or ']' or ')';
            cursor.At = first + (closes ? 1 : 0);
            return;
        }
    }
}
