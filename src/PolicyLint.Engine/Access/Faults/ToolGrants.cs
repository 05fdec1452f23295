using PolicyLint.Engine.Access.Facts;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>What AWS's own tools write for an action beside the resources that the reference lists for it: CDK's
/// <c>grantReadData</c> and its pipelines, SAM's <c>DynamoDBStreamReadPolicy</c>, Firehose's console for a cluster. It takes no effect, or AWS's references
/// contradict one another, and whoever uses the tool did not write it (1.4 rule 38).</summary>
internal static class ToolGrants
{
    private const string Table = "dynamodb:${Region}:${Account}:table/${TableName}";

    private static readonly Dictionary<string, AwsResourceType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dynamodb:GetRecords"] = new(Table, []),
        ["dynamodb:GetShardIterator"] = new(Table, []),
        ["dynamodb:ListStreams"] = new($"{Table}/stream/${{StreamLabel}}", []),
        ["kafka:GetBootstrapBrokers"] = new("kafka:${Region}:${Account}:cluster/${ClusterName}/${Uuid}", []),
        ["cloudformation:ValidateTemplate"] = new("cloudformation:${Region}:${Account}:stack/${StackName}/${Id}", []),
    };

    /// <summary>The types of resources that tools name for one of the actions.</summary>
    public static IEnumerable<AwsResourceType> Of(NamedActions.Some some) =>
        some.Actions.Select(a => Types.GetValueOrDefault($"{some.Service.Prefix}:{a.Name}")).OfType<AwsResourceType>();
}
