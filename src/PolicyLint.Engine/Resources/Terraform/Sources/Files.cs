using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions that read files which lie beside the sources.</summary>
internal sealed class Files(Evaluator evaluator, string root, Func<string, string?> textAt)
{
    private const string OfModule = "path.module ";
    private const string OfRoot = "path.root ";
    private readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);
    private bool isInTemplate;

    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    public Value? Call(Called called, Scope scope)
    {
        if (called.Call.Name is not ("file" or "templatefile" or "fileexists")) return null;
        if (called.Count == 0 || PathOf(called.Arguments[0]) is not { } path) return called.Unknown();
        if (!texts.TryGetValue(path, out var text)) texts[path] = text = textAt(path);
        if (text is null || !evaluator.Spend(text.Length / 64)) return called.Call.Name == "fileexists" ? called.Unknown() : Evaluator.Unknown(called.Call, $"needs the file `{path}`, which is not read");
        return called.Call.Name switch
        {
            "fileexists" => called.Flag(isTrue: true),
            "file" => called.Text(text),
            _ => Fill(called, text, scope),
        };
    }

    /// <summary>The path as it is told: from the folder of the module or of the root. One that leads out of where the plan lies is
    /// not followed.</summary>
    private string? PathOf(Value value)
    {
        if (value is not Value.Str { Text: { HasEither: false } text }) return null;
        var (folder, rest) = text.Pieces switch
        {
            [Piece.Literal { Text: var plain }] when !plain.StartsWith('/') => (root, plain),
            [Piece.Hole { Symbol.Name: var name }, Piece.Literal { Text: ['/', ..] plain }] when name.StartsWith(OfModule, StringComparison.Ordinal) => (name[OfModule.Length..], plain.TrimStart('/')),
            [Piece.Hole { Symbol.Name: var name }, Piece.Literal { Text: ['/', ..] plain }] when name.StartsWith(OfRoot, StringComparison.Ordinal) => (root, plain.TrimStart('/')),
            _ => ("", ""),
        };
        if (rest.Length == 0) return null;
        var path = FilePath.Combine(folder, rest);
        return path.StartsWith("../", StringComparison.Ordinal) && !root.StartsWith("../", StringComparison.Ordinal) ? null : path;
    }

    /// <summary>The text with what stands between <c>${</c> and <c>}</c> filled in; every part stands where the call does.</summary>
    private Value Fill(Called called, string text, Scope scope)
    {
        if (isInTemplate || called.Map(1) is not { } variables || HclReader.ReadTemplate(HclText.At(called.At, text), []) is not { } template) return called.Unknown();
        isInTemplate = true;
        var inner = scope;
        foreach (var field in variables.Fields) inner = inner.With(field.Name, field.Value);
        var value = evaluator.Evaluate(template, inner);
        isInTemplate = false;
        return value;
    }
}
