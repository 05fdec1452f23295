using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Which requests resource control policies reach (semantics 2.1; Organizations, as of June 2026).</summary>
internal static class ResourceControl
{
    /// <summary>The services, by action prefix.</summary>
    private static readonly HashSet<string> Services = new(StringComparer.OrdinalIgnoreCase)
    {
        "aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory", "cloudfront", "cloudsearch", "cloudtrail-data",
        "codeartifact", "codebuild", "codecommit", "codepipeline", "cognito-identity", "cognito-idp", "comprehend", "comprehendmedical", "compute-optimizer",
        "cost-optimization-hub", "dax", "dsql", "dynamodb", "ecr", "ecr-public", "events", "firehose", "fis", "fms", "gamelift", "health", "inspector-scan",
        "kendra", "kinesisvideo", "kms", "logs", "memorydb", "networkmonitor", "notifications", "opensearch", "pca-connector-ad", "personalize", "polly",
        "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager", "servicediscovery", "signin", "sqs", "sts", "support", "swf", "textract",
        "timestream-influxdb", "transcribe", "transfer", "translate", "wafv2", "workspaces", "xray",
    };

    /// <summary>Unknown for a service that is not on the list, for the list grows.</summary>
    public static Truth Reaches(string action)
    {
        if (action.Equals("kms:RetireGrant", StringComparison.OrdinalIgnoreCase)) return Truth.No;
        return Services.Contains(action[..Math.Max(0, action.IndexOf(':', StringComparison.Ordinal))]) ? Truth.Yes : Truth.Unknown;
    }
}
