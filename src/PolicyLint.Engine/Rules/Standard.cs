using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>The controls of a published standard that a rule checks.</summary>
public sealed record Standard(string Name, ImmutableArray<string> Controls)
{
    private static readonly ImmutableDictionary<string, Published> Known = new Dictionary<string, Published>(StringComparer.Ordinal)
    {
        ["SecurityHub"] = new("AWS Security Hub controls", "AWS", "https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html"),
        ["CIS-AWS-3.0"] = new("CIS AWS Foundations Benchmark 3.0.0", "Center for Internet Security", "https://www.cisecurity.org/benchmark/amazon_web_services"),
        ["CIS-AWS-5.0"] = new("CIS AWS Foundations Benchmark 5.0.0", "Center for Internet Security", "https://www.cisecurity.org/benchmark/amazon_web_services"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The names that the shipped rules use; rules of a project's own may use others.</summary>
    public static IEnumerable<string> KnownNames => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Who published it, under which title and where; null for a standard of a project's own.</summary>
    public Published? Source => Known.GetValueOrDefault(Name);

    /// <summary>Reads <c>standards:</c>, a map of names with one control or a list of them.</summary>
    public static ImmutableArray<Standard> Read(Node.Map? map, List<Problem> problems)
    {
        if (map is null) return [];
        var reader = new MapReader(map, "`standards`", problems);
        var standards = ImmutableArray.CreateBuilder<Standard>();
        foreach (var entry in map.Entries)
        {
            var count = problems.Count;
            var controls = reader.Texts(entry.Key.Text);
            if (controls.Length > 0) standards.Add(new Standard(entry.Key.Text, controls));
            else if (problems.Count == count) problems.Add(new Problem(entry.Value.Location, $"`{entry.Key.Text}` names no control", "name one, or a list of them"));
        }
        return standards.ToImmutable();
    }
}

/// <summary>A standard's title, its publisher and its home.</summary>
public sealed record Published(string Title, string Organization, string Uri);
