using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine;

/// <summary>Answers what a person asks about the inputs: may somebody do something on something (semantics 2.6).</summary>
public static class Inquirer
{
    /// <summary>The answers: one, or where everybody is asked about one for each who is not denied.</summary>
    /// <param name="Problems">What is wrong with the inputs, and with what was asked.</param>
    public sealed record Reply(ImmutableArray<Answered> Answers, ImmutableArray<Problem> Problems, ImmutableArray<Problem> Faults);

    /// <summary>Asks of what is wanted of the inputs. Faults of the question stand at <paramref name="at"/>.</summary>
    public static Reply Ask(IReadOnlyList<Input> inputs, Wanted wanted, Inquiry inquiry, Location at)
    {
        var (problems, faults) = (new List<Problem>(), new List<Problem>());
        var (graph, _) = GraphReader.Read([.. inputs.OrderBy(i => i.Path, StringComparer.Ordinal)], wanted, problems);
        var fields = new Fields(graph);
        var questions = new Questions(graph, fields, wanted.Deployment, problems);
        foreach (var (_, problem) in new PolicyPlaces(graph).Problems()) problems.Add(problem);

        CheckAction(inquiry.Action, at, faults);
        var target = Target.Find(graph, inquiry.On, inquiry.Action, at, faults);
        var asker = inquiry.Who is null ? null : Asker.Of(inquiry.Who, graph, fields, at, faults);
        var answers = faults.Count > 0 || target is null ? [] : asker is null
            ? Everybody(graph, questions, target).Select(a => AnswerOf(a)).Where(a => a.Decision.Allowed is not Truth.No).OrderByDescending(a => a.Decision.Allowed).ToImmutableArray()
            : [AnswerOf(asker)];
        return new Reply(answers, [.. problems.DistinctBy(p => $"{p.Location}\n{p.Message}").Order(Problem.InOrder)], [.. faults]);

        Answered AnswerOf(Asker who) => new(
            who.Name, inquiry.Action, target.On.ToString(),
            new DefaultsAgreement(graph, wanted.Deployment).Settle(inquiry, who, target, Agreement.Of(scenario => new Asking(graph, fields, questions, inquiry, scenario).Decide(who, target))));
    }

    private static void CheckAction(string action, Location at, List<Problem> faults)
    {
        if (action.AsSpan().IndexOfAny('*', '?') >= 0) faults.Add(new Problem(at, $"`{action}` stands for many actions", "ask about one: `s3:GetObject`"));
        else if (action.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]) faults.Add(new Problem(at, $"`{action}` is no action", "write SERVICE:NAME, as in `s3:GetObject`"));
    }

    /// <summary>The roles, users and distributions of the input, whom the resource's policy names, and anonymous callers.</summary>
    private static IEnumerable<Asker> Everybody(Graph graph, Questions questions, Target target)
    {
        var found = new List<Asker>();
        foreach (var kind in (string[])["iam-role", "iam-user"]) found.AddRange(graph.Of(kind).Select(r => new Asker.Principal(r.Address, r)));
        found.AddRange(graph.Of("cloudfront-distribution").Select(r => new Asker.Distribution(r.Address, r)));
        var stated = target.Resource is null ? null : questions.Policies.Of(target.Resource, Scenario.Start());
        foreach (var entry in stated?.Policies.SelectMany(p => p.Statements).Where(s => s.Wanted).SelectMany(s => s.Principals is { Negated: false } p ? p.Entries : []) ?? [])
            if (Named(entry, graph) is { } asker) found.Add(asker);
        found.Add(new Asker.Somebody("anonymous", new Caller.Anonymous()));
        return found.DistinctBy(a => a.Name);
    }

    private static Asker? Named(PrincipalEntry entry, Graph graph)
    {
        if (entry.IsEveryone || entry.Text is not { } text) return null;
        if (entry.Type == "Service") return text.Known is { } service ? new Asker.Somebody(service, new Caller.Service(service)) : null;
        if (entry.Type != "AWS" || graph.Of("iam-role").Concat(graph.Of("iam-user")).Any(r => r.Identify("arn").Equals(text))) return null;
        if (entry.WholeAccount is { } account) return new Asker.Somebody($"account {account}", new Caller.AccountMember(account));
        return Asker.CallerOf(text) is { } caller ? Asker.Of(caller, text.ToString(), graph) : null;
    }
}
