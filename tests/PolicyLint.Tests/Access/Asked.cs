using System.Text;
using System.Text.Json;
using PolicyLint.Engine;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Access;

/// <summary>Small inputs, and what is answered when people ask about them: <c>can WHO ACTION RESOURCE</c>.</summary>
internal sealed record Asked(params IReadOnlyList<Input> Inputs)
{
    public const string Account = "111122223333";

    private static readonly Lazy<Kinds> Shipped = new(() => RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []).Kinds);

    public Deployment Deployment { get; init; } = Deployment.Unsaid with { Account = Account, Region = "eu-west-1" };

    /// <summary>A template of these resources, one a line.</summary>
    public static Asked Template(params IEnumerable<string> resources) => TemplateUnder("", resources);

    /// <summary>A template with other parts before its resources.</summary>
    public static Asked TemplateUnder(string head, params IEnumerable<string> resources) =>
        new(InputOf("template.yaml", $"AWSTemplateFormatVersion: \"2010-09-09\"\n{head}\nResources:\n{Lines(resources)}"));

    /// <summary>A plan of these resources, each as rules' examples write them.</summary>
    public static Asked Plan(params IEnumerable<string> resources) => new(PlanOf("plan.json", resources));

    /// <summary>A plan's input; its path is its stack's.</summary>
    public static Input PlanOf(string path, params IEnumerable<string> resources)
    {
        var written = (Node.Map)Assert.Single(YamlReader.Read(path, Lines(resources), []));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(json, PlanShorthand.Expand(written));
        return InputOf(path, Encoding.UTF8.GetString(stream.ToArray()));
    }

    public static Input InputOf(string path, string text) => new(path, Named: true, () => Encoding.UTF8.GetBytes(text));

    /// <summary>The one answer to a question that has no fault, of inputs that have none.</summary>
    public Decision May(string who, string action, string on) => May(new Inquiry(who, action, on));

    public Decision May(Inquiry inquiry)
    {
        var reply = Ask(inquiry);
        Assert.Equal([], reply.Problems.Concat(reply.Faults).Select(p => $"{p.Location}: {p.Message}"));
        return Assert.Single(reply.Answers).Decision;
    }

    public Inquirer.Reply Ask(Inquiry inquiry) => Inquirer.Ask(Inputs, new Wanted(Deployment, Shipped.Value, new HashSet<string>()), inquiry, Given.Here);

    /// <summary>The answer and its reason, to be compared at once.</summary>
    public (Truth Allowed, string Reason) Told(string who, string action, string on)
    {
        var decision = May(who, action, on);
        return (decision.Allowed, decision.Reason);
    }

    private static string Lines(IEnumerable<string> resources) => string.Concat(resources.Select(r => $"  {r.Trim().ReplaceLineEndings("\n  ")}\n"));

    private static void Write(Utf8JsonWriter json, Node node)
    {
        switch (node)
        {
            case Node.Map map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key.Text);
                    Write(json, entry.Value);
                }
                json.WriteEndObject();
                break;
            case Node.List list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case Node.Scalar { Kind: ScalarKind.Null }: json.WriteNullValue(); break;
            case Node.Scalar { Kind: ScalarKind.Bool or ScalarKind.Number } scalar: json.WriteRawValue(scalar.Text); break;
            case Node.Scalar scalar: json.WriteStringValue(scalar.Text); break;
        }
    }

    /// <summary>A role of a template: its trust policy lets Lambda in, its own policy is of these statements.</summary>
    public static string Role(string id, params IEnumerable<string> statements) =>
        $"{id}: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: {id}, AssumeRolePolicyDocument: {Policy("{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }")}, Policies: [{(statements.Any() ? $"{{ PolicyName: own, PolicyDocument: {Policy(statements)} }}" : "")}] }} }}";

    /// <summary>A bucket of a template, called <c>b</c>, and its policy where it has one.</summary>
    public static string Bucket(string properties, params IEnumerable<string> statements) =>
        $"B: {{ Type: AWS::S3::Bucket, Properties: {{ BucketName: b, {properties} }} }}"
        + (statements.Any() ? $"\nP: {{ Type: AWS::S3::BucketPolicy, Properties: {{ Bucket: !Ref B, PolicyDocument: {Policy(statements)} }} }}" : "");

    /// <summary>A statement of a resource policy.</summary>
    public static string Statement(string effect, string principal, string action, string resource, string condition = "{}") =>
        $"{{ Effect: {effect}, Principal: {principal}, Action: '{action}', Resource: '{resource}', Condition: {condition} }}";

    /// <summary>A policy document in YAML.</summary>
    public static string Policy(params IEnumerable<string> statements) => $"{{ Version: '2012-10-17', Statement: [{string.Join(", ", statements)}] }}";

    /// <summary>A statement that allows, and whatever else is said of it.</summary>
    public static string Allow(string action, string resource = "'*'", string more = "") => $"{{ Effect: Allow, Action: '{action}', Resource: {resource}{more} }}";
}
