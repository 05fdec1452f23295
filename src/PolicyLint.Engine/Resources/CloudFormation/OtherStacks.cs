using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>What a template takes from other stacks of the input: exports, outputs, and what CDK carries from region to region in
/// parameters of Systems Manager.</summary>
internal sealed class OtherStacks(Template template, Resolver resolver)
{
    private const string Writer = "Custom::CrossRegionExportWriter";
    private const string Reader = "Custom::CrossRegionExportReader";
    private readonly Deployment deployment = template.Use.Wanted.Deployment;

    /// <summary>The keys that were asked for.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary><c>Fn::ImportValue</c> of a name.</summary>
    public Value Import(Location at, Text name) =>
        Find(at, Export.KeyOf(name), deployment.Account, deployment.Region, $"`{name}` is imported from another stack") ?? Unnamed(at, $"export {name.Key}", $"import {name}");

    /// <summary><c>Fn::GetStackOutput</c>: a role of another account says that the stack is there.</summary>
    public Value? Output(Location at, Value.Map asked)
    {
        if (asked["StackName"].AsText is not { } stack || asked["OutputName"].AsText is not { } output) return null;
        var (region, role) = (asked["Region"], asked["RoleArn"]);
        var account = role is Value.Absent ? deployment.Account : role.AsText?.Split(":") is [_, _, _, _, { Known: { Length: 12 } known }, ..] ? known : null;
        return Find(at, Export.KeyOfOutput(stack.Key, output.Key), account, region is Value.Absent ? deployment.Region : region.KnownText, $"output `{output}` comes from stack `{stack}`")
            ?? Unnamed(at, $"output {stack.Key} {output.Key} {region.AsText?.Key} {role.AsText?.Key}", $"output {output} of stack {stack}");
    }

    /// <summary>An attribute of a resource by which CDK reads what a stack of another region wrote; null for others.</summary>
    public Value? Carried(Template.Declared resource, string attribute, Location at) =>
        resource.Type == Reader && attribute.StartsWith('/') ? Find(at, Export.KeyOfParameter(attribute), deployment.Account, deployment.Region, $"`{attribute}` is written by a stack of another region") : null;

    private Value? Find(Location at, string key, string? account, string? region, string how)
    {
        Asked.Add(key);
        return template.Use.Exports.Find(key, account, region) is { } value ? template.Bring(at, value, how) : null;
    }

    private static Value.Str Unnamed(Location at, string name, string display) =>
        new(at, Text.Of(new Symbol("", name) { Display = display, IsParameter = true }));

    /// <summary>What other stacks can take from the template: its exports, its outputs where its stack's name is known, and what
    /// it writes for CDK's readers.</summary>
    public IEnumerable<Export> Offered(ImmutableDictionary<string, Value> outputs, IEnumerable<(Text Name, Value Value)> exported)
    {
        foreach (var (name, value) in exported) yield return Here(Export.KeyOf(name), value);
        if (template.Use is { StackName: { Length: > 0 } stack, Parent: null })
            foreach (var (name, value) in outputs) yield return Here(Export.KeyOfOutput(stack, name), value);
        foreach (var writer in template.Resources.Values.Where(r => r.Type == Writer))
            if (resolver.Resolve(writer.Properties) is Value.Map properties && properties["WriterProps"] is Value.Map written && written["exports"] is Value.Map exports)
                foreach (var field in exports.Fields)
                    yield return new Export(Export.KeyOfParameter(field.Name), field.Value) { Account = deployment.Account, Region = written["region"].KnownText };
    }

    private Export Here(string key, Value value) => new(key, value) { Account = deployment.Account, Region = deployment.Region };
}
