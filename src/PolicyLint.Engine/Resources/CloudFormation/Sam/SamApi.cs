using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands <c>AWS::Serverless::Api</c> and <c>AWS::Serverless::HttpApi</c>: the API, its deployment and stage, the
/// permissions by which it calls its authorizers.</summary>
internal static class SamApi
{
    private static readonly string[] Own =
    [
        "Auth", "DefinitionBody", "DefinitionUri", "StageName", "CacheClusterEnabled", "CacheClusterSize", "Variables", "MethodSettings", "AccessLogSetting", "CanarySetting",
        "TracingEnabled", "Cors", "CorsConfiguration", "Domain", "EndpointConfiguration", "GatewayResponses", "OpenApiVersion", "Models", "MergeDefinitions", "PropagateTags", "Tags",
        "AlwaysDeploy", "StageVariables", "DefaultRouteSettings", "RouteSettings", "AccessLogSettings", "Policy",
    ];

    public static void ExpandRest(SamSource api, IReadOnlyList<SamEvent> events)
    {
        var at = api.Here;
        var stage = SamStack.TextOf(api["StageName"]) is { } name ? string.Concat(name.Where(char.IsAsciiLetterOrDigit)) : "";
        api.Add(api.Id, "AWS::ApiGateway::RestApi", api.Location,
        [
            .. api.Without(Own),
            at.Entry("EndpointConfiguration", EndpointsOf(api)),
            at.Entry("Policy", SamApiPolicy.Of(api, events)),
            at.Entry("Body", api["DefinitionBody"]),
            at.Entry("BodyS3Location", api["DefinitionUri"]),
        ]);
        api.Add($"{api.Id}Deployment", "AWS::ApiGateway::Deployment", api.Location,
            at.Entry("RestApiId", at.Ref(api.Id)), api["OpenApiVersion"] is null ? at.Entry("StageName", "Stage") : null);
        api.Add($"{api.Id}{stage}Stage", "AWS::ApiGateway::Stage", api.Location,
            at.Entry("RestApiId", at.Ref(api.Id)), at.Entry("DeploymentId", at.Ref($"{api.Id}Deployment")), at.Entry("StageName", api["StageName"]),
            at.Entry("MethodSettings", api["MethodSettings"]), at.Entry("AccessLogSetting", api["AccessLogSetting"]), at.Entry("TracingEnabled", api["TracingEnabled"]));
        api.Stack.Names[$"{api.Id}.Deployment"] = $"{api.Id}Deployment";
        api.Stack.Names[$"{api.Id}.Stage"] = $"{api.Id}{stage}Stage";
        Authorizers(api, a => !SamStack.IsTrue(a["DisableFunctionDefaultPermissions"]));
    }

    public static void ExpandHttp(SamSource api)
    {
        var at = api.Here;
        var name = api["StageName"] ?? at.Text("$default");
        var stage = SamStack.TextOf(name) == "$default" ? "ApiGatewayDefault" : string.Concat((SamStack.TextOf(name) ?? "").Where(char.IsAsciiLetterOrDigit));
        api.Add(api.Id, "AWS::ApiGatewayV2::Api", api.Location,
            [.. api.Without(Own), at.Entry("Body", api["DefinitionBody"]), at.Entry("BodyS3Location", api["DefinitionUri"])]);
        api.Add($"{api.Id}{stage}Stage", "AWS::ApiGatewayV2::Stage", api.Location,
            at.Entry("ApiId", at.Ref(api.Id)), at.Entry("StageName", name), at.Entry("AccessLogSettings", api["AccessLogSettings"]));
        api.Stack.Names[$"{api.Id}.Stage"] = $"{api.Id}{stage}Stage";
        Authorizers(api, a => SamStack.IsTrue(a["EnableFunctionDefaultPermissions"]));
    }

    /// <summary>SAM takes a type or a map; CloudFormation a map.</summary>
    private static Node? EndpointsOf(SamSource api) => api["EndpointConfiguration"] switch
    {
        null => null,
        Node.Map map when Intrinsic.Of(map) is null => api.At(map).Map([.. map.Entries.Where(e => e.Key.Text != "Type"), api.At(map).Entry("Types", map["Type"] is { } type ? api.At(type).List(type) : null)]),
        var type => api.At(type).Map(api.At(type).Entry("Types", api.At(type).List(type))),
    };

    private static void Authorizers(SamSource api, Func<Node.Map, bool> isPermitted)
    {
        if (api.Map("Auth")?["Authorizers"] is not Node.Map authorizers) return;
        foreach (var entry in authorizers.Entries)
        {
            if (entry.Value is not Node.Map authorizer || SamSource.Set(authorizer["FunctionArn"]) is not { } function || !isPermitted(authorizer)) continue;
            var at = new NodesAt(entry.Key.Location);
            api.Add($"{api.Id}{entry.Key.Text}AuthorizerPermission", "AWS::Lambda::Permission", at.Location,
                at.Entry("Action", "lambda:InvokeFunction"), at.Entry("FunctionName", function), at.Entry("Principal", "apigateway.amazonaws.com"),
                at.Entry("SourceArn", at.Arn("execute-api", "${ApiId}/authorizers/*", at.Entry("ApiId", at.Ref(api.Id)))));
        }
    }
}
