using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>One end of a connector: a resource of the template, or one that is described.</summary>
internal sealed record SamEnd(string Type, Node? Arn, Node? Role, Node? Url, Node? Name, Node? ResourceId, Node? Qualifier)
{
    /// <summary>The end that a reference means, null where that is not known.</summary>
    /// <param name="other">The other end, to which a rule's target may lead.</param>
    /// <param name="owner">The logical id of the end where it is not in the reference.</param>
    public static SamEnd? Of(SamStack stack, Node? reference, Node? other, string? owner)
    {
        if (reference is not Node.Map map) return null;
        var qualifier = SamSource.Set(map["Qualifier"]);
        if ((owner ?? SamStack.TextOf(map["Id"])) is { } id)
            return stack.Made.TryGetValue(id, out var resource) ? OfResource(resource, (other as Node.Map)?["Id"], qualifier) : null;
        if (SamStack.TextOf(map["Type"]) is not { } type) return null;
        return new SamEnd(OfSam(type), map["Arn"], map["RoleName"], map["QueueUrl"], map["Name"], map["ResourceId"], qualifier);
    }

    /// <summary>What a placeholder of a profile stands for.</summary>
    public Node? Named(string name) => name switch
    {
        "Arn" => Arn,
        "Name" => Name,
        "ResourceId" => ResourceId,
        "Qualifier" => Qualifier,
        _ => null,
    };

    private static SamEnd OfResource(Template.Declared resource, Node? otherId, Node? qualifier)
    {
        var at = new NodesAt(resource.Location);
        var (id, type, properties) = (resource.LogicalId, resource.Type, resource.Properties as Node.Map);
        var byRef = type is "AWS::SNS::Topic" or "AWS::StepFunctions::StateMachine" or "AWS::AppSync::GraphQLApi" or "AWS::AppSync::DataSource";
        var role = type switch
        {
            "AWS::Lambda::Function" => properties?["Role"],
            "AWS::StepFunctions::StateMachine" => properties?["RoleArn"],
            "AWS::AppSync::DataSource" => properties?["ServiceRoleArn"],
            "AWS::Events::Rule" => RoleOfTarget(properties, SamStack.TextOf(otherId)),
            _ => null,
        };
        var api = type is "AWS::ApiGateway::RestApi" or "AWS::ApiGatewayV2::Api";
        return new SamEnd(
            type, byRef ? at.Ref(id) : at.GetAtt(id, "Arn"), SamStack.OwnerOf(role) is { } owner ? at.Ref(owner) : null,
            type == "AWS::SQS::Queue" ? at.Ref(id) : null, type == "AWS::StepFunctions::StateMachine" ? at.GetAtt(id, "Name") : null,
            type == "AWS::AppSync::GraphQLApi" ? at.GetAtt(id, "ApiId") : api ? at.Ref(id) : null, qualifier ?? (api ? at.Text("*") : null));
    }

    private static Node? RoleOfTarget(Node.Map? rule, string? id) => (rule?["Targets"] as Node.List)?.Items
        .OfType<Node.Map>()
        .FirstOrDefault(t => id is not null && SamStack.OwnerOf(t["Arn"]) == id)?["RoleArn"];

    private static string OfSam(string type) => type switch
    {
        "AWS::Serverless::Function" => "AWS::Lambda::Function",
        "AWS::Serverless::StateMachine" => "AWS::StepFunctions::StateMachine",
        "AWS::Serverless::Api" => "AWS::ApiGateway::RestApi",
        "AWS::Serverless::HttpApi" => "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::SimpleTable" => "AWS::DynamoDB::Table",
        _ => type,
    };
}
