using System.Text.Json;
using PolicyLint.Engine.Reports;

namespace PolicyLint.Tests.Reports;

/// <summary>Constructs of CDK apps and second places of problems, in every format.</summary>
public sealed class ElsewhereTests
{
    private static readonly Report OfConstruct = Runs.Of(("cdk.out/Site.template.json", """
        { "Resources": { "AdminB1": {
          "Type": "AWS::IAM::Policy",
          "Properties": { "PolicyName": "p", "Roles": ["r"], "PolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] } },
          "Metadata": { "aws:cdk:path": "Site/Admin/Resource" } } } }
        """));

    private static readonly Report OfProblem = Runs.Of(("twice.yaml", "Resources:\n  A: { Type: AWS::S3::Bucket }\n  A: { Type: AWS::S3::Bucket }\n"));

    private static JsonElement Json(Report report)
    {
        using var json = JsonDocument.Parse(JsonReport.Write(report));
        return json.RootElement.Clone();
    }

    [Fact]
    public void A_construct_is_named_in_text_and_JSON_and_annotations()
    {
        Assert.Contains("\n   construct: Site/Admin\n", Runs.Text(OfConstruct), StringComparison.Ordinal);
        Assert.Equal("Site/Admin", Json(OfConstruct).GetProperty("findings")[0].GetProperty("construct").GetString());
        Assert.Contains("(construct `Site/Admin`)\n", GithubReport.Write(OfConstruct), StringComparison.Ordinal);
    }

    [Fact]
    public void In_SARIF_it_is_in_the_message_and_a_logical_location()
    {
        var result = Runs.Sarif(OfConstruct).GetProperty("results")[0];
        Assert.EndsWith(" (construct `Site/Admin`).", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["AdminB1 AdminB1 resource", "Admin Site/Admin construct"],
            result.GetProperty("locations")[0].GetProperty("logicalLocations").EnumerateArray().Select(l => $"{l.GetProperty("name")} {l.GetProperty("fullyQualifiedName")} {l.GetProperty("kind")}"));
    }

    [Fact]
    public void A_problem_names_its_second_place_in_every_format()
    {
        Assert.Contains("\n   see also twice.yaml:2:3\n", Runs.Text(OfProblem), StringComparison.Ordinal);
        var related = Json(OfProblem).GetProperty("problems")[0].GetProperty("related");
        Assert.Equal("twice.yaml 2 3", $"{related.GetProperty("file")} {related.GetProperty("line")} {related.GetProperty("column")}");
        var places = Runs.Sarif(OfProblem).GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("locations");
        Assert.Equal([3, 2], places.EnumerateArray().Select(p => p.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32()));
    }
}
