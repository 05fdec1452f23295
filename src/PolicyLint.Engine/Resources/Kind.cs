using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>What a sort of resource is called in each format and where its fields live: one vocabulary for both.</summary>
public sealed record Kind(string Name, Location Location)
{
    public ImmutableArray<string> CloudFormation { get; init; } = [];
    public ImmutableArray<string> Terraform { get; init; } = [];
    public ImmutableArray<Identity> Identities { get; init; } = [];
    public FieldSet Fields { get; init; } = FieldSet.Empty;

    /// <summary>Forms of texts that hold an identity, which rules follow as well: <see cref="InnerTexts"/>.</summary>
    public ImmutableArray<string> Inside { get; init; } = [];

    /// <summary>Companions in Terraform that, when they are destroyed, leave what they did as it is.</summary>
    public ImmutableArray<string> Remaining { get; init; } = [];

    public Identity? Identity(string name) => Identities.FirstOrDefault(i => i.Name == name);

    /// <summary>The identity that an attribute gives (<c>Ref</c> for CloudFormation's <c>Ref</c>), or null.</summary>
    public Identity? IdentityByAttribute(Format format, string attribute) =>
        Identities.FirstOrDefault(i => (format is Format.CloudFormation ? i.CloudFormation : i.Terraform).Contains(attribute));
}

/// <summary>One of the texts by which a resource is known: its name, its ARN, its domain. <see cref="Is"/> states it in
/// terms of the others, so that all of them are known to be one thing.</summary>
public sealed record Identity(string Name)
{
    /// <summary>A template with <c>{other}</c>, <c>{account}</c>, <c>{region}</c>, <c>{partition}</c>, <c>{dnsSuffix}</c>; empty for a text of its own.</summary>
    public string Is { get; init; } = "";
    public ImmutableArray<string> CloudFormation { get; init; } = [];
    public ImmutableArray<string> Terraform { get; init; } = [];

    /// <summary>The property by which the user may choose the text, per format; empty where AWS makes it.</summary>
    public string GivenInCloudFormation { get; init; } = "";
    public string GivenInTerraform { get; init; } = "";
    public Charset Charset { get; init; } = Charset.Any;
}

/// <summary>What a field holds.</summary>
public enum FieldShape { Value, Policy, Records, Path, Route }

/// <summary>A field of a kind: the places where each format keeps it, the first that is present counts.</summary>
public sealed record KindField(string Name, FieldShape Shape)
{
    public ImmutableArray<FieldSource> CloudFormation { get; init; } = [];
    public ImmutableArray<FieldSource> Terraform { get; init; } = [];

    /// <summary>What AWS takes where the field is not set; null where that is nothing.</summary>
    public Node? Default { get; init; }

    /// <summary>The default holds only for a resource that this deploy creates; an older one keeps what it had.</summary>
    public bool DefaultWhenCreated { get; init; }

    /// <summary>All places count, not the first only: the field is the list of what stands in any of them.</summary>
    public bool Gathers { get; init; }

    /// <summary>What is so once a companion that stated the field is destroyed; null where that is the default.</summary>
    public Node? Destroyed { get; init; }

    /// <summary>The fields of each record, for <see cref="FieldShape.Records"/>.</summary>
    public FieldSet Fields { get; init; } = FieldSet.Empty;
}

/// <summary>One place of a field: a path in the resource itself or, where <see cref="Companion"/> names a type, in every
/// resource of that type whose <see cref="Link"/> names this one, or in each of the same document where it is null; with <see cref="PropertyPath.Itself"/> each such resource
/// is a record.</summary>
public sealed record FieldSource(string Companion, PropertyPath? Link, PropertyPath? Path);

/// <summary>Fields by name, in the order written.</summary>
public sealed class FieldSet(IEnumerable<KindField> fields)
{
    public static readonly FieldSet Empty = new([]);
    private readonly Dictionary<string, KindField> byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public KindField? this[string name] => byName.GetValueOrDefault(name);
    public IReadOnlyCollection<string> Names => byName.Keys;
    public IEnumerable<KindField> All => byName.Values;
}
