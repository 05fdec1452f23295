using System.Text;
using System.Text.RegularExpressions;
using PolicyLint.Cli;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.CloudFormation;
using PolicyLint.Engine.Rules;
using PolicyLint.Tests.Resources.Terraform;

namespace PolicyLint.Tests.Docs;

/// <summary>What docs/support.md states is what the resolvers do: every example of every row is run.</summary>
public sealed class SupportTests
{
    private static readonly SupportTable Table = SupportTable.Read(Repository.Read(SupportTable.File), []);
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).Kinds;

    private static TheoryData<string, string, string> Examples(params string[] sections)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var row in sections.SelectMany(s => Table.Sections[s]))
            foreach (var (text, value) in row.Examples) data.Add(row.Name, text, value);
        return data;
    }

    public static TheoryData<string, string, string> Functions => Examples("functions");

    public static TheoryData<string, string, string> Expressions => Examples("expressions", "terraformFunctions");

    public static TheoryData<string> Templates => [.. Table.Sections["templates"].Select(r => r.Name)];

    public static TheoryData<string> Plans => [.. Table.Sections["plans"].Select(r => r.Name)];

    [Theory, MemberData(nameof(Functions))]
    public void A_function_gives_what_its_row_says_in_both_spellings(string name, string text, string value)
    {
        var node = YamlReader.Read("t.yaml", text, [])[0];
        Assert.Equal((name, value), (name, Shown(Resolve(node))));
        Assert.Equal((name, value), (name, Shown(Resolve(LongSpelling(node)))));
    }

    [Theory, MemberData(nameof(Templates))]
    public void A_template_gives_what_its_row_says(string name)
    {
        var row = Assert.Single(Table.Sections["templates"], r => r.Name == name).Written;
        var files = ((Node.Map)row["files"]!).Entries.Select(e => new Input(e.Key.Text, Named: false, () => Encoding.UTF8.GetBytes(((Node.Scalar)e.Value).Text))).ToList();
        var given = row["given"] is Node.Map map ? map.Entries.ToDictionary(e => e.Key.Text, e => ((Node.Scalar)e.Value).Text) : [];
        Assert.Equal(((Node.Scalar)row["is"]!).Text, ValueOf(GraphReader.Read(files, Wanted(given), []).Graph));
    }

    [Theory, MemberData(nameof(Plans))]
    public void A_plan_gives_what_its_row_says(string name)
    {
        var row = Assert.Single(Table.Sections["plans"], r => r.Name == name).Written;
        var document = new Document("plan.json", Format.Terraform, PlanShorthand.Expand((Node.Map)row["plan"]!), SourceText.Read("plan.json", Array.Empty<byte>(), [])!);
        Assert.Equal(((Node.Scalar)row["is"]!).Text, ValueOf(GraphReader.Read(document, Wanted([]), [])));
    }

    [Theory, MemberData(nameof(Expressions))]
    public void An_expression_gives_what_its_row_says(string name, string text, string value)
    {
        Assert.Equal((name, value), (name, Written.OfExpressions().Evaluate(text)));
    }

    [Fact]
    public void Every_function_of_CloudFormation_has_a_row() => AssertRows("functions", [.. Intrinsic.All]);

    [Fact]
    public void Every_function_that_is_computed_of_Terraform_has_a_row() => AssertRows("terraformFunctions",
        [.. new[] { "Texts", "Collections", "Sets", "Encodings", "Regexes", "Files", "Functions" }.SelectMany(f => NamesIn($"src/PolicyLint.Engine/Resources/Terraform/Sources/{f}.cs")).Distinct()]);

    /// <summary>The words that the code compares a call's name with.</summary>
    private static IEnumerable<string> NamesIn(string file) =>
        Regex.Matches(Repository.Read(file), "(?:^        |Name is |or )\"([a-z0-9]+)\"", RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(m => m.Groups[1].Value);

    [Fact]
    public void Every_row_that_claims_something_shows_it() => Assert.All(
        Table.Sections.Values.SelectMany(s => s).Where(r => !r.Gives.StartsWith("not read", StringComparison.Ordinal)),
        r => Assert.True(r.Examples.Length > 0 || r.Written["is"] is not null, r.Name));

    [Fact]
    public void The_page_names_every_kind_and_every_row()
    {
        var page = Repository.Read("docs/support.md");
        Assert.All(Shipped.All, k => Assert.Contains($"\n| `{k.Name}` | ", page, StringComparison.Ordinal));
        Assert.Equal(SupportPage.Markdown(Table, Shipped), page);
    }

    private static void AssertRows(string section, IReadOnlyCollection<string> names)
    {
        Assert.NotEmpty(names);
        var rows = Table.Sections[section].SelectMany(r => r.Name.Split(", ")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], names.Where(n => !rows.Contains(n)));
    }

    private static Wanted Wanted(Dictionary<string, string> given) => new(new Deployment(null, null, given), Shipped, new HashSet<string>()) { Everything = true };

    private static Value Resolve(Node node)
    {
        var context = (Node.Map)YamlReader.Read("t.yaml", Table.Context, [])[0];
        var problems = new List<Problem>();
        var document = new Document("t.yaml", Format.CloudFormation, context, SourceText.Read("t.yaml", Encoding.UTF8.GetBytes(Table.Context), problems)!);
        var resolver = new Resolver(new Template(document, new TemplateUse(Wanted([]), Exports.None, problems)));
        var value = resolver.Resolve(node);
        Assert.Empty(problems);
        return value;
    }

    /// <summary>The node with every <c>!Name x</c> as <c>Fn::Name: x</c>; <c>Condition: x</c> is a call in <c>Conditions</c> only.</summary>
    private static Node LongSpelling(Node node) => node switch
    {
        { Tag: not ("" or "!" or "!Condition") } when Intrinsic.Of(node) is { } call => new Node.Map(call.Location, [new Node.Entry(new Node.Scalar(call.Location, call.Name, ScalarKind.String), Argument(call))]),
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(LongSpelling)]),
        Node.Map map => new Node.Map(map.Location, [.. map.Entries.Select(e => new Node.Entry(e.Key, LongSpelling(e.Value)))]),
        _ => node,
    };

    private static Node Argument(Intrinsic call) => call is { Name: "Fn::GetAtt", Argument: Node.Scalar { Text: var text } }
        ? new Node.List(call.Location, [.. text.Split('.', 2).Select(t => new Node.Scalar(call.Location, t, ScalarKind.String))])
        : LongSpelling(call.Argument);

    private static string ValueOf(Graph graph)
    {
        var it = Assert.Single(graph.Resources, r => r.Address is "It" or "aws_thing.it");
        return Shown(it.Properties[it.Format is Format.CloudFormation ? "Value" : "value"]);
    }

    private static string Shown(Value value) => value switch
    {
        Value.Str text => string.Concat(text.Text.Pieces.Select(p => p is Piece.Either either ? $"({Shown(either.Then)} or {Shown(either.Otherwise)})" : Text.Join([p]).ToString())),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Absent => "nothing",
        Value.Secret => "a secret",
        Value.List list => $"[{string.Join(", ", list.Items.Select(Shown))}]",
        Value.Map map => $"{{{string.Join(", ", map.Fields.Select(f => $"{f.Name}: {Shown(f.Value)}"))}}}",
        Value.Choice choice => $"{Shown(choice.Then)} or {Shown(choice.Otherwise)}",
        Value.Unknown { Likely: { } likely } => $"very likely {Shown(likely)}",
        Value.Unknown unknown => $"unknown: {unknown.Why}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
