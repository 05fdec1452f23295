using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What a policy is attached to: a thing of IAM (by itself or inline), a role as its trust policy, a resource, or a part
/// of an organization.</summary>
public enum PolicyRole { Unsaid, Managed, OfRole, OfUser, OfGroup, Trust, Bucket, Key, Queue, Topic, Resource, Organization }

/// <summary>What follows from the role of a policy.</summary>
public static class PolicyRoles
{
    /// <summary>The role of what stands in a field of a kind, stated by a resource of a type.</summary>
    public static PolicyRole Of(Kind kind, string field, string type) => (kind.Name, field) switch
    {
        ("organizations-policy", _) => PolicyRole.Organization,
        (_, "trust") => PolicyRole.Trust,
        ("s3-bucket", "policy") => PolicyRole.Bucket,
        ("kms-key", "policy") => PolicyRole.Key,
        ("sqs-queue", "policy") => PolicyRole.Queue,
        ("sns-topic", "policy") => PolicyRole.Topic,
        (_, "policy") => PolicyRole.Resource,
        ({ } name, _) when name.StartsWith("iam-", StringComparison.Ordinal) => OfIdentity(type),
        _ => PolicyRole.Unsaid,
    };

    private static PolicyRole OfIdentity(string type) => type switch
    {
        "AWS::IAM::ManagedPolicy" or "aws_iam_policy" => PolicyRole.Managed,
        "AWS::IAM::User" or "AWS::IAM::UserPolicy" or "aws_iam_user" or "aws_iam_user_policy" => PolicyRole.OfUser,
        "AWS::IAM::Group" or "AWS::IAM::GroupPolicy" or "aws_iam_group" or "aws_iam_group_policy" => PolicyRole.OfGroup,
        _ => PolicyRole.OfRole,
    };

    /// <summary>Whether it is a policy of whoever it is attached to, so that it names no principal.</summary>
    public static bool IsOfIdentity(this PolicyRole role) => role is PolicyRole.Managed or PolicyRole.OfRole or PolicyRole.OfUser or PolicyRole.OfGroup;

    /// <summary>Whether AWS surely wants a principal in each of its statements.</summary>
    public static bool NeedsPrincipal(this PolicyRole role) => role is PolicyRole.Trust or PolicyRole.Bucket or PolicyRole.Key or PolicyRole.Queue or PolicyRole.Topic;
}
