using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>What a build project runs, in either format.</summary>
internal static class BuildUse
{
    private const int Highest = 8;

    /// <summary>The commands of a specification with the variables of the project; those of the specification come before them.</summary>
    public static CodeUse Of(BuildSpec? spec, ImmutableArray<Text> holes, IReadOnlyDictionary<string, Value> variables, Text writer)
    {
        var all = new Dictionary<string, Value>(variables, StringComparer.Ordinal);
        foreach (var (name, text) in spec?.Variables ?? ImmutableDictionary<string, CodeText>.Empty)
            all[name] = new Value.Str(text.At(0), Filled(text.Text, holes));
        return CodeUse.None with
        {
            Files = spec is null ? [] : [new CodeFile(spec.Script, CodeLanguage.Shell, holes)],
            Environment = name => all.GetValueOrDefault(name) ?? new Value.Absent(Location.StartOf("")),
            Variables = [.. all.Keys.Order(StringComparer.Ordinal)],
            Writer = writer,
        };
    }

    private static Text Filled(string literal, ImmutableArray<Text> holes) => Text.Join(literal.SelectMany(c =>
        CodeText.NumberOf(c) is >= 0 and var n && n < holes.Length ? holes[n].Pieces : [new Piece.Literal(c.ToString())]));

    /// <summary>A file of the project's source, in a folder or one above it.</summary>
    /// <param name="read">Takes the document, for those who show its lines.</param>
    public static CodeText? Beside(Wanted wanted, string folder, string name, Dictionary<string, Document> read)
    {
        if (name.Contains(':', StringComparison.Ordinal) || name.StartsWith('/') || name.Contains('\n', StringComparison.Ordinal)) return null;
        for (var height = 0; height < Highest; height++)
        {
            if (wanted.FileAt(FilePath.Combine(folder, name)) is { } input) return Read(input, read);
            if (folder is "." or "/" || folder.EndsWith("..", StringComparison.Ordinal)) return null;
            folder = FilePath.FolderOf(folder);
        }
        return null;
    }

    private static CodeText? Read(Input input, Dictionary<string, Document> read)
    {
        try
        {
            var bytes = input.Read();
            if (bytes.Length > LocalCode.LongestFile || SourceText.Read(input.Path, bytes, []) is not { } source) return null;
            read[input.Path] = new Document(input.Path, Format.CloudFormation, new Node.Map(Location.StartOf(input.Path), []), source);
            return CodeText.Of(source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The environment variables of a build project.</summary>
internal static class BuildVariables
{
    /// <summary>Those of a list of names and values; what a parameter or secret holds is not known.</summary>
    public static IReadOnlyDictionary<string, Value> Of(Value list, string name, string value, string type)
    {
        var variables = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var item in list is Value.List { Items: var items } ? items : list is Value.Map ? [list] : [])
            if (item is Value.Map map && map[name].KnownText is { } known)
                variables[known] = map[type] is Value.Absent || map[type].KnownText is "PLAINTEXT" or "" ? map[value] : new Value.Unknown(map.Location, $"the value of `{known}` is kept elsewhere");
        return variables;
    }
}

/// <summary>The account that code runs in.</summary>
internal static class CodeAccount
{
    /// <summary>The account of the role, which is the one of whoever runs with it; else the account of the stack.</summary>
    public static Text Of(Value role, Surroundings surroundings) =>
        Fields.LinkText(role) is { } text && text.Split(":") is [{ Known: "arn" }, _, { Known: "iam" }, _, { Pieces.IsEmpty: false } account, ..] ? account : surroundings.Account;
}

/// <summary>The file that a function begins with.</summary>
internal static class CodeEntry
{
    /// <summary>The handler's path without its ending, <c>src/app</c> of <c>src/app.handler</c>; empty where it is not known.</summary>
    public static string Of(string? handler, string? runtime)
    {
        if (handler is null || handler.LastIndexOf('.') is not (> 0 and var last)) return "";
        if (runtime?.StartsWith("python", StringComparison.Ordinal) == true) return handler[..last].Replace('.', '/');
        var dot = handler.IndexOf('.', Math.Max(0, handler.LastIndexOf('/')));
        return dot > 0 ? handler[..dot] : handler[..last];
    }
}
