using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Cli;

/// <summary>Reads values of template parameters in the three usual shapes: CloudFormation's list of
/// <c>ParameterKey</c> and <c>ParameterValue</c>, CodePipeline's <c>Parameters</c> map, and a plain map.</summary>
internal static class ParameterFile
{
    /// <summary>The values by name; what is of no known shape is a problem.</summary>
    public static ImmutableDictionary<string, string> Read(string path, string told, List<Problem> problems)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Files.Read(path, told, problems) is not { } text) return values.ToImmutable();
        var count = problems.Count;
        switch (Roots(told, text, problems))
        {
            case [Node.List list, ..]:
                foreach (var item in list.Items)
                    if (item is Node.Map map && map["ParameterKey"] is Node.Scalar key && (map["ParameterValue"] ?? map["ResolvedValue"]) is Node.Scalar value) values[key.Text] = value.Text;
                    else if (item is not Node.Map { } used || used["UsePreviousValue"] is null) problems.Add(new Problem(item.Location, "a parameter needs `ParameterKey` and `ParameterValue`"));
                break;
            case [Node.Map map, ..]:
                foreach (var entry in (map["Parameters"] as Node.Map ?? map).Entries)
                    if (entry.Value is Node.Scalar value) values[entry.Key.Text] = value.Text;
                    else if (entry.Value is Node.List items && items.Items.All(i => i is Node.Scalar)) values[entry.Key.Text] = string.Join(',', items.Items.Select(i => ((Node.Scalar)i).Text));
                    else problems.Add(new Problem(entry.Value.Location, $"the value of parameter `{entry.Key.Text}` must be a text"));
                break;
            default:
                if (problems.Count == count) problems.Add(new Problem(Location.StartOf(told), "a parameter file is a list of `ParameterKey` and `ParameterValue`, or a map"));
                break;
        }
        return values.ToImmutable();
    }

    /// <summary>JSON is read as such: YAML forbids some of it (tabs, pairs of surrogates).</summary>
    private static ImmutableArray<Node> Roots(string told, string text, List<Problem> problems) => text.TrimStart() is not ['{' or '[', ..]
        ? YamlReader.Read(told, text, problems)
        : JsonReader.Read(Location.StartOf(told), System.Text.Encoding.UTF8.GetBytes(text), problems) is { } root ? [root] : [];
}
