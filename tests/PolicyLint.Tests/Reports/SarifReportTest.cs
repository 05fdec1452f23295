using System.Text.Json;
using PolicyLint.Engine.Reports;

namespace PolicyLint.Tests.Reports;

public sealed class SarifReportTest
{
    private static readonly JsonElement Run = Runs.Sarif(Runs.Of(("infra/my site.yaml", Runs.Site)));
    private static readonly JsonElement[] Results = [.. Run.GetProperty("results").EnumerateArray()];

    [Fact]
    public void A_failure_has_a_level_and_an_open_question_has_none()
    {
        Assert.Equal(["origin-is-readable fail error", "no-star open none"], Results.Select(r => $"{Text(r, "ruleId")} {Text(r, "kind")} {Text(r, "level")}"));
    }

    [Fact]
    public void Every_result_points_at_its_rule()
    {
        var rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.All(Results, r => Assert.Equal(Text(r, "ruleId"), Text(rules[r.GetProperty("ruleIndex").GetInt32()], "id")));
    }

    [Fact]
    public void Rules_with_results_are_described_and_all_that_ran_are_named()
    {
        var report = Runs.Of(("a.yaml", "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n"));
        Assert.Empty(report.Findings);
        var run = Runs.Sarif(report);
        Assert.Empty(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray());
        Assert.Equal(report.Rules.Ids, run.GetProperty("properties").GetProperty("rulesRun").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(["no-star", "origin-is-readable"], Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => Text(r, "id")));
    }

    [Fact]
    public void A_security_severity_is_a_number_in_a_text_where_the_rule_is_of_security()
    {
        var rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToDictionary(r => Text(r, "id"), r => r.GetProperty("properties"));
        Assert.Equal("8.0", Text(rules["no-star"], "security-severity"));
        Assert.False(rules["origin-is-readable"].TryGetProperty("security-severity", out _));
    }

    [Fact]
    public void A_rule_points_to_the_controls_of_the_standards_that_it_checks()
    {
        var rule = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Single(r => Text(r, "id") == "no-star");
        var targets = rule.GetProperty("relationships").EnumerateArray().Select(r => r.GetProperty("target")).ToList();
        var taxonomies = Run.GetProperty("taxonomies");
        Assert.Equal(["SecurityHub IAM.1", "CIS-AWS-3.0 1.16", "House identity/2", "House identity/1"], targets.Select(t => $"{Text(t.GetProperty("toolComponent"), "name")} {Text(t, "id")}"));
        Assert.All(targets, target =>
        {
            var taxonomy = taxonomies[target.GetProperty("toolComponent").GetProperty("index").GetInt32()];
            Assert.Equal(Text(target.GetProperty("toolComponent"), "name"), Text(taxonomy, "name"));
            Assert.Equal(Text(target, "id"), Text(taxonomy.GetProperty("taxa")[target.GetProperty("index").GetInt32()], "id"));
        });
        Assert.Equal(taxonomies.EnumerateArray().Select(t => Text(t, "name")), Run.GetProperty("tool").GetProperty("driver").GetProperty("supportedTaxonomies").EnumerateArray().Select(t => Text(t, "name")));
    }

    [Fact]
    public void Places_are_relative_to_the_checkout_and_escaped()
    {
        foreach (var result in Results)
        {
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
            Assert.Equal(("infra/my%20site.yaml", "%SRCROOT%"), (Text(place, "uri"), Text(place, "uriBaseId")));
        }
        Assert.True(Run.GetProperty("originalUriBaseIds").TryGetProperty("%SRCROOT%", out _));
    }

    [Fact]
    public void A_place_outside_the_checkout_is_absolute()
    {
        var place = Runs.Sarif(Runs.Of(("/elsewhere/größe.yaml", Runs.Site))).GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
        Assert.Equal("file:///elsewhere/gr%C3%B6%C3%9Fe.yaml", Text(place, "uri"));
        Assert.False(place.TryGetProperty("uriBaseId", out _));
    }

    [Fact]
    public void The_logical_location_is_the_resource()
    {
        var logical = Results.Select(r => r.GetProperty("locations")[0].GetProperty("logicalLocations")[0]);
        Assert.Equal(["Cdn resource", "Admin resource"], logical.Select(l => $"{Text(l, "name")} {Text(l, "kind")}"));
    }

    [Fact]
    public void The_trace_is_told_twice_as_the_two_readers_want_it()
    {
        var related = Results[0].GetProperty("relatedLocations").EnumerateArray().ToList();
        var flow = Results[0].GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("location")).ToList();
        Assert.Equal(Enumerable.Range(1, related.Count), related.Select(r => r.GetProperty("id").GetInt32()));
        Assert.Equal([.. related.Select(Told), $"{Text(Results[0].GetProperty("message"), "text")}"], flow.Select(Told));
        Assert.All(related, r => Assert.True(r.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32() > 1));
        Assert.Contains("`Uploads`", string.Concat(related.Select(Told)), StringComparison.Ordinal);

        static string Told(JsonElement location) => Text(location.GetProperty("message"), "text");
    }

    [Fact]
    public void A_fingerprint_outlives_lines_that_move_but_not_another_file()
    {
        var moved = Runs.Site.Replace("Parameters:", "# one\n# two\nParameters:", StringComparison.Ordinal);
        Assert.NotEqual(Lines(Runs.Site), Lines(moved));
        Assert.Equal(Fingerprints("a.yaml", Runs.Site), Fingerprints("a.yaml", moved));
        Assert.Empty(Fingerprints("a.yaml", Runs.Site).Intersect(Fingerprints("b.yaml", Runs.Site)));
    }

    [Fact]
    public void Two_findings_of_one_rule_in_one_resource_differ()
    {
        const string Origin = "          - Id: files\n            DomainName: !GetAtt Files.RegionalDomainName\n            S3OriginConfig: { OriginAccessIdentity: \"\" }\n";
        var twice = Runs.Site.Replace("        Origins:\n", $"        Origins:\n{Origin}", StringComparison.Ordinal);
        var results = Runs.Sarif(Runs.Of(("a.yaml", twice))).GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(2, results.Count(r => Text(r, "ruleId") == "origin-is-readable"));
        Assert.Equal(results.Count, Fingerprints("a.yaml", twice).Distinct().Count());
    }

    [Fact]
    public void What_could_not_be_judged_is_a_notification_with_its_place()
    {
        var invocation = Run.GetProperty("invocations")[0];
        Assert.Equal((false, 3), (invocation.GetProperty("executionSuccessful").GetBoolean(), invocation.GetProperty("exitCode").GetInt32()));
        var notification = Assert.Single(invocation.GetProperty("toolExecutionNotifications").EnumerateArray());
        Assert.Equal("`Nmae` is neither a parameter nor a resource of this template.", Text(notification.GetProperty("message"), "text"));
        var region = notification.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((38, 23), (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32()));
    }

    [Fact]
    public void Unknowns_that_are_ignored_are_not_told()
    {
        var report = Runs.Of(("a.yaml", Runs.Site)) with { Unknown = UnknownMode.Ignore };
        Assert.Equal(["fail"], Runs.Sarif(report).GetProperty("results").EnumerateArray().Select(r => Text(r, "kind")));
        Assert.DoesNotContain("unknown:", Runs.Text(report), StringComparison.Ordinal);
        Assert.DoesNotContain("cannot tell", GithubReport.Write(report), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static List<string> Fingerprints(string path, string text) =>
        [.. Runs.Sarif(Runs.Of((path, text))).GetProperty("results").EnumerateArray().Select(r => Text(r.GetProperty("partialFingerprints"), "policylint/v1"))];

    private static List<int> Lines(string text) => [.. Runs.Of(("a.yaml", text)).Findings.Select(f => f.Location.Line)];
}
