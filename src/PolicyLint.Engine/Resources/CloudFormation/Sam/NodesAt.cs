using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Makes nodes that stand at one place of the user's file: what SAM adds because of what is written there.</summary>
internal readonly struct NodesAt(Location at)
{
    public Location Location => at;

    public Node.Scalar Text(string text) => new(at, text, ScalarKind.String);

    public Node.List List(params IEnumerable<Node> items) => new(at, [.. items]);

    /// <summary>A map of the entries that are there.</summary>
    public Node.Map Map(params IEnumerable<Node.Entry?> entries) => new(at, [.. entries.OfType<Node.Entry>()]);

    /// <summary>An entry at its value's place, or null where there is no value.</summary>
    public Node.Entry? Entry(string key, Node? value) =>
        value is null ? null : new Node.Entry(new Node.Scalar(value.Location.Line > 0 ? value.Location : at, key, ScalarKind.String), value);

    public Node.Entry? Entry(string key, string text) => Entry(key, Text(text));

    public Node.Map Ref(string name) => Map(Entry("Ref", name));

    public Node.Map GetAtt(string id, string attribute) => Map(Entry("Fn::GetAtt", List(Text(id), Text(attribute))));

    public Node.Map Sub(string text) => Map(Entry("Fn::Sub", text));

    /// <summary>A text with variables of its own.</summary>
    public Node.Map Sub(string text, params IEnumerable<Node.Entry?> variables) => Map(Entry("Fn::Sub", List(Text(text), Map(variables))));

    public Node.Map If(Node condition, Node then, Node otherwise) => Map(Entry("Fn::If", List(condition, then, otherwise)));

    /// <summary><c>arn:⟨partition⟩:service:⟨region⟩:⟨account⟩:resource</c>.</summary>
    public Node.Map Arn(string service, string resource, params IEnumerable<Node.Entry?> variables) =>
        Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}", variables);

    /// <summary>The ARN of one of AWS's own policies, by its path.</summary>
    public Node.Map ManagedPolicy(string path) => Sub($"arn:${{AWS::Partition}}:iam::aws:policy/{path}");

    /// <summary>A statement that allows actions on something.</summary>
    public Node.Map Allow(Node resource, params IEnumerable<string> actions) =>
        Map(Entry("Effect", "Allow"), Entry("Action", List(actions.Select(Text))), Entry("Resource", resource));

    /// <summary>A policy without a version, as SAM writes most of them: variables in it are plain text.</summary>
    public Node.Map Unversioned(params IEnumerable<Node> statements) => Map(Entry("Statement", List(statements)));

    public Node.Map Document(params IEnumerable<Node> statements) => Map(Entry("Version", "2012-10-17"), Entry("Statement", List(statements)));

    /// <summary>The trust policy that lets a service take a role.</summary>
    public Node.Map TrustOf(string service) => Document(Map(
        Entry("Effect", "Allow"), Entry("Principal", Map(Entry("Service", List(Text(service))))), Entry("Action", "sts:AssumeRole")));

    /// <summary>An inline policy of a role.</summary>
    public Node.Map Inline(string name, Node document) => Map(Entry("PolicyName", name), Entry("PolicyDocument", document));
}
