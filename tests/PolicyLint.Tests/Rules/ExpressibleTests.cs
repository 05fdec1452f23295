namespace PolicyLint.Tests.Rules;

/// <summary>What the rule language must be able to say, by the numbers of its design. Not carried yet: parameters of rules (9),
/// what a deploy changes (10), and what is missing from the whole input (11).</summary>
public sealed class ExpressibleTests
{
    public static TheoryData<string, string, string> Table => new()
    {
        // 1. A property has a value; the default counts.
        { "resource: kms-key\nrequire: { rotation: true }", "K: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true } }", "pass" },
        { "resource: kms-key\nrequire: { rotation: true }", "K: { Type: AWS::KMS::Key }", "fail" },
        // 2. A combination is forbidden.
        { "resource: s3-bucket\nrequire: { not: { acl: [PublicRead, public-read], ownership: BucketOwnerEnforced } }", "B: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead, OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] } } }", "fail" },
        { "resource: s3-bucket\nrequire: { not: { acl: [PublicRead, public-read], ownership: BucketOwnerEnforced } }", "B: { Type: AWS::S3::Bucket, Properties: { AccessControl: Private } }", "pass" },
        // 3. No element of a list, with a filter and a range.
        { "resource: AWS::EC2::SecurityGroup\nrequire: { no: \"SecurityGroupIngress[*] as rule\", where: { any: [{ rule.CidrIp: 0.0.0.0/0 }, { rule.CidrIpv6: \"::/0\" }] }, satisfies: { rule.FromPort: { lessOrEqual: 22 }, rule.ToPort: { greaterOrEqual: 22 } } }", "G: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: 10.0.0.0/8, FromPort: 22, ToPort: 22 }, { CidrIp: 0.0.0.0/0, FromPort: 20, ToPort: 30 }] } }", "fail" },
        { "resource: AWS::EC2::SecurityGroup\nrequire: { no: \"SecurityGroupIngress[*] as rule\", where: { any: [{ rule.CidrIp: 0.0.0.0/0 }, { rule.CidrIpv6: \"::/0\" }] }, satisfies: { rule.FromPort: { lessOrEqual: 22 }, rule.ToPort: { greaterOrEqual: 22 } } }", "G: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: 0.0.0.0/0, FromPort: 443, ToPort: 443 }] } }", "pass" },
        // 4. A related resource exists, by a named relation.
        { "resource: cloudfront-distribution\neach: \"origins[*] as origin\"\nbind: { bucket: { follow: origin.domain, kind: s3-bucket } }\nrequire: { exists: bucket.policy }", "D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Origins: [{ Id: a, DomainName: !GetAtt B.RegionalDomainName }] } } }\n  B: { Type: AWS::S3::Bucket }", "fail" },
        { "resource: cloudfront-distribution\neach: \"origins[*] as origin\"\nbind: { bucket: { follow: origin.domain, kind: s3-bucket } }\nrequire: { exists: bucket.policy }", "D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Origins: [{ Id: a, DomainName: example.com }], Logging: { Bucket: !GetAtt B.DomainName } } } }\n  B: { Type: AWS::S3::Bucket }", "none" },
        // 5. A related resource is bound, and two fields are compared.
        { "resource: cloudfront-distribution\neach: \"origins[*] as origin\"\nbind: { bucket: { follow: origin.domain, kind: s3-bucket }, oai: { follow: origin.oai, kind: cloudfront-origin-access-identity } }\nrequire: { some: \"bucket.policy.statements[*] as s\", satisfies: { some: \"s.principals[*] as p\", satisfies: { p.text: \"{oai.arn}\" } } }", "D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Origins: [{ Id: a, DomainName: !GetAtt B.RegionalDomainName, S3OriginConfig: { OriginAccessIdentity: !Sub 'origin-access-identity/cloudfront/${O}' } }] } } }\n  B: { Type: AWS::S3::Bucket }\n  O: { Type: AWS::CloudFront::CloudFrontOriginAccessIdentity }\n  P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref B, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${O}' }, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*' }] } } }", "pass" },
        // 6. A request is allowed, a request is denied.
        { "resource: s3-bucket\nrequire: { denied: { who: anonymous, may: s3:GetObject, on: \"{resource.arn}/*\", with: { aws:SecureTransport: false } } }", "B: { Type: AWS::S3::Bucket }", "pass" },
        { "resource: s3-bucket\nrequire: { access: { who: anonymous, may: s3:GetObject, on: \"{resource.arn}/*\" } }", "B: { Type: AWS::S3::Bucket }", "fail" },
        // 7. Quantifiers over statements as values.
        { "resource: [iam-role, iam-policy]\nrequire: { no: \"documents.statements[*] as s\", where: { covers: { statement: s, action: iam:PassRole, on: \"arn:aws:iam::111122223333:role/any\" }, s.effect: Allow }, satisfies: { any: [{ s.resources: { contains: \"*\" } }, { s.conditionKeys: { not: { contains: iam:PassedToService, ignoreCase: true } } }] } }", "M: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'iam:Pass*', Resource: '*' }] } } }", "fail" },
        { "resource: [iam-role, iam-policy]\nrequire: { no: \"documents.statements[*] as s\", where: { covers: { statement: s, action: iam:PassRole, on: \"arn:aws:iam::111122223333:role/any\" }, s.effect: Allow }, satisfies: { any: [{ s.resources: { contains: \"*\" } }, { s.conditionKeys: { not: { contains: iam:PassedToService, ignoreCase: true } } }] } }", "M: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/any', Condition: { StringEquals: { 'iam:PassedToService': lambda.amazonaws.com } } }] } } }", "pass" },
        // 8. Conventions: tags are required, names match a pattern, accounts come from a list. (Types are listed; there is no "every taggable one".)
        { "resource: [AWS::S3::Bucket, AWS::SQS::Queue]\nrequire: { some: \"Tags[*] as tag\", satisfies: { tag.Key: owner } }", "B: { Type: AWS::S3::Bucket, Properties: { Tags: [{ Key: cost, Value: a }] } }", "fail" },
        { "resource: s3-bucket\nrequire: { name: { matches: \"^[a-z]+-(dev|prod)-\" } }", "B: { Type: AWS::S3::Bucket, Properties: { BucketName: site-prod-files } }", "pass" },
        { "resource: s3-bucket\neach: [\"policy.statements[*] as s\", \"s.principals[*] as p\"]\nwhere: { p.type: AWS }\nrequire: { p.account: [\"111122223333\"] }", "B: { Type: AWS::S3::Bucket, Properties: { BucketName: b } }\n  P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: b, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: '444455556666' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] } } }", "fail" },
        // 12. What an unknown does to a rule.
        { "resource: kms-key\nunknown: fail\nrequire: { rotation: true }", "K: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: !Ref AWS::StackName } }", "fail" },
        { "resource: kms-key\nrequire: { rotation: true }", "K: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: !Ref AWS::StackName } }", "unknown" },
    };

    [Theory, MemberData(nameof(Table))]
    public void The_language_carries_it(string rule, string resources, string expected) =>
        Assert.Equal(expected, RuleText.Verdict(RuleText.With(rule), $"Resources:\n  {resources}\n").Split(':')[0]);
}
