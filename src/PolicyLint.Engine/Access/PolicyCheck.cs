using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Reads every policy of the graph for its faults, wherever a kind says that one stands.</summary>
public static class PolicyCheck
{
    /// <summary>Adds the problems of all policies. What depends on a condition is read as far as it is written down.</summary>
    public static void Run(Graph graph, List<Problem> problems)
    {
        foreach (var (type, path) in Places(graph.Kinds))
            foreach (var resource in graph.OfType(type))
                foreach (var document in S3.Documents(path.Walk(resource.Properties, Scenario.Start()), Scenario.Start()))
                    if (document is not Value.Unknown) PolicyReader.Read(document, resource, Scenario.Start(), problems);
    }

    private static IEnumerable<(string Type, PropertyPath Path)> Places(Kinds kinds) =>
        from kind in kinds.All
        from name in kind.Fields.Names
        let field = kind.Fields[name]!
        where field.Shape is FieldShape.Policy
        from source in field.CloudFormation.Select(s => (Source: s, Types: kind.CloudFormation)).Concat(field.Terraform.Select(s => (Source: s, Types: kind.Terraform)))
        from type in source.Source.Companion.Length > 0 ? [source.Source.Companion] : source.Types
        select (type, source.Source.Path!);
}
