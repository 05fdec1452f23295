using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>The resource policy of a REST API: what is written as such, and what <c>Auth.ResourcePolicy</c> of the API and of its
/// events stands for.</summary>
internal static class SamApiPolicy
{
    private static readonly string[] Known =
    [
        "AwsAccountWhitelist", "AwsAccountBlacklist", "IpRangeWhitelist", "IpRangeBlacklist", "SourceVpcWhitelist", "SourceVpcBlacklist",
        "IntrinsicVpcWhitelist", "IntrinsicVpcBlacklist", "IntrinsicVpceWhitelist", "IntrinsicVpceBlacklist",
    ];

    /// <summary>The policy, or null where nothing states one.</summary>
    public static Node? Of(SamSource api, IReadOnlyList<SamEvent> events)
    {
        var stated = SamSource.Set(api["Policy"] ?? (api.Properties["DefinitionBody"] as Node.Map)?["x-amazon-apigateway-policy"]);
        if (stated is null && api["DefinitionBody"] is { } body && Intrinsic.Of(body) is not null) return body; // nobody knows here what policy it holds
        var made = new List<Node>();
        var own = events.Where(e => e.Type == "Api" && SamStack.IdOf(SamApiEvents.ApiOf(e)) == api.Id).ToList();
        if (api.Map("Auth")?["ResourcePolicy"] is Node.Map ofAll)
        {
            foreach (var path in Paths(api, own)) made.AddRange(Statements(ofAll, api, path));
            made.AddRange(Custom(ofAll));
        }
        foreach (var found in own)
            if ((found["Auth"] as Node.Map)?["ResourcePolicy"] is Node.Map ofOne)
                made.AddRange([.. Statements(ofOne, api, PathOf(found)), .. Custom(ofOne)]);
        if (made.Count == 0) return stated;
        var at = new NodesAt(made[0].Location);
        var statements = stated is Node.Map document && document["Statement"] is { } written ? Items(written).Concat(made) : made;
        return at.Document(statements);
    }

    private static string PathOf(SamEvent found) => $"{SamApiEvents.MethodOf(found)}{SamApiEvents.Stars(SamStack.TextOf(found["Path"]) ?? "")}";

    /// <summary>Every method and path of the API, as ARNs write them: of its definition, else of its events.</summary>
    private static IEnumerable<string> Paths(SamSource api, List<SamEvent> own)
    {
        if ((api.Properties["DefinitionBody"] as Node.Map)?["paths"] is not Node.Map paths) return own.Select(PathOf).Distinct(StringComparer.Ordinal);
        return paths.Entries.SelectMany(p => p.Value is Node.Map methods ? methods.Entries.Select(m => Method(m.Key.Text) + SamApiEvents.Stars(p.Key.Text)) : []);

        static string Method(string name) => name.ToUpperInvariant() is var upper && upper is "ANY" or "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "*" : upper;
    }

    private static IEnumerable<Node> Custom(Node.Map policy) => SamSource.Set(policy["CustomStatements"]) is { } custom ? Items(custom) : [];

    private static IEnumerable<Node> Items(Node node) => node is Node.List { Tag: "" } list ? list.Items : [node];

    private static IEnumerable<Node> Statements(Node.Map policy, SamSource api, string path)
    {
        var at = new NodesAt(policy.Location);
        var resource = at.Sub($"execute-api:/${{Stage}}/{path}", at.Entry("Stage", api["StageName"]));
        foreach (var entry in policy.Entries)
        {
            if (SamSource.Set(entry.Value) is null || entry.Key.Text == "CustomStatements") continue;
            if (!Known.Contains(entry.Key.Text)) api.Stack.NotUnderstood($"`{entry.Key.Text}` in the resource policy of `{api.Id}` is not understood here");
            var here = new NodesAt(entry.Key.Location);
            var given = here.List(Items(entry.Value));
            foreach (var statement in Statements(entry.Key.Text, given, resource, here)) yield return statement;
        }
    }

    private static IEnumerable<Node> Statements(string key, Node.List given, Node resource, NodesAt at) => key switch
    {
        "AwsAccountWhitelist" => [Statement(at, "Allow", at.Map(at.Entry("AWS", given)), resource, null)],
        "AwsAccountBlacklist" => [Statement(at, "Deny", at.Map(at.Entry("AWS", given)), resource, null)],
        "IpRangeWhitelist" => But(at, resource, "NotIpAddress", "aws:SourceIp", given),
        "IpRangeBlacklist" => But(at, resource, "IpAddress", "aws:SourceIp", given),
        "SourceVpcWhitelist" => But(at, resource, "StringNotEquals", EndpointKey(given), given),
        "SourceVpcBlacklist" => But(at, resource, "StringEquals", EndpointKey(given), given),
        "IntrinsicVpcWhitelist" => But(at, resource, "StringNotEquals", "aws:SourceVpc", given),
        "IntrinsicVpcBlacklist" => But(at, resource, "StringEquals", "aws:SourceVpc", given),
        "IntrinsicVpceWhitelist" => But(at, resource, "StringNotEquals", "aws:SourceVpce", given),
        "IntrinsicVpceBlacklist" => But(at, resource, "StringEquals", "aws:SourceVpce", given),
        _ => [],
    };

    private static string EndpointKey(Node.List given) =>
        given.Items is [Node.Scalar { Text: var first }, ..] && first.StartsWith("vpce-", StringComparison.Ordinal) ? "aws:SourceVpce" : "aws:SourceVpc";

    /// <summary>All are let in but those of the condition.</summary>
    private static IEnumerable<Node> But(NodesAt at, Node resource, string @operator, string key, Node.List given) =>
    [
        Statement(at, "Allow", at.Text("*"), resource, null),
        Statement(at, "Deny", at.Text("*"), resource, at.Map(at.Entry(@operator, at.Map(at.Entry(key, given))))),
    ];

    private static Node.Map Statement(NodesAt at, string effect, Node principal, Node resource, Node? condition) => at.Map(
        at.Entry("Effect", effect), at.Entry("Principal", principal), at.Entry("Action", "execute-api:Invoke"), at.Entry("Resource", resource), at.Entry("Condition", condition));
}
