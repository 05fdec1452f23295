namespace PolicyLint.Engine.Access;

/// <summary>Services whose resources have no resource-based policy that could let in or deny a role of the account, after
/// AWS's list of services that work with IAM: what they do is decided by the caller's own policies.</summary>
internal static class WithoutPolicies
{
    private static readonly HashSet<string> Services = new(StringComparer.OrdinalIgnoreCase)
    {
        "appsync", "athena", "autoscaling", "batch", "cloudformation", "cloudfront", "cloudwatch", "codebuild", "codedeploy", "codepipeline",
        "cognito-identity", "cognito-idp", "ec2", "ecs", "elasticloadbalancing", "elasticmapreduce", "firehose", "logs", "rds", "route53", "sagemaker", "ses",
        "ssm", "ssmmessages", "ec2messages", "states", "xray",
    };

    /// <summary>Actions of other services on no resource, or on resources of a sort that has no policies.</summary>
    private static readonly HashSet<string> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        "ecr:GetAuthorizationToken", "glue:StartJobRun", "glue:GetJobRun", "events:PutRule", "events:PutTargets", "events:DescribeRule",
        "mq:DescribeBroker",
    };

    /// <summary>Whether the action is one of theirs, or one on no resource.</summary>
    public static bool Has(string action) => Services.Contains(action.Split(':')[0]) || Actions.Contains(action);
}
