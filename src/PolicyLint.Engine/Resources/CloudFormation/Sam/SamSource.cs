using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>A resource of type <c>AWS::Serverless::…</c>: its properties, and what is made because of it.</summary>
internal sealed class SamSource(SamStack stack, Template.Declared declared)
{
    public SamStack Stack { get; } = stack;
    public string Id => declared.LogicalId;
    public Location Location => declared.Location;

    /// <summary>The condition under which it exists; null where it always does.</summary>
    public Node? Condition => declared.Condition;

    public Node.Map Properties { get; } = declared.Properties as Node.Map ?? new Node.Map(declared.Location, []);

    public Node? this[string name] => Set(Properties[name]);

    /// <summary>A property that is a map.</summary>
    public Node.Map? Map(string name)
    {
        if (this[name] is not { } node) return null;
        if (node is Node.Map map && Intrinsic.Of(map) is null) return map;
        Stack.NotUnderstood($"`{name}` of `{Id}` is not written out");
        return null;
    }

    /// <summary>The node, or null where nothing is set: SAM takes what is empty for that.</summary>
    public static Node? Set(Node? node) =>
        node is null or Node.Scalar { Kind: ScalarKind.Null } or Node.Scalar { Text: "", Tag: "" } or Node.Map { Entries.IsEmpty: true } or Node.List { Items.IsEmpty: true } || SamStack.IsNoValue(node) ? null : node;

    /// <summary>Nodes at a node's place, or at the resource's where there is none.</summary>
    public NodesAt At(Node? node) => new(node?.Location ?? declared.Location);

    public NodesAt Here => new(declared.Location);

    /// <summary>A resource that exists when this one does.</summary>
    public void Add(string id, string type, Location at, params IEnumerable<Node.Entry?> properties) =>
        AddWhen(declared.Condition, id, type, at, properties);

    public void AddWhen(Node? condition, string id, string type, Location at, params IEnumerable<Node.Entry?> properties) =>
        Stack.Add(new Template.Declared(id, type, new Node.Map(at, [.. properties.OfType<Node.Entry>()]), condition, at, declared.Metadata));

    /// <summary>The properties but those that are SAM's own.</summary>
    public IEnumerable<Node.Entry?> Without(params string[] own) => Properties.Entries.Where(e => Array.IndexOf(own, e.Key.Text) < 0);
}
