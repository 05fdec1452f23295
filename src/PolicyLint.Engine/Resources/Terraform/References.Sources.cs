using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>What the sources of a plan ask of it.</summary>
internal sealed partial class References
{
    /// <summary>The instances of a resource in an instance of a module, deleted ones left out.</summary>
    public IReadOnlyList<Plan.Planned> InstancesOf(string modulePath, string reference) => [.. byReference[Place(modulePath, reference)]];

    /// <summary>The key of an instance: a text, a number, or absent.</summary>
    public static Value KeyOf(Plan.Planned resource) =>
        InstanceStep.Of(resource.ModulePath.Length == 0 ? resource.Address : resource.Address[Math.Min(resource.Address.Length, resource.ModulePath.Length + 1)..]).Key;

    /// <summary>Where a resource is declared: in the sources, else in the plan.</summary>
    public Location PlaceOf(Plan.Planned resource) => sources?.PlaceOf(resource) ?? resource.Location;

    /// <summary>The sources that were read, for those who show their lines.</summary>
    public ImmutableArray<Document> Texts => sources is null
        ? []
        : [.. sources.Texts.Select(t => new Document(t.Path, Format.Terraform, new Node.Map(Location.StartOf(t.Path), []), t))];

    /// <summary>The value of a variable of the root module as the plan states it, or null.</summary>
    public Node? VariableOf(string name) => (plan.Root.Arguments?[name] as Node.Map)?["value"];

    /// <summary>An attribute of a resource: as the plan knows it, else as the sources state it, else its symbol.</summary>
    public Value ValueOf(Plan.Planned resource, string name, Location at)
    {
        if (Part(resource.Sensitive, name) is Node.Scalar { Text: "true" }) return new Value.Secret(at);
        if (SurroundingOf(resource, name) is { } surrounding) return new Value.Str(at, surrounding);
        var isIdentity = kinds.OfType(resource.Type)?.IdentityByAttribute(Format.Terraform, name) is not null;
        if (isIdentity || (IsDocument(resource, name) && Attribute(resource, [name], at) is not Value.Unknown)) return Attribute(resource, [name], at);
        var (node, unknown) = (Part(resource.After, name), Part(resource.Unknown, name));
        if (node is not null && !Filler.IsOpen(unknown)) return Convert(node, null, Part(resource.Sensitive, name), null, resource, at, 0);
        return sources?.Written(resource, name) ?? Attribute(resource, [name], at);
    }

    private static bool IsDocument(Plan.Planned resource, string name) => resource.Type == "aws_iam_policy_document" && name is "json" or "minified_json";

    /// <summary>What the caller's surroundings are called, where the plan has not read it yet.</summary>
    private Text? SurroundingOf(Plan.Planned resource, string name) => (resource.Mode, resource.Type, name) switch
    {
        ("data", "aws_caller_identity", "account_id" or "id") => providers.Of(resource).Account,
        ("data", "aws_region", "name" or "id" or "region") => (resource.After as Node.Map)?[name] is Node.Scalar { Kind: ScalarKind.String } ? null : providers.Of(resource).Region,
        ("data", "aws_partition", "partition" or "id") => providers.Of(resource).Partition,
        ("data", "aws_partition", "dns_suffix") => providers.Of(resource).DnsSuffix,
        _ => null,
    };
}
