using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Cli;

/// <summary>The project's configuration file, <c>policylint.yaml</c>; flags on the command line come before it.</summary>
internal sealed record Configuration
{
    public static readonly string[] FileNames = ["policylint.yaml", "policylint.yml", ".policylint.yaml", ".policylint.yml"];

    public string? Account { get; init; }
    public string? Region { get; init; }
    public string? Profile { get; init; }
    public string? FailOn { get; init; }
    public string? Unknown { get; init; }
    public ImmutableArray<string> Rules { get; init; } = [];
    public ImmutableArray<Node.Scalar> Skip { get; init; } = [];
    public ImmutableArray<string> Include { get; init; } = [];
    public ImmutableArray<string> Exclude { get; init; } = [];
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;
    public ImmutableArray<RuleSeverity> Severity { get; init; } = [];

    /// <summary>What the project sets for rules, a map of parameters for each.</summary>
    public ImmutableArray<Node.Entry> RuleParameters { get; init; } = [];
    public IReadOnlyDictionary<string, KnownBucket> Buckets { get; init; } = ImmutableDictionary<string, KnownBucket>.Empty;
    public bool Strict { get; init; }
    public ImmutableArray<string> ServiceControl { get; init; } = [];
    public ImmutableArray<string> ResourceControl { get; init; } = [];

    /// <summary>Reads the named file, else the first of the known names in the folder, else nothing.</summary>
    public static Configuration Read(string? named, string directory, List<Problem> problems)
    {
        var path = named is not null
            ? Path.GetFullPath(named, directory)
            : FileNames.Select(n => Path.Combine(directory, n)).FirstOrDefault(File.Exists);
        if (path is null) return new Configuration();
        var told = named ?? Path.GetFileName(path);
        if (Files.Read(path, told, problems) is not { } text) return new Configuration();
        var count = problems.Count;
        if (YamlReader.Read(told, text, problems) is not [Node.Map map, ..])
        {
            if (problems.Count == count && text.Trim().Length > 0) problems.Add(new Problem(Location.StartOf(told), "the configuration must be a map"));
            return new Configuration();
        }
        return Read(new MapReader(map, "the configuration", problems), Path.GetDirectoryName(path)!);
    }

    private static Configuration Read(MapReader reader, string folder)
    {
        var configuration = new Configuration
        {
            Account = reader.Text("account"),
            Region = reader.Text("region"),
            Profile = reader.Take("profile") is null ? null : reader.OneOf("profile", "access", "access", "security", "all"),
            FailOn = reader.Take("fail-on") is null ? null : reader.OneOf("fail-on", "error", "error", "warning", "note", "never"),
            Unknown = reader.Take("unknown") is null ? null : reader.OneOf("unknown", "warn", "fail", "warn", "ignore"),
            Rules = [.. reader.Texts("rules").Select(r => Path.GetFullPath(r, folder))],
            Skip = Words(reader, "skip"),
            Include = reader.Texts("include"),
            Exclude = reader.Texts("exclude"),
            Parameters = Pairs(reader, "parameters"),
            Severity = Severities(reader),
            RuleParameters = reader.Map("rule-parameters")?.Entries ?? [],
            Buckets = KnownBuckets.Read(reader),
            Strict = reader.OneOf("strict", "false", "false", "true") == "true",
            ServiceControl = Levels(reader, "scp", folder),
            ResourceControl = Levels(reader, "rcp", folder),
        };
        reader.Done();
        return configuration;
    }

    private static ImmutableArray<string> Levels(MapReader reader, string key, string folder) =>
        [.. reader.Texts(key).Select(p => p == "none" ? p : Path.GetFullPath(p, folder))];

    private static ImmutableArray<Node.Scalar> Words(MapReader reader, string key)
    {
        var count = reader.Texts(key).Length;
        return count == 0 ? [] : [.. (reader.Take(key) is Node.List list ? list.Items : [reader.Take(key)!]).OfType<Node.Scalar>()];
    }

    private static ImmutableArray<RuleSeverity> Severities(MapReader reader)
    {
        if (reader.Map("severity") is not { } map) return [];
        var levels = new MapReader(map, "`severity`", reader.Problems);
        return [.. map.Entries.Select(e => new RuleSeverity(e.Key, Enum.Parse<Severity>(levels.OneOf(e.Key.Text, "error", "error", "note", "warning"), ignoreCase: true)))];
    }

    private static ImmutableDictionary<string, string> Pairs(MapReader reader, string key)
    {
        var pairs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in reader.Map(key)?.Entries ?? [])
            if (entry.Value is Node.Scalar scalar) pairs[entry.Key.Text] = scalar.Text;
            else reader.Problems.Add(new Problem(entry.Value.Location, $"`{entry.Key.Text}` must be a text"));
        return pairs.ToImmutable();
    }
}

/// <summary>The severity that the project gives to a rule.</summary>
internal sealed record RuleSeverity(Node.Scalar Rule, Severity Severity);

/// <summary>Reads whole files of ours.</summary>
internal static class Files
{
    /// <summary>The file's text, or null and a problem.</summary>
    public static string? Read(string path, string told, List<Problem> problems)
    {
        if (!File.Exists(path))
        {
            problems.Add(new Problem(Location.StartOf(told), "there is no such file", "check the path"));
            return null;
        }
        try
        {
            return SourceText.Read(told, File.ReadAllBytes(path), problems) is { } source ? Encoding.UTF8.GetString(source.Bytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(Location.StartOf(told), $"cannot be read: {e.Message.TrimEnd('.')}"));
            return null;
        }
    }
}
