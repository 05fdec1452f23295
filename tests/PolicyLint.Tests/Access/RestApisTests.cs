using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Which policies count for a REST API, by how its methods authorize (semantics 2.4).</summary>
public class RestApisTests
{
    private const string Foreign = "{ AWS: '444455556666' }";

    private static Asked With(string authorization, string policy = "", string types = "REGIONAL", params string[] more) => Asked.Template(
    [
        $"Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ EndpointConfiguration: {{ Types: [{types}] }}{(policy.Length > 0 ? $", Policy: {Asked.Policy(policy)}" : "")} }} }}",
        .. authorization.Split(' ').Select((a, i) => $"M{i}: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, ResourceId: r, HttpMethod: GET, AuthorizationType: {a} }} }}"),
        .. more,
    ]);

    private static string Allow(string principal, string resource = "execute-api:/*", string condition = "{}") => Asked.Statement("Allow", principal, "execute-api:Invoke", resource, condition);

    [Fact]
    public void By_IAM_either_policy_is_enough_in_the_same_account()
    {
        Assert.Equal(Truth.Yes, With("AWS_IAM", more: Asked.Role("R", Asked.Allow("execute-api:Invoke"))).May("R", "execute-api:Invoke", "Api/prod/GET/").Allowed);
        Assert.Equal(Truth.Yes, With("AWS_IAM", Allow("{ AWS: !GetAtt R.Arn }"), more: Asked.Role("R")).May("R", "execute-api:Invoke", "Api/prod/GET/").Allowed);
        Assert.Equal(Truth.No, With("AWS_IAM", Allow(Foreign), more: Asked.Role("R")).May("R", "execute-api:Invoke", "Api/prod/GET/").Allowed);
        Assert.Equal(Truth.No, With("AWS_IAM", Asked.Statement("Deny", "'*'", "*", "execute-api:/*"), more: Asked.Role("R", Asked.Allow("execute-api:Invoke"))).May("R", "execute-api:Invoke", "Api/prod/GET/").Allowed);
    }

    [Fact]
    public void By_IAM_both_policies_are_needed_across_accounts()
    {
        Assert.Equal(Truth.No, With("AWS_IAM").May("444455556666", "execute-api:Invoke", "Api/prod/GET/").Allowed);
        Assert.Equal(Truth.Yes, With("AWS_IAM", Allow(Foreign)).May("444455556666", "execute-api:Invoke", "Api/prod/GET/").Allowed); // an account's own policies are not the question
        Assert.Equal(
            (Truth.Unknown, "the policies of arn:aws:iam::444455556666:role/F are not in the input"),
            With("AWS_IAM", Allow(Foreign)).Told("arn:aws:iam::444455556666:role/F", "execute-api:Invoke", "Api/prod/GET/"));
    }

    [Fact]
    public void By_IAM_nobody_gets_in_without_a_signature() => Assert.Equal(
        (Truth.No, "the methods of `Api` take signed requests only"), With("AWS_IAM", Allow("'*'")).Told("anonymous", "execute-api:Invoke", "Api/prod/GET/"));

    [Theory]
    [InlineData("NONE")]
    [InlineData("COGNITO_USER_POOLS")]
    public void Without_a_policy_a_public_API_is_open(string authorization) => Assert.Equal(
        (Truth.Yes, "`Api` has no policy, and nothing else stands before it"), With(authorization).Told("anonymous", "execute-api:Invoke", "Api/prod/GET/"));

    [Theory]
    [InlineData("NONE", "'*'", Truth.Yes)]
    [InlineData("NONE", Foreign, Truth.No)]
    [InlineData("COGNITO_USER_POOLS", "'*'", Truth.Yes)]
    [InlineData("COGNITO_USER_POOLS", Foreign, Truth.No)]
    public void With_a_policy_that_must_allow(string authorization, string principal, Truth expected) =>
        Assert.Equal(expected, With(authorization, Allow(principal)).May("anonymous", "execute-api:Invoke", "Api/prod/GET/").Allowed);

    [Fact]
    public void A_custom_authorizer_decides_for_itself()
    {
        Assert.Equal((Truth.Unknown, "the authorizer of `Api` decides"), With("CUSTOM").Told("anonymous", "execute-api:Invoke", "Api/prod/GET/"));
        Assert.Equal(Truth.No, With("CUSTOM", Asked.Statement("Deny", "'*'", "*", "execute-api:/*")).May("anonymous", "execute-api:Invoke", "Api/prod/GET/").Allowed);
    }

    [Fact]
    public void Methods_that_authorize_in_several_ways_leave_it_open() => Assert.Equal(
        (Truth.Unknown, "how the methods of `Api` authorize is not known here, or differs"), With("NONE AWS_IAM").Told("anonymous", "execute-api:Invoke", "Api/prod/GET/"));

    [Fact]
    public void A_private_API_needs_a_policy()
    {
        Assert.Equal(Truth.No, With("NONE", types: "PRIVATE").May("anonymous", "execute-api:Invoke", "Api/prod/GET/").Allowed);
        Assert.Equal(Truth.Yes, With("NONE", Allow("'*'"), types: "PRIVATE").May("anonymous", "execute-api:Invoke", "Api/prod/GET/").Allowed);
    }

    [Theory]
    [InlineData("execute-api:/*", Truth.Yes)]
    [InlineData("execute-api:/prod/*", Truth.Yes)]
    [InlineData("execute-api:/prod/GET/pets", Truth.Yes)]
    [InlineData("execute-api:/test/*", Truth.No)]
    [InlineData("execute-api:/prod/POST/pets", Truth.No)]
    [InlineData("*", Truth.Yes)]
    public void A_resource_may_leave_the_API_s_ARN_out(string resource, Truth expected) =>
        Assert.Equal(expected, With("NONE", Allow("'*'", resource)).May("anonymous", "execute-api:Invoke", "Api/prod/GET/pets").Allowed);
}
