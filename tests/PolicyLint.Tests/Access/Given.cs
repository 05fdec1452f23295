using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;
using Text = PolicyLint.Engine.Resources.Text;

namespace PolicyLint.Tests.Access;

/// <summary>Short forms for what tests start from: texts with holes, policies in YAML, rules on small templates.</summary>
internal static class Given
{
    public static readonly Location Here = new("policy.yaml", 1, 1);

    private static readonly Lazy<RuleSet> Rules = new(ReadRules);

    /// <summary>A text whose holes are written <c>⟨sort name⟩</c>; the sorts are those of <see cref="SymbolOf"/>.</summary>
    public static Text TextOf(string written) =>
        Placeholders.Replace(written, "⟨", "⟩", found => [new Piece.Hole(SymbolOf(found.Inner))]);

    /// <summary><c>parameter X</c>; <c>bucket X</c>, <c>distribution X</c> and <c>user X</c> are made by AWS; <c>named X</c> is
    /// a bucket's name that somebody chose; <c>account X</c>; <c>text X</c> may be anything; <c>any key</c> is any object's.</summary>
    public static Symbol SymbolOf(string written)
    {
        if (written == "any key") return Request.AnyKey;
        var symbol = new Symbol("template.yaml", written) { Display = written };
        return written.Split(' ')[0] switch
        {
            "parameter" => symbol with { IsParameter = true },
            "bucket" => symbol with { Charset = Charset.Bucket, Generated = true },
            "distribution" => symbol with { Charset = Charset.CloudFrontId, Generated = true },
            "user" => symbol with { Charset = Charset.Hex, Generated = true },
            "named" => symbol with { Charset = Charset.Bucket },
            "account" => symbol with { Charset = Charset.Account },
            "text" => symbol,
            _ => throw new ArgumentException($"no sort of symbol: {written}", nameof(written)),
        };
    }

    /// <summary>A value from YAML; its texts may have holes.</summary>
    public static Value ValueOf(string yaml) => ValueOf(Assert.Single(YamlReader.Read("policy.yaml", yaml, [])));

    private static Value ValueOf(Node node) => node switch
    {
        Node.Map map => new Value.Map(map.Location, [.. map.Entries.Select(e => new Value.Field(e.Key.Text, e.Key.Location, ValueOf(e.Value)))]),
        Node.List list => new Value.List(list.Location, [.. list.Items.Select(ValueOf)]),
        Node.Scalar { Kind: ScalarKind.Null } => new Value.Absent(node.Location),
        Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(node.Location, flag.Text == "true"),
        Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(node.Location, number.Text),
        Node.Scalar text => new Value.Str(node.Location, TextOf(text.Text)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A policy of version 2012-10-17 with these statements, which must be free of problems.</summary>
    public static Policy PolicyOf(params IEnumerable<string> statements)
    {
        var problems = new List<Problem>();
        var lines = statements.Select(s => $"\n  - {s}");
        var policy = PolicyReader.Read(ValueOf($"Version: '2012-10-17'\nStatement:{string.Concat(lines)}\n"), null, Scenario.Start(), problems);
        Assert.Empty(problems);
        return policy;
    }

    public static Statement StatementOf(string yaml) => Assert.Single(PolicyOf(yaml).Statements);

    /// <summary>What the named rule says of a template: yes where it passes, no where it fails, unknown where it cannot tell.</summary>
    public static (Truth Verdict, string Told) Judge(string rule, string template, Deployment? deployment = null)
    {
        var report = Run(rule, template, deployment);
        Assert.Empty(report.Problems);
        Assert.True(report.Counts.Passed + report.Findings.Length > 0, "the rule applies to nothing here");
        var told = string.Join("\n", report.Findings.Select(f => f.Message));
        if (report.Findings.Any(f => !f.IsOpen)) return (Truth.No, told);
        return (report.Findings.IsEmpty ? Truth.Yes : Truth.Unknown, told);
    }

    /// <summary>The report of one rule on one template.</summary>
    public static Report Run(string rule, string template, Deployment? deployment = null)
    {
        var only = Rules.Value.Only(rule);
        return Linter.Run([new Input("template.yaml", Named: true, () => Encoding.UTF8.GetBytes(template))], only, deployment ?? Deployment.Unsaid);
    }

    private static RuleSet ReadRules()
    {
        var problems = new List<Problem>();
        var rules = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), problems);
        Assert.Empty(problems);
        return rules;
    }
}
