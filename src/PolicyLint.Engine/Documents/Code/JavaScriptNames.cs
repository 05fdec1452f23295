namespace PolicyLint.Engine.Documents.Code;

/// <summary>The names of a JavaScript program that stand for one value throughout: declared once, and nothing else is ever put into them.</summary>
internal sealed class JavaScriptNames
{
    private static readonly HashSet<string> Assigning = new(StringComparer.Ordinal) { "=", "+=", "&&=", "||=", "??=", "++", "--", "-=", "*=", "/=" };
    private static readonly HashSet<string> NoParameters = new(StringComparer.Ordinal) { "if", "while", "switch", "with", "return" };
    private readonly CodeTokens tokens;
    private readonly Dictionary<string, int> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> changed = new(StringComparer.Ordinal);

    public JavaScriptNames(CodeTokens tokens)
    {
        this.tokens = tokens;
        for (var i = 0; i < tokens.Count; i++) Note(i);
    }

    /// <summary>Where the value of a name begins, or -1.</summary>
    public int ValueOf(string name) => bound.GetValueOrDefault(name) == 1 ? values.GetValueOrDefault(name, -1) : -1;

    /// <summary>The environment variable that a name was taken from (<c>const { A: name } = process.env</c>), or null.</summary>
    public string? VariableOf(string name) => bound.GetValueOrDefault(name) == 1 ? environment.GetValueOrDefault(name) : null;

    /// <summary>The fields that are put into the object of a name after it was made; <see cref="Any"/> where nobody knows which.</summary>
    public IReadOnlyCollection<string> ChangesOf(string name) => changed.TryGetValue(name, out var fields) ? fields : [];

    /// <summary>Stands for a field that is not known.</summary>
    public const string Any = "*";

    private void Change(string name, string field)
    {
        if (!changed.TryGetValue(name, out var fields)) changed[name] = fields = new HashSet<string>(StringComparer.Ordinal);
        fields.Add(field);
    }

    private void Note(int i)
    {
        var token = tokens[i];
        if (token.Kind is CodeTokenKind.Word && token.Text is "const" or "let" or "var") NoteDeclaration(i + 1);
        else if (token.Kind is CodeTokenKind.Word && token.Text is "import" or "function" or "class" && tokens[i + 1].Kind is CodeTokenKind.Word) Bind(tokens[i + 1].Text);
        else if (token.Kind is CodeTokenKind.Word) NoteUse(i);
        else if (token.Is("(") && IsParameters(i)) BindWords(i);
    }

    /// <summary>What stands behind <c>const</c>, <c>let</c> or <c>var</c>.</summary>
    private void NoteDeclaration(int at)
    {
        if (tokens[at].Is("{") || tokens[at].Is("[")) NoteTaken(at);
        else if (tokens[at].Kind is CodeTokenKind.Word)
        {
            var name = tokens[at].Text;
            Bind(name);
            var value = SkipType(at + 1);
            if (tokens[value].Is("=")) values[name] = value + 1;
        }
    }

    /// <summary><c>const { A, B: name } = process.env</c>.</summary>
    private void NoteTaken(int open)
    {
        var close = tokens.Close(open);
        var isEnvironment = tokens[open].Is("{") && tokens[close + 1].Is("=") && IsEnvironment(close + 2);
        foreach (var item in tokens.Items(open))
        {
            var (key, name) = (tokens[item.From].Text, tokens[item.Length >= 3 && tokens[item.From + 1].Is(":") ? item.From + 2 : item.From].Text);
            Bind(name);
            if (isEnvironment && (item.Length == 1 || (item.Length == 3 && tokens[item.From + 1].Is(":")))) environment[name] = key;
        }
    }

    private bool IsEnvironment(int at) =>
        tokens[at].IsWord("process") && (tokens[at + 1].Is(".") || tokens[at + 1].Is("?.")) && tokens[at + 2].IsWord("env") && !tokens[at + 3].Is(".") && !tokens[at + 3].Is("[");

    /// <summary>The token behind a TypeScript type: <c>: string = </c>.</summary>
    private int SkipType(int at)
    {
        if (!tokens[at].Is(":")) return at;
        for (var steps = 0; at < tokens.Count && steps < 40 && !tokens[at].Is("=") && !tokens[at].Is(";") && tokens[at].Kind is not CodeTokenKind.Line; steps++)
            at = CodeTokens.IsOpen(tokens[at]) ? tokens.Close(at) + 1 : at + 1;
        return at;
    }

    private void NoteUse(int at)
    {
        var name = tokens[at].Text;
        var isMember = tokens[at - 1].Is(".") || tokens[at - 1].Is("?.");
        var next = tokens[at + 1];
        if (next.Is("=>")) Bind(name);
        else if (!isMember && next.Kind is CodeTokenKind.Mark && Assigning.Contains(next.Text) && !IsDeclared(at)) Bind(name);
        else if (!isMember && (next.Is(".") || next.Is("["))) NoteMember(at, name);
        else if (name == "assign" && isMember && next.Is("(") && tokens[at + 2].Kind is CodeTokenKind.Word) Change(tokens[at + 2].Text, Any);
        if (tokens[at - 1].IsWord("delete")) Change(name, Any);
    }

    /// <summary>Whether a name is the one of a declaration, which is noted there.</summary>
    private bool IsDeclared(int at) => tokens[at - 1].Kind is CodeTokenKind.Word && tokens[at - 1].Text is "const" or "let" or "var";

    private void NoteMember(int at, string name)
    {
        var behind = tokens[at + 1].Is(".") ? at + 3 : tokens.Close(at + 1) + 1;
        if (tokens[behind].Kind is CodeTokenKind.Mark && Assigning.Contains(tokens[behind].Text))
            Change(name, tokens[at + 1].Is(".") ? tokens[at + 2].Text : tokens[at + 2].Kind is CodeTokenKind.Text ? tokens[at + 2].Text : Any);
    }

    /// <summary>Whether brackets hold the parameters of a function.</summary>
    private bool IsParameters(int open)
    {
        var before = tokens[open - 1];
        if (before.Kind is CodeTokenKind.Word && NoParameters.Contains(before.Text)) return false;
        var behind = tokens[tokens.Close(open) + 1];
        return behind.Is("=>") || behind.Is("{") || behind.Is(":");
    }

    /// <summary>Every word directly in the brackets may be a parameter.</summary>
    private void BindWords(int open)
    {
        var inside = tokens.Inside(open);
        for (var i = inside.From; i < inside.To; i++)
            if (tokens[i].Is("(")) i = tokens.Close(i);
            else if (tokens[i].Kind is CodeTokenKind.Word && !tokens[i - 1].Is(".")) Bind(tokens[i].Text);
    }

    private void Bind(string name) => bound[name] = bound.GetValueOrDefault(name) + 1;
}
