using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Reads templates into resources.</summary>
internal static class TemplateReader
{
    /// <summary>The resources of one template. Faults are added to <paramref name="problems"/>; what they touch is unknown.</summary>
    /// <param name="exports">What <c>Fn::ImportValue</c> gives, by the text key of the export's name.</param>
    public static ImmutableArray<Resource> Read(
        Document document, Deployment deployment, Kinds kinds, IReadOnlyDictionary<string, Value> exports, List<Problem> problems)
    {
        var template = new Template(document, deployment, kinds, problems);
        var resolver = new Resolver(template, exports);
        var stack = new Stack(document, template.Surroundings) { Open = template.Open };
        resolver.Conditions.ReadAll();
        var resources = template.Resources.Values
            .OrderBy(d => d.Location)
            .Select(d => ReadResource(d, stack, template, resolver))
            .ToImmutableArray();
        ReadOutputs(document, resolver);
        return resources;
    }

    private static Resource ReadResource(Template.Declared declared, Stack stack, Template template, Resolver resolver)
    {
        var value = resolver.Resolve(declared.Properties);
        if (value is not Value.Map properties)
        {
            if (declared.Properties is not Node.Map) resolver.Fault(declared.Properties.Location, $"`Properties` of `{declared.LogicalId}` must be a map");
            properties = new Value.Map(declared.Properties.Location, []);
        }
        return new Resource(
            stack, declared.LogicalId, declared.Type, template.Kinds.OfType(declared.Type), properties, declared.Location,
            ExistsWhen(declared, resolver), Truth.Yes)
        {
            Identify = name => resolver.References.Identify(declared, name),
            Metadata = declared.Metadata is null ? new Value.Absent(declared.Location) : resolver.Resolve(declared.Metadata),
        };
    }

    private static Condition ExistsWhen(Template.Declared declared, Resolver resolver) => declared.Condition switch
    {
        null => Condition.Always,
        Node.Scalar name => resolver.Conditions.Named(name.Text, name.Location),
        _ => new Condition.Constant(Truth.Unknown, "a condition that cannot be read"),
    };

    /// <summary>Outputs hold no access, but their references can be wrong.</summary>
    private static void ReadOutputs(Document document, Resolver resolver)
    {
        if (document.Root["Outputs"] is not Node.Map outputs) return;
        foreach (var output in outputs.Entries)
            if (output.Value is Node.Map map && map["Value"] is { } value) resolver.Resolve(value);
    }

    /// <summary>What a template exports: the text key of each name with the value behind it.</summary>
    public static IEnumerable<(string Key, Value Value)> ReadExports(Document document, Deployment deployment, Kinds kinds)
    {
        if (document.Root["Outputs"] is not Node.Map outputs) yield break;
        Resolver? resolver = null;
        foreach (var output in outputs.Entries)
            if (output.Value is Node.Map map && map["Export"] is Node.Map export && export["Name"] is { } name && map["Value"] is { } value)
            {
                resolver ??= new Resolver(new Template(document, deployment, kinds, []), ImmutableDictionary<string, Value>.Empty);
                if (resolver.Resolve(name) is Value.Str { Text: { HasEither: false } text }) yield return (text.Key, resolver.Resolve(value));
            }
    }
}
