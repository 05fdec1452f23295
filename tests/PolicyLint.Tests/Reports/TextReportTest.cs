using PolicyLint.Engine.Reports;

namespace PolicyLint.Tests.Reports;

public sealed class TextReportTest
{
    [Fact]
    public void No_line_below_a_message_is_wider_than_a_page_and_no_step_repeats_the_message()
    {
        var lines = Runs.Text(Runs.Of(("site.yaml", Runs.Site))).Split('\n');
        Assert.All(lines.Where(l => l.StartsWith("   fix", StringComparison.Ordinal) || l.StartsWith("        ", StringComparison.Ordinal)), l => Assert.True(l.Length <= 112, l));
        var because = Assert.Single(lines, l => l.StartsWith("   because ", StringComparison.Ordinal));
        Assert.StartsWith("   because statement `Uploads` of `FilesPolicy` does not apply: ", because, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_do_not_nest() =>
        Assert.All(Runs.Text(Runs.Of(("site.yaml", Runs.Site))).Split('\n'), l => Assert.Equal(0, l.Count(c => c == '`') % 2));

    [Theory]
    [InlineData(FailOn.Error, UnknownMode.Warn, 1)]
    [InlineData(FailOn.Never, UnknownMode.Fail, 0)]
    public void The_threshold_decides_the_exit_code(FailOn failOn, UnknownMode unknown, int code)
    {
        var report = Runs.Of(("site.yaml", Runs.Site.Replace("        Comment: !Ref Nmae\n", "", StringComparison.Ordinal))) with { FailOn = failOn, Unknown = unknown };
        Assert.Equal(code, report.ExitCode);
    }

    [Fact]
    public void An_unknown_fails_the_build_where_that_was_asked_for()
    {
        var admin = "Parameters: { Action: { Type: String } }\nResources:\n  Files: { Type: AWS::S3::Bucket }\n" + Runs.Site[Runs.Site.IndexOf("  Admin:", StringComparison.Ordinal)..];
        var report = Runs.Of(("a.yaml", admin));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(0, (report with { Unknown = UnknownMode.Fail }).ExitCode);
        Assert.Equal(1, (report with { Unknown = UnknownMode.Fail, FailOn = FailOn.Warning }).ExitCode);
        Assert.Equal(0, (report with { FailOn = FailOn.Note }).ExitCode);
    }

    [Fact]
    public void A_long_line_is_shown_up_to_its_cut_and_a_far_place_not_at_all()
    {
        const string Template = """{"Resources": {"A": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}}}}""";
        var cut = Runs.Text(Runs.Of(("a.json", Template.Replace("\"*\"}", $"\"*\", \"Sid\": \"{new string('x', 500)}\"}}", StringComparison.Ordinal))));
        Assert.Contains("…\n", cut, StringComparison.Ordinal);
        Assert.All(cut.Split('\n').Skip(1).Take(2), l => Assert.True(l.Length <= 170, l));
        var far = Runs.Text(Runs.Of(("a.json", new string(' ', 500) + Template)));
        Assert.DoesNotContain(" | ", far, StringComparison.Ordinal);
    }
}
