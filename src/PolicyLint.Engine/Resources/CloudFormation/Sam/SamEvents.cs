using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands what starts a function: each event's own resources, and the permission by which its service may call.</summary>
internal static class SamEvents
{
    public static void Expand(SamSource function, SamTarget target, SamRole role)
    {
        foreach (var found in SamEvent.Of(function))
            switch (found.Type)
            {
                case "Api" or "HttpApi": SamApiEvents.Expand(found, target); break;
                case "Schedule" or "CloudWatchEvent" or "EventBridgeRule": Rule(found, target); break;
                case "ScheduleV2": SamSchedules.Expand(found, target.Arn(found.At), "lambda:InvokeFunction", "LambdaPolicy"); break;
                case "S3": Bucket(found, target); break;
                case "SNS": SamTopics.Expand(found, target, role); break;
                case "CloudWatchLogs": Logs(found, target); break;
                case "IoTRule": Things(found, target); break;
                case "Cognito": UserPool(found, target); break;
                case "AlexaSkill": target.Permit(function, $"{found.Id}Permission", found.At, "alexa-appkit.amazon.com", found.At.Entry("EventSourceToken", found["SkillId"])); break;
                default: if (!SamMappings.Expand(found, target, role)) found.NotUnderstood(); break;
            }
    }

    private static void Rule(SamEvent found, SamTarget target)
    {
        var at = found.At;
        var arn = at.GetAtt(found.Id, "Arn");
        var queue = found.DeadLetters(out var isMade);
        if (isMade)
            found.Add($"{found.Id}QueuePolicy", "AWS::SQS::QueuePolicy",
                at.Entry("Queues", at.List(at.Ref(SamStack.OwnerOf(queue)!))), at.Entry("PolicyDocument", SamTopics.MaySend(at, queue!, arn, at.Map(at.Entry("Service", "events.amazonaws.com")))));
        found.Add(found.Id, "AWS::Events::Rule",
            [.. found.RuleEntries(), at.Entry("Targets", found.TargetOf(target.Arn(at), "LambdaTarget", queue, null))]);
        target.Permit(found.Source, $"{found.Id}Permission", at, "events.amazonaws.com", at.Entry("SourceArn", arn));
    }

    private static void Bucket(SamEvent found, SamTarget target)
    {
        var at = found.At;
        target.Permit(found.Source, $"{found.Id}Permission", at, "s3.amazonaws.com", at.Entry("SourceAccount", at.Ref("AWS::AccountId")));
        if (SamStack.IdOf(found["Bucket"]) is not { } id || found.Stack.Change(id) is not { } bucket)
        {
            found.Stack.NotUnderstood($"event `{found.Key.Text}` of `{found.Source.Id}` names no bucket of the template");
            return;
        }
        var types = found["Events"] is Node.List list ? list.Items : found["Events"] is { } one ? [one] : [];
        var configurations = types.Select(type => When(found, at.Map(at.Entry("Event", type), at.Entry("Function", target.Arn(at)), at.Entry("Filter", found["Filter"]))));
        bucket.AddTo(at, ["NotificationConfiguration", "LambdaConfigurations"], at.List(configurations));
    }

    private static Node When(SamEvent found, Node node) =>
        found.Source.Condition is { } condition ? found.At.If(condition, node, found.At.Ref("AWS::NoValue")) : node;

    private static void Logs(SamEvent found, SamTarget target)
    {
        var at = found.At;
        target.Permit(found.Source, $"{found.Id}Permission", at, "logs.amazonaws.com",
            at.Entry("SourceArn", at.Arn("logs", "log-group:${LogGroupName}:*", at.Entry("LogGroupName", found["LogGroupName"]))));
        found.Add(found.Id, "AWS::Logs::SubscriptionFilter", [.. found.Properties.Entries, at.Entry("DestinationArn", target.Arn(at))]);
    }

    private static void Things(SamEvent found, SamTarget target)
    {
        var at = found.At;
        target.Permit(found.Source, $"{found.Id}Permission", at, "iot.amazonaws.com",
            at.Entry("SourceArn", at.Arn("iot", "rule/${RuleName}", at.Entry("RuleName", at.Ref(found.Id)))), at.Entry("SourceAccount", at.Ref("AWS::AccountId")));
        found.Add(found.Id, "AWS::IoT::TopicRule", at.Entry("TopicRulePayload", at.Map(
            at.Entry("Sql", found["Sql"]), at.Entry("AwsIotSqlVersion", found["AwsIotSqlVersion"]),
            at.Entry("Actions", at.List(at.Map(at.Entry("Lambda", at.Map(at.Entry("FunctionArn", target.Arn(at))))))))));
    }

    private static void UserPool(SamEvent found, SamTarget target)
    {
        var at = found.At;
        if (SamStack.IdOf(found["UserPool"]) is not { } id || found.Stack.Change(id) is not { } pool)
        {
            found.Stack.NotUnderstood($"event `{found.Key.Text}` of `{found.Source.Id}` names no user pool of the template");
            return;
        }
        target.Permit(found.Source, $"{found.Source.Id}CognitoPermission", at, "cognito-idp.amazonaws.com", at.Entry("SourceArn", at.GetAtt(id, "Arn")));
        foreach (var trigger in found["Trigger"] is Node.List list ? list.Items : found["Trigger"] is { } one ? [one] : [])
            if (SamStack.TextOf(trigger) is { } name) pool.AddTo(at, ["LambdaConfig", name], target.Arn(at));
    }
}
