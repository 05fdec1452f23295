namespace PolicyLint.Tests.Rules;

public sealed class CheckEvaluatorTests
{
    private const string Yes = "{ text: a }";
    private const string No = "{ text: b }";
    private const string Open = "{ other: x }"; // `Other` is a parameter
    private const string Properties = "Text: a, Other: !Ref P";

    public static TheoryData<string, string> Connectives => new()
    {
        { $"all: [{Yes}, {Yes}]", "pass" },
        { $"all: [{Yes}, {No}]", "fail" },
        { $"all: [{Yes}, {Open}]", "unknown" },
        { $"all: [{No}, {Open}]", "fail" },
        { $"any: [{No}, {Yes}]", "pass" },
        { $"any: [{No}, {No}]", "fail" },
        { $"any: [{No}, {Open}]", "unknown" },
        { $"any: [{Yes}, {Open}]", "pass" },
        { $"none: [{No}, {No}]", "pass" },
        { $"none: [{No}, {Yes}]", "fail" },
        { $"none: [{No}, {Open}]", "unknown" },
        { $"none: [{Yes}, {Open}]", "fail" },
        { $"not: {No}", "pass" },
        { $"not: {Yes}", "fail" },
        { $"not: {Open}", "unknown" },
        { $"not: {{ not: {Yes} }}", "pass" },
        { $"not: {{ not: {Open} }}", "unknown" },
        { $"if: {Yes}, then: {Yes}", "pass" },
        { $"if: {Yes}, then: {No}", "fail" },
        { $"if: {Yes}, then: {Open}", "unknown" },
        { $"if: {No}, then: {No}", "pass" },
        { $"if: {Open}, then: {Yes}", "pass" },
        { $"if: {Open}, then: {No}", "unknown" },
        { "text: a, other: x", "unknown" },
        { "text: b, other: x", "fail" },
        { "exists: text", "pass" },
        { "exists: size", "fail" },
        { "exists: mode", "pass" }, // its default
        { "missing: size", "pass" },
        { "missing: text", "fail" },
        { "exists: records", "fail" },
        { "exists: address", "pass" },
        { "unknown: nobody says", "unknown" },
        { "not: { unknown: nobody says }", "unknown" },
        { $"any: [{{ unknown: nobody says }}, {Yes}]", "pass" },
        { $"all: [{{ unknown: nobody says }}, {No}]", "fail" },
    };

    [Theory, MemberData(nameof(Connectives))]
    public void Connectives_are_three_valued(string require, string expected) =>
        Assert.Equal(expected, RuleText.WordFor(RuleText.With($"require: {{ {require} }}"), Properties));

    [Fact]
    public void What_nobody_can_tell_says_why() =>
        Assert.Equal("unknown: cannot tell for It whether things are right: nobody says", RuleText.Verdict(RuleText.With("require: { unknown: nobody says }"), RuleText.Thing(Properties)));

    /// <summary>Of the records' ports 22 is asked for; <c>?</c> is a parameter.</summary>
    public static TheoryData<string, string, string> Quantifiers => new()
    {
        { "some", "22 80", "pass" },
        { "some", "80", "fail" },
        { "some", "", "fail" },
        { "some", "80 ?", "unknown" },
        { "some", "22 ?", "pass" },
        { "every", "22 22", "pass" },
        { "every", "22 80", "fail" },
        { "every", "", "pass" },
        { "every", "22 ?", "unknown" },
        { "every", "80 ?", "fail" },
        { "no", "80", "pass" },
        { "no", "22 80", "fail" },
        { "no", "", "pass" },
        { "no", "80 ?", "unknown" },
        { "no", "22 ?", "fail" },
    };

    [Theory, MemberData(nameof(Quantifiers))]
    public void Quantifiers_are_three_valued(string quantifier, string ports, string expected)
    {
        var records = string.Join(", ", ports.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => $"{{ Port: {(p == "?" ? "!Ref P" : p)} }}"));
        var rule = RuleText.With($"require: {{ {quantifier}: \"records[*] as r\", satisfies: {{ r.port: 22 }} }}");
        Assert.Equal(expected, RuleText.WordFor(rule, $"Records: [{records}]"));
    }

    /// <summary>A list that is not known as a whole, and one with an item that may be left out.</summary>
    [Theory]
    [InlineData("some", "Records: !Ref AWS::NotificationARNs", "unknown")]
    [InlineData("every", "Records: !Ref AWS::NotificationARNs", "unknown")]
    [InlineData("no", "Records: !Ref AWS::NotificationARNs", "unknown")]
    [InlineData("some", "Records: [{ Port: 80 }, !If [IsProd, { Port: 22 }, !Ref AWS::NoValue]]", "unknown")]
    [InlineData("some", "Records: [{ Port: 22 }, !If [IsProd, { Port: 80 }, !Ref AWS::NoValue]]", "pass")]
    [InlineData("every", "Records: [{ Port: 22 }, !If [IsProd, { Port: 80 }, !Ref AWS::NoValue]]", "unknown")]
    [InlineData("every", "Records: [{ Port: 22 }, !If [IsProd, { Port: 22 }, !Ref AWS::NoValue]]", "pass")]
    [InlineData("no", "Records: [{ Port: 22 }, !If [IsProd, { Port: 80 }, !Ref AWS::NoValue]]", "fail")]
    public void Items_that_nobody_knows_leave_it_open(string quantifier, string properties, string expected) =>
        Assert.Equal(expected, RuleText.WordFor(RuleText.With($"require: {{ {quantifier}: \"records[*] as r\", satisfies: {{ r.port: 22 }} }}"), properties));

    /// <summary>Only items of 0.0.0.0/0 count; of them port 22 is asked for.</summary>
    [Theory]
    [InlineData("some", "{ Cidr: 10.0.0.0/8, Port: 22 }", "fail")]
    [InlineData("some", "{ Cidr: !Ref P, Port: 22 }", "unknown")]
    [InlineData("every", "{ Cidr: 10.0.0.0/8, Port: 80 }", "pass")]
    [InlineData("every", "{ Cidr: 0.0.0.0/0, Port: 80 }", "fail")]
    [InlineData("every", "{ Cidr: !Ref P, Port: 80 }", "unknown")]
    [InlineData("every", "{ Cidr: !Ref P, Port: 22 }", "pass")]
    [InlineData("no", "{ Cidr: !Ref P, Port: 80 }", "pass")]
    [InlineData("no", "{ Cidr: !Ref P, Port: 22 }", "unknown")]
    [InlineData("no", "{ Cidr: 0.0.0.0/0, Port: 22 }", "fail")]
    public void A_filter_of_items_is_three_valued(string quantifier, string record, string expected) =>
        Assert.Equal(expected, RuleText.WordFor(RuleText.With($"require: {{ {quantifier}: \"records[*] as r\", where: {{ r.cidr: 0.0.0.0/0 }}, satisfies: {{ r.port: 22 }} }}"), $"Records: [{record}]"));

    [Theory]
    [InlineData("statement.actions: { contains: \"s3:*\" }", "fail")]
    [InlineData("statement.actions: { contains: \"sqs:*\" }", "pass")]
    [InlineData("\"statement.actions[*]\": { startsWith: \"s3:\" }", "pass")] // not all of them
    [InlineData("some: \"statement.actions[*] as action\", satisfies: { action: { startsWith: \"kms:\" } }", "fail")]
    [InlineData("statement.resources: { length: 1 }", "fail")]
    [InlineData("statement.notActions: { empty: false }", "pass")]
    [InlineData("statement.conditionKeys: { contains: \"aws:SourceArn\" }", "fail")]
    [InlineData("statement.sid: One", "fail")]
    [InlineData("some: \"statement.principals[*] as p\", satisfies: { p.type: \"*\" }", "fail")]
    [InlineData("some: \"statement.notPrincipals[*] as p\", satisfies: { p.type: \"*\" }", "pass")]
    public void Statements_are_values(string satisfies, string expected)
    {
        var rule = RuleText.With($"require: {{ no: \"policy.statements[*] as statement\", satisfies: {{ {satisfies} }} }}");
        const string policy = """Policy: { Version: "2012-10-17", Statement: [{ Sid: One, Effect: Allow, Principal: "*", Action: ["s3:*", "kms:Decrypt"], Resource: "*", Condition: { ArnLike: { aws:SourceArn: "arn:aws:sns:*" } } }] }""";
        Assert.Equal(expected, RuleText.WordFor(rule, policy));
    }

    [Fact]
    public void Every_item_gets_a_verdict_of_its_own()
    {
        var report = RuleText.Judge(
            RuleText.With("each: \"records[*] as r\"\nwhere: { r.cidr: 0.0.0.0/0 }\nrequire: { r.port: 443 }\nmessage: \"{resource.address} opens {r.port}\"\nat: r.port"),
            """
            Resources:
              It:
                Type: AWS::Test::Thing
                Properties:
                  Records:
                    - { Cidr: 0.0.0.0/0, Port: 22 }
                    - { Cidr: 0.0.0.0/0, Port: 443 }
                    - { Cidr: 10.0.0.0/8, Port: 22 }
                    - { Cidr: 0.0.0.0/0, Port: 23 }
            """);
        Assert.Equal(["It opens 22 at 6:36", "It opens 23 at 9:36"], report.Findings.Select(f => $"{f.Message} at {f.Location.Line}:{f.Location.Column}"));
        Assert.Equal((2, 1), (report.Counts.Failed, report.Counts.Passed));
    }

    [Theory]
    [InlineData("{text}", "Text: a", "a")]
    [InlineData("{text}", "", "nothing")]
    [InlineData("{items}", "Items: [a, b]", "a, b")]
    [InlineData("{items}", "Items: []", "nothing")]
    [InlineData("{text}", "Text: !Sub 'a-${P}'", "a-⟨P⟩")]
    [InlineData("{name} {arn}", "Name: n", "n arn:aws:test:::n")]
    [InlineData("{address} {type}", "", "It AWS::Test::Thing")]
    public void Messages_show_values(string message, string properties, string expected) =>
        Assert.Equal($"fail: {expected}", RuleText.Verdict(RuleText.With($"message: \"{message}\"\nrequire: {{ exists: size }}"), RuleText.Thing(properties)));
}
