using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>Small rules for tests, read with the shipped kinds and some of the tests' own.</summary>
internal static class RuleText
{
    /// <summary>A kind with a field of every shape: a value, a number, a list, records and a policy.</summary>
    private const string ThingKind = """
        kind: thing
        cloudformation: AWS::Test::Thing
        identity:
          name: { cloudformation: Ref, given: { cloudformation: Name } }
          arn: { is: "arn:{partition}:test:::{name}", cloudformation: Arn }
        fields:
          text: { cloudformation: Text }
          other: { cloudformation: Other }
          size: { cloudformation: Size }
          mode: { cloudformation: Mode, default: slow }
          items: { cloudformation: "Items[*]" }
          partner: { cloudformation: Partner }
          policy: { as: policy, cloudformation: Policy }
          records:
            each: { cloudformation: "Records[*]" }
            fields:
              port: { cloudformation: Port }
              cidr: { cloudformation: Cidr }
        """;

    private static readonly ImmutableArray<RuleFile> ShippedKinds = [.. RuleFile.Shipped().Where(f => f.IsKind)];

    /// <summary>The kinds that rules about things may name.</summary>
    public static IReadOnlyCollection<string> KindNames => RuleSetReader.Read([.. ShippedKinds, new RuleFile("rules/kinds/thing.yaml", ThingKind)], []).Kinds.Names;

    /// <summary>A whole rule about things with these lines, which come before and instead of what it has by itself.</summary>
    public static string With(string lines, string id = "a-rule")
    {
        var own = lines.Split('\n').Where(l => l.Length > 0 && !char.IsWhiteSpace(l[0])).Select(l => l.Split(':')[0]).ToHashSet();
        var text = new StringBuilder();
        foreach (var (word, value) in new[] { ("id", id), ("title", "Things are right"), ("why", "because"), ("fix", "change it"), ("resource", "thing"), ("message", "it is wrong: {reason}") })
            if (!own.Contains(word)) text.Append(word).Append(": ").Append(value.Contains('{') ? $"\"{value}\"" : value).Append('\n');
        if (!own.Contains("require")) text.Append("require: { exists: text }\n");
        return text.Append(lines).Append('\n').ToString();
    }

    public static RuleSet Read(string rule, List<Problem> problems, string path = "rules/a-rule.yaml") =>
        RuleSetReader.Read([.. ShippedKinds, new RuleFile("rules/kinds/thing.yaml", ThingKind), new RuleFile(path, rule)], problems);

    /// <summary>The problems of a rule, each as <c>line:column message | help</c>.</summary>
    public static ImmutableArray<string> ProblemsOf(string rule, string path = "rules/a-rule.yaml")
    {
        var problems = new List<Problem>();
        Read(rule, problems, path);
        return [.. problems.Where(p => p.Location.File == path).Select(p => $"{p.Location.Line}:{p.Location.Column} {p.Message}{(p.Help.Length > 0 ? $" | {p.Help}" : "")}")];
    }

    /// <summary>The report of a rule over a template; a broken one of either fails the test.</summary>
    public static Report Judge(string rule, string template, Deployment? deployment = null)
    {
        var problems = new List<Problem>();
        var rules = Read(rule, problems);
        Assert.Empty(problems);
        var report = Linter.Run([new Input("t.yaml", Named: true, () => Encoding.UTF8.GetBytes(template))], rules, deployment ?? Deployment.Unsaid);
        Assert.Empty(report.Problems);
        return report;
    }

    /// <summary>The only verdict of a rule over a template: <c>pass</c>, <c>fail: message</c>, <c>unknown: message</c> or <c>none</c>.</summary>
    public static string Verdict(string rule, string template)
    {
        var report = Judge(rule, template);
        return report.Findings switch
        {
            [] => report.Counts.Passed == 0 ? "none" : "pass",
            [var one] => $"{(one.IsOpen ? "unknown" : "fail")}: {one.Message}",
            var all => string.Join('\n', all.Select(f => $"{(f.IsOpen ? "unknown" : "fail")}: {f.Message}")),
        };
    }

    /// <summary>The verdict's first word for one thing with these properties, under parameters and conditions for what is not known.</summary>
    public static string WordFor(string rule, string properties) => Verdict(rule, Thing(properties)).Split(':')[0];

    /// <summary>A template of one thing.</summary>
    public static string Thing(string properties) => $$"""
        Parameters: { P: { Type: String }, Stage: { Type: String } }
        Conditions: { IsProd: !Equals [!Ref Stage, prod] }
        Resources:
          It: { Type: AWS::Test::Thing, Properties: { {{properties}} } }
        """;
}
