using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Resources.CloudFormation.Sam;

/// <summary>References to what SAM makes, and what is said where something is not understood.</summary>
public sealed class SamReferencesTests
{
    private const string Head = "Transform: AWS::Serverless-2016-10-31\nResources:\n";

    private const string Function = """
          Hello:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.handler
              AutoPublishAlias: live
              Events: { Get: { Type: Api, Properties: { Path: /, Method: get } } }

        """;

    [Theory]
    [InlineData("!Ref HelloRole", "⟨HelloRole.name⟩")]
    [InlineData("!GetAtt HelloRole.Arn", "arn:aws:iam::⟨AWS::AccountId⟩:role/⟨HelloRole.name⟩")]
    [InlineData("!Sub \"${HelloRole.Arn}\"", "arn:aws:iam::⟨AWS::AccountId⟩:role/⟨HelloRole.name⟩")]
    [InlineData("!Ref ServerlessRestApi", "⟨ServerlessRestApi.id⟩")]
    [InlineData("!Ref ServerlessRestApiProdStage", "Prod")]
    [InlineData("!Ref ServerlessRestApi.Stage", "Prod")]
    [InlineData("!Ref Hello.Alias", "⟨HelloAliaslive.arn⟩")]
    [InlineData("!Ref Hello.Version", "⟨HelloVersion.arn⟩")]
    [InlineData("!GetAtt Hello.Version.Version", "⟨HelloVersion.Version⟩")]
    [InlineData("!Sub \"${Hello.Alias}\"", "⟨HelloAliaslive.arn⟩")]
    [InlineData("!Ref ServerlessRestApiDeployment47fc2d5f9d", "⟨made ServerlessRestApiDeployment⟩")]
    public void What_SAM_makes_can_be_referred_to(string written, string meant)
    {
        var problems = new List<Problem>();
        Shown.Of($"{Head}{Function}  Topic: {{ Type: AWS::SNS::Topic, Properties: {{ DisplayName: {written} }} }}\n", new HashSet<string>(), out var graph, problems);
        Assert.Equal([], problems.Select(p => p.Message));
        Assert.Equal($"Topic AWS::SNS::Topic {{DisplayName: {meant}}}", Shown.Line(graph.Resources.Single(r => r.Address == "Topic")));
    }

    [Theory]
    [InlineData("HelloRol", "did you mean `HelloRole`?")]
    [InlineData("ServerlessHttpApi", "did you mean `ServerlessRestApi`?")]
    public void What_SAM_does_not_make_is_missing(string name, string help)
    {
        var problems = new List<Problem>();
        Shown.Of($"{Head}{Function}  Topic: {{ Type: AWS::SNS::Topic, Properties: {{ DisplayName: !Ref {name} }} }}\n", new HashSet<string>(), out _, problems);
        Assert.Equal($"`{name}` is neither a parameter nor a resource of this template | {help}", string.Join("\n", problems.Select(p => $"{p.Message} | {p.Help}")));
    }

    [Theory]
    [InlineData("Policies: [S3ReedPolicy: { BucketName: b }]", "8:18: `S3ReedPolicy` is no policy template of SAM | did you mean `S3ReadPolicy`?")]
    [InlineData("Policies: [S3ReadPolicy: { Bucket: b }]", "8:18: policy template `S3ReadPolicy` needs `BucketName` | give it: `S3ReadPolicy: { BucketName: … }`")]
    [InlineData("Policies: [{ Effect: Allow, Action: \"s3:*\", Resource: \"*\" }]", "8:18: this policy of `F` has no form that SAM knows | write a managed policy's name or ARN, a document with `Statement`, or a policy template")]
    public void A_policy_that_SAM_refuses_is_a_problem(string property, string told)
    {
        var problems = new List<Problem>();
        Shown.Of($"# one\n# two\n{Head}  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      {property}\n", new HashSet<string>(), out _, problems);
        Assert.Equal(told, Assert.Single(problems.Select(p => $"{p.Location.Line}:{p.Location.Column}: {p.Message} | {p.Help}")));
    }

    [Theory]
    [InlineData("F: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: Mail } } } }", "event `E` of `F` has type `Mail`, which is not understood here")]
    [InlineData("F: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: S3, Properties: { Bucket: b, Events: e } } } } }", "event `E` of `F` names no bucket of the template")]
    [InlineData("F: { Type: AWS::Serverless::Function, Properties: { Policies: { \"Fn::Transform\": { Name: AWS::Include } } } }", "the policies of `F` are made by `Fn::Transform`, which is not understood here")]
    [InlineData("F: { Type: AWS::Serverless::Function, Properties: { FunctionUrlConfig: { \"Fn::If\": [A, { AuthType: NONE }, !Ref AWS::NoValue] } } }", "`FunctionUrlConfig` of `F` is not written out")]
    [InlineData("G: { Type: AWS::Serverless::GraphQLApi }", "what `G` (AWS::Serverless::GraphQLApi) makes is not expanded here")]
    [InlineData("F: { Type: AWS::Serverless::Function }", "")]
    public void What_is_not_understood_leaves_the_stack_open_with_the_reason(string resource, string open)
    {
        Shown.Of($"{Head}  {resource}\n  T: {{ Type: AWS::SNS::Topic }}\n", new HashSet<string>(), out var graph, []);
        Assert.Equal(open, graph.Resources[0].Stack.Open);
    }

    [Fact]
    public void What_is_made_stands_where_it_was_written()
    {
        Shown.Of($"{Head}{Function}", new HashSet<string>(), out var graph, []);
        Assert.Equal(
            ["Hello 3", "HelloAliaslive 7", "HelloGetPermissionProd 8", "HelloRole 3", "HelloVersion 7", "ServerlessRestApi 8", "ServerlessRestApiDeployment 8", "ServerlessRestApiProdStage 8"],
            graph.Resources.Select(r => $"{r.Address} {r.Location.Line}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_definition_that_is_included_may_hold_a_policy()
    {
        Shown.Of($"{Head}  A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: v1, DefinitionBody: {{ \"Fn::Transform\": {{ Name: AWS::Include }} }} }} }}\n", new HashSet<string>(), out var graph, []);
        Assert.Equal("A AWS::ApiGateway::RestApi {Policy: unknown: what `AWS::Include` brings in is no local file}", Shown.Line(Assert.Single(graph.Resources, r => r.Address == "A")));
    }

    [Fact]
    public void Another_macro_still_leaves_the_stack_open()
    {
        Shown.Of("Transform: [AWS::Serverless-2016-10-31, Own]\nResources:\n  F: { Type: AWS::Serverless::Function }\n", new HashSet<string>(), out var graph, []);
        Assert.Equal("macro `Own` may add or change resources", graph.Resources[0].Stack.Open);
    }
}
