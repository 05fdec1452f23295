using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>The definition of a state machine is found in the template and in local files, with what is substituted in it.</summary>
public sealed class MachineDefinitionTests
{
    private const string States = """{ "StartAt": "Go", "States": { "Go": { "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Parameters": { "TableName": "${Table}" }, "End": true } } }""";

    private static Report Scan(string definition, params (string Path, string Text)[] beside) => Scanned.Run(
        [Scanned.InputOf("infra/main.yaml", Template(definition))], [.. beside.Select(b => Scanned.InputOf(b.Path, b.Text))], Deployment.Unsaid);

    private static string Told(string definition, params (string Path, string Text)[] beside) => Scanned.Told(Scan(definition, beside), "state-machine-to-table");

    private static string Template(string definition) => $$"""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Orders: { Type: AWS::DynamoDB::Table }
          Others: { Type: AWS::DynamoDB::Table }
          Machine:
            Type: AWS::Serverless::StateMachine
            Properties:
              Policies: [{ Statement: [{ Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Others.Arn }] }]
              {{definition}}
        """;

    [Theory]
    [InlineData("infra/states/go.asl.json")]
    [InlineData("infra/states/go.asl.yaml")] // JSON is YAML
    public void A_local_file_is_read(string path) => Assert.Equal(
        "infra/main.yaml:8:95 fail Machine", Told($"DefinitionUri: {path[6..]}\n      DefinitionSubstitutions: {{ Table: !Ref Orders }}", (path, States)));

    [Fact]
    public void What_is_allowed_for_the_table_of_the_file_passes() =>
        Assert.Equal("", Told("DefinitionUri: go.json\n      DefinitionSubstitutions: { Table: !Ref Others }", ("infra/go.json", States)));

    [Theory]
    [InlineData("DefinitionUri: go.json")]
    [InlineData("DefinitionUri: s3://elsewhere/go.json")]
    [InlineData("DefinitionUri: { Bucket: elsewhere, Key: go.json }")]
    public void A_file_that_is_not_there_is_unknown(string definition) => Assert.EndsWith("unknown Machine", Scanned.Told(Scan(definition), "state-machine-waits"), StringComparison.Ordinal);

    [Fact]
    public void A_broken_file_is_a_problem() =>
        Assert.StartsWith("infra/go.json:", Told("DefinitionUri: go.json", ("infra/go.json", "{ \"StartAt\": ")), StringComparison.Ordinal);

    [Fact]
    public void A_text_is_substituted_like_a_map() => Assert.Equal(
        "infra/main.yaml:8:95 fail Machine", Told($"DefinitionSubstitutions: {{ Table: !Ref Orders }}\n      Definition: {States}"));
}
