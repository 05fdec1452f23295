namespace PolicyLint.Engine.Access;

/// <summary>What is known of condition keys whatever the request (semantics 1.7 rule 56, 1.9).</summary>
internal static class ConditionKeys
{
    private static readonly HashSet<string> Multivalued = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:ResourceOrgPaths", "aws:SourceOrgPaths",
        "aws:TagKeys", "aws:VpceOrgPaths", "kms:GrantOperations", "kms:EncryptionContextKeys", "kms:ResourceAliases",
        "dynamodb:Attributes", "dynamodb:LeadingKeys", "lambda:Layer", "lambda:SecurityGroupIds", "lambda:SubnetIds",
        "s3:InventoryAccessibleOptionalFields", "s3:RequestObjectTagKeys", "sts:TransitiveTagKeys",
    };

    /// <summary>Whether a request may have several values for it, so that AWS asks for a set operator.</summary>
    public static bool HasManyValues(string key) => Multivalued.Contains(key);
}
