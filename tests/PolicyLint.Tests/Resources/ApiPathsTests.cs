using PolicyLint.Tests.Rules;

namespace PolicyLint.Tests.Resources;

public sealed class ApiPathsTests
{
    private static string PathOf(string resources) => RuleText.Verdict(
        RuleText.With("resource: apigateway-integration\nrequire: { path: nowhere }\nmessage: \"{path}\""),
        $"Parameters: {{ P: {{ Type: String }} }}\nResources:\n  Api: {{ Type: AWS::ApiGateway::RestApi }}\n{resources}");

    private static string Part(string name, string parent, string part) =>
        $"  {name}: {{ Type: AWS::ApiGateway::Resource, Properties: {{ RestApiId: !Ref Api, ParentId: {parent}, PathPart: {part} }} }}\n";

    private static string Method(string place) => $"  It: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, HttpMethod: GET, ResourceId: {place} }} }}\n";

    [Theory]
    [InlineData("!GetAtt Api.RootResourceId", "/")]
    [InlineData("!Ref Items", "/items")]
    [InlineData("!Ref Item", "/items/*")]
    [InlineData("!Ref P", "/*")]
    [InlineData("r1", "/*")]
    public void A_path_is_made_of_the_parts_above(string place, string path) => Assert.Equal(
        $"fail: {path}",
        PathOf(Part("Items", "!GetAtt Api.RootResourceId", "items") + Part("Item", "!Ref Items", "'{id}'") + Method(place)));

    [Fact]
    public void Parts_above_each_other_come_to_an_end() =>
        Assert.EndsWith("/a/b", PathOf(Part("A", "!Ref B", "a") + Part("B", "!Ref A", "b") + Method("!Ref B")), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET /items/{id}", "GET/items/*")]
    [InlineData("ANY /items", "*/items")]
    [InlineData("$default", "$default")]
    [InlineData("sendmessage", "sendmessage")]
    public void A_route_key_says_method_and_path(string key, string said) => Assert.Equal($"fail: {said}", RuleText.Verdict(
        RuleText.With("resource: apigateway-http-route\nrequire: { call: nowhere }\nmessage: \"{call}\""),
        $"Resources:\n  It: {{ Type: AWS::ApiGatewayV2::Route, Properties: {{ ApiId: a1, RouteKey: '{key}' }} }}\n"));
}
