using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads rule sets.</summary>
public static class RuleSetReader
{
    /// <summary>All kinds, then all rules. With problems the set must not be used: a broken rule would check nothing.</summary>
    public static RuleSet Read(IEnumerable<RuleFile> files, List<Problem> problems) => Read(files, [], _ => [], problems);

    /// <summary>The shipped kinds and rules of a pack with the user's own files. A shipped rule is read only when it is needed: that
    /// none of them is broken is what tests have shown.</summary>
    public static RuleSet Read(RulePack shipped, IEnumerable<RuleFile> own, List<Problem> problems)
    {
        var kinds = shipped.Files.Where(f => f.Head is null).SelectMany(f => KindReader.Read(shipped.RootsOf(f), problems));
        return Read(own, kinds, known => shipped.Files.Where(f => f.Head is not null).Select(f => new RuleEntry(f.Name, f.Head!, () => ReadProved(shipped, f, known))), problems);
    }

    private static RuleSet Read(IEnumerable<RuleFile> files, IEnumerable<Kind> shippedKinds, Func<Kinds, IEnumerable<RuleEntry>> shippedRules, List<Problem> problems)
    {
        var kinds = shippedKinds.ToList();
        var read = files.Select(f => new ReadFile(f, YamlReader.Read(f.Path, f.Text, problems))).ToList();
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
        var entries = shippedRules(known).Concat(rules.Select(RuleEntry.Of)).ToList();
        foreach (var twice in entries.GroupBy(e => e.Id).Where(g => g.Count() > 1))
            problems.Add(new Problem(twice.Last().Rule.Location, $"the rule `{twice.Key}` is there twice", "choose another id") { Related = twice.First().Rule.Location });
        Coverings.Check(rules, entries, problems);
        return new RuleSet(known, [.. entries.OrderBy(e => e.Id, StringComparer.Ordinal)]);
    }

    private static Rule ReadProved(RulePack pack, PackedFile file, Kinds kinds)
    {
        var problems = new List<Problem>();
        return pack.RootsOf(file) is [var root] && RuleReader.Read(root, file.Name, kinds, problems, isProved: true) is { } rule && problems.Count == 0
            ? rule
            : throw new InvalidOperationException($"the shipped rule `{file.Name}` is broken: {string.Concat(problems.Take(1))}");
    }

    private sealed record ReadFile(RuleFile File, ImmutableArray<Node> Roots);

    private static IEnumerable<Kind> Unique(List<Kind> kinds, List<Problem> problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in kinds)
            if (kind.Name == Access.PolicyPlaces.Holder) problems.Add(new Problem(kind.Location, $"the kind `{kind.Name}` has the name that rules have for whatever states a policy", "choose another name"));
            else if (!names.Add(kind.Name)) problems.Add(new Problem(kind.Location, $"the kind `{kind.Name}` is there twice", "choose another name"));
            else if (kind.Fields.Names.Concat(kind.Identities.Select(i => i.Name)).FirstOrDefault(n => n == Access.PolicyPlaces.Field || ScopeType.OfEveryResource.Contains(n)) is { } taken)
                problems.Add(new Problem(kind.Location, $"the field `{taken}` of kind `{kind.Name}` has a name that every resource has", "choose another name"));
            else if (kind.CloudFormation.Concat(kind.Terraform).FirstOrDefault(t => !types.Add(t)) is { } type)
                problems.Add(new Problem(kind.Location, $"the type `{type}` belongs to another kind already", "name it in one kind"));
            else yield return kind;
    }
}
