using System.Collections.Immutable;
using PolicyLint.Engine;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Cli;

/// <summary>What <c>policylint can</c> was asked for.</summary>
internal sealed record CanOptions
{
    /// <summary>WHO ACTION RESOURCE PATH…, without WHO where everybody is asked about.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
    public bool All { get; init; }
    public string Format { get; init; } = "text";
    public ImmutableArray<string> Context { get; init; } = [];
    public ImmutableArray<string> Without { get; init; } = [];
    public DeployOptions Deploy { get; init; } = new();
}

/// <summary><c>policylint can</c>: asks one question of the inputs, and says why the answer is what it is.</summary>
internal static class CanCommand
{
    private const int Denied = 1;
    private const int Unknown = 4;

    /// <summary>Asks; 0 allowed, 1 denied, 4 unknown, 2 wrong usage, 3 where an input could not be read.</summary>
    public static int Run(CanOptions options, Terminal terminal)
    {
        var faults = new List<Problem>();
        var words = options.All ? 2 : 3;
        if (options.Words.Length < words)
            return Problems.Tell([new Problem(Usage.Place, $"`can` needs {(options.All ? "ACTION RESOURCE" : "WHO ACTION RESOURCE")}, and then the inputs", "as in `policylint can cdn s3:GetObject Site ./infra`")], terminal, ScanCommand.WrongUsage);
        var configuration = Configuration.Read(options.Deploy.Config, terminal.Directory, faults);
        var rules = RuleFiles.Read(configuration.Rules, terminal.Directory, faults);
        var deployment = options.Deploy.Deployment(configuration, terminal, faults);
        var inquiry = new Inquiry(options.All ? null : options.Words[0], options.Words[words - 2], options.Words[words - 1]) { Context = Keys(options.Context, faults), Without = options.Without };
        if (faults.Count > 0) return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);

        var walk = new FileWalk(terminal.Directory, configuration.Include, configuration.Exclude);
        foreach (var path in options.Words.Skip(words).DefaultIfEmpty(".")) walk.Add(path);
        var wanted = new Wanted(deployment, rules.Kinds, new HashSet<string>(StringComparer.Ordinal)) { Everything = true, Sources = new TerraformSources([.. options.Deploy.TerraformSources.Select(walk.Told)], walk.SourcesIn) { FileAt = walk.FileAt }, FileAt = walk.FileAt };
        var reply = Inquirer.Ask(walk.Inputs, wanted, inquiry, Usage.Place);
        var problems = reply.Problems.Concat(walk.Problems).ToImmutableArray();
        if (reply.Faults.Length > 0) return Problems.Tell(reply.Faults.Concat(problems), terminal, problems.IsEmpty ? ScanCommand.WrongUsage : ScanCommand.CouldNotJudge);
        Write(reply.Answers, problems, options, terminal);
        return ExitCode(reply.Answers, problems);
    }

    private static ImmutableArray<GivenKey> Keys(IEnumerable<string> pairs, List<Problem> faults)
    {
        var keys = ImmutableArray.CreateBuilder<GivenKey>();
        foreach (var pair in pairs)
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals) keys.Add(new GivenKey(pair[..equals], pair[(equals + 1)..]));
            else faults.Add(new Problem(Usage.Place, $"`--context {pair}` has no `=`", "write `--context aws:SourceVpce=vpce-1`; `--without KEY` says that the request lacks a key"));
        return keys.ToImmutable();
    }

    private static void Write(ImmutableArray<Answered> answers, ImmutableArray<Problem> problems, CanOptions options, Terminal terminal)
    {
        if (options.Format == "json")
        {
            terminal.Output.Write(AnswerReport.Json(answers, problems).Span);
            return;
        }
        terminal.Write(answers.SelectMany(AnswerReport.Text));
        if (answers.IsEmpty) terminal.WriteLine("denied: nobody of the input, and nobody whom the resource's policy names");
        Problems.Tell(problems, terminal, ScanCommand.CouldNotJudge);
    }

    /// <summary>A fault in an input leaves every answer in doubt but a denial that a statement states.</summary>
    private static int ExitCode(ImmutableArray<Answered> answers, ImmutableArray<Problem> problems)
    {
        if (problems.Length > 0) return ScanCommand.CouldNotJudge;
        var best = answers.IsEmpty ? Truth.No : answers.Max(a => a.Decision.Allowed);
        return best switch { Truth.Yes => 0, Truth.No => Denied, _ => Unknown };
    }
}
