using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Judges all resources by all rules, several resources at a time. The verdicts come in the order of the rules and of
/// the resources, whoever was judged first.</summary>
internal static class Judging
{
    private const int WorthThreads = 32;

    /// <summary>A rule that looks at a resource; what comes of it goes to the place <paramref name="Number"/>.</summary>
    private sealed record Task(int Number, RuleEntry Rule, Resource Resource);

    /// <summary>The verdicts of all rules; a rule that looks at nothing here is not read.</summary>
    /// <param name="places">Where policies are written down: rules about whatever writes one look at these resources.</param>
    /// <param name="makeJudge">Makes a judge for one thread; problems that it comes upon go into the list.</param>
    public static ImmutableArray<Verdict> Run(RuleSet rules, Graph graph, PolicyPlaces places, Func<List<Problem>, Judge> makeJudge, List<Problem> problems)
    {
        var tasks = rules.Entries
            .SelectMany(rule => rule.Resources.SelectMany(r => r == PolicyPlaces.Holder ? places.Holders : graph.Of(r)).Where(r => Judge.IsDeployed(r) && !(r.IsOutside && Judge.IsOthers(rule.Rule, r))).Select(resource => new { rule, resource }))
            .Select((t, number) => new Task(number, t.rule, t.resource)).ToList();
        var verdicts = new List<Verdict>[tasks.Count];
        if (tasks.Count < WorthThreads)
        {
            var judge = makeJudge(problems);
            foreach (var task in tasks) verdicts[task.Number] = judge.Apply(task.Rule.Rule, task.Resource);
        }
        else problems.AddRange(RunTogether(tasks, verdicts, makeJudge));
        return [.. verdicts.SelectMany(v => v)];
    }

    /// <summary>All that is asked about one resource is asked of one judge, who remembers the resource's policies.</summary>
    private static IEnumerable<Problem> RunTogether(List<Task> tasks, List<Verdict>[] verdicts, Func<List<Problem>, Judge> makeJudge)
    {
        var all = new ConcurrentQueue<List<Problem>>();
        var idle = new ConcurrentQueue<Judge>();
        var byResource = tasks.GroupBy(t => t.Resource).Select(g => g.ToList()).ToList();
        Parallel.For(0, byResource.Count, i =>
        {
            if (!idle.TryDequeue(out var judge)) judge = NewJudge();
            foreach (var task in byResource[i]) verdicts[task.Number] = judge.Apply(task.Rule.Rule, task.Resource);
            idle.Enqueue(judge);
        });
        return all.SelectMany(p => p);

        Judge NewJudge()
        {
            var own = new List<Problem>();
            all.Enqueue(own);
            return makeJudge(own);
        }
    }
}
