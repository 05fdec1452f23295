using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Cli;

/// <summary>What the user says of the deploy, by flags; the configuration says the rest.</summary>
internal sealed record DeployOptions
{
    public string? Account { get; init; }
    public string? Region { get; init; }
    public ImmutableArray<string> ParameterFiles { get; init; } = [];
    public ImmutableArray<string> Parameters { get; init; } = [];
    public ImmutableArray<string> ServiceControl { get; init; } = [];
    public ImmutableArray<string> ResourceControl { get; init; } = [];
    public ImmutableArray<string> TerraformSources { get; init; } = [];
    public bool Strict { get; init; }
    public string? Config { get; init; }

    /// <summary>All that is said of the deploy; faults are of the command line and of the files that it names.</summary>
    public Deployment Deployment(Configuration configuration, Terminal terminal, List<Problem> faults)
    {
        var parameters = new Dictionary<string, string>(configuration.Parameters, StringComparer.Ordinal);
        foreach (var file in ParameterFiles)
            foreach (var (name, value) in ParameterFile.Read(Path.GetFullPath(file, terminal.Directory), file, faults)) parameters[name] = value;
        foreach (var pair in Parameters)
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals) parameters[pair[..equals]] = pair[(equals + 1)..];
            else faults.Add(new Problem(Usage.Place, $"`--parameter {pair}` has no `=`", "write `--parameter NAME=VALUE`"));
        foreach (var folder in TerraformSources)
            if (!Directory.Exists(Path.GetFullPath(folder, terminal.Directory)))
                faults.Add(new Problem(Usage.Place, $"`--terraform-source {folder}` is no folder", "name the folder of the root module that the plan was made of"));
        var account = Account ?? configuration.Account;
        if (account is not null && !(account.Length == 12 && account.All(char.IsAsciiDigit)))
            faults.Add(new Problem(Usage.Place, $"`{account}` is no account id", "write its 12 digits"));
        return new Deployment(account, Region ?? configuration.Region, parameters)
        {
            ServiceControl = Levels("--scp", ServiceControl.IsEmpty ? configuration.ServiceControl : ServiceControl, terminal, faults),
            ResourceControl = Levels("--rcp", ResourceControl.IsEmpty ? configuration.ResourceControl : ResourceControl, terminal, faults),
            Strict = Strict || configuration.Strict,
            Buckets = configuration.Buckets,
        };
    }

    /// <summary>The levels of an organization's policies, from the root down: each a file, or a folder of them; <c>none</c> says
    /// that there are none. Default where nobody says.</summary>
    private static ImmutableArray<ControlLevel> Levels(string flag, ImmutableArray<string> paths, Terminal terminal, List<Problem> faults)
    {
        if (paths.IsEmpty) return default;
        if (paths is ["none"]) return [];
        return [.. paths.Select(p => new ControlLevel(p, FilesOf(flag, p, terminal, faults)))];
    }

    private static ImmutableArray<Input> FilesOf(string flag, string path, Terminal terminal, List<Problem> faults)
    {
        var full = Path.GetFullPath(path, terminal.Directory);
        var files = File.Exists(full) ? [full] : Directory.Exists(full) ? [.. Directory.EnumerateFiles(full, "*.json").Order(StringComparer.Ordinal)] : ImmutableArray<string>.Empty;
        if (files.IsEmpty)
            faults.Add(new Problem(Location.StartOf(path), $"`{flag}` names no policies", "name a JSON file or a folder that holds some, or say `none`"));
        return [.. files.Select(f => new Input(Path.GetRelativePath(terminal.Directory, f).Replace('\\', '/'), Named: true, () => File.ReadAllBytes(f)))];
    }
}
