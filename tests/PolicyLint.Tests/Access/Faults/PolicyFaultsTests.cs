using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Faults;

public class PolicyFaultsTests
{
    private static readonly PolicyFaults Faults = new();

    private static List<Fault> Of(string statement, PolicyRole role = PolicyRole.Managed, string version = "2012-10-17") =>
        [.. Faults.Of(PolicyReader.Read(Given.ValueOf($"Version: '{version}'\nStatement:\n  - {statement}\n"), null, Scenario.Start(), []) with { Role = role })];

    private static string Words(IEnumerable<Fault> faults) => string.Join(" ", faults.Select(f => FaultKinds.WordOf(f.Kind) + (f.IsOpen ? "?" : "")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("s3:GetObject", "")]
    [InlineData("S3:getOBJECT", "")]
    [InlineData("s3:Get*", "")]
    [InlineData("'*'", "")]
    [InlineData("'*:*'", "")]
    [InlineData("s3:GetObjct", "unknown-action")]
    [InlineData("s3:Gett*", "unknown-action")]
    [InlineData("dynamobd:PutItem", "unknown-action")]
    [InlineData("s3:HeadObject", "unlisted-action")]
    [InlineData("sqs:DeleteMessageBatch", "")]
    [InlineData("sqs:PeekMessageBatch", "unlisted-action")]
    [InlineData("s3:GetObject2", "unlisted-action")]
    [InlineData("newservice:GetThing", "unlisted-action")]
    [InlineData("newservice:*", "unlisted-action")]
    [InlineData("GetObject", "malformed-action")]
    [InlineData("'s*:GetObject'", "malformed-action")]
    [InlineData("'s3:'", "malformed-action")]
    [InlineData("'s3: GetObject'", "malformed-action")]
    [InlineData("s3:⟨parameter P⟩Object", "malformed-action? unknown-action? unlisted-action?")]
    [InlineData("s3:Zzz⟨parameter P⟩", "unknown-action")]
    [InlineData("⟨parameter P⟩", "malformed-action? unknown-action? unlisted-action?")]
    public void Actions(string action, string expected)
    {
        Assert.Equal(expected, Words(Of($"{{ Effect: Allow, Action: [{action}], Resource: '*' }}")));
        Assert.Equal(expected, Words(Of($"{{ Effect: Deny, NotAction: [{action}], Resource: '*' }}")));
    }

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/*", "")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b*", "")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b", "misfit-resource")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::b/*", "misfit-resource")]
    [InlineData("s3:ListBucket", "arn:*:s3:::*", "")]
    [InlineData("s3:ListBucket", "arn:aws:s3:eu-west-1:111122223333:accesspoint/p", "")]
    [InlineData("s3:*", "arn:aws:s3:::b", "")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:*:*:q", "")]
    [InlineData("sqs:SendMessage", "arn:aws:sns:*:*:t", "misfit-resource")]
    [InlineData("logs:CreateLogStream", "arn:aws:logs:*:*:*", "")]
    [InlineData("s3:ListAllMyBuckets", "arn:aws:s3:::*", "")]
    [InlineData("s3:ListAllMyBuckets", "arn:aws:s3:::b", "misfit-resource")]
    [InlineData("ec2:DescribeInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1", "misfit-resource")]
    [InlineData("dynamodb:GetRecords", "arn:aws:dynamodb:us-east-1:111122223333:table/t", "")]
    [InlineData("dynamodb:GetRecords", "arn:aws:dynamodb::111122223333:global-table/t", "misfit-resource")]
    [InlineData("dynamodb:ListStreams", "arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/*", "")]
    [InlineData("dynamodb:ListStreams", "arn:aws:dynamodb:us-east-1:111122223333:table/t", "misfit-resource")]
    [InlineData("cloudformation:ValidateTemplate", "arn:aws:cloudformation:us-east-1:111122223333:stack/s/*", "")]
    [InlineData("cloudformation:ValidateTemplate", "arn:aws:s3:::b", "misfit-resource")]
    [InlineData("logs:DescribeLogGroups", "arn:aws:logs:us-east-1:111122223333:log-group:*", "")]
    [InlineData("logs:DescribeLogGroups", "arn:aws:logs:us-east-1:111122223333:log-group:a:*", "misfit-resource")]
    [InlineData("iam:PassRole", "arn:aws:iam::111122223333:role/${aws:username}", "")]
    [InlineData("iam:AttachRolePolicy", "arn:aws:iam::*:role/*", "")]
    [InlineData("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/a", "misfit-resource")]
    [InlineData("kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/a", "")]
    [InlineData("execute-api:Invoke", "execute-api:/*", "")]
    [InlineData("s3:GetObject", "⟨parameter P⟩", "malformed-resource? misfit-resource?")]
    [InlineData("s3:GetObject", "arn:aws:s3:::⟨parameter P⟩/*", "")]
    [InlineData("s3:GetObject", "arn:amz:s3:::b/*", "malformed-resource")]
    [InlineData("s3:GetObject", "arn:aws-us-gov:s3:::b/*", "")]
    [InlineData("s3:GetObject", "arn:aws:S3:::b/*", "malformed-resource")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:eu-west:111122223333:q", "malformed-resource")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:us-gov-west-1:111122223333:q", "")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:eu-west-1:11112222333:q", "malformed-resource")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q", "")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:eu-*:*:q", "")]
    [InlineData("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", "")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b-${AWS::AccountId}/*", "unknown-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::${Bucket}/*", "unknown-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:username/*", "malformed-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:usernme}/*", "malformed-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:username }/*", "malformed-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${}/*", "unknown-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:username, none}/*", "malformed-variable")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/team}/${*}/${www.amazon.com:user_id}", "")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/⟨parameter P⟩}/*", "")]
    [InlineData("newservice:GetThing", "arn:aws:newservice:::x", "unlisted-action")]
    public void Resources(string action, string resource, string expected) =>
        Assert.Equal(expected, Words(Of($"{{ Effect: Allow, Action: [{action}], Resource: ['{resource}'] }}")));

    [Theory]
    [InlineData("s3:ListBucket", "StringLike: { s3:prefix: a* }", "")]
    [InlineData("s3:GetObject", "StringLike: { s3:prefix: a* }", "absent-key")]
    [InlineData("s3:*", "StringLike: { s3:prefix: a* }", "")]
    [InlineData("'*'", "StringLike: { s3:prefix: a* }", "")]
    [InlineData("s3:GetObject", "StringLikeIfExists: { s3:prefix: a* }", "absent-key")]
    [InlineData("s3:GetObject", "StringEquals: { aws:SourceVpc: vpc-1 }", "")]
    [InlineData("s3:GetObject", "StringEquals: { aws:SourceVpcs: vpc-1 }", "unknown-key")]
    [InlineData("s3:GetObject", "StringEquals: { SourceVpc: vpc-1 }", "unknown-key")]
    [InlineData("s3:GetObject", "StringEquals: { newservice:Key: a }", "unlisted-key")]
    [InlineData("s3:GetObject", "StringEquals: { 'token.example.com:sub': a }", "")]
    [InlineData("s3:GetObject", "StringEquals: { 'aws:PrincipalTag/Team': a }", "")]
    [InlineData("s3:GetObject", "NumericEquals: { aws:SourceVpc: 5 }", "operator-type")]
    [InlineData("s3:GetObject", "NumericEquals: { aws:SecureTransport: 1 }", "operator-type")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceVpc: 10.0.0.0/8 }", "operator-type")]
    [InlineData("s3:GetObject", "StringEquals: { aws:SecureTransport: 'true' }", "")]
    [InlineData("s3:GetObject", "StringLike: { aws:PrincipalArn: 'arn:aws:iam::*:role/r' }", "")]
    [InlineData("s3:GetObject", "StringEquals: { aws:PrincipalArn: 'arn:aws:iam::*:role/r' }", "literal-wildcard")]
    [InlineData("s3:GetObject", "Bool: { aws:SecureTransport: maybe }", "malformed-value")]
    [InlineData("s3:GetObject", "'Null': { aws:SourceVpc: 'true' }", "")]
    [InlineData("s3:GetObject", "'Null': { aws:SourceVpc: vpc-1 }", "malformed-value")]
    [InlineData("s3:GetObject", "DateLessThan: { aws:CurrentTime: '2030-01-01T00:00:00Z' }", "")]
    [InlineData("s3:GetObject", "DateLessThan: { aws:CurrentTime: '1900000000' }", "")]
    [InlineData("s3:GetObject", "DateLessThan: { aws:CurrentTime: soon }", "malformed-value")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceIp: 300.0.0.0/8 }", "malformed-value")]
    [InlineData("s3:GetObject", "ArnLike: { aws:PrincipalArn: reader }", "malformed-value")]
    [InlineData("s3:GetObject", "ArnLike: { aws:PrincipalArn: '*' }", "")]
    [InlineData("s3:GetObject", "StringLikes: { aws:SourceVpc: a }", "unknown-operator")]
    [InlineData("s3:GetObject", "'ForAllValues:StringEquals': { aws:SourceVpc: a }", "for-all-values-allow")]
    [InlineData("s3:GetObject", "{ 'ForAllValues:StringEquals': { aws:SourceVpc: a }, 'Null': { aws:SourceVpc: false } }", "")]
    [InlineData("s3:GetObject", "BoolIfExists: { aws:MultiFactorAuthPresent: false }", "")]
    [InlineData("s3:ListBucket", "NumericLessThan: { s3:max-keys: ⟨parameter P⟩ }", "malformed-value?")]
    [InlineData("s3:ListBucket", "StringEquals: { s3:prefix: ⟨parameter P⟩ }", "literal-wildcard?")]
    [InlineData("s3:ListBucket", "StringLike: { s3:prefix: ⟨parameter P⟩ }", "")]
    [InlineData("s3:GetObject", "'ForAllValues:StringEquals': { aws:SourceVpc: a }, 'Null': { aws:SourceVpc: ⟨parameter P⟩ }", "for-all-values-allow? malformed-value?")]
    [InlineData("s3:GetObject", "StringLike: { 'aws:⟨parameter P⟩': a }", "absent-key? operator-type? unknown-key? unlisted-key?")]
    [InlineData("sts:AssumeRoleWithWebIdentity", "StringLike: { '⟨parameter P⟩:sub': a }", "")]
    [InlineData("s3:GetObject", "Bool: { aws:SecureTransport: ['true', 'true'] }", "")]
    [InlineData("s3:GetObject", "Bool: { aws:SecureTransport: ['true', 'False'] }", "malformed-value")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceIp: 10.1.0.0/16 }", "private-address")]
    [InlineData("s3:GetObject", "NotIpAddress: { AWS:sourceip: [192.168.0.1, 'fd00::/8'] }", "private-address")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceIp: [10.1.0.0/16, 203.0.113.0/24] }", "")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceIp: 10.0.0.0/7 }", "")]
    [InlineData("s3:GetObject", "IpAddressIfExists: { aws:SourceIp: 10.0.0.0/8 }", "")]
    [InlineData("s3:GetObject", "IpAddress: { aws:VpcSourceIp: 10.0.0.0/8 }", "")]
    [InlineData("s3:GetObject", "IpAddress: { aws:SourceIp: ⟨parameter P⟩ }", "malformed-value?")]
    [InlineData("ec2:CreateTags", "StringEquals: { aws:TagKeys: a }", "missing-qualifier")]
    [InlineData("ec2:CreateTags", "'ForAnyValue:StringEquals': { aws:TagKeys: a }", "")]
    [InlineData("ec2:CreateTags", "'Null': { aws:TagKeys: 'false' }", "")]
    [InlineData("ec2:CreateTags", "StringEquals: { 'aws:RequestTag/a': a }", "")]
    [InlineData("s3:GetObject", "StringLike: { aws:userid: '${AWS::AccountId}' }", "unknown-variable")]
    public void Conditions(string action, string condition, string expected) =>
        Assert.Equal(expected, Words(Of($"{{ Effect: Allow, Action: [{action}], Resource: '*', Condition: {(condition[0] == '{' ? condition : $"{{ {condition} }}")} }}")));

    [Fact]
    public void A_deny_may_name_more_actions_than_have_its_key() =>
        Assert.Empty(Of("{ Effect: Deny, Action: [s3:GetObject, s3:ListBucket], Resource: '*', Condition: { StringLike: { s3:prefix: a } } }"));

    [Theory]
    [InlineData("AWS: '*'", "")]
    [InlineData("AWS: '111122223333'", "")]
    [InlineData("AWS: 'arn:aws:iam::111122223333:role/*'", "wildcard-principal")]
    [InlineData("AWS: AROAEXAMPLE123456789A", "deleted-principal")]
    [InlineData("AWS: 'arn:aws:iam::111122223333:group/g'", "malformed-principal")]
    [InlineData("AWS: reader", "malformed-principal")]
    [InlineData("Service: lambda.amazonaws.com", "")]
    [InlineData("Service: lambda", "malformed-principal")]
    [InlineData("AWS: []", "malformed-principal")]
    [InlineData("", "malformed-principal")]
    [InlineData("Service: lambda.amazonaws.co", "malformed-principal")]
    [InlineData("Service: alexa-appkit.amazon.com", "")]
    [InlineData("Service: logs.cn-north-1.amazonaws.com.cn", "")]
    [InlineData("AWS: 'arn:aws:sts::111122223333:assumed-role/r/s'", "")]
    [InlineData("AWS: 'arn:aws:sts::111122223333:role/r'", "malformed-principal")]
    [InlineData("AWS: 'arn:aws:iam::111122223333:roles/r'", "malformed-principal")]
    [InlineData("AWS: 'arn:aws:iam::111122223333:role/'", "malformed-principal")]
    [InlineData("Service: '*.amazonaws.com'", "wildcard-principal")]
    [InlineData("Federated: cognito-identity.amazonaws.com", "")]
    [InlineData("Federated: google", "malformed-principal")]
    [InlineData("AWS: ⟨parameter P⟩", "deleted-principal? malformed-principal? wildcard-principal?")]
    [InlineData("Service: ⟨parameter P⟩", "malformed-principal? wildcard-principal?")]
    [InlineData("Federated: ⟨parameter P⟩", "malformed-principal?")]
    [InlineData("Service: ⟨parameter P⟩.amazonaws.com", "")]
    [InlineData("Service: delivery.logs.amazonaw.com", "malformed-principal")]
    [InlineData("Service: ec2.amazonaws.com.cn", "")]
    [InlineData("AWS: ⟨named B⟩", "malformed-principal")]
    [InlineData("AWS: ⟨account A⟩", "")]
    [InlineData("AWS: ⟨text T⟩", "")]
    [InlineData("AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE00000'", "")]
    public void Principals(string principal, string expected) =>
        Assert.Equal(expected, Words(Of($"{{ Effect: Allow, Principal: {{ {principal} }}, Action: sts:AssumeRole }}", PolicyRole.Trust)));

    [Theory]
    [InlineData(PolicyRole.Managed, "{ Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*' }", "misplaced-element")]
    [InlineData(PolicyRole.Managed, "{ Effect: Allow, Action: s3:GetObject }", "missing-element")]
    [InlineData(PolicyRole.Managed, "{ Effect: Allow, Resource: '*' }", "missing-element")]
    [InlineData(PolicyRole.Managed, "{ Sid: a b, Effect: Allow, Action: s3:GetObject, Resource: '*' }", "malformed-sid")]
    [InlineData(PolicyRole.Bucket, "{ Sid: a b, Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }", "")]
    [InlineData(PolicyRole.Bucket, "{ Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }", "missing-element")]
    [InlineData(PolicyRole.Bucket, "{ Effect: Allow, NotPrincipal: { AWS: '111122223333' }, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }", "not-principal-allow")]
    [InlineData(PolicyRole.Trust, "{ Effect: Allow, Principal: '*', Action: sts:AssumeRole, Resource: '*' }", "misplaced-element")]
    [InlineData(PolicyRole.Key, "{ Effect: Allow, Principal: '*', Action: kms:Decrypt }", "key-policy-without-resource")]
    [InlineData(PolicyRole.Key, "{ Effect: Allow, Principal: '*', Action: kms:Decrypt, Resource: '*' }", "")]
    [InlineData(PolicyRole.Managed, "{ Effect: allow, Action: s3:GetObject, Resource: '*' }", "unknown-element")]
    [InlineData(PolicyRole.Managed, "{ Effect: Allow, Action: s3:GetObject, NotAction: s3:PutObject, Resource: '*' }", "exclusive-elements")]
    [InlineData(PolicyRole.Managed, "{ Effect: Allow, Action: s3:GetObject, Resource: bucket }", "malformed-resource")]
    public void Elements(PolicyRole role, string statement, string expected) => Assert.Equal(expected, Words(Of(statement, role)));

    [Fact]
    public void Variables_are_text_under_the_older_version()
    {
        const string Statement = "{ Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/${aws:username}/*' }";
        Assert.Equal("plain-variable", Words(Of(Statement, version: "2008-10-17")));
        Assert.Empty(Of(Statement));
    }

    [Theory]
    [InlineData("arn:aws:s3:::${AWS::AccountId}-b/*", "unknown-variable")]
    [InlineData("arn:aws:s3:::${Name}/*", "unknown-variable")]
    [InlineData("arn:aws:s3:::b/${aws:username}/*", "")]
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}/*", "")]
    [InlineData("arn:aws:s3:::b/${*}${?}${$}", "")]
    [InlineData("arn:aws:s3:::b/${iot:Connection.Thing.ThingName}", "")]
    public void Variables_are_keys_of_requests(string resource, string expected) =>
        Assert.Equal(expected, Words(Of($"{{ Effect: Allow, Action: s3:GetObject, Resource: \"{resource}\" }}")));

    [Fact]
    public void A_star_that_is_written_as_a_variable_is_meant_to_the_letter() =>
        Assert.Empty(Of("{ Effect: Allow, Action: s3:ListBucket, Resource: '*', Condition: { StringEquals: { s3:prefix: 'a${*}' } } }"));

    [Fact]
    public void Whether_a_variable_is_one_is_unknown_where_the_version_is() =>
        Assert.Equal("plain-variable? unknown-version?", Words(Of("{ Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/${aws:username}/*' }", version: "⟨parameter V⟩")));

    [Fact]
    public void A_fault_stands_at_its_part_and_says_what_was_meant()
    {
        var fault = Assert.Single(Of("Effect: Allow\n    Action:\n      - s3:GetObject\n      - s3:PutObjct\n    Resource: '*'"));
        Assert.Equal((6, 0), (fault.Location.Line, fault.Statement));
        Assert.Equal("`s3` has no action `PutObjct`; did you mean `s3:PutObject`?", fault.Text);
    }

    [Theory]
    [InlineData(PolicyRole.Managed, "duplicate-sid")]
    [InlineData(PolicyRole.OfRole, "duplicate-sid")]
    [InlineData(PolicyRole.Trust, "duplicate-sid")]
    [InlineData(PolicyRole.Topic, "duplicate-sid")]
    [InlineData(PolicyRole.Queue, "duplicate-sid")]
    [InlineData(PolicyRole.Key, "duplicate-sid?")]
    [InlineData(PolicyRole.Resource, "duplicate-sid?")]
    [InlineData(PolicyRole.Bucket, "")]
    public void A_Sid_that_stands_twice_is_refused_by_some_services(PolicyRole role, string expected)
    {
        const string Rest = "Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*'";
        var faults = Of($"{{ Sid: A, {Rest} }}\n  - {{ Sid: A, {Rest} }}", role);
        Assert.Equal(expected, Words(faults.Where(f => f.Kind is FaultKind.DuplicateSid)));
    }

    [Fact]
    public void Several_misfits_are_told_as_several()
    {
        static string Text(string actions) => Assert.Single(Of($"{{ Effect: Allow, Action: [{actions}], Resource: 'arn:aws:s3:::b' }}")).Text;
        Assert.Equal("`s3:ListAllMyBuckets` takes no resource but `*`", Text("s3:ListAllMyBuckets"));
        Assert.Equal("`s3:ReplicateObject`, `s3:ReplicateDelete` fit none of the resources, expected `arn:aws:s3:::${BucketName}/${ObjectName}`", Text("s3:ReplicateObject, s3:ReplicateDelete"));
    }

    [Fact]
    public void White_space_does_not_count_and_the_unknown_counts_as_short_as_can_be()
    {
        static Policy Managed(int length) => PolicyReader.Read(Given.ValueOf($"Statement: [{{ Effect: Allow, Action: '*', Resource: 'arn:aws:s3:::{new string('a', length)}⟨parameter P⟩' }}]"), null, Scenario.Start(), []) with { Role = PolicyRole.Managed };
        var rest = PolicySize.Of(Managed(0));
        Assert.Equal("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::\"}]}".Length, rest);
        Assert.Empty(Faults.Of(Managed(6144 - rest)));
        Assert.Equal("too-large", Words(Faults.Of(Managed(6145 - rest))));
    }
}
