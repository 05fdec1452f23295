using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands an event of type <c>SNS</c>: a subscription of the function, or of a queue that it reads.</summary>
internal static class SamTopics
{
    public static void Expand(SamEvent found, SamTarget target, SamRole role)
    {
        var at = found.At;
        var queued = found["SqsSubscription"];
        if (queued is null or Node.Scalar && !SamStack.IsTrue(queued))
        {
            Subscribe(found, "lambda", target.Arn(at));
            target.Permit(found.Source, $"{found.Id}Permission", at, "sns.amazonaws.com", at.Entry("SourceArn", found["Topic"]));
        }
        else if (queued is Node.Map named && Intrinsic.Of(named) is null)
            Queue(found, target, role, named["QueueArn"], named["QueueUrl"], SamStack.TextOf(named["QueuePolicyLogicalId"]));
        else if (queued is Node.Scalar)
        {
            found.Add($"{found.Id}Queue", "AWS::SQS::Queue");
            Queue(found, target, role, at.GetAtt($"{found.Id}Queue", "Arn"), at.Ref($"{found.Id}Queue"), null);
        }
        else found.Stack.NotUnderstood($"`SqsSubscription` of `{found.Key.Text}` of `{found.Source.Id}` is not written out");
    }

    private static void Queue(SamEvent found, SamTarget target, SamRole role, Node? arn, Node? url, string? policy)
    {
        var at = found.At;
        if (arn is null || url is null || found["Topic"] is not { } topic) return;
        Subscribe(found, "sqs", arn);
        found.Add(policy ?? $"{found.Id}QueuePolicy", "AWS::SQS::QueuePolicy",
            at.Entry("Queues", at.List(url)), at.Entry("PolicyDocument", MaySend(at, arn, topic, at.Text("*"))));
        found.Add($"{found.Id}EventSourceMapping", "AWS::Lambda::EventSourceMapping", at.Entry("FunctionName", target.Name(at)), at.Entry("EventSourceArn", arn));
        role.AddManaged(at, "service-role/AWSLambdaSQSQueueExecutionRole");
    }

    private static void Subscribe(SamEvent found, string protocol, Node endpoint) => found.Add(found.Id, "AWS::SNS::Subscription",
    [
        found.At.Entry("Protocol", protocol), found.At.Entry("Endpoint", endpoint), found.At.Entry("TopicArn", found["Topic"]),
        .. found.Without("Topic", "SqsSubscription"),
    ]);

    /// <summary>The policy of a queue that something may send to: a topic, a rule.</summary>
    public static Node MaySend(NodesAt at, Node queue, Node source, Node principal) => at.Document(at.Map(
        at.Entry("Effect", "Allow"), at.Entry("Principal", principal), at.Entry("Action", "sqs:SendMessage"), at.Entry("Resource", queue),
        at.Entry("Condition", at.Map(at.Entry("ArnEquals", at.Map(at.Entry("aws:SourceArn", source)))))));
}
