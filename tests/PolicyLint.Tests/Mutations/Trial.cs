using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Mutations;

/// <summary>An example of a rule in one format, to be judged as it is and with changes.</summary>
internal sealed class Trial
{
    private readonly Document document;
    private readonly Node.Map written;
    private readonly RuleSet only;

    private Trial(Example example, string format, Document document, Node.Map written, RuleSet only)
    {
        (Example, Format) = (example, format);
        (this.document, this.written, this.only) = (document, written, only);
        Grants = [.. Mutations.Grants.In(written)];
    }

    public Example Example { get; }

    public string Format { get; }

    public ImmutableArray<Grant> Grants { get; }

    /// <summary>The examples of a file of one rule, each in each format that it is given in.</summary>
    public static IEnumerable<Trial> Of(RuleFile file, RuleSet shipped)
    {
        var alone = shipped.Only(file.Name);
        var root = (Node.Map)YamlReader.Read(file.Path, file.Text, [])[0];
        foreach (var example in ExampleReader.Read(root["examples"]!, []))
        {
            if (example.Text is { } text)
            {
                var template = DocumentReader.Read(new Input("example.yaml", Named: true, () => Encoding.UTF8.GetBytes(text.Text))).Document!;
                yield return new Trial(example, "cloudformation", template, template.Root, alone);
            }
            if (example.Plan is { } plan)
            {
                var source = SourceText.Read(file.Path, Encoding.UTF8.GetBytes(file.Text), [])!;
                yield return new Trial(example, "terraform", new Document(file.Path, Engine.Documents.Format.Terraform, plan, source), plan, alone);
            }
        }
    }

    /// <summary>What the rule says where these grants are left out.</summary>
    public Said Without(IEnumerable<Grant> grants) => With(grants.ToImmutableDictionary(g => g.Node, _ => (Node?)null));

    /// <summary>What the rule says where these grants are refused.</summary>
    public Said Refusing(IEnumerable<Grant> grants) => With(grants.ToImmutableDictionary(g => g.Node, g => (Node?)g.Refused));

    public override string ToString() => $"{Example.Location}: {Example.Title} ({Format})";

    private Said With(ImmutableDictionary<Node, Node?> changes)
    {
        var problems = new List<Problem>();
        var mutant = Mutant.Of(written, changes);
        var report = RuleTester.Judge(Example, document with { Root = Format == "terraform" ? PlanShorthand.Expand(mutant) : mutant }, only, problems);
        return new Said(report.Counts.Passed, report.Findings, [.. problems.Concat(report.Problems)]);
    }
}

/// <summary>What a rule says of a document.</summary>
internal sealed record Said(int Passed, ImmutableArray<Finding> Findings, ImmutableArray<Problem> Problems)
{
    public bool Fails => Findings.Any(f => !f.IsOpen);

    /// <summary>It says nothing: a pass, or it no longer applies.</summary>
    public bool IsSilent => Findings.IsEmpty;

    public override string ToString() => Findings.IsEmpty ? Passed > 0 ? "passes" : "does not apply" : string.Join("; ", Findings.Select(f => $"{(f.IsOpen ? "unknown" : "fails")}: {f.Reason}"));
}
