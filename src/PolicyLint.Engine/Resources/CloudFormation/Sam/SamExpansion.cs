using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>What CloudFormation is given once the macro <c>AWS::Serverless-2016-10-31</c> has expanded a template.</summary>
/// <param name="Names">Names such as <c>Function.Alias</c>, with the logical id behind each.</param>
/// <param name="Conditions">Conditions that the template does not write.</param>
/// <param name="Sources">The logical ids of the resources that were expanded.</param>
/// <param name="Open">Why there may be more than this, empty where there is not.</param>
internal sealed record SamExpansion(
    IReadOnlyDictionary<string, Template.Declared> Resources, IReadOnlyDictionary<string, string> Names, ImmutableArray<Node.Entry> Conditions,
    ImmutableArray<string> Sources, string Open)
{
    private const string Connector = "AWS::Serverless::Connector";
    private const int HashLength = 10;

    public static SamExpansion Of(Template template, Dictionary<string, Template.Declared> written)
    {
        var stack = new SamStack(template, written);
        SamImplicitApis.AddTo(stack);
        var sources = written.Values.Where(d => d.Type.StartsWith(SamStack.Prefix, StringComparison.Ordinal)).ToList();
        foreach (var source in sources) written[source.LogicalId] = SamGlobals.Merge(template.Document.Root, source);
        foreach (var resource in written.Values)
            if (!resource.Type.StartsWith(SamStack.Prefix, StringComparison.Ordinal)) stack.Add(resource);
        var events = sources
            .Where(s => s.Type == "AWS::Serverless::Function")
            .SelectMany(s => SamEvent.Of(new SamSource(stack, written[s.LogicalId])))
            .ToList();
        foreach (var source in sources) Expand(stack, written[source.LogicalId], events);
        new SamConnectors(stack, template.Document.Root["Resources"] as Node.Map ?? new Node.Map(template.Document.Root.Location, [])).Expand(sources.Where(s => s.Type == Connector));
        return new SamExpansion(stack.Made, stack.Names, [.. stack.Conditions.Values], [.. sources.Select(s => s.LogicalId)], stack.Open);
    }

    private static void Expand(SamStack stack, Template.Declared declared, List<SamEvent> events)
    {
        var source = new SamSource(stack, declared);
        if (declared.Properties is not Node.Map || Intrinsic.Of(declared.Properties) is not null)
            stack.NotUnderstood($"the properties of `{declared.LogicalId}` are not written out");
        switch (declared.Type)
        {
            case "AWS::Serverless::Function": SamFunction.Expand(source); break;
            case "AWS::Serverless::StateMachine": SamStateMachine.Expand(source); break;
            case "AWS::Serverless::Api": SamApi.ExpandRest(source, events); break;
            case "AWS::Serverless::HttpApi": SamApi.ExpandHttp(source); break;
            case "AWS::Serverless::SimpleTable": SamSimpleTable.Expand(source); break;
            case "AWS::Serverless::LayerVersion": source.Add(source.Id, "AWS::Lambda::LayerVersion", source.Location, source.Properties.Entries); break;
            case Connector: break;
            case "AWS::Serverless::Application": stack.Add(declared); break;
            default:
                stack.Add(declared);
                stack.NotUnderstood($"what `{declared.LogicalId}` ({declared.Type}) makes is not expanded here");
                break;
        }
    }

    /// <summary>The resource that a name of a <c>Ref</c> means: <c>Function.Alias</c> beside what is a logical id.</summary>
    public Template.Declared? Named(string name) => Names.TryGetValue(name, out var id) ? Resources.GetValueOrDefault(id) : null;

    /// <summary>Whether SAM makes a resource of this name whose end is computed of what the template holds: <c>ApiDeployment0123456789</c>.</summary>
    public bool MayMake(string name) =>
        name.Length > HashLength && name.TakeLast(HashLength).All(char.IsAsciiHexDigitLower) && Sources.Any(s => name.StartsWith(s, StringComparison.Ordinal));
}
