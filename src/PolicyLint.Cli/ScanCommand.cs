using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources.Terraform.Sources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>What <c>policylint scan</c> was asked for.</summary>
internal sealed record ScanOptions
{
    public ImmutableArray<string> Paths { get; init; } = ["."];
    public string Format { get; init; } = "text";
    public string? Output { get; init; }
    public string? Profile { get; init; }
    public string? FailOn { get; init; }
    public string? Unknown { get; init; }
    public ImmutableArray<string> Rules { get; init; } = [];
    public ImmutableArray<string> Only { get; init; } = [];
    public ImmutableArray<string> Skip { get; init; } = [];
    public ImmutableArray<string> Include { get; init; } = [];
    public ImmutableArray<string> Exclude { get; init; } = [];
    public DeployOptions Deploy { get; init; } = new();
    public bool Verbose { get; init; }
}

/// <summary><c>policylint scan</c>: reads, judges, reports.</summary>
internal static class ScanCommand
{
    public const int WrongUsage = 2;
    public const int CouldNotJudge = 3;

    /// <summary>Runs the scan; the result is the exit code.</summary>
    public static int Run(ScanOptions options, Terminal terminal)
    {
        var faults = new List<Problem>();
        var configuration = Configuration.Read(options.Deploy.Config, terminal.Directory, faults);
        var profile = Profiles.Named(options.Profile ?? configuration.Profile ?? "access")!.Value;
        var choice = new RuleChoice(profile, [.. options.Only.Select(Usage.Given)], [.. configuration.Skip, .. options.Skip.Select(Usage.Given)], configuration.Severity, configuration.RuleParameters);
        var rules = choice.Of(RuleFiles.Read([.. configuration.Rules, .. options.Rules], terminal.Directory, faults), faults);
        var deployment = options.Deploy.Deployment(configuration, terminal, faults);
        if (options.Paths.Any(string.IsNullOrWhiteSpace))
            faults.Add(new Problem(Usage.Place, "a path is empty", "name a file or folder; perhaps a variable of a script is not set"));
        if (faults.Count > 0) return Problems.Tell(faults, terminal, WrongUsage);

        var walk = new FileWalk(terminal.Directory, [.. configuration.Include, .. options.Include], [.. configuration.Exclude, .. options.Exclude]);
        foreach (var path in options.Paths) walk.Add(path);
        var sources = new TerraformSources([.. options.Deploy.TerraformSources.Select(walk.Told)], walk.SourcesIn) { FileAt = walk.FileAt };
        var report = Linter.Run(walk.Inputs, new Nearby(sources, walk.FileAt) { CodeUnder = new CodeWalk(terminal.Directory, walk.Told).Under }, rules, deployment);
        report = report with
        {
            FailOn = (options.FailOn ?? configuration.FailOn) switch { "never" => FailOn.Never, "note" => FailOn.Note, "warning" => FailOn.Warning, _ => FailOn.Error },
            Unknown = (options.Unknown ?? configuration.Unknown) switch { "fail" => UnknownMode.Fail, "ignore" => UnknownMode.Ignore, _ => UnknownMode.Warn },
            Version = CommandLine.Version,
            Problems = [.. report.Problems.Concat(walk.Problems).Concat(Unplanned(walk, report)).Concat(Nothing(walk, report)).Order(Problem.InOrder)],
        };
        return Write(report, options, terminal) ? report.ExitCode : CouldNotJudge;
    }

    /// <summary>Terraform's sources alone say too little: the plan is what is judged. Told once for the topmost folder of each
    /// tree that has no plan in or above or below it.</summary>
    private static IEnumerable<Problem> Unplanned(FileWalk walk, Report report)
    {
        var planned = report.Documents.Where(d => d.Format is Engine.Documents.Format.Terraform).Select(d => Folder(d.Path)).Concat(walk.SourceFolders).ToList();
        var told = new List<string>();
        foreach (var folder in walk.TerraformFolders)
        {
            if (planned.Exists(p => Within(p, folder) || Within(folder, p)) || told.Exists(t => Within(folder, t))) continue;
            told.Add(folder);
            yield return new Problem(
                Location.StartOf(folder), "Terraform sources without a plan beside them: nothing here was judged",
                $"run `terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json` in {folder}, and scan again");
        }
    }

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : ".";

    private static bool Within(string inner, string outer) =>
        outer == "." ? !inner.StartsWith('/') : inner == outer || inner.StartsWith($"{outer}/", StringComparison.Ordinal);

    private static IEnumerable<Problem> Nothing(FileWalk walk, Report report)
    {
        if (report.Documents.Length > 0 || report.Problems.Length > 0 || walk.Problems.Count > 0 || walk.TerraformFolders.Count > 0) yield break;
        yield return new Problem(new Location(".", 1, 1), "no template and no plan was found", "name a file, or a folder that holds one; `--verbose` lists what was left alone");
    }

    private static bool Write(Report report, ScanOptions options, Terminal terminal)
    {
        if (options.Format == "text" && options.Output is null)
        {
            terminal.Write(TextReport.Write(report, options.Verbose));
            return true;
        }
        var bytes = options.Format switch
        {
            "json" => JsonReport.Write(report),
            "sarif" => SarifReport.Write(report),
            "github" => Encoding.UTF8.GetBytes(GithubReport.Write(report)),
            _ => Encoding.UTF8.GetBytes(string.Concat(TextReport.Write(report, options.Verbose).Select(p => p.Text))),
        };
        if (options.Output is null)
        {
            terminal.Output.Write(bytes.Span);
            return true;
        }
        try
        {
            File.WriteAllBytes(Path.GetFullPath(options.Output, terminal.Directory), bytes.ToArray());
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Tell([new Problem(Location.StartOf(options.Output), $"the report cannot be written: {e.Message.TrimEnd('.')}", "choose another `--output`")], terminal, CouldNotJudge);
            return false;
        }
    }
}

/// <summary>Faults of the command line itself, which are in no file.</summary>
internal static class Usage
{
    public static readonly Location Place = Location.StartOf("policylint");

    /// <summary>A word that was given as a flag.</summary>
    public static Node.Scalar Given(string word) => new(Place, word, ScalarKind.String);
}

/// <summary>Tells problems that end a command.</summary>
internal static class Problems
{
    public static int Tell(IEnumerable<Problem> problems, Terminal terminal, int exitCode)
    {
        foreach (var problem in problems.Order(Problem.InOrder))
        {
            terminal.Error.WriteLine($"{(problem.Location == Usage.Place ? "policylint" : problem.Location)}: error: {problem.Message}");
            if (problem.Help.Length > 0) terminal.Error.WriteLine($"   help: {problem.Help}");
        }
        return exitCode;
    }
}
