using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>Resources that the input does not hold but states a policy of: a bucket that is named by a parameter, say. A
/// stated policy is the whole policy (semantics 8.5); everything else of such a resource is unknown.</summary>
internal static class Outsiders
{
    /// <summary>One resource for each text that a policy's companion names and nothing in the graph is called.</summary>
    public static IEnumerable<Resource> Of(Graph graph)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in graph.Kinds.All.Where(k => k.Identities.Any(IsReference)))
            foreach (var field in kind.Fields.All.Where(f => f is { Shape: FieldShape.Policy, Name: "policy" }))
                foreach (var source in field.CloudFormation.Concat(field.Terraform).Where(s => s.Link is not null))
                    foreach (var companion in graph.OfType(source.Companion))
                        foreach (var name in NamesIn(source.Link!.Walk(companion.Properties, Scenario.Start())))
                            if (graph.Recognise(name, kind, companion.Stack).Resource is null && seen.Add($"{companion.Stack.Document.Scope}\n{kind.Name}\n{name.Key}"))
                                yield return Outsider(kind, name, companion);
    }

    /// <summary>A policy of queues or topics names several.</summary>
    private static IEnumerable<Text> NamesIn(Value link) =>
        (link is Value.List { Items: var items } ? items : [link]).Select(Fields.LinkText).OfType<Text>().Where(t => !t.Pieces.IsEmpty);

    /// <summary>The identity that a reference to the resource gives.</summary>
    private static bool IsReference(Identity identity) => identity.CloudFormation.Contains("Ref");

    private static Resource Outsider(Kind kind, Text name, Resource companion)
    {
        var reference = kind.Identities.First(IsReference);
        var parts = reference.Is.Length == 0 || name.HasEither ? null : kind.Identities.Where(i => i.Is.Length > 0).Select(i => IdentityForm.Of(i.Is).Parse(CodedText.Of(name))).FirstOrDefault(p => p is not null);
        var type = companion.Format is Format.CloudFormation ? kind.CloudFormation[0] : kind.Terraform[0];
        return new Resource(
            companion.Stack, name.ToString(), type, kind, new Value.Map(companion.Location, []), companion.Location, companion.Exists, Truth.No)
        {
            Surroundings = companion.Surroundings,
            IsOutside = true,
            Identities = [.. kind.Identities.Select(i => Identify(i.Name))],
        };

        Text Identify(string identity)
        {
            if (parts is not null && parts.TryGetValue(identity, out var stated)) return stated;
            if (identity == reference.Name && parts is null) return name;
            if (companion.Surroundings.Named(identity) is { } surrounding) return surrounding;
            return kind.Identity(identity) is { Is.Length: > 0 } made
                ? Surroundings.Expand(made.Is, Identify)
                : Text.Of(Symbol.OfAttribute(companion.Stack.Document.Scope, name.Key, identity, Charset.Any, generated: false) with { Display = $"the {identity} of {name}" });
        }
    }
}
