namespace PolicyLint.Tests.Cli;

/// <summary>Flags, rules and configuration that are wrong end in exit 2 with what was meant; help, version and completion.</summary>
public sealed class CommandLineTest : IDisposable
{
    private const string Escape = "\u001b[";
    private readonly Workspace workspace = new Workspace().Write("beside.yaml", Workspace.Beside);

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("", "no command was given, expected `can`, `explain`, `rules`, `scan` or `test`", "`policylint --help` or `policylint scan --help` tell what there is")]
    [InlineData("scna .", "unknown command `scna`, expected `can`, `explain`, `rules`, `scan` or `test`", "did you mean `scan`?")]
    [InlineData("--hlp", "unknown flag `--hlp`", "did you mean `--help`?")]
    [InlineData("scan --formt json .", "unknown flag `--formt`", "did you mean `--format`?")]
    [InlineData("scan --formt=json .", "unknown flag `--formt=json`", "did you mean `--format`?")]
    [InlineData("scan . --bogus", "unknown flag `--bogus`", "`policylint scan --help` tells what there is")]
    [InlineData("scan --format jsn", "unknown word `jsn` in `--format`, expected `github`, `json`, `sarif` or `text`", "did you mean `json`?")]
    [InlineData("scan --fail-on eror", "unknown word `eror` in `--fail-on`, expected `error`, `never`, `note` or `warning`", "did you mean `error`?")]
    [InlineData("scan --unknown warm", "unknown word `warm` in `--unknown`, expected `fail`, `ignore` or `warn`", "did you mean `warn`?")]
    [InlineData("scan --profile securty", "unknown word `securty` in `--profile`, expected `access`, `all` or `security`", "did you mean `security`?")]
    [InlineData("scan --output", "required argument missing for option: `--output`", "`policylint scan --help` tells what there is")]
    [InlineData("scan --rule iam-no-star-admn", "there is no rule `iam-no-star-admn`", "did you mean `iam-no-star-admin`?")]
    [InlineData("scan --skip qqq", "there is no rule `qqq`", "`policylint rules` lists them")]
    [InlineData("explain iam-no-star-admn", "there is no rule `iam-no-star-admn`", "did you mean `iam-no-star-admin`?")]
    [InlineData("rules iam-no-star-admn", "there is no rule `iam-no-star-admn`", "did you mean `iam-no-star-admin`?")]
    [InlineData("explain a b", "`explain` does not take `b`", "`policylint explain --help` tells what it takes")]
    [InlineData("scan --account 12", "`12` is no account id", "write its 12 digits")]
    [InlineData("scan --account 11112222333x", "`11112222333x` is no account id", "write its 12 digits")]
    [InlineData("scan --parameter Env", "`--parameter Env` has no `=`", "write `--parameter NAME=VALUE`")]
    public void Wrong_usage_is_exit_2_with_the_next_step(string line, string message, string help)
    {
        var answer = workspace.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal($"policylint: error: {message}\n   help: {help}\n", answer.Error);
        Assert.Equal("", answer.Output);
        Assert.Equal(2, answer.Code);
    }

    [Fact]
    public void An_empty_path_is_no_folder()
    {
        var answer = workspace.Run("scan", "");
        Assert.Equal("policylint: error: a path is empty\n   help: name a file or folder; perhaps a variable of a script is not set\n", answer.Error);
        Assert.Equal(2, answer.Code);
    }

    [Theory]
    [InlineData("acount: \"111122223333\"", "1:1", "unknown word `acount` in the configuration, expected `account`, `buckets`, `exclude`, `fail-on`, `include`, `parameters`, `profile`, `rcp`, `region`, `rule-parameters`, `rules`, `scp`, `severity`, `skip`, `strict` or `unknown`", "did you mean `account`?")]
    [InlineData("fail-on: warn", "1:10", "unknown word `warn` in `fail-on`, expected `error`, `never`, `note` or `warning`", "")]
    [InlineData("profile: secure", "1:10", "unknown word `secure` in `profile`, expected `access`, `all` or `security`", "")]
    [InlineData("skip: [iam-no-star-admn]", "1:8", "there is no rule `iam-no-star-admn`", "did you mean `iam-no-star-admin`?")]
    [InlineData("severity: { iam-no-star-admn: note }", "1:13", "there is no rule `iam-no-star-admn`", "did you mean `iam-no-star-admin`?")]
    [InlineData("severity: { iam-no-star-admin: eror }", "1:32", "unknown word `eror` in `iam-no-star-admin`, expected `error`, `note` or `warning`", "did you mean `error`?")]
    [InlineData("rules: { a: b }", "1:8", "`rules` must be a text or a list of texts", "")]
    [InlineData("[a]", "1:1", "the configuration must be a map", "")]
    [InlineData("account: \"1", "1:10", "broken YAML: while scanning a quoted scalar, found unexpected end of stream", "")]
    public void A_broken_configuration_is_exit_2_at_its_place(string text, string place, string message, string help)
    {
        workspace.Write("policylint.yaml", text);
        var answer = workspace.Run("scan", ".");
        Assert.Equal($"policylint.yaml:{place}: error: {message}\n{(help.Length > 0 ? $"   help: {help}\n" : "")}", answer.Error);
        Assert.Equal(2, answer.Code);
    }

    [Fact]
    public void The_configuration_is_obeyed_and_flags_come_first()
    {
        workspace.Write("policylint.yaml", "fail-on: never\n");
        Assert.Equal(0, workspace.Run("scan", ".").Code);
        Assert.Equal(1, workspace.Run("scan", ".", "--fail-on", "error").Code);
        workspace.Write("policylint.yaml", "severity: { iam-no-star-admin: note }\n");
        Assert.Equal(0, workspace.Run("scan", ".").Code);
        Assert.Equal(1, workspace.Run("scan", ".", "--fail-on", "note").Code);
        workspace.Write("policylint.yaml", "skip: iam-no-star-admin\n");
        Assert.Contains("ok: 0 findings", workspace.Run("scan", ".").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_runs_its_rules_and_those_of_the_smaller_ones()
    {
        foreach (var profile in new[] { "access", "security", "all" }) workspace.Write($"own/of-{profile}.yaml", RuleOf(profile));
        Assert.Equal(["of-access"], Found());
        Assert.Equal(["of-access", "of-security"], Found("--profile", "security"));
        Assert.Equal(["of-access", "of-all", "of-security"], Found("--profile", "all"));
        Assert.Equal(["of-all"], Found("--rule", "of-all"));
        Assert.Equal(["of-security"], Found("--profile=security", "--skip", "of-access"));
        workspace.Write("policylint.yaml", "profile: security\n");
        Assert.Equal(["of-access", "of-security"], Found());
        Assert.Equal(["of-access"], Found("--profile", "access"));

        static string RuleOf(string profile) =>
            $"id: of-{profile}\ntitle: t\nprofile: {profile}\nwhy: w\nfix: f\nresource: iam-policy\nrequire: {{ missing: documents }}\nmessage: m\n";

        IEnumerable<string> Found(params string[] flags)
        {
            using var json = System.Text.Json.JsonDocument.Parse(workspace.Run(["scan", "beside.yaml", "--rules", "own", "--format", "json", .. flags]).Output);
            return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!).Where(r => r.StartsWith("of-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void A_missing_configuration_or_folder_of_rules()
    {
        var config = workspace.Run("scan", ".", "--config", "none.yaml");
        Assert.Equal(("none.yaml:1:1: error: there is no such file\n   help: check the path\n", 2), (config.Error, config.Code));
        var rules = workspace.Run("scan", ".", "--rules", "none");
        Assert.Equal(("none:1:1: error: there is no such folder of rules\n   help: check `--rules`\n", 2), (rules.Error, rules.Code));
    }

    [Fact]
    public void A_rule_with_an_unknown_word()
    {
        workspace.Write("own/own-rule.yaml", "id: own-rule\ntitel: x\n");
        var answer = workspace.Run("scan", ".", "--rules", "own");
        Assert.Equal(2, answer.Code);
        Assert.Contains("own/own-rule.yaml:2:1: error: unknown word `titel` in a rule, ", answer.Error, StringComparison.Ordinal);
        Assert.Contains("   help: did you mean `title`?\n", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ { \"ParameterKey\": \"Action\", \"ParameterValue\": \"*\" },\n\t{ \"ParameterKey\": \"Other\", \"UsePreviousValue\": true } ]")]
    [InlineData("{ \"Parameters\": { \"Action\": \"*\", \"Smile\": \"\\ud83d\\ude00\" } }")]
    [InlineData("Action: \"*\"")]
    public void The_three_shapes_of_a_parameter_file(string text)
    {
        workspace.Write("beside.yaml", Workspace.Beside.Replace("Action: \"*\"", "Action: !Ref Action", StringComparison.Ordinal) + "Parameters: { Action: { Type: String } }\n");
        Assert.Equal(0, workspace.Run("scan", "beside.yaml").Code);
        workspace.Write("values", text);
        var answer = workspace.Run("scan", "beside.yaml", "--parameters", "values");
        Assert.Equal(("", 1), (answer.Error, answer.Code));
        Assert.Equal(1, workspace.Run("scan", "beside.yaml", "--parameter", "Action=*").Code);
    }

    [Theory]
    [InlineData("[1]", "1:2", "a parameter needs `ParameterKey` and `ParameterValue`")]
    [InlineData("{\"a\": {\"b\": 1}}", "1:7", "the value of parameter `a` must be a text")]
    [InlineData("text", "1:1", "a parameter file is a list of `ParameterKey` and `ParameterValue`, or a map")]
    [InlineData("{\"a\": ", "1:7", "broken JSON: the text ends inside a list or a map")]
    public void A_parameter_file_of_another_shape(string text, string place, string message)
    {
        workspace.Write("values", text);
        var answer = workspace.Run("scan", "beside.yaml", "--parameters", "values");
        Assert.Equal(($"values:{place}: error: {message}\n", 2), (answer.Error, answer.Code));
    }

    [Fact]
    public void A_missing_parameter_file()
    {
        var answer = workspace.Run("scan", "beside.yaml", "--parameters", "values");
        Assert.Equal(("values:1:1: error: there is no such file\n   help: check the path\n", 2), (answer.Error, answer.Code));
    }

    [Theory]
    [InlineData("clean.yaml", 0)]
    [InlineData("beside.yaml", 1)]
    [InlineData("none.yaml", 3)]
    public void The_exit_code_is_the_same_for_every_format(string path, int code)
    {
        workspace.Write("clean.yaml", "Resources:\n  Topic: { Type: \"AWS::SNS::Topic\" }\n");
        foreach (var format in (string[])["text", "json", "sarif", "github"])
        {
            Assert.Equal(code, workspace.Run("scan", path, "--format", format).Code);
            Assert.Equal(code, workspace.Run("scan", path, "--format", format, "--output", "report").Code);
            Assert.Equal(workspace.Run("scan", path, "--format", format).Output, File.ReadAllText(workspace.PathOf("report")));
        }
    }

    [Fact]
    public void Help_has_examples()
    {
        var all = workspace.Run("--help");
        Assert.Equal(0, all.Code);
        Assert.EndsWith("Examples:\n  policylint scan ./infra\n  policylint scan plan.json --account 111122223333\n"
            + "  policylint scan . --format sarif --output policylint.sarif\n  policylint explain cloudfront-origin-access\n\n", all.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 clean, 1 findings, 2 wrong usage", all.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  policylint scan ./infra\n", workspace.Run("scan", "--help").Output, StringComparison.Ordinal);
        Assert.Contains("--fail-on <error|warning|note|never>", workspace.Run("scan", "-h").Output, StringComparison.Ordinal);
        Assert.All(all.Output.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void The_version_is_one_line_with_the_days_of_the_data()
    {
        var answer = workspace.Run("--version");
        Assert.Equal(0, answer.Code);
        Assert.StartsWith(PolicyLint.Cli.CommandLine.Version, answer.Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+\S* \(AWS services as of 20\d\d-\d\d-\d\d, AWS managed policies as of 20\d\d-\d\d-\d\d\)\n$", answer.Output);
    }

    [Theory]
    [InlineData("scan --for", "--format\n")]
    [InlineData("scan --format s", "sarif\n")]
    [InlineData("scan --rule iam-no-star", "iam-no-star-admin\n")]
    [InlineData("explain cloudfront-origin-ac", "cloudfront-origin-access\n")]
    public void Completion_knows_commands_flags_words_and_rules(string typed, string expected)
    {
        var answer = workspace.Run($"[suggest:{typed.Length}]", typed);
        Assert.Equal((0, expected), (answer.Code, string.Concat(answer.Output.Split('\n').Where(l => l.StartsWith(typed.Split(' ')[^1], StringComparison.Ordinal)).Take(1).Select(l => $"{l}\n"))));
    }

    [Fact]
    public void Colours_are_for_terminals_only_and_change_no_letter()
    {
        foreach (var args in (string[][])[["scan", ".", "--verbose"], ["explain", "iam-no-star-admin"]])
        {
            var plain = workspace.Run(args);
            var coloured = workspace.RunInColors(args);
            Assert.DoesNotContain("\u001b", plain.Output, StringComparison.Ordinal);
            Assert.Contains(Escape, coloured.Output, StringComparison.Ordinal);
            Assert.Equal(plain.Output, System.Text.RegularExpressions.Regex.Replace(coloured.Output, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.NonBacktracking));
            Assert.Equal(plain.Code, coloured.Code);
        }
    }

    [Fact]
    public void Colours_are_for_the_text_alone()
    {
        foreach (var format in (string[])["json", "sarif", "github"])
            Assert.DoesNotContain("\u001b", workspace.RunInColors("scan", ".", "--format", format).Output, StringComparison.Ordinal);
        workspace.RunInColors("scan", ".", "--output", "report");
        Assert.DoesNotContain("\u001b", File.ReadAllText(workspace.PathOf("report")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_template_holds_cannot_steer_the_terminal_or_the_log()
    {
        workspace.Write("a.json", "{\"Resources\": {\"A\\u001b[2J\\n::error::x\": {\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"PolicyDocument\": {\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}}}}}");
        var text = workspace.Run("scan", "a.json").Output;
        Assert.StartsWith("a.json:1:125: error: A\\u001b[2J\\n::error::x allows everything on everything", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n::error::x", workspace.Run("scan", "a.json", "--format", "github").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_listed_explained_and_tested()
    {
        Assert.Contains("iam-no-star-admin", workspace.Run("rules").Output, StringComparison.Ordinal);
        Assert.StartsWith("iam-no-star-admin (error, profile access): ", workspace.Run("explain", "iam-no-star-admin").Output, StringComparison.Ordinal);
        var none = workspace.Run("test", ".");
        Assert.Equal(2, none.Code);
        Assert.Equal(2, workspace.Run("test", "nowhere").Code);
    }
}
