using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Follows what programs import of each other: several functions often share one folder, and each runs its own part of it.</summary>
internal static class Imports
{
    private static readonly string[] Endings = ["", ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".tsx", ".jsx", "/index.js", "/index.ts", "/index.mjs", ".py", "/__init__.py"];

    /// <summary>The paths of the files that run, in order; all of them where the first is not found.</summary>
    /// <param name="root">The folder that holds them all.</param>
    /// <param name="entry">The path of the first, without its ending.</param>
    public static IReadOnlyList<string> Reached(IReadOnlyDictionary<string, CodeFile> files, string root, string entry)
    {
        var folders = files.Keys.Select(FilePath.FolderOf).Prepend(FilePath.Combine(root, "")).Distinct(StringComparer.Ordinal).OrderBy(f => f.Length).ToList();
        var first = entry.Length == 0 ? null : Find(files, entry) ?? Anywhere(files, entry);
        if (first is null) return [.. files.Keys.Order(StringComparer.Ordinal)];
        var reached = new HashSet<string>(StringComparer.Ordinal) { first };
        var open = new Queue<string>([first]);
        while (open.TryDequeue(out var path))
            foreach (var name in NamesIn(files[path]))
                if (Resolve(files, folders, path, name) is { } found && reached.Add(found)) open.Enqueue(found);
        return [.. reached.Order(StringComparer.Ordinal)];
    }

    private static string? Find(IReadOnlyDictionary<string, CodeFile> files, string path) => Endings.Select(e => path + e).FirstOrDefault(files.ContainsKey);

    /// <summary>A build may move a file: <c>app</c> may be <c>src/app.ts</c>, if only one is called so.</summary>
    private static string? Anywhere(IReadOnlyDictionary<string, CodeFile> files, string entry)
    {
        var name = entry[(entry.LastIndexOf('/') + 1)..];
        var called = files.Keys.Where(p => p[(p.LastIndexOf('/') + 1)..].Split('.')[0] == name).Take(2).ToList();
        return called is [var only] ? only : null;
    }

    private static string? Resolve(IReadOnlyDictionary<string, CodeFile> files, List<string> folders, string from, string name)
    {
        var here = FilePath.FolderOf(from);
        if (name.StartsWith('.') && files[from].Language is CodeLanguage.Python)
        {
            var dots = name.TakeWhile(c => c == '.').Count();
            return Find(files, FilePath.Combine(here, string.Concat(Enumerable.Repeat("../", dots - 1)) + name[dots..].Replace('.', '/')));
        }
        if (files[from].Language is CodeLanguage.JavaScript)
        {
            var path = FilePath.Combine(here, name);
            return name.StartsWith('.') ? Find(files, path) ?? (path.EndsWith(".js", StringComparison.Ordinal) ? Find(files, path[..^3]) : null) : null;
        }
        var module = name.Replace('.', '/');
        return Find(files, FilePath.Combine(here, module)) ?? folders.Select(f => Find(files, FilePath.Combine(f, module))).FirstOrDefault(f => f is not null);
    }

    /// <summary>The modules that a program names where it imports.</summary>
    private static IEnumerable<string> NamesIn(CodeFile file) => file.Language switch
    {
        CodeLanguage.JavaScript => JavaScriptNamesIn(JavaScriptScanner.Scan(file.Text.Text)),
        CodeLanguage.Python => PythonNamesIn(PythonScanner.Scan(file.Text.Text)),
        _ => [],
    };

    private static IEnumerable<string> JavaScriptNamesIn(CodeTokens tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Kind is CodeTokenKind.Text && (tokens[i - 1].IsWord("from") || tokens[i - 1].IsWord("import") || (tokens[i - 1].Is("(") && (tokens[i - 2].IsWord("require") || tokens[i - 2].IsWord("import")))))
                yield return tokens[i].Text;
    }

    private static IEnumerable<string> PythonNamesIn(CodeTokens tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].IsWord("from") && tokens[i - 1].Kind is CodeTokenKind.Line)
            {
                var module = Dotted(tokens, i + 1, out var end);
                yield return module;
                for (var j = end + 1; j < tokens.Count && j < end + 60 && tokens[j].Kind is not CodeTokenKind.Line; j++)
                    if (tokens[j].Kind is CodeTokenKind.Word) yield return module.EndsWith('.') ? module + tokens[j].Text : $"{module}.{tokens[j].Text}";
            }
            else if (tokens[i].IsWord("import") && tokens[i - 1].Kind is CodeTokenKind.Line)
                for (var j = i + 1; j < tokens.Count && tokens[j].Kind is CodeTokenKind.Word;)
                {
                    yield return Dotted(tokens, j, out var end);
                    while (end < tokens.Count && tokens[end].Kind is CodeTokenKind.Word) end++;
                    j = tokens[end].Is(",") ? end + 1 : tokens.Count;
                }
    }

    private static string Dotted(CodeTokens tokens, int at, out int end)
    {
        var name = "";
        for (end = at; end < tokens.Count && end < at + 30; end++)
            if (tokens[end].Is(".") || tokens[end].Is("...")) name += tokens[end].Text;
            else if (tokens[end].Kind is CodeTokenKind.Word && tokens[end].Text is not ("import" or "as") && (name.Length == 0 || name.EndsWith('.'))) name += tokens[end].Text;
            else break;
        return name;
    }
}
