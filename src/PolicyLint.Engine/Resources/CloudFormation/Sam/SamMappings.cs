using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands what Lambda reads for a function (queues, streams, brokers, clusters): the mapping, and what the function's
/// role must be allowed for it.</summary>
internal static class SamMappings
{
    private static readonly string[] Own =
        ["Stream", "Queue", "Broker", "Cluster", "KafkaBootstrapServers", "ConsumerGroupId", "SchemaRegistryConfig", "SecretsManagerKmsKeyId", "DynamicPolicyName",
        "DatabaseName", "CollectionName", "FullDocument"];

    private static readonly string[] Network =
    [
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface", "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
    ];

    /// <summary>Whether the event is one that Lambda reads for.</summary>
    public static bool Expand(SamEvent found, SamTarget target, SamRole role)
    {
        if (found.Type is not ("SQS" or "Kinesis" or "DynamoDB" or "MSK" or "MQ" or "SelfManagedKafka" or "DocumentDB")) return false;
        var at = found.At;
        found.Add(found.Id, "AWS::Lambda::EventSourceMapping",
        [
            at.Entry("FunctionName", target.Name(at)),
            at.Entry("EventSourceArn", found["Stream"] ?? found["Queue"] ?? found["Broker"] ?? found["Cluster"]),
            .. found.Without(Own),
        ]);
        if (Managed(found.Type) is { } path) role.AddManaged(at, $"service-role/{path}");
        var statements = StatementsOf(found);
        if (statements.Count > 0) role.AddInline(at.Inline($"{found.Id}{found.Type}Policy", found.Type == "SelfManagedKafka" ? at.Document(statements) : at.Unversioned(statements)));
        if ((found["DestinationConfig"] as Node.Map)?["OnFailure"] is Node.Map failed && failed["Destination"] is { } destination)
            SamDestinations.Allow(role, at, SamStack.TextOf(failed["Type"]), destination, found.Id);
        return true;
    }

    private static string? Managed(string type) => type switch
    {
        "SQS" => "AWSLambdaSQSQueueExecutionRole",
        "Kinesis" => "AWSLambdaKinesisExecutionRole",
        "DynamoDB" => "AWSLambdaDynamoDBExecutionRole",
        "MSK" => "AWSLambdaMSKExecutionRole",
        _ => null,
    };

    private static List<Node> StatementsOf(SamEvent found)
    {
        var at = found.At;
        var statements = new List<Node>(SecretsOf(found).Select(uri => at.Allow(uri, "secretsmanager:GetSecretValue")));
        switch (found.Type)
        {
            case "MQ" when found["Broker"] is { } broker: statements.Add(at.Allow(broker, "mq:DescribeBroker")); break;
            case "SelfManagedKafka" when Accesses(found).Any(a => a.Type is "VPC_SUBNET"): statements.Add(at.Allow(at.Text("*"), Network)); break;
            case "DocumentDB":
                statements.Add(at.Allow(at.Arn("rds", "cluster-pg:*"), "rds:DescribeDBClusterParameters"));
                statements.Add(at.Allow(at.Arn("rds", "subgrp:*"), "rds:DescribeDBSubnetGroups"));
                if (found["Cluster"] is { } cluster) statements.Add(at.Allow(cluster, "rds:DescribeDBClusters"));
                statements.Add(at.Allow(at.Text("*"), Network));
                break;
        }
        if (found.Type is "MQ" or "SelfManagedKafka" or "DocumentDB" && found["SecretsManagerKmsKeyId"] is { } key)
            statements.Add(at.Allow(at.Arn("kms", "key/${KeyId}", at.Entry("KeyId", key)), "kms:Decrypt"));
        if (found["SchemaRegistryConfig"] is not null)
            found.Stack.NotUnderstood($"`SchemaRegistryConfig` of event `{found.Key.Text}` of `{found.Source.Id}` is not understood here");
        return statements;
    }

    /// <summary>The secrets that the role must read.</summary>
    private static IEnumerable<Node> SecretsOf(SamEvent found) => Accesses(found)
        .Where(a => found.Type switch
        {
            "MQ" or "DocumentDB" => a.Type is "BASIC_AUTH",
            "MSK" => a.Type is "CLIENT_CERTIFICATE_TLS_AUTH",
            "SelfManagedKafka" => a.Type is not ("VPC_SUBNET" or "VPC_SECURITY_GROUP" or "SERVER_ROOT_CA_CERTIFICATE"),
            _ => false,
        })
        .Select(a => a.Uri);

    private sealed record Access(string Type, Node Uri);

    private static IEnumerable<Access> Accesses(SamEvent found) => found["SourceAccessConfigurations"] is not Node.List list ? [] : list.Items
        .OfType<Node.Map>()
        .Where(m => m["URI"] is not null)
        .Select(m => new Access(SamStack.TextOf(m["Type"]) ?? "", m["URI"]!));
}
