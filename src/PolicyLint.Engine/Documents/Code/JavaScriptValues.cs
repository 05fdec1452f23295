using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>What expressions of a JavaScript program are, as far as its text tells.</summary>
internal sealed class JavaScriptValues(CodeTokens tokens)
{
    private const int Deepest = 6;

    /// <summary>How far an expression is followed: nobody may write one so long that reading it takes for ever.</summary>
    private const int Longest = 200;
    private readonly JavaScriptNames names = new(tokens);
    private int fuel = 50_000;

    /// <summary>The expression that begins at a place: up to a comma, a semicolon, or the bracket that it stands in.</summary>
    public Span From(int at)
    {
        var i = at;
        for (var steps = 0; i < tokens.Count && steps < Longest; i++, steps++)
            if (CodeTokens.IsOpen(tokens[i])) i = tokens.Close(i);
            else if (tokens[i].Kind is CodeTokenKind.Mark && tokens[i].Text is "," or ";" or ")" or "]" or "}") break;
            else if (tokens[i].Kind is CodeTokenKind.Line && EndsStatement(at, i)) break;
        return tokens.Trim(new Span(at, Math.Min(i, tokens.Count)));
    }

    /// <summary>Whether a statement without a semicolon ends with the line: what follows does not go on with it.</summary>
    private bool EndsStatement(int from, int line)
    {
        if (line == from || (tokens[line - 1].Kind is CodeTokenKind.Mark && tokens[line - 1].Text is not (")" or "]" or "}" or CodeTokens.TemplateClose or "!"))) return false;
        var next = tokens[line + 1];
        return next.Kind is not CodeTokenKind.Mark || next.Text is "{" or "}" or ")" or "]" or ";" or CodeTokens.TemplateOpen;
    }

    public CodeValue Value(Span span) => Value(span, 0);

    private CodeValue Value(Span span, int depth)
    {
        span = Plain(span);
        if (span.IsEmpty || depth > Deepest || --fuel < 0) return Made();
        if (Split(span, "||", "??") is { Length: 2 } either)
            return Value(either[0], depth + 1) is CodeValue.Variable { Otherwise: null } variable ? variable with { Otherwise = Value(either[1], depth + 1) } : Made();
        if (Split(span, "?") is { Length: > 1 }) return new CodeValue.Unknown("a condition of the code decides");
        if (Split(span, "+") is { Length: > 1 } terms) return new CodeValue.Joined([.. terms.Select(t => Value(t, depth + 1))]);
        return Atom(span, depth);
    }

    private ImmutableArray<Span> Split(Span span, params ReadOnlySpan<string> marks) => tokens.Split(span, marks);

    /// <summary>Without brackets around it and TypeScript's <c>!</c>, <c>as T</c> and <c>satisfies T</c> behind it.</summary>
    private Span Plain(Span span)
    {
        for (var before = -1; before != span.Length;)
        {
            before = span.Length;
            span = tokens.Bare(span);
            if (tokens.Find(span, CodeTokenKind.Word, "as") is > 0 and var cast && cast > span.From) span = span with { To = cast };
            if (tokens.Find(span, CodeTokenKind.Word, "satisfies") is > 0 and var type && type > span.From) span = span with { To = type };
            if (span.Length > 1 && tokens[span.To - 1].Is("!")) span = span with { To = span.To - 1 };
        }
        return span;
    }

    private CodeValue Atom(Span span, int depth)
    {
        var first = tokens[span.From];
        if (span.Length == 1 && first.Kind is CodeTokenKind.Text) return new CodeValue.Literal(first.Text);
        if (span.Length == 1 && first.Kind is CodeTokenKind.Word) return Name(first.Text, depth);
        if (first.Is(CodeTokens.TemplateOpen) && tokens.Close(span.From) == span.To - 1) return Template(span, depth);
        if (Variable(span) is { } variable) return variable;
        if (span.Length >= 3 && tokens[span.To - 2].Is(".") && tokens[span.To - 3].Text is "ObjectCannedACL" or "ObjectCannedAcl") return new CodeValue.Literal(Canned(tokens[span.To - 1].Text));
        if (span.Length == 3 && tokens[span.From + 1].Is(".") && Object(span with { To = span.From + 1 }, depth + 1) is { } known)
            return known.Keys.TryGetValue(tokens[span.From + 2].Text, out var field) ? Value(field, depth + 1) : Made();
        return Made();
    }

    /// <summary>The member of the SDK's enumeration: <c>bucket_owner_full_control</c>.</summary>
    private static string Canned(string member) => member.Replace('_', '-');

    private static CodeValue.Unknown Made() => new("the code makes it elsewhere");

    private CodeValue Name(string name, int depth)
    {
        if (CodeText.NumberOf(name[0]) >= 0) return new CodeValue.Literal(name);
        if (names.VariableOf(name) is { } variable) return new CodeValue.Variable(variable);
        return names.ValueOf(name) is >= 0 and var value ? Value(From(value), depth + 1) : Made();
    }

    private CodeValue.Joined Template(Span span, int depth)
    {
        var parts = ImmutableArray.CreateBuilder<CodeValue>();
        for (var i = span.From + 1; i < span.To - 1; i++)
            if (tokens[i].Kind is CodeTokenKind.Text) parts.Add(new CodeValue.Literal(tokens[i].Text));
            else if (tokens[i].Is("{"))
            {
                parts.Add(Value(tokens.Inside(i), depth + 1));
                i = tokens.Close(i);
            }
        return new CodeValue.Joined(parts.ToImmutable());
    }

    /// <summary><c>process.env.X</c>, <c>process.env['X']</c>.</summary>
    private CodeValue.Variable? Variable(Span span)
    {
        if (!tokens[span.From].IsWord("process") || !IsDot(span.From + 1) || !tokens[span.From + 2].IsWord("env")) return null;
        if (span.Length == 5 && IsDot(span.From + 3)) return new CodeValue.Variable(tokens[span.From + 4].Text);
        return span.Length == 6 && tokens[span.From + 3].Is("[") && tokens[span.From + 4].Kind is CodeTokenKind.Text ? new CodeValue.Variable(tokens[span.From + 4].Text) : null;
    }

    private bool IsDot(int at) => tokens[at].Is(".") || tokens[at].Is("?.");

    /// <summary>The fields of an object that is written out, here or where its name is declared; null for any other expression.</summary>
    public WrittenObject? Object(Span span) => Object(span, 0);

    private WrittenObject? Object(Span span, int depth)
    {
        span = Plain(span);
        if (span.IsEmpty || depth > Deepest || --fuel < 0) return null;
        if (tokens[span.From].Is("{") && tokens.Close(span.From) == span.To - 1) return Fields(span, depth);
        if (span.Length != 1 || tokens[span.From].Kind is not CodeTokenKind.Word) return null;
        var name = tokens[span.From].Text;
        return names.ValueOf(name) is >= 0 and var value && Object(From(value), depth + 1) is { } found ? Changed(found, names.ChangesOf(name)) : null;
    }

    private static WrittenObject Changed(WrittenObject written, IReadOnlyCollection<string> changes)
    {
        if (changes.Count == 0) return written;
        var keys = new Dictionary<string, Span>(written.Keys, StringComparer.Ordinal);
        if (changes.Contains(JavaScriptNames.Any)) Forget(keys);
        foreach (var field in changes) keys[field] = WrittenObject.Elsewhere;
        return new WrittenObject(keys, written.Open || changes.Contains(JavaScriptNames.Any));
    }

    /// <summary>What may be overwritten is not known any more; the bucket is taken to stay.</summary>
    private static void Forget(Dictionary<string, Span> keys)
    {
        foreach (var option in UploadCall.Wanted)
            if (keys.ContainsKey(option)) keys[option] = WrittenObject.Elsewhere;
    }

    private WrittenObject Fields(Span span, int depth)
    {
        var keys = new Dictionary<string, Span>(StringComparer.Ordinal);
        var open = false;
        foreach (var item in tokens.Items(span.From))
        {
            fuel--;
            var first = tokens[item.From];
            if (first.Is("...")) open |= !Spread(item with { From = item.From + 1 }, keys, depth);
            else if (first.Kind is CodeTokenKind.Text or CodeTokenKind.Word && item.Length > 2 && tokens[item.From + 1].Is(":")) keys[first.Text] = item with { From = item.From + 2 };
            else if (first.Kind is CodeTokenKind.Word && item.Length == 1) keys[first.Text] = item;
            else if (first.Is("[")) open = true;
        }
        return new WrittenObject(keys, open);
    }

    /// <summary>Adds the fields of <c>...other</c>; later ones come before them. False where they are not known.</summary>
    private bool Spread(Span span, Dictionary<string, Span> keys, int depth)
    {
        var inner = Object(span, depth + 1);
        if (inner is null or { Open: true }) Forget(keys);
        if (inner is null) return false;
        foreach (var (key, value) in inner.Keys) keys[key] = value;
        return !inner.Open;
    }
}

/// <summary>The fields of an object that is written out, and whether it may have others.</summary>
internal sealed record WrittenObject(IReadOnlyDictionary<string, Span> Keys, bool Open)
{
    /// <summary>The value of a field that is put in elsewhere.</summary>
    public static readonly Span Elsewhere = new(0, 0);
}
