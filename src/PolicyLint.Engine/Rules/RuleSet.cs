using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Rules with the kinds that they speak of.</summary>
public sealed record RuleSet(Kinds Kinds, ImmutableArray<Rule> Rules)
{
    public Rule? Named(string id) => Rules.FirstOrDefault(r => r.Id == id);
}

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

/// <summary>Reads rule sets.</summary>
public static class RuleSetReader
{
    /// <summary>All kinds, then all rules. With problems the set must not be used: a broken rule would check nothing.</summary>
    public static RuleSet Read(IEnumerable<RuleFile> files, List<Problem> problems)
    {
        var read = files.Select(f => new ReadFile(f, YamlReader.Read(f.Path, f.Text, problems))).ToList();
        var kinds = new List<Kind>();
        foreach (var (file, roots) in read)
            if (file.IsKind) kinds.AddRange(KindReader.Read(roots, problems));
        var known = new Kinds(Unique(kinds, problems));
        var rules = new List<Rule>();
        foreach (var (file, roots) in read)
        {
            if (file.IsKind) continue;
            if (roots.Length != 1 && !problems.Exists(p => p.Location.File == file.Path)) problems.Add(new Problem(Location.StartOf(file.Path), "a file of rules holds one rule", "write one file a rule"));
            foreach (var root in roots)
                if (RuleReader.Read(root, file.Name, known, problems) is { } rule) rules.Add(rule);
        }
        foreach (var twice in rules.GroupBy(r => r.Id).Where(g => g.Count() > 1))
            problems.Add(new Problem(twice.Last().Location, $"the rule `{twice.Key}` is there twice", "choose another id") { Related = twice.First().Location });
        return new RuleSet(known, [.. rules.OrderBy(r => r.Id, StringComparer.Ordinal)]);
    }

    private sealed record ReadFile(RuleFile File, ImmutableArray<Node> Roots);

    private static IEnumerable<Kind> Unique(List<Kind> kinds, List<Problem> problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in kinds)
            if (!names.Add(kind.Name)) problems.Add(new Problem(kind.Location, $"the kind `{kind.Name}` is there twice", "choose another name"));
            else if (kind.Fields.Names.Concat(kind.Identities.Select(i => i.Name)).FirstOrDefault(ScopeType.OfEveryResource.Contains) is { } taken)
                problems.Add(new Problem(kind.Location, $"the field `{taken}` of kind `{kind.Name}` has a name that every resource has", "choose another name"));
            else if (kind.CloudFormation.Concat(kind.Terraform).FirstOrDefault(t => !types.Add(t)) is { } type)
                problems.Add(new Problem(kind.Location, $"the type `{type}` belongs to another kind already", "name it in one kind"));
            else yield return kind;
    }
}
