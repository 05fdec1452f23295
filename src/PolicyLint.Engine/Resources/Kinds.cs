using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>All kinds, by name and by resource type.</summary>
public sealed class Kinds
{
    private readonly Dictionary<string, Kind> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> byType = new(StringComparer.Ordinal);

    /// <summary>Names and types are unique; the reader has seen to that.</summary>
    public Kinds(IEnumerable<Kind> kinds)
    {
        foreach (var kind in kinds)
        {
            byName.Add(kind.Name, kind);
            foreach (var type in kind.CloudFormation.Concat(kind.Terraform)) byType.Add(type, kind);
        }
    }

    public IReadOnlyCollection<string> Names => byName.Keys;
    public IEnumerable<Kind> All => byName.Values;
    public Kind? Named(string name) => byName.GetValueOrDefault(name);
    public Kind? OfType(string type) => byType.GetValueOrDefault(type);
}
