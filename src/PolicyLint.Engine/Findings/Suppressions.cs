using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Findings;

/// <summary>What users asked not to be told, and why: <c># policylint:ignore RULE reason</c> on the line of a finding or of its
/// resource, or the line above; or in a resource's metadata, <c>PolicyLint: { ignore: { RULE: reason } }</c>.</summary>
public sealed class Suppressions
{
    private const string Mark = "policylint:ignore";
    private readonly HashSet<string> places = new(StringComparer.Ordinal);

    /// <summary>Reads those of all documents. One without a reason is a problem, and takes no effect.</summary>
    public static Suppressions Read(IEnumerable<Document> documents, Graph graph, List<Problem> problems)
    {
        var suppressions = new Suppressions();
        foreach (var document in documents)
            if (document.Source.Contains("policylint:ignore"u8)) suppressions.ReadComments(document, problems);
        foreach (var resource in graph.Resources)
            if (resource.Metadata is Value.Map metadata && metadata["PolicyLint"] is var own and not Value.Absent)
                suppressions.ReadMetadata(resource, own, problems);
        return suppressions;
    }

    private void ReadComments(Document document, List<Problem> problems)
    {
        var text = System.Text.Encoding.UTF8.GetString(document.Source.Bytes).Split('\n');
        for (var i = 0; i < text.Length; i++)
        {
            var at = text[i].IndexOf(Mark, StringComparison.Ordinal);
            if (at < 0 || (text[i].LastIndexOf('#', at) < 0 && text[i].LastIndexOf("//", at, StringComparison.Ordinal) < 0)) continue;
            var words = text[i][(at + Mark.Length)..].Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is not [var rule, { Length: > 0 }])
            {
                problems.Add(new Problem(new Location(document.Path, i + 1, at + 1), "a suppression needs a rule and a reason", $"write `# {Mark} RULE why it is right here`"));
                continue;
            }
            places.Add(At(document.Path, i + 1, rule));
            if (IsComment(text[i])) places.Add(At(document.Path, Below(text, i) + 1, rule));
        }
    }

    private static bool IsComment(string line) => line.TrimStart() is ['#', ..] or ['/', '/', ..];

    /// <summary>The line that a comment is about: the next one that is no comment.</summary>
    private static int Below(string[] text, int comment)
    {
        var line = comment + 1;
        while (line < text.Length && IsComment(text[line])) line++;
        return line;
    }

    private void ReadMetadata(Resource resource, Value own, List<Problem> problems)
    {
        if (own is not Value.Map { Fields: [{ Name: "ignore", Value: Value.Map ignored }] })
        {
            problems.Add(new Problem(own.Location, "`PolicyLint` in a resource's metadata holds `ignore`, a map of rules and reasons", "write `PolicyLint: { ignore: { RULE: why it is right here } }`"));
            return;
        }
        foreach (var field in ignored.Fields)
            if (field.Value is Value.Str { Text.Known: { Length: > 0 } }) places.Add(Of(resource.Stack.Document.Path, resource.Address, field.Name));
            else problems.Add(new Problem(field.At, "a suppression needs a reason", $"write `{field.Name}: why it is right here`"));
    }

    /// <summary>The findings that remain.</summary>
    public ImmutableArray<Finding> Drop(ImmutableArray<Finding> findings) => [.. findings.Where(f => !Covers(f))];

    private bool Covers(Finding finding) =>
        places.Count > 0
        && (places.Contains(At(finding.Location.File, finding.Location.Line, finding.Rule.Id))
            || places.Contains(At(finding.ResourceLocation.File, finding.ResourceLocation.Line, finding.Rule.Id))
            || places.Contains(Of(finding.ResourceLocation.File, finding.Resource, finding.Rule.Id)));

    private static string At(string file, int line, string rule) => $"{file}\n{line}\n{rule}";

    private static string Of(string file, string resource, string rule) => $"{file}\n{resource}\nresource\n{rule}";
}
