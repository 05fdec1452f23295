using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Reflection;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Cli;

/// <summary>The commands and their flags.</summary>
public static class CommandLine
{
    private const int Bug = 3;

    public static string Version { get; } = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Runs a command. 0 clean, 1 findings, 2 wrong usage or a broken rule or configuration, 3 could not judge.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            var parsed = Root(terminal).Parse(args);
            if (!parsed.Tokens.Any(t => t.Value is "--help" or "-h" or "-?") && UsageFaults.Of(parsed) is { Count: > 0 } faults)
                return Problems.Tell(faults, terminal, ScanCommand.WrongUsage);
            using var output = new StreamWriter(terminal.Output, new System.Text.UTF8Encoding(false), leaveOpen: true);
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
        }
        catch (IOException e) when (e.Message.Contains("pipe", StringComparison.OrdinalIgnoreCase))
        {
            return Bug; // whoever read the output went away: what was not read was not judged for them
        }
        catch (Exception e)
        {
            terminal.Error.WriteLine($"policylint: this is a bug of PolicyLint, not of your files: {e.GetType().Name}: {e.Message}");
            terminal.Error.WriteLine("   help: please report it with the lines below and, if you can, the file");
            terminal.Error.WriteLine(e.StackTrace);
            return Bug;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("""
            Says before a deploy which AWS requests will be denied after it.

            Exit codes: 0 clean, 1 findings, 2 wrong usage or a broken rule or configuration, 3 could not judge.
            """)
        {
            Scan(terminal), Can(terminal), Rules(terminal), Explain(terminal), Test(terminal), Docs(terminal), Parse(terminal),
        };
        foreach (var option in root.Options)
            if (option is HelpOption help) help.Action = new HelpWithExamples((HelpAction)help.Action!);
            else if (option is VersionOption version) version.Action = new Told(() => $"{Version} (AWS services as of {AwsServices.AsOf}, AWS managed policies as of {ManagedPolicies.AsOf})");
        return root;
    }

    private static Command Scan(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Templates, plans, or folders that hold them (default: this folder)", DefaultValueFactory = _ => ["."], Arity = ArgumentArity.ZeroOrMore };
        var format = OneOf("--format", "How the report is written (default: text)", "text", "json", "sarif", "github");
        var output = new Option<string?>("--output", "-o") { Description = "The file that the report is written to (default: standard output)", HelpName = "FILE" };
        var profile = OneOf("--profile", "Which rules run (default: access)", "access", "security", "all");
        var failOn = OneOf("--fail-on", "From which severity on the exit code is 1 (default: error)", "error", "warning", "note", "never");
        var unknown = OneOf("--unknown", "What a rule that cannot be decided does (default: warn)", "fail", "warn", "ignore");
        var rules = Many("--rules", "DIR", "A folder with rules of your own");
        var only = Many("--rule", "ID", "Run only this rule, whatever its profile");
        var skip = Many("--skip", "ID", "Leave this rule out");
        var include = Many("--include", "GLOB", "Of folders, read only files that match");
        var exclude = Many("--exclude", "GLOB", "Of folders, leave out files that match");
        var deploy = new DeployFlags();
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Also list the files that were left alone, and the verdicts by rule" };
        only.CompletionSources.Add(RuleIds);
        skip.CompletionSources.Add(RuleIds);
        var command = new Command("scan", "Judge templates and plans")
        {
            paths, format, output, profile, failOn, unknown, rules, only, skip, include, exclude, verbose,
        };
        deploy.AddTo(command);
        command.SetAction(p => ScanCommand.Run(new ScanOptions
        {
            Paths = [.. p.GetValue(paths)!],
            Format = p.GetValue(format) ?? "text",
            Output = p.GetValue(output),
            Profile = p.GetValue(profile),
            FailOn = p.GetValue(failOn),
            Unknown = p.GetValue(unknown),
            Rules = [.. p.GetValue(rules)!],
            Only = [.. p.GetValue(only)!],
            Skip = [.. p.GetValue(skip)!],
            Include = [.. p.GetValue(include)!],
            Exclude = [.. p.GetValue(exclude)!],
            Deploy = deploy.Read(p),
            Verbose = p.GetValue(verbose),
        }, terminal));
        return command;
    }

    private static Command Can(Terminal terminal)
    {
        var words = new Argument<string[]>("WHO ACTION RESOURCE PATH")
        {
            Description = "Who (an ARN, a logical id or address, `anonymous`, `service:NAME`, an account id), what, on what; then the inputs (default: this folder)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "Ask about everybody of the input; WHO is then left out" };
        var format = OneOf("--format", "How the answer is written (default: text)", "text", "json");
        var context = Many("--context", "K=V", "A condition key that the request has");
        var without = Many("--without", "KEY", "A condition key that the request does not have");
        var deploy = new DeployFlags();
        var command = new Command("can", "Ask whether somebody may do something: 0 allowed, 1 denied, 4 unknown") { words, all, format, context, without };
        deploy.AddTo(command);
        command.SetAction(p => CanCommand.Run(new CanOptions
        {
            Words = [.. p.GetValue(words)!],
            All = p.GetValue(all),
            Format = p.GetValue(format) ?? "text",
            Context = [.. p.GetValue(context)!],
            Without = [.. p.GetValue(without)!],
            Deploy = deploy.Read(p),
        }, terminal));
        return command;
    }

    internal static Option<string[]> Many(string name, string help, string description) =>
        new(name) { Description = $"{description}; may be given more than once", HelpName = help, DefaultValueFactory = _ => [], Arity = ArgumentArity.OneOrMore };

    private static Option<string?> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Add(words);
        option.Validators.Add(given =>
        {
            foreach (var token in given.Tokens)
                if (!words.Contains(token.Value))
                    given.AddError($"unknown word `{token.Value}` in `{name}`, expected {Words.OneOf(words)}\n{Words.DidYouMean(token.Value, words)}");
        });
        return option;
    }

    private static IEnumerable<CompletionItem> RuleIds(CompletionContext context) =>
        Engine.Rules.RuleFile.Shipped().Where(f => !f.IsKind).Select(f => new CompletionItem(f.Name));

    private static Command Rules(Terminal terminal)
    {
        var id = new Argument<string?>("ID") { Description = "Only this rule", Arity = ArgumentArity.ZeroOrOne };
        var folders = Many("--rules", "DIR", "A folder with rules of your own");
        var command = new Command("rules", "List the rules") { id, folders };
        command.SetAction(p => RulesCommands.List(p.GetValue(id), p.GetValue(folders)!, terminal));
        return command;
    }

    private static Command Explain(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The rule", HelpName = "ID" };
        id.CompletionSources.Add(RuleIds);
        var folders = Many("--rules", "DIR", "A folder with rules of your own");
        var command = new Command("explain", "Say why a rule is there, and what to do") { id, folders };
        command.SetAction(p => RulesCommands.Explain(p.GetValue(id)!, p.GetValue(folders)!, terminal));
        return command;
    }

    private static Command Test(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder with rules" };
        var command = new Command("test", "Run the examples inside rules, which are their tests") { folder };
        command.SetAction(p => RulesCommands.Test(p.GetValue(folder)!, terminal));
        return command;
    }

    private static Command Docs(Terminal terminal)
    {
        var output = new Option<string>("--output") { DefaultValueFactory = _ => "." };
        var check = new Option<bool>("--check");
        var command = new Command("docs", "Write the manual's pages on rules") { output, check };
        command.Hidden = true;
        command.SetAction(p => HiddenCommands.Docs(p.GetValue(output)!, p.GetValue(check), terminal));
        return command;
    }

    private static Command Parse(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore };
        var command = new Command("parse", "Read inputs and do nothing with them") { paths };
        command.Hidden = true;
        command.SetAction(p => HiddenCommands.Parse(p.GetValue(paths)!, terminal));
        return command;
    }
}
