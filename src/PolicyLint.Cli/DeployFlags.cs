using System.CommandLine;

namespace PolicyLint.Cli;

/// <summary>The flags by which a user tells of the deploy; each command that reads inputs has them.</summary>
internal sealed class DeployFlags
{
    private readonly Option<string?> account = new("--account") { Description = "The account that is deployed to", HelpName = "ID" };
    private readonly Option<string?> region = new("--region") { Description = "The region that is deployed to", HelpName = "R" };
    private readonly Option<string[]> parameterFiles = CommandLine.Many("--parameters", "FILE", "Values of template parameters: CloudFormation's list, CodePipeline's map, or a plain map");
    private readonly Option<string[]> parameters = CommandLine.Many("--parameter", "K=V", "The value of one template parameter");
    private readonly Option<string[]> serviceControl = CommandLine.Many("--scp", "PATH", "Service control policies of one level of the organization, a file or a folder, from the root down; `none` says that there are none");
    private readonly Option<string[]> resourceControl = CommandLine.Many("--rcp", "PATH", "Resource control policies of one level, likewise");
    private readonly Option<string[]> sources = CommandLine.Many("--terraform-source", "DIR", "The folder of the sources that a plan was made of (default: that of the plan)");
    private readonly Option<bool> strict = new("--strict") { Description = "What rests on an assumption (no policy outside the input denies it) counts as unknown" };
    private readonly Option<string?> config = new("--config") { Description = "The configuration file (default: policylint.yaml)", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[account, region, parameterFiles, parameters, serviceControl, resourceControl, sources, strict, config]) command.Add(option);
    }

    public DeployOptions Read(ParseResult parsed) => new()
    {
        Account = parsed.GetValue(account),
        Region = parsed.GetValue(region),
        ParameterFiles = [.. parsed.GetValue(parameterFiles)!],
        Parameters = [.. parsed.GetValue(parameters)!],
        ServiceControl = [.. parsed.GetValue(serviceControl)!],
        ResourceControl = [.. parsed.GetValue(resourceControl)!],
        TerraformSources = [.. parsed.GetValue(sources)!],
        Strict = parsed.GetValue(strict),
        Config = parsed.GetValue(config),
    };
}
