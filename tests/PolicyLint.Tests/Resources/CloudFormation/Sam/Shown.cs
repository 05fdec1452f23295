using System.Text;
using System.Text.RegularExpressions;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;
using Text = PolicyLint.Engine.Resources.Text;

namespace PolicyLint.Tests.Resources.CloudFormation.Sam;

/// <summary>The resources of a template as texts that can be compared: what no access rests on is left out.</summary>
internal static partial class Shown
{
    private static readonly Lazy<Kinds> Shipped = new(() => RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).Kinds);

    private static readonly string[] LeftOut =
    [
        "Tags", "PolicyName", "Code", "Id", "Body", "Definition", "DefinitionString", "PolicyLint:Definition", "DefinitionSubstitutions", "DefinitionS3Location", "DocumentDBEventSourceConfig",
        "SelfManagedEventSource", "Qualifier", "Type", "RuleDisabled", "AutoDeploy", "MaximumRetryAttempts", "BatchSize", "Enabled", "DeploymentId",
    ];

    [GeneratedRegex("(?<=[a-z])[0-9a-f]{10}(?![0-9a-f])", RegexOptions.None, 1000)]
    private static partial Regex Hash { get; }

    /// <summary>The alias that a permission is on.</summary>
    [GeneratedRegex(@"(?<=AWS::Lambda::Permission.*FunctionName: ⟨)(?<function>\w+)Alias\w+\.Ref", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alias { get; }

    [GeneratedRegex(@"""Type"": ""(?<type>AWS::\w+::\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Types { get; }

    /// <summary>The types that a template writes as JSON.</summary>
    public static HashSet<string> TypesOf(string json) => Types.Matches(json).Select(m => m.Groups["type"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>A line for each resource: its logical id, type, condition and properties.</summary>
    public static string Of(string template, IReadOnlySet<string> types, out Graph graph, List<Problem> problems)
    {
        var input = new Input("template.yaml", Named: true, () => Encoding.UTF8.GetBytes(template));
        graph = GraphReader.Read([input], new Wanted(Deployment.Unsaid with { Region = "us-east-1" }, Shipped.Value, types), problems).Graph;
        return string.Join("\n", graph.Resources.Where(r => r.Created is Truth.Yes).Select(Line).Order(StringComparer.Ordinal));
    }

    /// <summary>One resource of a graph.</summary>
    public static string Line(Resource resource)
    {
        var condition = resource.Exists is Condition.Constant { Truth: Truth.Yes } ? "" : $" when {Of(resource.Exists)}";
        return Alias.Replace(Hash.Replace($"{resource.Address} {resource.Type}{condition} {Of(resource.Properties)}", ""), "${function}.name");
    }

    private static string Of(Value value) => value switch
    {
        Value.Str text => Of(text.Text),
        Value.Number number => number.Text,
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Absent => "",
        Value.List { Items: [var only] } => Of(only),
        Value.List list => $"[{string.Join(", ", list.Items.Select(Of).Where(i => i.Length > 0).Distinct().Order(StringComparer.Ordinal))}]",
        Value.Map map => $"{{{string.Join(", ", map.Fields.Where(f => !LeftOut.Contains(f.Name)).Select(f => (f.Name, Of(f.Value))).Where(f => f.Item2 is not ("" or "[]")).Select(f => $"{f.Name}: {f.Item2}").Order(StringComparer.Ordinal))}}}",
        Value.Choice choice => $"if {Of(choice.Condition)} ({Of(choice.Then)}) else ({Of(choice.Otherwise)})",
        Value.Unknown unknown => $"unknown: {unknown.Why}",
        _ => "secret",
    };

    private static string Of(Condition condition) => condition switch
    {
        Condition.Named named => named.Name,
        _ => condition.ToString(),
    };

    private static string Of(Text text) => string.Concat(text.Pieces.Select(p => p switch
    {
        Piece.Literal literal => literal.Text,
        Piece.Hole hole => $"⟨{hole.Symbol.Name}⟩",
        Piece.Either either => $"if {Of(either.Condition)} ({Of(either.Then)}) else ({Of(either.Otherwise)})",
        _ => throw new System.Diagnostics.UnreachableException(),
    }));
}
