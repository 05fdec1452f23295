using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands events of the types <c>Api</c> and <c>HttpApi</c>: the permission by which API Gateway calls the function.</summary>
internal static class SamApiEvents
{
    public const string RestApi = "ServerlessRestApi";
    public const string HttpApi = "ServerlessHttpApi";

    public static void Expand(SamEvent found, SamTarget target)
    {
        var at = found.At;
        var api = ApiOf(found);
        var path = found["Path"] is { } written ? SamStack.TextOf(written) is { } text ? Stars(text) : "${Path}" : "";
        var resource = $"${{ApiId}}/*/{MethodOf(found)}{path}";
        target.Permit(found.Source, $"{found.Id}Permission{Suffix(found, api)}", at, "apigateway.amazonaws.com",
            at.Entry("SourceArn", at.Arn("execute-api", resource, at.Entry("ApiId", api), path == "${Path}" ? at.Entry("Path", found["Path"]) : null)));
    }

    /// <summary>What names the API that an event belongs to: its own word, or the one that SAM makes.</summary>
    public static Node ApiOf(SamEvent found) => found[found.Type == "Api" ? "RestApiId" : "ApiId"] switch
    {
        null => found.At.Ref(found.Type == "Api" ? RestApi : HttpApi),
        Node.Scalar { Tag: "", Text: var id } scalar when found.Stack.Written.ContainsKey(id) => new NodesAt(scalar.Location).Ref(id),
        var named => named,
    };

    /// <summary>The method as ARNs write it.</summary>
    public static string MethodOf(SamEvent found) => SamStack.TextOf(found["Method"])?.ToUpperInvariant() switch
    {
        null or "ANY" or "X-AMAZON-APIGATEWAY-ANY-METHOD" => "*",
        var method => method,
    };

    /// <summary>The path as ARNs write it: a star for each parameter, no slash at the end.</summary>
    public static string Stars(string path)
    {
        if (path == "$default") return "";
        if (path.Length > 1 && path.EndsWith('/')) path = path[..^1];
        return string.Concat(path.Split('{').Select((part, i) => i == 0 ? part : $"*{part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..]}"));
    }

    /// <summary>The end of the permission's logical id: the stage of a REST API where that is written out.</summary>
    private static string Suffix(SamEvent found, Node api)
    {
        if (found.Type == "HttpApi") return "";
        var stage = found.Stack.Find(api)?.Properties is Node.Map properties && properties["StageName"] is Node.Scalar { Tag: "" } name ? name.Text : "Stage";
        return string.Concat(stage.Where(char.IsAsciiLetterOrDigit));
    }
}
