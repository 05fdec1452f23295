using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>What expressions of a Python program are, as far as its text tells.</summary>
internal sealed class PythonValues(CodeTokens tokens)
{
    private const int Deepest = 6;
    private readonly PythonNames names = new(tokens);
    private int fuel = 50_000;

    public PythonNames Names => names;

    public CodeValue Value(Span span) => Value(span, 0);

    private CodeValue Value(Span span, int depth)
    {
        span = tokens.Bare(span);
        if (span.IsEmpty || depth > Deepest || --fuel < 0) return Made();
        if (tokens.Find(span, CodeTokenKind.Word, "if") >= 0) return new CodeValue.Unknown("a condition of the code decides");
        if (tokens.Find(span, CodeTokenKind.Word, "or") is >= 0 and var or)
            return Value(span with { To = or }, depth + 1) is CodeValue.Variable { Otherwise: null } variable ? variable with { Otherwise = Value(span with { From = or + 1 }, depth + 1) } : Made();
        if (tokens.Split(span, "+") is { Length: > 1 } terms) return new CodeValue.Joined([.. terms.Select(t => Value(t, depth + 1))]);
        if (tokens.Split(span, "%").Length > 1) return Made();
        return Row(span, depth);
    }

    /// <summary>One atom, or strings that stand side by side.</summary>
    private CodeValue Row(Span span, int depth)
    {
        if (tokens[span.From].Kind is CodeTokenKind.Text || tokens[span.From].Is(CodeTokens.TemplateOpen)) return Texts(span, depth);
        if (span.Length == 1 && tokens[span.From].Kind is CodeTokenKind.Word) return Name(tokens[span.From].Text, depth);
        return Variable(span, depth) ?? Item(span, depth) ?? (CodeValue)Made();
    }

    private CodeValue Name(string name, int depth)
    {
        if (CodeText.NumberOf(name[0]) >= 0) return new CodeValue.Literal(name);
        return names.ValueOf(name) is { } value ? Value(value, depth + 1) : Made();
    }

    private CodeValue Texts(Span span, int depth)
    {
        var parts = ImmutableArray.CreateBuilder<CodeValue>();
        for (var i = span.From; i < span.To; i++)
            if (tokens[i].Kind is CodeTokenKind.Text) parts.Add(new CodeValue.Literal(tokens[i].Text));
            else if (tokens[i].Is("{"))
            {
                parts.Add(Value(Formatted(tokens.Inside(i)), depth + 1));
                i = tokens.Close(i);
            }
            else if (tokens[i].Kind is not CodeTokenKind.Line && !tokens[i].Is(CodeTokens.TemplateOpen) && !tokens[i].Is(CodeTokens.TemplateClose)) return Made();
        return parts is [var only] ? only : new CodeValue.Joined(parts.ToImmutable());
    }

    /// <summary>The expression in <c>{value!r:>10}</c>.</summary>
    private Span Formatted(Span span) => tokens.Split(span, "!", ":")[0];

    private static CodeValue.Unknown Made() => new("the code makes it elsewhere");

    /// <summary><c>os.environ['X']</c>, <c>os.environ.get('X', 'y')</c>, <c>os.getenv('X')</c>.</summary>
    private CodeValue.Variable? Variable(Span span, int depth)
    {
        var at = tokens[span.From].IsWord("os") && tokens[span.From + 1].Is(".") ? span.From + 2 : span.From;
        if (tokens[at].IsWord("environ") && tokens[at + 1].Is("[") && tokens.Close(at + 1) == span.To - 1)
            return tokens.Items(at + 1) is [{ Length: 1 } key] && tokens[key.From].Kind is CodeTokenKind.Text ? new CodeValue.Variable(tokens[key.From].Text) : null;
        var open = tokens[at].IsWord("getenv") ? at + 1 : tokens[at].IsWord("environ") && tokens[at + 1].Is(".") && tokens[at + 2].IsWord("get") ? at + 3 : -1;
        if (open < 0 || !tokens[open].Is("(") || tokens.Close(open) != span.To - 1 || tokens.Items(open) is not [{ Length: 1 } name, .. var rest] || tokens[name.From].Kind is not CodeTokenKind.Text) return null;
        return new CodeValue.Variable(tokens[name.From].Text, rest is [var otherwise, ..] && !tokens[otherwise.From].IsWord("None") ? Value(otherwise, depth + 1) : null);
    }

    /// <summary><c>CONFIG['bucket']</c> of a dictionary that is written out.</summary>
    private CodeValue? Item(Span span, int depth)
    {
        if (span.Length != 4 || tokens[span.From].Kind is not CodeTokenKind.Word || !tokens[span.From + 1].Is("[") || tokens[span.From + 2].Kind is not CodeTokenKind.Text) return null;
        return Dictionary(span with { To = span.From + 1 }, depth + 1) is { } written && written.Keys.TryGetValue(tokens[span.From + 2].Text, out var value) ? Value(value, depth + 1) : null;
    }

    /// <summary>The items of a dictionary that is written out, here or where its name is bound; null for any other expression.</summary>
    public WrittenObject? Dictionary(Span span) => Dictionary(span, 0);

    private WrittenObject? Dictionary(Span span, int depth)
    {
        span = tokens.Bare(span);
        if (span.IsEmpty || depth > Deepest || --fuel < 0) return null;
        if (tokens[span.From].Is("{") && tokens.Close(span.From) == span.To - 1) return Braces(span, depth);
        if (tokens[span.From].IsWord("dict") && tokens[span.From + 1].Is("(") && tokens.Close(span.From + 1) == span.To - 1) return Arguments(span.From + 1, depth).Named;
        if (span.Length != 1 || tokens[span.From].Kind is not CodeTokenKind.Word) return null;
        var name = tokens[span.From].Text;
        if (names.ValueOf(name) is not { } value || Dictionary(value, depth + 1) is not { } found) return null;
        return names.IsChanged(name) ? Forgetting(found) : found;
    }

    /// <summary>What is put in later may be any of the options.</summary>
    private static WrittenObject Forgetting(WrittenObject found)
    {
        var keys = new Dictionary<string, Span>(found.Keys, StringComparer.Ordinal);
        foreach (var option in UploadCall.Wanted)
            if (keys.ContainsKey(option)) keys[option] = WrittenObject.Elsewhere;
        return new WrittenObject(keys, Open: true);
    }

    private WrittenObject Braces(Span span, int depth)
    {
        var keys = new Dictionary<string, Span>(StringComparer.Ordinal);
        var open = false;
        foreach (var item in tokens.Items(span.From))
        {
            fuel--;
            if (tokens[item.From].Is("**")) open |= !Spread(item with { From = item.From + 1 }, keys, depth);
            else if (tokens[item.From].Kind is CodeTokenKind.Text && tokens[item.From + 1].Is(":")) keys[tokens[item.From].Text] = item with { From = item.From + 2 };
            else open = true;
        }
        return new WrittenObject(keys, open);
    }

    private bool Spread(Span span, Dictionary<string, Span> keys, int depth)
    {
        var inner = Dictionary(span, depth + 1);
        if (inner is null or { Open: true })
            foreach (var option in UploadCall.Wanted)
                if (keys.ContainsKey(option)) keys[option] = WrittenObject.Elsewhere;
        if (inner is null) return false;
        foreach (var (key, value) in inner.Keys) keys[key] = value;
        return !inner.Open;
    }

    /// <summary>The arguments of a call by place and by name.</summary>
    public WrittenArguments Arguments(int open) => Arguments(open, 0);

    private WrittenArguments Arguments(int open, int depth)
    {
        var placed = ImmutableArray.CreateBuilder<Span>();
        var keys = new Dictionary<string, Span>(StringComparer.Ordinal);
        var isOpen = false;
        foreach (var item in tokens.Items(open))
        {
            fuel--;
            if (tokens[item.From].Is("**")) isOpen |= !Spread(item with { From = item.From + 1 }, keys, depth);
            else if (tokens[item.From].Is("*")) isOpen = true;
            else if (tokens[item.From].Kind is CodeTokenKind.Word && tokens[item.From + 1].Is("=")) keys[tokens[item.From].Text] = item with { From = item.From + 2 };
            else placed.Add(item);
        }
        return new WrittenArguments(placed.ToImmutable(), new WrittenObject(keys, isOpen));
    }
}

/// <summary>The arguments of a call.</summary>
internal sealed record WrittenArguments(ImmutableArray<Span> Placed, WrittenObject Named)
{
    /// <summary>An argument by its name, else by its place; null where it is not given.</summary>
    public Span? this[string name, int place] => Named.Keys.TryGetValue(name, out var named) ? named : place >= 0 && place < Placed.Length ? Placed[place] : null;
}
