using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Reads templates into resources.</summary>
internal static class TemplateReader
{
    /// <summary>The resources of one template. Faults are added to <paramref name="problems"/>; what they touch is unknown.</summary>
    /// <param name="exports">What <c>Fn::ImportValue</c> gives, by the text key of the export's name.</param>
    public static StackReading Read(Document document, Wanted wanted, IReadOnlyDictionary<string, Value> exports, List<Problem> problems)
    {
        var template = new Template(document, wanted.Deployment, wanted.Kinds, problems);
        var resolver = new Resolver(template, exports);
        var stack = new Stack(document.WithoutNodes(), template.Surroundings) { Open = template.Open };
        resolver.Conditions.ReadAll();
        var resources = template.Resources.Values
            .Select(d => ReadResource(d, stack, template, resolver))
            .Where(r => wanted.Wants(r.Type))
            .ToImmutableArray();
        return new StackReading(resources, template.Resources.Count, ReadOutputs(document, template, resolver), resolver.Imports);
    }

    private static Resource ReadResource(Template.Declared declared, Stack stack, Template template, Resolver resolver)
    {
        var value = resolver.Resolve(declared.Properties);
        if (value is not Value.Map properties)
        {
            if (declared.Properties is not Node.Map) resolver.Fault(declared.Properties.Location, $"`Properties` of `{declared.LogicalId}` must be a map");
            properties = new Value.Map(declared.Properties.Location, []);
        }
        var kind = template.Kinds.OfType(declared.Type);
        return new Resource(stack, declared.LogicalId, declared.Type, kind, properties, declared.Location, ExistsWhen(declared, resolver), Truth.Yes)
        {
            Identities = kind is null ? [] : [.. kind.Identities.Select(i => resolver.References.Identify(declared, i.Name))],
            Metadata = declared.Metadata is Node.Map metadata && metadata["PolicyLint"] is not null ? resolver.Resolve(metadata) : new Value.Absent(declared.Location),
        };
    }

    private static Condition ExistsWhen(Template.Declared declared, Resolver resolver) => declared.Condition switch
    {
        null => Condition.Always,
        Node.Scalar name => resolver.Conditions.Named(name.Text, name.Location),
        _ => new Condition.Constant(Truth.Unknown, "a condition that cannot be read"),
    };

    /// <summary>The text key of each export's name with the value behind it. Other outputs hold no access, but their
    /// references can be wrong.</summary>
    private static ImmutableArray<Export> ReadOutputs(Document document, Template template, Resolver resolver)
    {
        if (document.Root["Outputs"] is not Node.Map outputs) return [];
        var exports = ImmutableArray.CreateBuilder<Export>();
        foreach (var output in ForEach.Expand(outputs.Entries, template.ItemsOf, template.Unexpanded))
        {
            if (output.Value is not Node.Map map || map["Value"] is not { } node) continue;
            var value = resolver.Resolve(node);
            if (map["Export"] is Node.Map export && export["Name"] is { } name && resolver.Resolve(name) is Value.Str { Text: { HasEither: false } text })
                exports.Add(new Export(text.Key, value));
        }
        return exports.ToImmutable();
    }
}
