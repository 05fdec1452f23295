using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Reads templates into resources.</summary>
internal static class TemplateReader
{
    /// <summary>The resources of one template and of those that it nests.</summary>
    public static StackReading Read(Document written, TemplateUse use)
    {
        var (document, included) = Includes.Expand(written, use);
        var template = new Template(document, use);
        var resolver = new Resolver(template);
        var stack = new Stack(document.WithoutNodes(), template.Surroundings) { Open = template.Open, Family = template.Family, Brought = template.Brought, Looped = template.Looped, Buckets = use.Wanted.Deployment.Buckets };
        resolver.Conditions.ReadAll();
        var code = new TemplateCode([document, .. included], use.Wanted, resolver, template.Surroundings, use.Problems);
        var definitions = new MachineDefinition(use, resolver, FilePath.FolderOf(document.Path));
        var resources = template.Resources.Values
            .Select(d => ReadResource(d, stack, template, resolver, p => code.AddTo(d, template.Kinds.OfType(d.Type), definitions.AddTo(d, p))))
            .Where(r => use.Wanted.Wants(r.Type))
            .ToImmutableArray();
        var (outputs, exports) = ReadOutputs(document, template, resolver);
        var own = new StackReading(resources, template.Resources.Count, exports, resolver.Others.Asked) { Path = document.Path, IsOpen = template.Open.Length > 0 };
        ImmutableArray<Document> sources = [.. included, .. code.Files, .. definitions.Files];
        var all = StackReading.All([own, .. resolver.Nested.ReadAll()])! with { Outputs = outputs };
        return sources.IsEmpty ? all : all with { Sources = [.. all.Sources, .. sources] };
    }

    /// <param name="added">The properties with what was found elsewhere.</param>
    private static Resource ReadResource(Template.Declared declared, Stack stack, Template template, Resolver resolver, Func<Value.Map, Value.Map> added)
    {
        var value = resolver.Resolve(declared.Properties);
        if (value is not Value.Map properties)
        {
            if (declared.Properties is not Node.Map) resolver.Fault(declared.Properties.Location, $"`Properties` of `{declared.LogicalId}` must be a map");
            properties = new Value.Map(declared.Properties.Location, []) { Open = value is Value.Unknown unknown ? unknown.Why : "" };
        }
        if (template.Touched.Length > 0 && properties.Open.Length == 0) properties = new Value.Map(properties.Location, properties.Fields) { Open = template.Touched };
        var kind = template.Kinds.OfType(declared.Type);
        return new Resource(stack, declared.LogicalId, declared.Type, kind, added(properties), declared.Location, ExistsWhen(declared, template, resolver), Truth.Yes)
        {
            Identities = kind is null ? [] : [.. kind.Identities.Select(i => resolver.References.Identify(declared, i.Name))],
            Construct = ConstructOf(declared.Metadata),
            Metadata = declared.Metadata is Node.Map metadata && metadata["PolicyLint"] is not null ? resolver.Resolve(metadata) : new Value.Absent(declared.Location),
        };
    }

    /// <summary>Where the resource stands in a CDK app: its path there, without the name that every lone resource of a construct has.</summary>
    private static string ConstructOf(Node? metadata)
    {
        if (metadata is not Node.Map map || map["aws:cdk:path"] is not Node.Scalar { Text: var path }) return "";
        return path.EndsWith("/Resource", StringComparison.Ordinal) || path.EndsWith("/Default", StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : path;
    }

    /// <summary>The condition under which a resource is created, with that of the stack that it is nested in.</summary>
    public static Condition ExistsWhen(Template.Declared declared, Template template, Resolver resolver)
    {
        var own = declared.Condition switch
        {
            null => Condition.Always,
            Node.Scalar name => resolver.Conditions.Named(name.Text, name.Location),
            _ => new Condition.Constant(Truth.Unknown, "a condition that cannot be read"),
        };
        return template.Use.Parent?.And(own) ?? own;
    }

    /// <summary>The values of the outputs, and what other stacks can take.</summary>
    private static (ImmutableDictionary<string, Value> Outputs, ImmutableArray<Export> Exports) ReadOutputs(Document document, Template template, Resolver resolver)
    {
        var outputs = ImmutableDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        var exported = new List<(Text, Value)>();
        foreach (var output in ForEach.Expand((document.Root["Outputs"] as Node.Map)?.Entries ?? [], template.ItemsOf, template.Unexpanded))
        {
            if (output.Value is not Node.Map map || map["Value"] is not { } node) continue;
            var value = outputs[output.Key.Text] = resolver.Resolve(node);
            if (map["Export"] is Node.Map export && export["Name"] is { } name && resolver.Resolve(name) is Value.Str { Text: { HasEither: false } text })
                exported.Add((text, value));
        }
        return (outputs.ToImmutable(), [.. resolver.Others.Offered(outputs.ToImmutable(), exported)]);
    }
}
