using System.Collections.Immutable;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>The languages that calls are found in.</summary>
internal enum CodeLanguage { JavaScript, Python, Shell }

/// <summary>A program of a resource: a file, or a text in a template.</summary>
/// <param name="Holes">What the holes of its text stand for, by number.</param>
internal sealed record CodeFile(CodeText Text, CodeLanguage Language, ImmutableArray<Text> Holes)
{
    private static readonly Dictionary<string, CodeLanguage> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".js"] = CodeLanguage.JavaScript,
        [".mjs"] = CodeLanguage.JavaScript,
        [".cjs"] = CodeLanguage.JavaScript,
        [".jsx"] = CodeLanguage.JavaScript,
        [".ts"] = CodeLanguage.JavaScript,
        [".mts"] = CodeLanguage.JavaScript,
        [".cts"] = CodeLanguage.JavaScript,
        [".tsx"] = CodeLanguage.JavaScript,
        [".py"] = CodeLanguage.Python,
        [".sh"] = CodeLanguage.Shell,
        [".bash"] = CodeLanguage.Shell,
    };

    /// <summary>The language of a file by its name's ending, null for files of none.</summary>
    public static CodeLanguage? LanguageOf(string path) =>
        path.LastIndexOf('.') is >= 0 and var dot && ByEnding.TryGetValue(path[dot..], out var language) && !path.EndsWith(".d.ts", StringComparison.OrdinalIgnoreCase) ? language : null;

    /// <summary>The language of a Lambda runtime; of code without one, by what it looks like.</summary>
    public static CodeLanguage LanguageOf(string? runtime, string text) => runtime switch
    {
        { } r when r.StartsWith("python", StringComparison.Ordinal) => CodeLanguage.Python,
        { } r when r.StartsWith("nodejs", StringComparison.Ordinal) => CodeLanguage.JavaScript,
        { } r when r.StartsWith("provided", StringComparison.Ordinal) => CodeLanguage.Shell,
        _ => text.Contains("def ", StringComparison.Ordinal) && !text.Contains("require(", StringComparison.Ordinal) ? CodeLanguage.Python : CodeLanguage.JavaScript,
    };

    /// <summary>Whether it can hold calls at all.</summary>
    public bool IsWorthReading => Language switch
    {
        CodeLanguage.JavaScript => JavaScriptUploads.IsWorthReading(Text.Text),
        CodeLanguage.Python => PythonUploads.IsWorthReading(Text.Text),
        _ => ShellUploads.IsWorthReading(Text.Text),
    };

    /// <summary>The calls in it.</summary>
    public Uploads Uploads() => !IsWorthReading ? Documents.Code.Uploads.None : Language switch
    {
        CodeLanguage.JavaScript => JavaScriptUploads.In(Text.Text),
        CodeLanguage.Python => PythonUploads.In(Text.Text),
        _ => ShellUploads.In(Text.Text),
    };
}
