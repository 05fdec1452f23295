using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>All kinds, by name and by resource type.</summary>
public sealed class Kinds
{
    private readonly Dictionary<string, Kind> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> byType = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Identity, IdentityForm> forms = new(ReferenceEqualityComparer.Instance);

    /// <summary>Names and types are unique; the reader has seen to that.</summary>
    public Kinds(IEnumerable<Kind> kinds)
    {
        foreach (var kind in kinds)
        {
            byName.Add(kind.Name, kind);
            foreach (var type in kind.CloudFormation.Concat(kind.Terraform)) byType.Add(type, kind);
        }
    }

    /// <summary>Every type that a kind is made of, companions included.</summary>
    public IReadOnlySet<string> Types => types ??= AllTypes();

    private HashSet<string>? types;

    private HashSet<string> AllTypes()
    {
        var all = byType.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var kind in byName.Values)
            foreach (var field in kind.Fields.All)
                foreach (var source in field.CloudFormation.Concat(field.Terraform))
                    if (source.Companion.Length > 0) all.Add(source.Companion);
        return all;
    }

    /// <summary>The types in Terraform whose destruction changes nothing.</summary>
    public IReadOnlySet<string> Remaining => remaining ??= byName.Values.SelectMany(k => k.Remaining).ToHashSet(StringComparer.Ordinal);

    private HashSet<string>? remaining;

    public IReadOnlyCollection<string> Names => byName.Keys;
    public IEnumerable<Kind> All => byName.Values;
    public Kind? Named(string name) => byName.GetValueOrDefault(name);

    /// <summary>What an identity is in terms of others, to take texts apart by. Several threads may ask.</summary>
    internal IdentityForm FormOf(Identity identity) => forms.GetOrAdd(identity, i => IdentityForm.Of(i.Is));

    public Kind? OfType(string type) => byType.GetValueOrDefault(type);
}
