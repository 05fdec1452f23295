using System.Globalization;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>A plan says everything up to four times; what nobody asks for must cost no more than its bytes.</summary>
public sealed class LargePlanTests
{
    private const int Resources = 1500;
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).Select(f => f.WithoutExamples()), []).Kinds;

    /// <summary>What is allocated in all, more than half of which is soon free again, bounds what is held at any time.</summary>
    [Fact]
    public void Reading_a_plan_allocates_less_than_twenty_times_its_size()
    {
        var bytes = Encoding.UTF8.GetBytes(Plan());
        Assert.True(bytes.Length > 2 * Limits.LargeJsonBytes);
        var problems = new List<Problem>();
        Read(bytes, []); // what is made once for all plans

        var before = GC.GetAllocatedBytesForCurrentThread();
        var graph = Read(bytes, problems);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Empty(problems);
        Assert.Equal(2 * Resources, graph.Count);
        Assert.Equal(Resources, graph.Of("s3-bucket").Count());
        Assert.True(taken < 20L * bytes.Length, $"{taken / 1024} KB for a plan of {bytes.Length / 1024} KB");
    }

    private static Graph Read(byte[] bytes, List<Problem> problems) =>
        GraphReader.Read([new Input("plan.json", Named: true, () => bytes)], new Wanted(Deployment.Unsaid, Shipped, new HashSet<string>()), problems).Graph;

    /// <summary>Half buckets, half alarms, which no rule looks at; all are there already, in each part of the plan.</summary>
    private static string Plan()
    {
        var (planned, changes, prior) = (new List<string>(), new List<string>(), new List<string>());
        for (var i = 0; i < Resources; i++)
            foreach (var (type, values) in (ReadOnlySpan<(string, string)>)[("aws_s3_bucket", Bucket(i)), ("aws_cloudwatch_metric_alarm", Alarm(i))])
            {
                var names = $"\"address\":\"{type}.r[{Number(i)}]\",\"mode\":\"managed\",\"type\":\"{type}\",\"name\":\"r\",\"index\":{Number(i)},\"provider_name\":\"registry.terraform.io/hashicorp/aws\"";
                planned.Add($"{{{names},\"schema_version\":0,\"values\":{values},\"sensitive_values\":{{\"tags\":{{}}}}}}");
                prior.Add(planned[^1]);
                changes.Add($"{{{names},\"change\":{{\"actions\":[\"no-op\"],\"before\":{values},\"after\":{values},\"after_unknown\":{{}},\"before_sensitive\":{{}},\"after_sensitive\":{{}}}}}}");
            }
        return $$$$"""
            {"format_version":"1.2","terraform_version":"1.9.5",
            "planned_values":{"root_module":{"resources":[{{{{string.Join(',', planned)}}}}]}},
            "resource_changes":[{{{{string.Join(',', changes)}}}}],
            "prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[{{{{string.Join(',', prior)}}}}]}}},
            "configuration":{"root_module":{"resources":[{"address":"aws_s3_bucket.r","mode":"managed","type":"aws_s3_bucket","name":"r","expressions":{"bucket":{"references":["count.index"]}}}]}}}
            """;
    }

    private static string Bucket(int i) =>
        $$$"""{"bucket":"data-{{{Number(i)}}}","arn":"arn:aws:s3:::data-{{{Number(i)}}}","id":"data-{{{Number(i)}}}","force_destroy":false,"tags":{"Name":"data-{{{Number(i)}}}","Team":"platform","CostCenter":"1000"},"versioning":[{"enabled":true,"mfa_delete":false}],"cors_rule":[],"lifecycle_rule":[],"logging":[],"website":[]}""";

    private static string Alarm(int i) =>
        $$$"""{"alarm_name":"errors-{{{Number(i)}}}","comparison_operator":"GreaterThanThreshold","evaluation_periods":1,"metric_name":"Errors","namespace":"AWS/Lambda","period":60,"statistic":"Sum","threshold":0,"dimensions":{"FunctionName":"fn-{{{Number(i)}}}"},"alarm_description":"the function fails, and somebody should look at what it writes into its log"}""";

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
