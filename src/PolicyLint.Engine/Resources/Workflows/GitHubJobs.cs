using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.Workflows;

/// <summary>The jobs of a workflow of GitHub Actions.</summary>
internal static class GitHubJobs
{
    public static IEnumerable<WorkflowJob> In(CodeText text, Node.Map root) =>
        from entry in (root["jobs"] as Node.Map)?.Entries ?? []
        where entry.Value is Node.Map
        select new WorkflowJob(entry.Key.Text, entry.Key.Location, [.. new GitHubJob(text, root, (Node.Map)entry.Value).Uses()]);
}

/// <summary>One job: its steps with the variables and the account that each runs with.</summary>
internal sealed class GitHubJob(CodeText text, Node.Map root, Node.Map job)
{
    private const string Credentials = "aws-actions/configure-aws-credentials";
    private readonly Node.Map? matrix = (job["strategy"] as Node.Map)?["matrix"] as Node.Map;
    private ImmutableDictionary<string, Value> environment = ImmutableDictionary<string, Value>.Empty;

    /// <summary>What the job's scripts run, one after the other.</summary>
    public IEnumerable<CodeUse> Uses()
    {
        environment = With(With(environment, root["env"]), job["env"]);
        var writer = Writer.Unsaid.With(environment);
        foreach (var node in (job["steps"] as Node.List)?.Items ?? [])
            if (node is not Node.Map step) continue;
            else if (step["uses"] is Node.Scalar action) writer = After(action.Text, step, writer);
            else if (step["run"] is Node.Scalar run)
            {
                var own = With(ImmutableDictionary<string, Value>.Empty, step["env"]);
                var all = environment.SetItems(own);
                yield return Running.Of(FileOf(run, step, all), all, Candidates(), writer.With(own));
                var exported = Exported(run.Text);
                environment = environment.SetItems(exported);
                writer = writer.With(exported);
            }
    }

    /// <summary>Who works after an action.</summary>
    private Writer After(string action, Node.Map step, Writer before)
    {
        if (action != Credentials && !action.StartsWith($"{Credentials}@", StringComparison.OrdinalIgnoreCase) || step["with"] is not Node.Map inputs) return before;
        if (inputs["output-env-credentials"] is Node.Scalar { Text: "false" }) return before;
        var after = inputs["role-to-assume"] is Node.Scalar role ? Writer.OfRole(Filled(role, With(environment, step["env"]))) : Writer.Unknown("the workflow takes its access key from elsewhere");
        return step["if"] is null || after.IsSame(before) ? after : Writer.Unknown("only the run decides which role it takes on");
    }

    /// <summary>Variables that a script hands to the steps after it have a value that only the run knows.</summary>
    private Dictionary<string, Value> Exported(string script)
    {
        if (!script.Contains("GITHUB_ENV", StringComparison.Ordinal)) return [];
        return environment.Keys.Union(Writer.Keys)
            .Where(n => script.Contains($"{n}=", StringComparison.Ordinal) || script.Contains($"{n}<<", StringComparison.Ordinal))
            .ToDictionary(n => n, n => (Value)new Value.Unknown(job.Location, $"a step before it sets `{n}`"), StringComparer.Ordinal);
    }

    private CodeFile FileOf(Node.Scalar run, Node.Map step, ImmutableDictionary<string, Value> own)
    {
        var (builder, holes) = (new CodeText.Builder(), ImmutableArray.CreateBuilder<Text>());
        var placed = EmbeddedText.Of(text, run);
        var at = 0;
        foreach (var found in Placeholders.In(placed.Text, "${{", "}}"))
        {
            builder.Add(placed, at, found.Start);
            var (value, place) = (Evaluated(found.Inner.Trim(), placed.At(found.Start), own), placed.At(found.Start));
            if (value.Known is { } known) builder.AddTogether(known, place);
            else
            {
                holes.Add(value);
                builder.Add(CodeText.HoleOf(holes.Count - 1), place);
            }
            at = found.End;
        }
        builder.Add(placed, at, placed.Text.Length);
        return new CodeFile(builder.Build(), ShellOf(step) == "python" ? CodeLanguage.Python : CodeLanguage.Shell, holes.ToImmutable());
    }

    private string? ShellOf(Node.Map step) =>
        new[] { step["shell"], Default(job), Default(root) }.OfType<Node.Scalar>().FirstOrDefault()?.Text;

    private static Node? Default(Node.Map map) => ((map["defaults"] as Node.Map)?["run"] as Node.Map)?["shell"];

    private ImmutableDictionary<string, Value> With(ImmutableDictionary<string, Value> before, Node? env)
    {
        var (known, after) = (before.IsEmpty ? environment : before, before);
        foreach (var entry in (env as Node.Map)?.Entries ?? [])
            after = after.SetItem(entry.Key.Text, entry.Value is Node.Scalar value ? new Value.Str(value.Location, Filled(value, known)) : new Value.Unknown(entry.Value.Location, $"`{entry.Key.Text}` is no text"));
        return after;
    }

    private Text Filled(Node.Scalar scalar, ImmutableDictionary<string, Value> known)
    {
        var parts = new List<Text>();
        var at = 0;
        foreach (var found in Placeholders.In(scalar.Text, "${{", "}}"))
        {
            parts.Add(Text.Of(scalar.Text[at..found.Start]));
            parts.Add(Evaluated(found.Inner.Trim(), scalar.Location, known));
            at = found.End;
        }
        parts.Add(Text.Of(scalar.Text[at..]));
        return Text.Join(parts.SelectMany(p => p.Pieces));
    }

    /// <summary>An expression's value: a text in quotes, a variable of the workflow, the only value of a matrix.</summary>
    private Text Evaluated(string expression, Location at, ImmutableDictionary<string, Value> known)
    {
        if (expression is ['\'', .. var inner, '\''] && !inner.Contains('\'', StringComparison.Ordinal)) return Text.Of(inner);
        if (expression.StartsWith("env.", StringComparison.Ordinal) && known.GetValueOrDefault(expression["env.".Length..]) is Value.Str { Text: var text }) return text;
        if (expression.StartsWith("matrix.", StringComparison.Ordinal) && ValuesOf(expression["matrix.".Length..]) is [var only]) return Text.Of(only.Text);
        return Running.Hole($"only the run knows `{expression}`", at);
    }

    private ImmutableArray<Node.Scalar> ValuesOf(string name) =>
        [.. ((matrix?[name] as Node.List)?.Items ?? []).OfType<Node.Scalar>(), .. Included().Select(i => i[name]).OfType<Node.Scalar>()];

    private IEnumerable<Node.Map> Included() => ((matrix?["include"] as Node.List)?.Items ?? []).OfType<Node.Map>();

    /// <summary>All that a matrix may put into an expression.</summary>
    private ImmutableArray<Value> Candidates() =>
        [.. from entry in (matrix?.Entries ?? []).Concat(Included().SelectMany(i => i.Entries)).DistinctBy(e => e.Key.Text)
            from value in ValuesOf(entry.Key.Text)
            where !value.Text.Contains("${{", StringComparison.Ordinal)
            select (Value)Value.Of(value.Location, value.Text)];
}
