namespace PolicyLint.Engine.Documents.Code;

/// <summary>The variables of a shell script that have one value from their only assignment on.</summary>
internal sealed class ShellNames
{
    private const int Deepest = 6;
    private static readonly HashSet<string> Declaring = new(StringComparer.Ordinal) { "export", "declare", "local", "readonly", "typeset" };
    private static readonly HashSet<string> Opening = new(StringComparer.Ordinal) { "if", "for", "while", "until", "case", "{", "select" };
    private static readonly HashSet<string> Closing = new(StringComparer.Ordinal) { "fi", "done", "esac", "}" };
    private readonly Dictionary<string, CodeValue> values = new(StringComparer.Ordinal);
    private int depth;
    private int fuel = 50_000;

    public ShellNames(IEnumerable<ShellCommand> commands)
    {
        foreach (var command in commands) Note(command);
    }

    /// <summary>The variables that are assigned anywhere.</summary>
    public IEnumerable<string> Assigned => values.Keys;

    private static CodeValue.Unknown Varying() => new("the script changes it");

    private void Note(ShellCommand command)
    {
        var words = command.Words;
        foreach (var word in words)
            if (word.Known is { } known) depth = Math.Max(0, depth + (Opening.Contains(known) ? 1 : Closing.Contains(known) ? -1 : 0));
        var first = 0;
        while (first < words.Length && words[first].Known is "then" or "do" or "else" or "{" or "!") first++;
        if (first >= words.Length) return;
        if (words[first].Known is "for" or "read" or "select" or "unset" or "mapfile" or "readarray")
            foreach (var word in words.Skip(first + 1).TakeWhile(w => w.Known != "in"))
                if (word.Known is { } name) values[name] = Varying();
        if (words[first].Known is { } declaring && Declaring.Contains(declaring)) first++;
        for (var i = first; i < words.Length && AssignmentOf(words[i]) is var (name, value); i++)
            values[name] = values.ContainsKey(name) || depth > 0 || command.IsConditional || words.Length > i + 1 && AssignmentOf(words[i + 1]) is null ? Varying() : value;
    }

    /// <summary><c>NAME=value</c>, or null.</summary>
    public static (string Name, CodeValue Value)? AssignmentOf(ShellWord word)
    {
        if (word.Parts is not [CodeValue.Literal { Text: var head }, .. var rest] || head.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals)) return null;
        var name = head[..equals];
        var isAdded = name.EndsWith('+');
        if (!name.TrimEnd('+').All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return null;
        if (isAdded) return (name.TrimEnd('+'), Varying());
        var parts = head.Length > equals + 1 ? rest.Insert(0, new CodeValue.Literal(head[(equals + 1)..])) : rest;
        return (name, parts switch { [] => new CodeValue.Literal(""), [var only] => only, _ => new CodeValue.Joined(parts) });
    }

    /// <summary>The value with what the script itself puts into its variables; what it does not is taken from the environment.</summary>
    public CodeValue Fill(CodeValue value) => Fill(value, 0, "");

    private CodeValue Fill(CodeValue value, int level, string within) => value switch
    {
        _ when --fuel < 0 => Varying(),
        CodeValue.Joined joined => new CodeValue.Joined([.. joined.Parts.Take(64).Select(p => Fill(p, level, within))]),
        CodeValue.Variable variable when variable.Name == within => variable,
        CodeValue.Variable variable when values.TryGetValue(variable.Name, out var known) => level < Deepest ? Fill(known, level + 1, variable.Name) : Varying(),
        _ => value,
    };
}
