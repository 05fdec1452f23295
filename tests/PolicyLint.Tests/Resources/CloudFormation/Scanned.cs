using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Files that are scanned by the shipped rules, and files that lie beside them.</summary>
internal static class Scanned
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).In(Profile.Access);

    public static Input InputOf(string path, string text) => new(path, Named: false, () => Encoding.UTF8.GetBytes(text));

    public static Report Run(params (string Path, string Text)[] files) => Run([.. files.Select(f => InputOf(f.Path, f.Text))], [], Deployment.Unsaid);

    /// <param name="beside">Files that are not scanned.</param>
    public static Report Run(IReadOnlyList<Input> files, IReadOnlyList<Input> beside, Deployment deployment) =>
        Linter.Run(files, new Nearby(TerraformSources.None, path => beside.FirstOrDefault(b => b.Path == path)), Shipped, deployment);

    /// <summary>The problems, and what one rule finds.</summary>
    public static string Told(Report report, string rule = "s3-bucket-public-access") => string.Join('\n', report.Problems.Select(p => $"{p.Location}: {p.Message}")
        .Concat(report.Findings.Where(f => f.Rule.Id == rule).Select(f => $"{f.Location} {(f.IsOpen ? "unknown" : "fail")} {f.Resource}")));
}
