using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>What a CodeBuild build specification runs, and the variables that it sets.</summary>
internal sealed record BuildSpec(CodeText Script, ImmutableDictionary<string, CodeText> Variables)
{
    private static readonly string[] Lists = ["commands", "finally"];

    /// <summary>Reads one in YAML or JSON; null where it is none.</summary>
    public static BuildSpec? Read(CodeText text)
    {
        if (YamlReader.Read("", text.Text, []) is not [Node.Map root, ..] || root["phases"] is not Node.Map phases) return null;
        var script = new CodeText.Builder();
        foreach (var phase in phases.Entries)
            foreach (var list in Lists)
                if ((phase.Value as Node.Map)?[list] is { } commands) Add(script, text, commands);
        var variables = ImmutableDictionary.CreateBuilder<string, CodeText>(StringComparer.Ordinal);
        if ((root["env"] as Node.Map)?["variables"] is Node.Map set)
            foreach (var entry in set.Entries)
                if (entry.Value is Node.Scalar value) variables[entry.Key.Text] = EmbeddedText.Of(text, value);
        return new BuildSpec(script.Build(), variables.ToImmutable());
    }

    /// <summary>The commands one after the other: they share one shell.</summary>
    private static void Add(CodeText.Builder script, CodeText text, Node commands)
    {
        foreach (var node in commands is Node.List list ? list.Items : [commands])
            if (node is Node.Scalar { Kind: not ScalarKind.Null } command)
            {
                var part = EmbeddedText.Of(text, command);
                script.Add(part, 0, part.Text.Length);
                script.Add('\n', part.At(part.Text.Length));
            }
    }
}
