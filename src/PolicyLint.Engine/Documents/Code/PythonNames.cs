namespace PolicyLint.Engine.Documents.Code;

/// <summary>The names of a Python program that stand for one value throughout: bound once, by an assignment.</summary>
internal sealed class PythonNames
{
    private static readonly HashSet<string> Binding = new(StringComparer.Ordinal) { "for", "as", "global", "nonlocal", "import", "def", "class" };
    private static readonly HashSet<string> Adding = new(StringComparer.Ordinal) { "+=", "|=", ":=", "-=", "*=", "%=" };
    private static readonly HashSet<string> Changing = new(StringComparer.Ordinal) { "update", "setdefault", "pop", "clear" };

    /// <summary>How far a statement is followed: nobody may write one so long that reading it takes for ever.</summary>
    private const int Longest = 200;

    private readonly CodeTokens tokens;
    private readonly Dictionary<string, Span> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> bound = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    public PythonNames(CodeTokens tokens)
    {
        this.tokens = tokens;
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Kind is CodeTokenKind.Word) Note(i);
            else if (CodeTokens.IsOpen(tokens[i])) NoteInside(ref i);
    }

    /// <summary>The value of a name, or null.</summary>
    public Span? ValueOf(string name) => bound.GetValueOrDefault(name) == 1 ? values.GetValueOrDefault(name) : null;

    /// <summary>Whether something is put into the dictionary of a name after it was made.</summary>
    public bool IsChanged(string name) => changed.Contains(name);

    /// <summary>Inside brackets nothing is assigned with <c>=</c>; the parameters of a function, and what loops and <c>:=</c> bind, stand there.</summary>
    private void NoteInside(ref int open)
    {
        var close = tokens.Close(open);
        var isDefinition = tokens[open].Is("(") && tokens[open - 2].IsWord("def");
        for (var i = open + 1; i < close && i < tokens.Count; i++)
            if (tokens[i].Kind is not CodeTokenKind.Word) continue;
            else if (tokens[i - 1].IsWord("for") || tokens[i + 1].Is(":=")) Bind(tokens[i].Text);
            else if (isDefinition && (tokens[i - 1].Is("(") || tokens[i - 1].Is(",") || tokens[i - 1].Is("*") || tokens[i - 1].Is("**"))) Bind(tokens[i].Text);
            else if (tokens[i].Text == "lambda") BindLambda(i + 1, close);
            else NoteChange(i);
        open = Math.Min(close, tokens.Count);
    }

    private void BindLambda(int at, int end)
    {
        end = Math.Min(end, at + 20);
        for (; at < end && !tokens[at].Is(":") && tokens[at].Text != "lambda"; at++)
            if (tokens[at].Kind is CodeTokenKind.Word) Bind(tokens[at].Text);
    }

    private void Note(int at)
    {
        var name = tokens[at].Text;
        if (Binding.Contains(name)) BindUpTo(at + 1, name);
        else if (name == "lambda") BindLambda(at + 1, tokens.Count);
        else if (tokens[at - 1].Is(".")) return;
        else if (tokens[at + 1].Is("=") || tokens[at + 1].Is(":")) NoteAssignment(at, name);
        else if (tokens[at + 1].Kind is CodeTokenKind.Mark && Adding.Contains(tokens[at + 1].Text)) Bind(name);
        else if (tokens[at + 1].Is(",") && IsStart(at)) BindUpTo(at, ",");
        else NoteChange(at);
    }

    /// <summary><c>name = value</c>, <c>name: str = value</c>, at the start of a statement.</summary>
    private void NoteAssignment(int at, string name)
    {
        if (!IsStart(at) && !tokens[at - 1].Is("=")) return;
        var equals = at + 1;
        if (tokens[equals].Is(":"))
            for (equals++; equals < at + 30 && !tokens[equals].Is("=") && tokens[equals].Kind is not CodeTokenKind.Line; equals++) { }
        if (!tokens[equals].Is("=")) return;
        Bind(name);
        var (end, steps) = (equals + 1, 0);
        for (; end < tokens.Count && steps < Longest && tokens[end].Kind is not CodeTokenKind.Line && !tokens[end].Is(";"); steps++) end = CodeTokens.IsOpen(tokens[end]) ? tokens.Close(end) + 1 : end + 1;
        if (steps < Longest) values[name] = new Span(equals + 1, Math.Min(end, tokens.Count));
    }

    private bool IsStart(int at) => at == 0 || tokens[at - 1].Kind is CodeTokenKind.Line || tokens[at - 1].Is(";") || tokens[at - 1].Is(":");

    private void BindUpTo(int at, string after)
    {
        for (var end = Math.Min(tokens.Count, at + 60); at < end && tokens[at].Kind is not CodeTokenKind.Line && !tokens[at].Is("=") && !tokens[at].Is(":") && !tokens[at].IsWord("in") && !tokens[at].Is("("); at++)
            if (tokens[at].Kind is CodeTokenKind.Word && !tokens[at - 1].Is(".")) Bind(tokens[at].Text);
            else if (after != "," && after != "for" && after != "global" && after != "nonlocal" && after != "import" && !tokens[at].Is(".")) break;
    }

    /// <summary><c>name['ACL'] = …</c>, <c>name.update(…)</c>.</summary>
    private void NoteChange(int at)
    {
        if (tokens[at - 1].IsWord("del")) changed.Add(tokens[at].Text);
        if (tokens[at + 1].Is("[") && tokens[tokens.Close(at + 1) + 1] is { Kind: CodeTokenKind.Mark, Text: "=" or "+=" or "|=" }) changed.Add(tokens[at].Text);
        if (tokens[at + 1].Is(".") && Changing.Contains(tokens[at + 2].Text)) changed.Add(tokens[at].Text);
    }

    private void Bind(string name) => bound[name] = bound.GetValueOrDefault(name) + 1;
}
