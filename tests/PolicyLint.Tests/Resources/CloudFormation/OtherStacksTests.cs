using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>What a template takes from other stacks: by the name of an export, or by the names of a stack and its output.</summary>
public sealed class OtherStacksTests
{
    private static readonly Kinds Kinds = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).ToList(), []).Kinds;

    private static Input Manifest(params (string Template, string Name, string Environment)[] stacks) => Scanned.InputOf("cdk.out/manifest.json", $$"""
        { "version": "55.0.0", "artifacts": { {{string.Join(", ", stacks.Select(s => $$"""
        "{{s.Template}}": { "type": "aws:cloudformation:stack", "environment": "aws://{{s.Environment}}", "properties": { "templateFile": "{{s.Template}}.template.json", "stackName": "{{s.Name}}" } }
        """))}} } }
        """);

    private static Input Producer(string template, string bucket, string output = "Files") => Scanned.InputOf($"cdk.out/{template}.template.json", $$"""
        { "Resources": { "Bucket": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "{{bucket}}" } } },
          "Outputs": { "{{output}}": { "Value": { "Ref": "Bucket" }, "Export": { "Name": "files-name" } } } }
        """);

    private static Input Consumer(string value, string template = "Consumer") => Scanned.InputOf($"cdk.out/{template}.template.json", $$"""
        { "Resources": { "It": { "Type": "AWS::Test::Thing", "Properties": { "Text": {{value}} } } } }
        """);

    private static (string Text, string[] Problems) TextOf(params Input[] inputs)
    {
        var problems = new List<Problem>();
        var (graph, _) = GraphReader.Read(inputs, new Wanted(Deployment.Unsaid, Kinds, new HashSet<string>(StringComparer.Ordinal) { "AWS::Test::Thing" }), problems);
        return (graph.Resources.Single(r => r.Type == "AWS::Test::Thing").Properties["Text"] switch
        {
            Value.Str text => text.Text.ToString(),
            Value.Unknown unknown => unknown.Why,
            var other => other.GetType().Name,
        }, [.. problems.Select(p => p.Message)]);
    }

    private const string Output = """{ "Fn::GetStackOutput": { "StackName": "storage", "OutputName": "Files" } }""";

    [Theory]
    [InlineData(Output, "files-here")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": "storage", "OutputName": "Files", "Region": "us-east-1" } }""", "files-overseas")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": "storage", "OutputName": "Files", "RoleArn": "arn:aws:iam::444455556666:role/reader" } }""", "files-production")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": "storage", "OutputName": "Missing" } }""", "⟨output Missing of stack storage⟩")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": "elsewhere", "OutputName": "Files" } }""", "⟨output Files of stack elsewhere⟩")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": { "Fn::Sub": "${AWS::AccountId}-storage" }, "OutputName": "Files" } }""", "⟨output Files of stack 111122223333-storage⟩")]
    [InlineData("""{ "Fn::ImportValue": "files-name" }""", "files-here")]
    public void A_stack_of_the_same_name_is_told_apart_by_account_and_region(string value, string expected)
    {
        var (text, problems) = TextOf(
            Producer("Here", "files-here"), Producer("Overseas", "files-overseas"), Producer("Production", "files-production"), Consumer(value),
            Manifest(("Here", "storage", "111122223333/eu-west-1"), ("Overseas", "storage", "111122223333/us-east-1"), ("Production", "storage", "444455556666/eu-west-1"), ("Consumer", "consumer", "111122223333/eu-west-1")));
        Assert.Equal(expected, text);
        Assert.Empty(problems);
    }

    [Fact]
    public void One_that_may_be_either_of_two_is_neither() => Assert.Equal("⟨output Files of stack storage⟩", TextOf(
        Producer("Here", "files-here"), Producer("Overseas", "files-overseas"), Consumer(Output),
        Manifest(("Here", "storage", "111122223333/eu-west-1"), ("Overseas", "storage", "111122223333/us-east-1"), ("Consumer", "consumer", "111122223333/unknown-region"))).Text);

    [Fact]
    public void A_value_is_followed_through_several_stacks()
    {
        var middle = Scanned.InputOf("cdk.out/Middle.template.json", $$"""
            { "Resources": { "Other": { "Type": "AWS::Test::Other" } }, "Outputs": { "Path": { "Value": { "Fn::Join": ["/", [{{Output}}, "site"]] }, "Export": { "Name": "path" } } } }
            """);
        Assert.Equal("files/site", TextOf(
            Consumer("""{ "Fn::ImportValue": "path" }""", "A"), middle, Producer("Storage", "files"),
            Manifest(("A", "a", "unknown-account/unknown-region"), ("Middle", "middle", "unknown-account/unknown-region"), ("Storage", "storage", "unknown-account/unknown-region"))).Text);
    }

    [Fact]
    public void Stacks_that_take_from_each_other_in_a_circle_end()
    {
        Input Of(string own, string other) => Scanned.InputOf($"cdk.out/{own}.template.json", $$"""
            { "Resources": { "It": { "Type": "AWS::Test::{{own}}" } }, "Outputs": { "Files": { "Value": { "Fn::Sub": ["a${X}", { "X": { "Fn::GetStackOutput": { "StackName": "{{other}}", "OutputName": "Files" } } }] } } } }
            """);
        Assert.Empty(TextOf(Of("One", "two"), Of("Two", "one"), Consumer("\"x\""), Manifest(("One", "one", "unknown-account/unknown-region"), ("Two", "two", "unknown-account/unknown-region"))).Problems);
    }

    [Theory]
    [InlineData("""{ "Fn::GetStackOutput": "Files" }""")]
    [InlineData("""{ "Fn::GetStackOutput": { "StackName": "storage" } }""")]
    public void What_it_lacks_is_told(string value)
    {
        var (text, problems) = TextOf(Consumer(value));
        Assert.Equal("`Fn::GetStackOutput` has wrong arguments", text);
        Assert.Equal(["`Fn::GetStackOutput` takes a map with `StackName` and `OutputName`"], problems);
    }
}
