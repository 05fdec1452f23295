using System.Text.RegularExpressions;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

public sealed partial class StandardTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    [Fact]
    public void Shipped_rules_name_known_standards_and_controls_in_their_form()
    {
        var standards = Shipped.Rules.SelectMany(r => r.Standards).ToList();
        Assert.NotEmpty(standards);
        Assert.All(standards, s => Assert.Contains(s.Name, Standard.KnownNames));
        Assert.All(standards, s => Assert.All(s.Controls, c => Assert.Matches(s.Name == "SecurityHub" ? HubControl() : CisItem(), c)));
    }

    [Fact]
    public void Every_known_standard_is_named_by_a_rule() =>
        Assert.Equal(Standard.KnownNames, Shipped.Rules.SelectMany(r => r.Standards).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("standards: { SecurityHub: [] }", "8:27 `SecurityHub` names no control | name one, or a list of them")]
    [InlineData("standards: [S3.8]", "8:12 `standards` must be a map")]
    [InlineData("standards: { SecurityHub: { S3: 8 } }", "8:27 `SecurityHub` must be a text or a list of texts")]
    [InlineData("profile: strict", "8:10 unknown word `strict` in `profile`, expected `access`, `all` or `security`")]
    public void A_broken_standard_or_profile_is_told(string line, string message) =>
        Assert.Equal(message, Assert.Single(RuleText.ProblemsOf(RuleText.With(line))));

    [GeneratedRegex(@"^[A-Za-z0-9]+\.\d+$", RegexOptions.None, 1000)]
    private static partial Regex HubControl();

    [GeneratedRegex(@"^\d+(\.\d+)+$", RegexOptions.None, 1000)]
    private static partial Regex CisItem();
}
