using System.Text;

namespace PolicyLint.Engine.Rules;

/// <summary>A file of rules or kinds: kinds stand in a folder named <c>kinds</c>.</summary>
public sealed record RuleFile(string Path, string Text)
{
    private const string Examples = "\nexamples:";
    private const string Twin = "\ntwin:";
    private const string NextKind = "\n---\n";

    public bool IsKind => Path.Split('/').SkipLast(1).Contains("kinds", StringComparer.Ordinal);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The file without its examples, which are only read where they are asked for: they come last in a rule, as
    /// twins do in each kind.</summary>
    public RuleFile WithoutExamples() => this with
    {
        Text = IsKind ? string.Join(NextKind, Text.Split(NextKind).Select(k => Before(k, Twin))) : Before(Text, Examples),
    };

    private static string Before(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at ? text[..(at + 1)] : text;

    /// <summary>The files that are shipped with the engine.</summary>
    public static IEnumerable<RuleFile> Shipped()
    {
        var assembly = typeof(RuleFile).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.EndsWith(".yaml", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return new RuleFile(name, reader.ReadToEnd());
        }
    }
}
