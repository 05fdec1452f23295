using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.CloudFormation;

namespace PolicyLint.Tests.Golden;

/// <summary>Counts what every call of an intrinsic function in templates came to.</summary>
internal sealed class IntrinsicCensus(Kinds kinds)
{
    private readonly Dictionary<(string Function, string Outcome), int> counts = [];

    /// <summary>How often each function came to each outcome.</summary>
    public IReadOnlyDictionary<(string Function, string Outcome), int> Counts => counts;

    /// <summary>Adds the calls of all templates that a file holds.</summary>
    public void Add(string path)
    {
        var wanted = new Wanted(Deployment.Unsaid, kinds, new HashSet<string>()) { FileAt = FileAt, Everything = true };
        foreach (var document in DocumentReader.Read(new Input(path, Named: false, () => File.ReadAllBytes(path))).Documents)
            if (document.Format is Format.CloudFormation) Add(document, new TemplateUse(wanted, Exports.None, []));
    }

    private static Input? FileAt(string path) => File.Exists(path) ? new Input(path, Named: false, () => File.ReadAllBytes(path)) : null;

    private void Add(Document written, TemplateUse use)
    {
        var template = new Template(Includes.Expand(written, use).Document, use);
        var resolver = new Resolver(template);
        foreach (var section in template.Document.Root.Entries)
            if (section.Key.Text is "Conditions" or "Resources" or "Outputs" or "Globals" or "Mappings") Walk(Expanded(section.Value, template), resolver);
    }

    private static Node Expanded(Node node, Template template) => node switch
    {
        Node.Map map => new Node.Map(map.Location, [.. ForEach.Expand(map.Entries, template.ItemsOf, (_, _) => { }).Select(e => new Node.Entry(e.Key, Expanded(e.Value, template)))], map.Tag),
        Node.List list => new Node.List(list.Location, [.. list.Items.Select(i => Expanded(i, template))], list.Tag),
        _ => node,
    };

    /// <summary>A block <c>Condition</c> of a policy's statement is no call.</summary>
    private void Walk(Node node, Resolver resolver)
    {
        if (Intrinsic.Of(node) is { } call && (call.Name != "Condition" || call.Argument is Node.Scalar))
        {
            var isCondition = call.Name is "Condition" or "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not";
            var key = (call.Name, isCondition ? OutcomeOf(resolver.Conditions.Read(call)) : Outcomes.Of(resolver.Resolve(node)));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        switch (node)
        {
            case Node.List list:
                foreach (var item in list.Items) Walk(item, resolver);
                break;
            case Node.Map map:
                foreach (var entry in map.Entries) Walk(entry.Value, resolver);
                break;
        }
    }

    private static string OutcomeOf(Condition condition) => condition switch
    {
        Condition.Constant { Truth: Truth.Unknown, Why: var why } => Outcomes.Unknown(why),
        Condition.Constant => Outcomes.Resolved,
        _ => Outcomes.Symbolic,
    };
}
