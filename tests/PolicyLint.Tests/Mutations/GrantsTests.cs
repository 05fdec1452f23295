using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Mutations;

public sealed class GrantsTests
{
    [Theory]
    [InlineData("P: { Statement: [{ Effect: Allow, Principal: '*', Action: 'a:B' }, { Effect: Deny, Principal: '*', Action: 'a:C' }] }", "* a:B")]
    [InlineData("P: { Statement: { Effect: Allow, NotPrincipal: { AWS: x }, NotAction: ['a:B', 'a:C'] } }", "AWS=x a:B,a:C")]
    [InlineData("""P: '{"Statement":[{"Effect":"Allow","Action":"a:B"}]}'""", "a:B")]
    [InlineData("P: { 'Fn::Sub': ['{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:B\"}}', {}] }", "a:B")]
    [InlineData("aws_iam_policy.p: { policy: !json { Statement: [{ Effect: Allow, Action: 'a:B' }] } }", "a:B")]
    [InlineData("data.aws_iam_policy_document.p: { statement: [{ actions: ['a:B'] }, { effect: Deny, actions: ['a:C'] }] }", "a:B")]
    [InlineData("May: { Type: AWS::Lambda::Permission, Properties: { Principal: s3.amazonaws.com, Action: 'lambda:InvokeFunction' } }", "s3.amazonaws.com lambda:InvokeFunction")]
    [InlineData("aws_lambda_permission.may: { principal: s3.amazonaws.com, action: 'lambda:InvokeFunction' }", "s3.amazonaws.com lambda:InvokeFunction")]
    [InlineData("Bus: { Type: AWS::Events::EventBusPolicy, Properties: { Principal: '111122223333', Action: 'events:PutEvents' } }", "111122223333 events:PutEvents")]
    [InlineData("Bus: { Type: AWS::Events::EventBusPolicy, Properties: { Statement: { Effect: Allow, Principal: '*', Action: 'events:PutEvents' } } }", "* events:PutEvents")]
    [InlineData("Role: { Type: AWS::IAM::Role, Properties: { ManagedPolicyArns: [x, !Ref Y] } }", "attached x, attached Y")]
    [InlineData("aws_iam_role_policy_attachment.a: { role: r, policy_arn: x }", "attached x")]
    [InlineData("Logs: { Type: AWS::S3::Bucket, Properties: { AccessControl: LogDeliveryWrite } }", "ACL LogDeliveryWrite")]
    [InlineData("Logs: { Type: AWS::S3::Bucket, Properties: { AccessControl: Private } }", "")]
    [InlineData("aws_s3_bucket_acl.logs: { acl: public-read }", "ACL public-read")]
    [InlineData("aws_s3_bucket_acl.logs: { access_control_policy: [{ grant: [{ permission: READ }, { permission: WRITE }] }] }", "ACL permission=READ, ACL permission=WRITE")]
    [InlineData("aws_sqs_queue_policy.gone: { $actions: [delete], policy: !json { Statement: [{ Effect: Allow, Action: 'a:B' }] } }", "")]
    public void Every_sort_of_grant_is_found(string text, string told) =>
        Assert.Equal(told, string.Join(", ", Grants.In(Root(text)).Select(g => g.Told)));

    [Theory]
    [InlineData("{ P: { Statement: { Effect: Allow, Action: 'a:B' } } }", """{"P":{"Statement":[]}}""", """{"P":{"Statement":{"Action":"a:B","Effect":"Deny"}}}""")]
    [InlineData("""{ P: '{"Statement":[{"Effect":"Allow","Action":"a:B"}]}' }""", """{"P":"{\u0022Statement\u0022:[]}"}""", """{"P":"{\u0022Statement\u0022:[{\u0022Action\u0022:\u0022a:B\u0022,\u0022Effect\u0022:\u0022Deny\u0022}]}"}""")]
    [InlineData("{ aws_lambda_permission.may: { principal: a, action: b } }", "{}", """{"aws_lambda_permission.may":{"action":"b","principal":"polly.amazonaws.com"}}""")]
    [InlineData("{ Role: { ManagedPolicyArns: [x] } }", """{"Role":{"ManagedPolicyArns":[]}}""", """{"Role":{"ManagedPolicyArns":["arn:aws:iam::aws:policy/AWSDenyAll"]}}""")]
    [InlineData("{ Logs: { AccessControl: PublicRead } }", """{"Logs":{}}""", """{"Logs":{"AccessControl":"Private"}}""")]
    public void A_grant_is_left_out_and_refused(string text, string without, string refused)
    {
        var root = Root(text);
        var grant = Assert.Single(Grants.In(root));
        Assert.Equal(without, JsonText.Write(Mutant.Of(root, ImmutableDictionary<Node, Node?>.Empty.Add(grant.Node, null))));
        Assert.Equal(refused, JsonText.Write(Mutant.Of(root, ImmutableDictionary<Node, Node?>.Empty.Add(grant.Node, grant.Refused))));
    }

    private static Node.Map Root(string text) => (Node.Map)YamlReader.Read("t.yaml", text, [])[0];
}
