using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>What rules ask of access, each asked of small templates.</summary>
public sealed class AccessEvaluatorTests
{
    private const string RoleRule = """
        id: function-writes-queue
        title: The role of a function sends to its queue
        why: because
        fix: change it
        resource: lambda-function
        bind:
          queue: { follow: resource.key, kind: [sqs-queue, sns-topic] }
        require:
          access: { who: { role: resource.role }, may: [sqs:SendMessage, sqs:GetQueueUrl], on: "{queue.called}" }
        message: "no: {reason}"
        examples:
          - bad: one of two actions is missing
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue }
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
                    Policies: [{ PolicyName: a, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn }] } }]
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, KmsKeyArn: !GetAtt Queue.Arn } }
          - good: both are there
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue }
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
                    Policies: [{ PolicyName: a, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "sqs:*", Resource: !GetAtt Queue.Arn }] } }]
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, KmsKeyArn: !GetAtt Queue.Arn } }
          - bad: nobody shows a second factor for a function
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue }
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
                    Policies: [{ PolicyName: a, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "sqs:*", Resource: "*", Condition: { Bool: { aws:MultiFactorAuthPresent: true } } }] } }]
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, KmsKeyArn: !GetAtt Queue.Arn } }
          - bad: a service control policy of the input denies it
            account: "111122223333"
            cloudformation: |
              Resources:
                Guard: { Type: AWS::Organizations::Policy, Properties: { Name: guard, Type: SERVICE_CONTROL_POLICY, TargetIds: ["111122223333"], Content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "sqs:Send*", Resource: "*" }] } } }
                Queue: { Type: AWS::SQS::Queue }
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
                    Policies: [{ PolicyName: a, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "sqs:*", Resource: "*" }] } }]
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, KmsKeyArn: !GetAtt Queue.Arn } }
          - unknown: a role that is not here
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue }
                Function: { Type: AWS::Lambda::Function, Properties: { Role: "arn:aws:iam::111122223333:role/r", KmsKeyArn: !GetAtt Queue.Arn } }
        """;

    private const string OwnArnRule = """
        id: function-writes-logs
        title: The role of a function writes its logs
        why: because
        fix: change it
        resource: lambda-function
        require:
          access: { who: { role: resource.role }, may: logs:PutLogEvents, on: "arn:{resource.partition}:logs:{resource.region}:{resource.account}:log-group:/aws/lambda/{resource.name}:*" }
        message: "no: {reason}"
        examples:
          - bad: nothing lets it
            cloudformation: |
              Resources:
                Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] } } }
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn } }
          - good: the managed policy does
            cloudformation: |
              Resources:
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
                    ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]
                Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn } }
        """;

    private const string AddedRule = """
        id: queue-takes-deliveries
        title: The queue takes deliveries
        why: because
        fix: change it
        resource: sqs-queue
        require:
          access:
            who: { service: "{resource.key}", sourceArn: "arn:aws:s3:::b", sourceAccount: "{resource.account}" }
            may: sqs:SendMessage
            on: "{resource.arn}"
            addedByAws: true
        message: "no: {reason}"
        examples:
          - unknown: nothing is said, and AWS may add it
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: s3.amazonaws.com } }
          - bad: it is denied in so many words
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: s3.amazonaws.com } }
                Policy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*" }] } } }
          - good: the account that the service names is the queue's own
            cloudformation: |
              Resources:
                Queue: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: s3.amazonaws.com } }
                Policy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: "sqs:SendMessage", Resource: "*", Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }] } } }
          - unknown: which service it is, is a parameter
            cloudformation: |
              Parameters: { Service: { Type: String } }
              Resources:
                Queue: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !Ref Service } }
        """;

    private const string QualifiedRule = """
        id: topic-invokes-function
        title: The function lets the topic's key invoke it
        why: because
        fix: change it
        resource: sns-topic
        bind:
          function: { follow: resource.key, kind: [lambda-function, lambda-alias, lambda-version], inside: "x:{}" }
        require:
          access: { who: { service: sns.amazonaws.com }, may: lambda:InvokeFunction, on: "{function.called}" }
        message: "no: {reason}"
        examples:
          - good: the permission is on the alias that is called
            cloudformation: |
              Resources:
                Function: { Type: AWS::Lambda::Function, Properties: { Role: r } }
                Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Function, Name: live, FunctionVersion: "1" } }
                May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Alias, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com } }
                Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Ref Alias } }
                Other: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Sub "${Function.Arn}:live" } }
                Uri: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}:live/invocations" } }
          - bad: the permission is on the function, and an alias is called
            cloudformation: |
              Resources:
                Function: { Type: AWS::Lambda::Function, Properties: { Role: r } }
                Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Function, Name: live, FunctionVersion: "1" } }
                May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Function, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com } }
                Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Ref Alias } }
                Uri: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Sub "x:${Function.Arn}:live" } }
          - good: the permission is on the version that is called
            cloudformation: |
              Resources:
                Function: { Type: AWS::Lambda::Function, Properties: { Role: r } }
                Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
                May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Version, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com } }
                Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !Ref Version } }
          - unknown: a function that is not here
            cloudformation: |
              Resources:
                Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: "arn:aws:lambda:eu-west-1:111122223333:function:other:live" } }
        """;

    private const string OwnerRule = """
        id: key-is-the-owner-s
        title: Somebody of the account manages the key
        why: because
        fix: change it
        resource: kms-key
        require:
          access: { who: owner, may: kms:PutKeyPolicy, on: "{resource.arn}" }
        message: "no: {reason}"
        examples:
          - good: the account decides
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] } } } }
          - good: a role of the account may
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/keys" }, Action: "kms:*", Resource: "*" }] } } } }
          - good: a session of the account may
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:sts::${AWS::AccountId}:assumed-role/keys/me" }, Action: "kms:*", Resource: "*" }] } } } }
          - good: a network that the owner can choose
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*", Condition: { StringEquals: { aws:SourceVpce: vpce-1 } } }] } } } }
          - bad: a key that no principal of the account has
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*", Condition: { ArnLike: { aws:SourceArn: "arn:aws:s3:::b" } } }] } } } }
          - bad: the Deny reaches all
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }, { Effect: Deny, Principal: "*", Action: "kms:Put*", Resource: "*" }] } } } }
          - good: the Deny reaches one role
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }, { Effect: Deny, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/keys" }, Action: "kms:*", Resource: "*" }] } } } }
          - good: the account and a user are left out of the Deny
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:user/keys" }, Action: "kms:*", Resource: "*" }, { Effect: Deny, NotPrincipal: { AWS: [!Sub "arn:aws:iam::${AWS::AccountId}:user/keys", !Sub "arn:aws:iam::${AWS::AccountId}:root"] }, Action: "kms:*", Resource: "*" }] } } } }
          - unknown: only the role is left out of the Deny
            cloudformation: |
              Resources: { Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/keys" }, Action: "kms:*", Resource: "*" }, { Effect: Deny, NotPrincipal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/keys" }, Action: "kms:*", Resource: "*" }] } } } }
        """;

    [Theory]
    [InlineData(OwnerRule)]
    [InlineData(RoleRule)]
    [InlineData(OwnArnRule)]
    [InlineData(AddedRule)]
    [InlineData(QualifiedRule)]
    public void What_a_rule_asks_is_answered_as_its_examples_say(string text)
    {
        var file = new RuleFile($"rules/{text.Split('\n')[0]["id: ".Length..].Trim()}.yaml", text);
        var problems = new List<Problem>();
        var rules = RuleSetReader.Read([.. RuleFile.Shipped(), file], problems);
        Assert.Equal([], problems.Select(p => $"{p.Location}: {p.Message}"));
        var results = RuleTester.Run(file, rules).ToList();
        Assert.NotEmpty(results);
        Assert.Equal([], results.Where(r => r.Failure.Length > 0).Select(r => $"{r.Example.Title}: {r.Failure}"));
    }

    [Theory]
    [InlineData("require: { access: { who: { service: sns.amazonaws.com }, may: [], on: \"{resource.arn}\" } }", "`access` needs `may` | add `may:`")]
    [InlineData("require: { access: { who: { service: sns.amazonaws.com }, may: [sns:Publish, sns:*], on: \"{resource.arn}\" } }", "`sns:*` is not one action | write it as `service:Name`, without wildcards")]
    [InlineData("require: { access: { who: { service: sns.amazonaws.com }, may: sns:Publish, on: \"arn:aws:sns:::t\" } }", "`on` must begin with a resource's ARN, found `arn:aws:sns:::t` | write `{bucket.arn}/*`")]
    [InlineData("require: { access: { who: { service: \"{zzz}\" }, may: sns:Publish, on: \"{resource.arn}\" } }", "unknown field `zzz` in `zzz`")]
    [InlineData("require: { access: { who: { role: resource.policy }, may: sns:Publish, on: \"*\" } }", "`resource.policy` is not one value | go on to one of its fields")]
    [InlineData("bind: { b: { follow: text, kind: [s3-bucket, s3-buket] } }", "unknown kind `s3-buket`")]
    [InlineData("bind: { b: { follow: text, kind: s3-bucket, inside: \"s3://*\" } }", "`s3://*` does not say once where the name stands | write `{}` in its place, and `*` for any text")]
    public void What_cannot_be_asked_is_a_problem(string lines, string problem) =>
        Assert.Contains(RuleText.ProblemsOf(RuleText.With(lines)), p => p.Contains(problem, StringComparison.Ordinal));
}
