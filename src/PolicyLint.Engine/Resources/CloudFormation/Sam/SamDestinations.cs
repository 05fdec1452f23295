using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands where the results of a function go, and what it must be allowed for that.</summary>
internal static class SamDestinations
{
    private static readonly string[] Outcomes = ["OnSuccess", "OnFailure"];

    /// <summary><c>EventInvokeConfig</c>: a queue or a topic is made where none is named.</summary>
    public static void Expand(SamSource function, Node.Map config, SamRole role)
    {
        var id = $"{function.Id}EventInvokeConfig";
        var at = function.At(config);
        var destinations = config["DestinationConfig"] as Node.Map;
        var kept = Outcomes
            .Select(outcome => destinations?[outcome] is Node.Map to ? at.Entry(outcome, at.Map(at.Entry("Destination", DestinationOf(function, to, outcome, id, role)))) : null);
        function.Add(id, "AWS::Lambda::EventInvokeConfig", at.Location,
            at.Entry("FunctionName", at.Ref(function.Id)), destinations is null ? null : at.Entry("DestinationConfig", at.Map(kept.ToList())));
    }

    private static Node? DestinationOf(SamSource function, Node.Map to, string outcome, string id, SamRole role)
    {
        var type = SamStack.TextOf(to["Type"]);
        var at = new NodesAt(to.Location);
        var destination = SamSource.Set(to["Destination"]);
        if (destination is null && type is "SQS" or "SNS")
        {
            var made = $"{id}{outcome}{(type == "SQS" ? "Queue" : "Topic")}";
            function.Add(made, type == "SQS" ? "AWS::SQS::Queue" : "AWS::SNS::Topic", at.Location);
            function.Stack.Names[$"{function.Id}.Destination{(type == "SQS" ? "Queue" : "Topic")}"] = made;
            destination = type == "SQS" ? at.GetAtt(made, "Arn") : at.Ref(made);
        }
        else if (destination is not null && Intrinsic.Of(destination) is { Name: "Fn::If" } && type is "SQS" or "SNS")
            function.Stack.NotUnderstood($"what `{outcome}` of `{function.Id}` goes to depends on a condition");
        if (destination is not null) Allow(role, at, type, destination, $"{id}{outcome}");
        return destination;
    }

    /// <summary>Allows the role to write to a destination, where SAM is told of what type that is.</summary>
    public static void Allow(SamRole role, NodesAt at, string? type, Node destination, string id)
    {
        Node? document = type switch
        {
            "SQS" => at.Unversioned(at.Allow(destination, "sqs:SendMessage")),
            "SNS" => at.Unversioned(at.Allow(destination, "sns:publish")),
            "EventBridge" => at.Unversioned(at.Allow(destination, "events:PutEvents")),
            "Lambda" => at.Unversioned(at.Allow(destination, "lambda:InvokeFunction")),
            "S3" or "S3Bucket" => at.Unversioned(
                at.Allow(at.Map(at.Entry("Fn::Join", at.List(at.Text("/"), at.List(destination, at.Text("*"))))), "s3:PutObject"), at.Allow(destination, "s3:ListBucket")),
            _ => null,
        };
        if (document is not null) role.AddInline(at.Inline($"{id}{(type == "S3Bucket" ? "S3" : type)}Policy", document));
    }
}
