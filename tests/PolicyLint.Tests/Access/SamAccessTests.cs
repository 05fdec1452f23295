using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What the functions of SAM templates may do, and who may call them.</summary>
public sealed class SamAccessTests
{
    private const string Table = "arn:aws:dynamodb:eu-west-1:111122223333:table/things";

    private static readonly Asked Shop = Asked.TemplateUnder(
        "Transform: AWS::Serverless-2016-10-31",
        """
        Reader:
          Type: AWS::Serverless::Function
          Properties:
            Policies: [DynamoDBReadPolicy: { TableName: things }]
            AutoPublishAlias: live
            Events:
              File: { Type: S3, Properties: { Bucket: !Ref Files, Events: "s3:ObjectCreated:*" } }
        """,
        "Public: { Type: AWS::Serverless::Function, Properties: { FunctionUrlConfig: { AuthType: NONE } } }",
        "Puller: { Type: AWS::Serverless::Function, Properties: { Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } } } } }",
        "Told: { Type: AWS::Serverless::Function, Properties: { Events: { T: { Type: SNS, Properties: { Topic: !Ref Topic } } } } }",
        "Files: { Type: AWS::S3::Bucket }",
        "Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: told } }",
        "Jobs: { Type: AWS::SQS::Queue }");

    [Theory]
    [InlineData("Reader", "dynamodb:GetItem", Table, Truth.Yes)]
    [InlineData("ReaderRole", "dynamodb:GetItem", Table, Truth.Yes)]
    [InlineData("Reader", "sqs:ReceiveMessage", "Jobs", Truth.No)]
    [InlineData("Reader", "logs:PutLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:g:log-stream:s", Truth.Yes)]
    [InlineData("Puller", "sqs:ReceiveMessage", "Jobs", Truth.Yes)]
    [InlineData("Told", "sqs:ReceiveMessage", "Jobs", Truth.No)]
    [InlineData("anonymous", "lambda:InvokeFunctionUrl", "Told", Truth.No)]
    [InlineData("service:lambda.amazonaws.com", "sts:AssumeRole", "ReaderRole", Truth.Yes)]
    [InlineData("service:events.amazonaws.com", "lambda:InvokeFunction", "Told", Truth.No)]
    public void A_function_may_do_what_its_role_is_given(string who, string action, string on, Truth expected) =>
        Assert.Equal(expected, Shop.May(who, action, on).Allowed);

    [Fact]
    public void A_URL_without_authorization_is_open_to_all() =>
        Assert.Equal(Truth.Yes, Shop.May(new Inquiry("anonymous", "lambda:InvokeFunctionUrl", "Public") with
        {
            Context = [new GivenKey("lambda:FunctionUrlAuthType", "NONE")],
        }).Allowed);

    [Fact]
    public void A_topic_may_call_the_function_that_it_tells() =>
        Assert.Equal(Truth.Yes, Shop.May(new Inquiry("service:sns.amazonaws.com", "lambda:InvokeFunction", "Told") with
        {
            Context = [new GivenKey("aws:SourceArn", "arn:aws:sns:eu-west-1:111122223333:told")],
        }).Allowed);
}
