using System.Text;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Templates and plans whose meaning was written down by reading them, not by running anything: each folder holds the
/// input and, in <c>truth.txt</c>, what fields of its resources are, under every condition that is open. The first line may say
/// what the user says of the deploy.</summary>
public sealed class TruthTests
{
    private static readonly string Folder = Repository.Path("tests/fixtures/truth");
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).ToList(), []).Kinds;
    private const string Given = "given: ";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Cases))]
    public void What_is_read_is_what_was_written_down(string name)
    {
        var truth = File.ReadAllLines(Path.Combine(Folder, name, "truth.txt"));
        var given = truth[0].StartsWith(Given, StringComparison.Ordinal) ? truth[0][Given.Length..] : "";
        var expected = truth.Skip(given.Length > 0 ? 1 : 0).Where(l => l.Length > 0).ToList();
        var problems = new List<Problem>();
        var graph = Read(name, given, problems);
        Assert.Empty(problems.Select(p => $"{p.Location}: {p.Message}"));
        var told = string.Join('\n', expected.Where(l => l[0] != ' ').Select(FieldOf).Distinct().SelectMany(f => Told(graph, f, problems)));
        Assert.True(string.Join('\n', expected) == told, $"read as\n{told}");
        Assert.Empty(problems.Select(p => $"{p.Location}: {p.Message}"));
    }

    [Fact]
    public void There_are_many() => Assert.True(Cases.Count >= 40, $"{Cases.Count}");

    /// <summary><c>Site.policy when …</c> and <c>Site.acl: …</c> begin with the resource and the field.</summary>
    private static string FieldOf(string line)
    {
        var end = line.Split(": ")[0].Split(" when ")[0];
        return end.TrimEnd(':');
    }

    private static Graph Read(string name, string given, List<Problem> problems)
    {
        var folder = Path.Combine(Folder, name);
        var said = given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);
        var deployment = new Deployment(said.GetValueOrDefault("account"), said.GetValueOrDefault("region"), said.Where(s => s.Key is not ("account" or "region")).ToDictionary(StringComparer.Ordinal));
        var inputs = Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".json").Order(StringComparer.Ordinal).Select(InputOf).ToList();
        var sources = new TerraformSources([], at => Directory.Exists(Path.Combine(folder, at))
            ? [.. Directory.GetFiles(Path.Combine(folder, at), "*.tf").Select(f => new Input(at == "." ? Path.GetFileName(f) : $"{at}/{Path.GetFileName(f)}", false, () => File.ReadAllBytes(f)))]
            : []);
        return GraphReader.Read(inputs, new Wanted(deployment, Shipped, new HashSet<string>(StringComparer.Ordinal))
        {
            Everything = true,
            Sources = sources,
            FileAt = path => File.Exists(Path.Combine(folder, path)) ? InputOf(Path.Combine(folder, path)) : null,
        }, problems).Graph;

        Input InputOf(string file) => new(Path.GetRelativePath(folder, file), Named: false, () => File.ReadAllBytes(file));
    }

    private static IEnumerable<string> Told(Graph graph, string path, List<Problem> problems)
    {
        var dot = path.LastIndexOf('.');
        var resource = graph.Resources.SingleOrDefault(r => r.Address == path[..dot]) ?? graph.Resources.Single(r => r.Kind is not null && r.Kind.Identities.Any(i => r.Identify(i.Name).Known == path[..dot]));
        var field = resource.Kind!.Fields[path[(dot + 1)..]]!;
        var fields = new Fields(graph);
        foreach (var explored in new Scenarios<string>(s => field.Shape is FieldShape.Policy ? Policies(resource, field.Name, s) : Values(fields.ReadEverywhere(resource, field, s), s), _ => false, (_, _) => true).Explore())
        {
            var when = explored.Scenario.Describe() is { Length: > 0 } described ? $" when {described}" : "";
            yield return $"{path}{when}:{(explored.Result.StartsWith('\n') ? "" : " ")}{explored.Result}";
        }

        string Policies(Resource of, string name, Scenario scenario)
        {
            var set = new StatedPolicies(graph, fields, problems).Of(of, name, scenario);
            var text = new StringBuilder(set.Open.Length > 0 ? "there may be others" : set.Policies.IsEmpty ? "none" : "");
            foreach (var policy in set.Policies) TruthText.Write(text, policy);
            return text.ToString();
        }
    }

    private static string Values(IEnumerable<Stated> stated, Scenario scenario) => string.Join(", ", stated.Select(s => TruthText.Of(s.Value, scenario)));
}
