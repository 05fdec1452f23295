using System.Globalization;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>Sources by their paths, and a plan that they belong to.</summary>
internal sealed class Written
{
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).ToList(), []).Kinds;

    public Written(string plan, params (string Path, string Text)[] files)
        : this(plan, [], files) { }

    public Written(string plan, string[] roots, (string Path, string Text)[] files)
    {
        var document = DocumentReader.Read(new Input("plan.json", Named: true, () => Encoding.UTF8.GetBytes(plan))).Document!;
        var read = Plan.Read(document, Shipped.Remaining, Problems);
        References = new References(read, new Providers(read, Deployment.Unsaid with { Account = "111122223333", Region = "eu-central-1" }), Shipped, SourcesOf(roots, files), Problems);
    }

    /// <summary>The module that the examples of expressions stand in, beside an empty plan.</summary>
    public static Written OfExpressions()
    {
        const string Plan = "{\"format_version\":\"1.2\",\"resource_changes\":[],\"configuration\":{\"root_module\":{\"module_calls\":{\"m\":{\"source\":\"./m\",\"module\":{}}}}}}";
        return new Written(Plan, ("main.tf", $"{Repository.Read("tests/fixtures/terraform/expressions.tf")}\nmodule \"m\" {{\n  source = \"./m\"\n}}\n"));
    }

    public List<Problem> Problems { get; } = [];

    public References References { get; }

    public static TerraformSources SourcesOf(string[] roots, params (string Path, string Text)[] files) => new(
        [.. roots], folder => [.. files.Where(f => FilePath.FolderOf(f.Path) == folder).Select(f => new Input(f.Path, false, () => Encoding.UTF8.GetBytes(f.Text)))])
    {
        FileAt = path => files.FirstOrDefault(f => f.Path == path) is { Text: { } text } ? new Input(path, true, () => Encoding.UTF8.GetBytes(text)) : null,
    };

    /// <summary>The value of an expression in an instance of a module, as <see cref="Shown"/> writes it.</summary>
    public string Evaluate(string text, string module = "")
    {
        var sources = References.Sources!;
        return Shown(sources.Evaluator.Read(HclReader.ReadExpression("x.tf", text, Problems)!, sources.FrameOf(module)!.Scope));
    }

    /// <summary>As JSON with keys in order, what is not known between <c>⟨</c> and <c>⟩</c>.</summary>
    public static string Shown(Value value) => value switch
    {
        Value.Str text => Quoted(text.Text.HasEither ? string.Concat(text.Text.Pieces.Select(Part)) : text.Text.ToString()),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Absent => "null",
        Value.List list => $"[{string.Join(",", list.Items.Select(Shown))}]",
        Value.Map map => $"{{{string.Join(",", map.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{Quoted(f.Name)}:{Shown(f.Value)}"))}}}",
        Value.Choice choice => $"⟨{Shown(choice.Then)} or {Shown(choice.Otherwise)}⟩",
        Value.Secret => "⟨secret⟩",
        Value.Unknown unknown => $"⟨{unknown.Why}⟩",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Part(Piece piece) => piece switch
    {
        Piece.Literal literal => literal.Text,
        Piece.Hole hole => $"⟨{hole.Symbol.Display}⟩",
        Piece.Either either => $"⟨{Shown(either.Then)} or {Shown(either.Otherwise)}⟩",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '<' or '>' or '&' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
