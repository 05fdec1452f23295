using System.Collections.Immutable;
using PolicyLint.Engine;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Assemblies that CDK made of the apps in <c>build/cdk</c> (<c>--target=Cdk</c>). An app whose name begins with
/// <c>good</c> works as it is; <c>expected.txt</c> says what others must be told, and <c>access.txt</c> what requests get that
/// the apps are made for.</summary>
public sealed class CdkTests
{
    private static readonly string Folder = Repository.Path("tests/fixtures/cdk");
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).In(Profile.Access);

    private static IEnumerable<string> All => Directory.GetDirectories(Folder)
        .SelectMany(Directory.GetDirectories).Select(d => Path.GetRelativePath(Folder, d).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static TheoryData<string> Apps => [.. All];

    public static TheoryData<string> GoodApps => [.. All.Where(a => a.Contains("/good", StringComparison.Ordinal))];

    public static TheoryData<string, string> Expected
    {
        get
        {
            var expected = new TheoryData<string, string>();
            foreach (var line in File.ReadLines(Path.Combine(Folder, "expected.txt")))
                if (line.Split(": ", 2) is [var app, var told]) expected.Add(app, told);
            return expected;
        }
    }

    public static TheoryData<string> Requests => [.. File.ReadLines(Path.Combine(Folder, "access.txt"))];

    private static ImmutableArray<Input> InputsOf(string app) => [.. Directory.GetFiles(Path.Combine(Folder, app), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => new Input(Path.GetRelativePath(Folder, f).Replace('\\', '/'), Named: false, () => File.ReadAllBytes(f)))];

    private static Report Scan(string app) => Linter.Run(InputsOf(app), Shipped, Deployment.Unsaid);

    private static Graph Read(string app) => GraphReader.Read(InputsOf(app), Wanted, []).Graph;

    private static Wanted Wanted => new(Deployment.Unsaid, Shipped.Kinds, new HashSet<string>(StringComparer.Ordinal)) { Everything = true };

    private static string ToldOf(Finding finding) => $"{(finding.IsOpen ? "unknown" : "fail")} {finding.Rule.Id} {finding.Construct}";

    [Theory, MemberData(nameof(Apps))]
    public void Every_template_of_an_assembly_is_judged(string app)
    {
        var report = Scan(app);
        Assert.Empty(report.Problems);
        Assert.All(report.LeftAlone, l => Assert.EndsWith("manifest.json", l.Path, StringComparison.Ordinal));
        Assert.All(report.Findings, f => Assert.NotEmpty(f.Construct));
    }

    [Theory, MemberData(nameof(GoodApps))]
    public void An_app_that_works_has_no_error(string app) =>
        Assert.Equal([], Scan(app).Findings.Where(f => f.Rule.Severity is Severity.Error).Select(f => $"{ToldOf(f)}: {f.Message}"));

    [Theory, MemberData(nameof(Expected))]
    public void An_app_that_is_broken_is_told_with_its_construct(string app, string told)
    {
        var report = Scan(app);
        Assert.Contains(told, report.Findings.Select(ToldOf));
        Assert.Contains($"construct: {told.Split(' ', 3)[2]}\n", string.Concat(TextReport.Write(report, verbose: false).Select(p => p.Text)), StringComparison.Ordinal);
    }

    /// <summary><c>ANSWER APP: WHO ACTION ON KEY=VALUE…</c>, with resources by their constructs.</summary>
    [Theory, MemberData(nameof(Requests))]
    public void What_an_app_is_made_for_is_allowed_until_it_is_broken(string line)
    {
        var words = line.Split(' ');
        var (answer, app) = (words[0], words[1].TrimEnd(':'));
        var graph = Read(app);
        var inquiry = new Inquiry(Named(words[2]), words[3], Named(words[4])) { Context = [.. words[5..].Select(w => w.Split('=', 2)).Select(w => new GivenKey(w[0], w[1]))] };
        var reply = Inquirer.Ask(InputsOf(app), Wanted, inquiry, Location.StartOf("access.txt"));
        Assert.Empty(reply.Problems.Concat(reply.Faults).Select(p => p.Message));
        var decision = Assert.Single(reply.Answers).Decision;
        Assert.True(answer == decision.Allowed switch { Truth.Yes => "allowed", Truth.No => "denied", _ => "unknown" }, $"{decision.Allowed}: {decision.Reason}");

        string Named(string word) => word.StartsWith('{')
            ? $"{graph.Resources.First(r => r.Construct == word[1..word.IndexOf('}', StringComparison.Ordinal)] && r.Kind is not null).Address}{word[(word.IndexOf('}', StringComparison.Ordinal) + 1)..]}"
            : word;
    }

    [Theory]
    [InlineData("notifications/good", "AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:111122223333:⟨Queue4A7E3555⟩")]
    [InlineData("origin-oai/good", "AWS::CloudFront::Distribution", "arn:aws:cloudfront::⟨AWS::AccountId⟩:distribution/⟨Cdn9963B1AD⟩")]
    [InlineData("nested-stack/good-stages", "AWS::CloudFront::Distribution", "arn:aws:cloudfront::111122223333:distribution/⟨Cdn9963B1AD⟩ arn:aws:cloudfront::444455556666:distribution/⟨Cdn9963B1AD⟩")]
    public void Account_and_region_are_those_of_the_manifest(string app, string type, string arns) =>
        Assert.Equal(arns, string.Join(' ', Read(app).OfType(type).Select(r => r.Identify("arn").ToString()).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("cross-stack/good-exports")]
    [InlineData("cross-stack/good-outputs")]
    [InlineData("cross-stack/good-regions-exports")]
    [InlineData("cross-stack/good-regions-outputs")]
    public void What_a_stack_takes_from_another_is_what_that_stack_made(string app)
    {
        var graph = Read(app);
        var bucket = Assert.Single(graph.OfType("AWS::S3::Bucket"));
        var cdn = Assert.Single(graph.OfType("AWS::CloudFront::Distribution"));
        var domain = PropertyPath.Parse("DistributionConfig.Origins[0].DomainName")!.Walk(cdn.Properties, Scenario.Start());
        Assert.Equal(bucket.Identify("regionalDomain"), domain.AsText);
        Assert.NotEqual(bucket.Stack, cdn.Stack);
    }
}
