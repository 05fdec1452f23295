using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Code;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine;

/// <summary>The whole way: documents, resources, access, rules, findings, a report.</summary>
public static class Linter
{
    /// <summary>Judges the inputs by the rules. Nothing that the inputs hold makes it throw.</summary>
    public static Report Run(IReadOnlyList<Input> inputs, RuleSet rules, Deployment deployment) => Run(inputs, TerraformSources.None, rules, deployment);

    /// <summary>As the other, with the sources that the plans among the inputs were made of.</summary>
    public static Report Run(IReadOnlyList<Input> inputs, TerraformSources sources, RuleSet rules, Deployment deployment) =>
        Run(inputs, new Nearby(sources, _ => null), rules, deployment);

    /// <summary>As the other, with all that the inputs may lead to.</summary>
    public static Report Run(IReadOnlyList<Input> inputs, Nearby nearby, RuleSet rules, Deployment deployment)
    {
        var problems = new List<Problem>();
        var (graph, readings) = GraphReader.Read([.. inputs.OrderBy(i => i.Path, StringComparer.Ordinal)], WantedBy(rules, deployment) with { Sources = nearby.Terraform, FileAt = nearby.FileAt, CodeUnder = nearby.CodeUnder }, problems);
        return Judge(graph, [.. readings.SelectMany(r => r.Documents)], [.. readings.SelectMany(r => r.Sources)], rules, deployment, problems) with
        {
            LeftAlone =
            [
                .. readings.Where(r => r.LeftAlone.Length > 0).Select(r => new LeftAlone(r.Input.Path, r.LeftAlone)),
                .. readings.SelectMany(r => r.Unread).DistinctBy(p => $"{p.Location}").Order(Problem.InOrder).Select(p => new LeftAlone(p.Location.File, $"line {p.Location.Line} of this source: {p.Message}")),
            ],
        };
    }

    /// <summary>Judges one document that is read already.</summary>
    public static Report Run(Document document, RuleSet rules, Deployment deployment)
    {
        var problems = new List<Problem>();
        return Judge(GraphReader.Read(document, WantedBy(rules, deployment), problems), [document], [], rules, deployment, problems);
    }

    private static Wanted WantedBy(RuleSet rules, Deployment deployment) =>
        new(deployment, rules.Kinds, rules.Entries.SelectMany(r => r.Resources).ToHashSet(StringComparer.Ordinal)) { ReadsCode = rules.Entries.Any(r => r.Resources.Any(k => UploadRecords.IsRunning(rules.Kinds.Named(k)))) };

    private static Report Judge(Graph graph, ImmutableArray<Document> documents, ImmutableArray<Document> sources, RuleSet rules, Deployment deployment, List<Problem> problems)
    {
        var refusals = new Refusals(rules);
        var places = new PolicyPlaces(graph);
        refusals.Read(places, problems);
        var verdicts = Judging.Run(rules, graph, places, found => JudgeOf(graph, deployment, found), problems);

        var files = documents.DistinctBy(d => d.Path).ToDictionary(d => d.Path, StringComparer.Ordinal);
        var texts = sources.IsEmpty ? files : documents.Concat(sources).DistinctBy(d => d.Path).ToDictionary(d => d.Path, StringComparer.Ordinal);
        var found = FindingList.From(verdicts, texts, graph.Resources.Select(r => r.Stack).Distinct().SelectMany(s => s.Brought));
        var kept = Suppressions.Read(texts.Values, graph, problems).Drop(found);

        refusals.Leave(problems);
        return new Report(rules, kept, [.. problems.DistinctBy(p => $"{p.Location}\n{p.Message}").Order(Problem.InOrder)])
        {
            Documents = [.. files.Values.Select(d => new Judged(d.Path, d.Format))],
            Counts = new Counts(
                files.Count, graph.Count, Count(verdicts, Judgement.Fail), Count(verdicts, Judgement.Unknown),
                Count(verdicts, Judgement.Pass), found.Length - kept.Length),
            ByRule = CountsOf(rules, verdicts),
            Assumed = [.. verdicts.SelectMany(v => v.Defaults.Union(v.Resource.Stack.Looped)).GroupBy(d => d).Select(d => new Assumed(d.Key, d.Count())).OrderBy(a => a.Default.Scope, StringComparer.Ordinal).ThenBy(a => a.Default.Parameter, StringComparer.Ordinal)],
        };
    }

    private static Judge JudgeOf(Graph graph, Deployment deployment, List<Problem> problems) =>
        new(SurfaceOf(graph, deployment, problems), new DefaultsJudge(graph, g => SurfaceOf(g, deployment, []), deployment.Strict));

    private static Surface SurfaceOf(Graph graph, Deployment deployment, List<Problem> problems)
    {
        var fields = new Fields(graph);
        return new Surface(graph, fields, new Questions(graph, fields, deployment, problems));
    }

    private static int Count(IEnumerable<Verdict> verdicts, Judgement judgement) => verdicts.Count(v => v.Judgement == judgement);

    private static ImmutableArray<RuleCounts> CountsOf(RuleSet rules, ImmutableArray<Verdict> verdicts)
    {
        var byRule = verdicts.ToLookup(v => v.Rule.Id, StringComparer.Ordinal);
        return [.. rules.Ids.Select(id => new RuleCounts(id, Count(byRule[id], Judgement.Fail), Count(byRule[id], Judgement.Unknown), Count(byRule[id], Judgement.Pass)))];
    }
}

/// <summary>What lies beside the inputs, and is read where they lead to it.</summary>
/// <param name="FileAt">The file at a path as it is told, null where there is none. Several threads may ask.</param>
public sealed record Nearby(TerraformSources Terraform, Func<string, Input?> FileAt)
{
    /// <summary>The programs below a folder, or the one file at a path. Several threads may ask.</summary>
    public Func<string, IReadOnlyList<Input>> CodeUnder { get; init; } = _ => [];
}
