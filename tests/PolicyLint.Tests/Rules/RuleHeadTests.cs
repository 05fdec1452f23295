using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>Shipped rules are read when they are needed: what tells so must be what the rule says.</summary>
public sealed class RuleHeadTests
{
    [Fact]
    public void The_head_of_every_shipped_rule_says_what_the_rule_says()
    {
        var problems = new List<Problem>();
        var rules = RuleSetReader.Read(RuleFile.Shipped(), problems);
        Assert.Empty(problems);
        var files = RuleFile.Shipped().Where(f => !f.IsKind).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var (rule, head) = (rules.Named(file.Name)!, RuleHead.Of(file.Text));
            Assert.True(head is not null, $"{file.Path}: write `resource` and `profile` on one plain line each, so that the rule need not be read before it is needed");
            Assert.Equal((rule.Profile, string.Join(' ', rule.Resources)), (head.Profile, string.Join(' ', head.Resources)));
        }
    }

    [Theory]
    [InlineData("id: a\nresource: s3-bucket\n", "Access s3-bucket")]
    [InlineData("id: a\nprofile: all # says why\nresource: [s3-bucket, AWS::X::Y, aws_x_y] # three\n", "All s3-bucket AWS::X::Y aws_x_y")]
    [InlineData("id: a\r\nprofile: security\r\nresource: [ s3-bucket ]\r\n", "Security s3-bucket")]
    [InlineData("id: a\nresource:\n  - s3-bucket\n", null)]
    [InlineData("id: a\nresource: \"s3-bucket\"\n", null)]
    [InlineData("id: a\nresource: [s3-bucket,\n  kms-key]\n", null)]
    [InlineData("id: a\nresource: *anchor\n", null)]
    [InlineData("id: a\nresource: s3-bucket\nprofile: Security\n", null)]
    [InlineData("id: a\n", null)]
    public void What_is_not_written_plainly_has_to_be_read_as_a_whole(string text, string? expected) =>
        Assert.Equal(expected, RuleHead.Of(text) is { } head ? $"{head.Profile} {string.Join(' ', head.Resources)}" : null);
}
