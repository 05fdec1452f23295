using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.Workflows;

/// <summary>The jobs of a pipeline of GitLab.</summary>
internal sealed class GitLabJobs
{
    private const int Deepest = 8;
    private static readonly HashSet<string> NoJobs = new(StringComparer.Ordinal) { "default", "variables", "workflow", "include", "stages", "image", "services", "cache", "before_script", "after_script", "spec" };
    private readonly CodeText text;
    private readonly Node.Map root;

    private GitLabJobs(CodeText text, Node.Map root) => (this.text, this.root) = (text, root);

    /// <summary>Those that run; hidden ones (<c>.deploy</c>) only where others extend them.</summary>
    public static IEnumerable<WorkflowJob> In(CodeText text, Node.Map root)
    {
        var jobs = new GitLabJobs(text, root);
        return from entry in root.Entries
               where entry.Value is Node.Map && !entry.Key.Text.StartsWith('.') && !NoJobs.Contains(entry.Key.Text)
               select new WorkflowJob(entry.Key.Text, entry.Key.Location, [.. jobs.Uses((Node.Map)entry.Value)]);
    }

    /// <summary>What the job runs: its script behind what goes before it, and in another shell what comes after it.</summary>
    private IEnumerable<CodeUse> Uses(Node.Map job)
    {
        var chain = ChainOf(job, 0).ToList();
        var environment = EnvironmentOf(chain);
        var writer = Writer.Unsaid.With(environment);
        foreach (var parts in new[] { [Of("before_script"), Of("script")], new[] { Of("after_script") } })
        {
            var script = new CodeText.Builder();
            foreach (var part in parts) Add(script, part, 0);
            if (script.Length > 0) yield return Running.Of(new CodeFile(script.Build(), CodeLanguage.Shell, []), environment, [], writer);
        }

        Node? Of(string key) => chain.Select(m => m[key]).FirstOrDefault(n => n is not null) ?? (root["default"] as Node.Map)?[key] ?? root[key];
    }

    /// <summary>The job and those that it extends; what comes first counts.</summary>
    private IEnumerable<Node.Map> ChainOf(Node.Map job, int depth)
    {
        yield return job;
        if (depth >= Deepest) yield break;
        var parents = job["extends"] switch { Node.List list => list.Items.Reverse(), { } one => [one], null => [] };
        foreach (var name in parents.OfType<Node.Scalar>())
            if (root[name.Text] is Node.Map parent)
                foreach (var one in ChainOf(parent, depth + 1)) yield return one;
    }

    private Dictionary<string, Value> EnvironmentOf(List<Node.Map> chain)
    {
        var written = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var map in Enumerable.Reverse(chain).Prepend(root))
            foreach (var entry in (map["variables"] as Node.Map)?.Entries ?? []) written[entry.Key.Text] = entry.Value;
        return written.ToDictionary(w => w.Key, w => ValueOf(w.Key, w.Value, written), StringComparer.Ordinal);
    }

    /// <summary>A variable's value; one with a description is asked of whoever starts the pipeline.</summary>
    private static Value ValueOf(string name, Node node, Dictionary<string, Node> written) => node is Node.Scalar scalar
        ? new Value.Str(node.Location, Expanded(scalar, written, 0))
        : new Value.Unknown(node.Location, $"whoever starts the pipeline may choose `{name}`");

    /// <summary>GitLab puts variables into the values of others.</summary>
    private static Text Expanded(Node.Scalar scalar, Dictionary<string, Node> written, int depth)
    {
        var parts = new List<Text>();
        var value = scalar.Text;
        for (var at = 0; at < value.Length;)
        {
            var dollar = value.IndexOf('$', at);
            parts.Add(Text.Of(value[at..(dollar < 0 ? value.Length : dollar)]));
            if (dollar < 0) break;
            var isBraced = dollar + 1 < value.Length && value[dollar + 1] == '{';
            var (start, end) = (dollar + (isBraced ? 2 : 1), dollar + (isBraced ? 2 : 1));
            while (end < value.Length && (char.IsAsciiLetterOrDigit(value[end]) || value[end] == '_')) end++;
            var name = value[start..end];
            parts.Add(depth < Deepest && written.GetValueOrDefault(name) is Node.Scalar inner ? Expanded(inner, written, depth + 1) : Running.Hole($"only the run knows `${name}`", scalar.Location));
            at = isBraced && end < value.Length ? end + 1 : Math.Max(end, dollar + 1);
        }
        return Text.Join(parts.SelectMany(p => p.Pieces));
    }

    /// <summary>Commands, also in lists within lists and by <c>!reference</c>.</summary>
    private void Add(CodeText.Builder script, Node? node, int depth)
    {
        if (depth > Deepest) return;
        switch (node)
        {
            case Node.List { Tag: "!reference", Items: [Node.Scalar name, .. var path] }:
                Add(script, path.Aggregate(root[name.Text], (n, key) => key is Node.Scalar k ? (n as Node.Map)?[k.Text] : null), depth + 1);
                break;
            case Node.List list:
                foreach (var item in list.Items) Add(script, item, depth + 1);
                break;
            case Node.Scalar { Kind: not ScalarKind.Null } command:
                var part = EmbeddedText.Of(text, command);
                script.Add(part, 0, part.Text.Length);
                script.Add('\n', part.At(part.Text.Length));
                break;
        }
    }
}
