using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>What the events of a function call: the function itself, or the alias that is published.</summary>
/// <param name="Alias">The alias's logical id, empty where there is none.</param>
internal sealed record SamTarget(string Function, string Alias)
{
    /// <summary>What mappings and URLs name it by.</summary>
    public Node Name(NodesAt at) => at.Ref(Alias.Length > 0 ? Alias : Function);

    public Node Arn(NodesAt at) => Alias.Length > 0 ? at.Ref(Alias) : at.GetAtt(Function, "Arn");

    /// <summary>Puts in a permission by which a service may call it.</summary>
    public void Permit(SamSource function, string id, NodesAt at, string service, params IEnumerable<Node.Entry?> restrictions) =>
        function.Add(id, "AWS::Lambda::Permission", at.Location, [.. Permission(at, "lambda:InvokeFunction", service), .. restrictions]);

    /// <summary>The entries of a permission; one on an alias names that by its ARN.</summary>
    public IEnumerable<Node.Entry?> Permission(NodesAt at, string action, string principal) =>
    [
        at.Entry("Action", action),
        at.Entry("FunctionName", Name(at)),
        at.Entry("Principal", principal),
    ];
}
