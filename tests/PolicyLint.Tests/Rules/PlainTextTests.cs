using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Reports;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>Whether a text that should be secret can be read, by how it is written.</summary>
public sealed class PlainTextTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private static Report Run(string password, string parameters = "{}") => Linter.Run(
        [new Input("a.yaml", Named: true, () => Encoding.UTF8.GetBytes($$"""
            Parameters: {{parameters}}
            Conditions: { Made: !Equals [!Ref AWS::Region, eu-west-1] }
            Resources:
              Maker: { Type: Custom::Maker, Properties: { ServiceToken: t } }
              Db:
                Type: AWS::RDS::DBInstance
                Properties: { DBInstanceClass: c, MasterUserPassword: {{password}} }
            """))],
        Shipped with { Entries = [.. Shipped.Entries.Where(e => e.Id == "plain-text-secret")] }, Deployment.Unsaid);

    [Theory]
    [InlineData("Tr0ub4dor", "{}", "fail")]
    [InlineData("12345678", "{}", "fail")]
    [InlineData("!Ref P", "{ P: { Type: String } }", "fail")]
    [InlineData("!Ref P", "{ P: { Type: String, NoEcho: false } }", "fail")]
    [InlineData("!Ref P", "{ P: { Type: String, NoEcho: true, Default: Tr0ub4dor } }", "fail")]
    [InlineData("!Ref P", "{ P: { Type: String, NoEcho: true, Default: '' } }", "pass")]
    [InlineData("!Ref P", "{ P: { Type: String, NoEcho: 'true' } }", "pass")]
    [InlineData("!Ref P", "{ P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /db/password } }", "fail")]
    [InlineData("'{{resolve:ssm:/db/password:1}}'", "{}", "fail")]
    [InlineData("'{{resolve:ssm-secure:/db/password:1}}'", "{}", "pass")]
    [InlineData("'{{resolve:secretsmanager:db:SecretString:password}}'", "{}", "pass")]
    [InlineData("!Sub '{{resolve:secretsmanager:${P}}}'", "{ P: { Type: String } }", "pass")]
    [InlineData("!Sub '${P}-${Q}'", "{ P: { Type: String }, Q: { Type: String } }", "fail")]
    [InlineData("!Sub '${P}-${Q}'", "{ P: { Type: String }, Q: { Type: String, NoEcho: true } }", "pass")]
    [InlineData("!GetAtt Maker.Password", "{}", "unknown")]
    [InlineData("!Sub '${P}-${Maker.Password}'", "{ P: { Type: String } }", "unknown")]
    [InlineData("!ImportValue password", "{}", "unknown")]
    [InlineData("!If [Made, Tr0ub4dor, !Ref AWS::NoValue]", "{}", "unknown")]
    [InlineData("!Ref AWS::NoValue", "{}", "pass")]
    [InlineData("''", "{}", "pass")]
    public void It_is_plain_where_somebody_is_shown_it(string password, string parameters, string expected)
    {
        var report = Run(password, parameters);
        Assert.Empty(report.Problems);
        Assert.Equal(expected, report.Findings is [var finding] ? finding.IsOpen ? "unknown" : "fail" : "pass");
    }

    [Theory]
    [InlineData("Tr0ub4dor", "{}", "`resource.MasterUserPassword` is written down")]
    [InlineData("!Ref P", "{ P: { Type: String } }", "`resource.MasterUserPassword` holds `P`, without `NoEcho` or with a default")]
    [InlineData("!Ref P", "{ P: { Type: String, NoEcho: true, Default: Tr0ub4dor } }", "`resource.MasterUserPassword` holds `P`, without `NoEcho` or with a default")]
    public void It_is_never_shown(string password, string parameters, string expected)
    {
        var finding = Assert.Single(Run(password, parameters).Findings);
        Assert.Equal($"Db has a secret that is no secret: {expected}", finding.Message);
    }

    [Fact]
    public void No_report_shows_the_line_that_a_secret_stands_on()
    {
        var report = Run("Tr0ub4dor");
        var text = string.Concat(TextReport.Write(report, verbose: true).Select(p => p.Text));
        Assert.Contains("plain-text-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tr0ub4dor", text, StringComparison.Ordinal);
    }
}
