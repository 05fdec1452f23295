using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources;

/// <summary>A kind's twin is one resource in both formats, and every field of it must be the same to a rule.</summary>
public sealed class KindTests
{
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).Kinds;

    private static readonly ImmutableDictionary<string, Node.Map> Written = RuleFile.Shipped().Where(f => f.IsKind)
        .SelectMany(f => YamlReader.Read(f.Path, f.Text, [])).Cast<Node.Map>()
        .ToImmutableDictionary(m => ((Node.Scalar)m["kind"]!).Text);

    public static TheoryData<string> Names => [.. Shipped.All.Where(k => k.Fields.Names.Count > 0 && k is { CloudFormation.IsEmpty: false, Terraform.IsEmpty: false }).Select(k => k.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Twins_have_equal_fields(string name)
    {
        var twin = Assert.IsType<Node.Map>(Written[name]["twin"]);
        var text = Encoding.UTF8.GetBytes(((Node.Scalar)twin["cloudformation"]!).Text);
        var template = DocumentReader.Read(new Input("twin.yaml", Named: true, () => text));
        Assert.Empty(template.Problems);
        var plan = new Document("plan.json", Format.Terraform, PlanShorthand.Expand((Node.Map)twin["terraform"]!), SourceText.Read("plan.json", text, [])!);
        var (left, right) = (FieldsOf(template.Document!, name), FieldsOf(plan, name));
        Assert.Equal(left, right);
    }

    /// <summary>A field that the twin sets in neither format shows nothing; one that only one format has is named here.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Twins_set_every_field(string name)
    {
        var kind = Shipped.Named(name)!;
        var twin = (Node.Map)Written[name]["twin"]!;
        var text = Encoding.UTF8.GetBytes(((Node.Scalar)twin["cloudformation"]!).Text);
        var set = FieldsOf(DocumentReader.Read(new Input("twin.yaml", Named: true, () => text)).Document!, name);
        var both = kind.Fields.Names.Where(f => kind.Fields[f] is { CloudFormation.IsEmpty: false, Terraform.IsEmpty: false });
        Assert.Equal([], both.Except([.. Unset, .. OnlyThatItIsThere]).Where(f => set[f] is "absent" or "[]").Order());
    }

    /// <summary>Fields that exclude another one, or that hold what the formats do not write alike.</summary>
    private static readonly string[] Unset = ["acl"];

    private static SortedDictionary<string, string> FieldsOf(Document document, string kindName)
    {
        var problems = new List<Problem>();
        var graph = GraphReader.Read(document, new Wanted(Deployment.Unsaid, Shipped, new HashSet<string>()), problems);
        Assert.Empty(problems);
        var resource = Assert.Single(graph.Of(kindName), r => r.Address.Equals("It", StringComparison.Ordinal) || r.Address.EndsWith(".it", StringComparison.Ordinal));
        var fields = new Fields(graph);
        var scenario = Scenario.Start();
        var kind = resource.Kind!;
        var shown = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in kind.Fields.Names)
        {
            var field = kind.Fields[name]!;
            if (field is not { CloudFormation.IsEmpty: false, Terraform.IsEmpty: false } || OnlyThatItIsThere.Contains(name)) continue;
            var value = fields.Read(resource, field, scenario);
            shown[name] = field.Shape switch
            {
                FieldShape.Records => string.Join("; ", scenario.ReadItems((Value.List)value).Select(r => string.Join(", ", field.Fields.Names.Select(n => $"{n} {Show(Fields.ReadInside(r, resource, field.Fields[n]!, scenario), n)}")))),
                FieldShape.Policy => Policy(value, scenario),
                _ => Show(value is Value.List { Items: [var only] } ? only : value, name), // one format may keep a list where the other has a resource an item
            };
        }
        return shown;

        string Show(Value inner, string name) => OnlyThatItIsThere.Contains(name) ? (inner is Value.Absent ? "absent" : "there") : Text(inner, scenario);
    }

    /// <summary>Fields whose values differ by format, so that rules may only ask whether they are there, or follow what is inside.</summary>
    private static readonly string[] OnlyThatItIsThere = ["publicAccessBlock", "blockedAnyway", "website", "websiteRedirect", "custom", "encryptionStated", "accessLogging", "notifications", "consoleLogin", "rotationSchedule", "lifecyclePolicy", "redrive", "vpc"];

    private static string Policy(Value value, Scenario scenario) => value switch
    {
        Value.List list => string.Join("; ", scenario.ReadItems(list).Select(v => Policy(v, scenario))),
        Value.Str text when text.Text.Known is { } json => Text(Document(json), scenario),
        var other => Text(other, scenario),
    };

    private static Value Document(string json)
    {
        var node = JsonReader.Read(Location.StartOf("policy"), Encoding.UTF8.GetBytes(json), [])!;
        return From(node);
        static Value From(Node node) => node switch
        {
            Node.Map map => new Value.Map(map.Location, [.. map.Entries.Select(e => new Value.Field(e.Key.Text, e.Key.Location, From(e.Value)))]),
            Node.List list => new Value.List(list.Location, [.. list.Items.Select(From)]),
            _ => Value.Of(node.Location, ((Node.Scalar)node).Text),
        };
    }

    private static string Text(Value value, Scenario scenario) => scenario.Read(value) switch
    {
        Value.Str text => text.Text.ToString(),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.List list => $"[{string.Join(", ", scenario.ReadItems(list).Select(v => Text(v, scenario)))}]",
        Value.Map map => $"{{{string.Join(", ", map.Fields.Select(f => $"{f.Name}: {Text(f.Value, scenario)}"))}}}",
        Value.Unknown unknown => $"unknown: {unknown.Why}",
        Value.Absent => "absent",
        _ => value.GetType().Name,
    };
}
