namespace PolicyLint.Tests.Rules;

public sealed class ComparisonEvaluatorTests
{
    /// <summary>A requirement, the properties of a thing, and the verdict. <c>P</c> is a parameter that nobody gave.</summary>
    public static TheoryData<string, string, string> Table => new()
    {
        { "text: a", "Text: a", "pass" },
        { "text: a", "Text: b", "fail" },
        { "text: a", "", "fail" },
        { "text: a", "Text: !Ref P", "unknown" },
        { "text: a", "Text: !Sub 'b${P}'", "fail" },
        { "text: [a, b]", "Text: b", "pass" },
        { "text: { equals: a }", "Text: A", "fail" },
        { "text: { equals: a, ignoreCase: true }", "Text: A", "pass" },
        { "text: { in: [a, b] }", "Text: c", "fail" },
        { "text: { not: a }", "Text: b", "pass" },
        { "text: { not: a }", "Text: a", "fail" },
        { "text: { not: a }", "Text: !Ref P", "unknown" },
        { "text: { not: { equals: a }, ignoreCase: true }", "Text: A", "fail" },
        { "text: true", "Text: true", "pass" },
        { "text: true", "Text: 'true'", "pass" },
        { "text: yes", "Text: true", "pass" },
        { "text: 5", "Text: '5'", "pass" },
        { "text: \"{other}\"", "Text: a, Other: a", "pass" },
        { "text: \"{other}\"", "Text: !Ref P, Other: !Ref P", "pass" },
        { "text: \"{other}\"", "Text: a, Other: b", "fail" },
        { "text: \"x{other}\"", "Text: xa, Other: a", "pass" },
        { "mode: slow", "", "pass" },
        { "mode: slow", "Mode: fast", "fail" },
        { "text: { matches: \"^a+$\" }", "Text: aa", "pass" },
        { "text: { matches: \"^a+$\" }", "Text: ab", "fail" },
        { "text: { matches: [\"^a+$\", \"b$\"] }", "Text: ab", "pass" },
        { "text: { matches: \"^a+$\", ignoreCase: true }", "Text: AA", "pass" },
        { "text: { matches: \"^a+$\" }", "Text: !Ref P", "unknown" },
        { "text: { matches: \"^a+$\" }", "", "fail" },
        { "text: { like: \"a?c*\" }", "Text: abcd", "pass" },
        { "text: { like: \"a?c\" }", "Text: abcd", "fail" },
        { "text: { like: \"a.c\" }", "Text: abc", "fail" },
        { "text: { like: [\"x*\", \"a*\"] }", "Text: abc", "pass" },
        { "text: { like: \"A*\", ignoreCase: true }", "Text: abc", "pass" },
        { "text: { like: \"prod-*\" }", "Text: !Sub 'prod-${P}'", "pass" },
        { "text: { like: \"prod-*\" }", "Text: !Sub 'dev-${P}'", "fail" },
        { "text: { like: \"prod-*\" }", "Text: !Ref P", "unknown" },
        { "text: { startsWith: prod- }", "Text: prod-a", "pass" },
        { "text: { startsWith: prod- }", "Text: a-prod-", "fail" },
        { "text: { startsWith: \"*\" }", "Text: prod", "fail" },
        { "text: { startsWith: [a, p] }", "Text: prod", "pass" },
        { "text: { startsWith: prod- }", "Text: !Sub 'prod-${P}'", "pass" },
        { "text: { startsWith: prod- }", "Text: !Sub '${P}-prod'", "unknown" },
        { "text: { startsWith: \"{other}\" }", "Text: ab, Other: a", "pass" },
        { "text: { endsWith: .json }", "Text: a.json", "pass" },
        { "text: { endsWith: .json }", "Text: a.json.gz", "fail" },
        { "text: { endsWith: /* }", "Text: !Sub '${P}/*'", "pass" },
        { "text: { endsWith: .JSON, ignoreCase: true }", "Text: a.json", "pass" },
        { "text: { contains: b }", "Text: abc", "pass" },
        { "text: { contains: d }", "Text: abc", "fail" },
        { "text: { contains: b }", "Text: !Sub 'b${P}'", "pass" },
        { "text: { contains: b }", "Text: !Ref P", "unknown" },
        { "items: { contains: b }", "Items: [a, b]", "pass" },
        { "items: { contains: [x, b] }", "Items: [a, b]", "pass" },
        { "items: { contains: x }", "Items: [ax, b]", "fail" },
        { "items: { contains: x }", "", "fail" },
        { "items: { contains: x }", "Items: [a, !Ref P]", "unknown" },
        { "items: { contains: a }", "Items: [a, !Ref P]", "pass" },
        { "items: { contains: A, ignoreCase: true }", "Items: [a]", "pass" },
        { "text: { intersects: [a, b] }", "Text: ab", "fail" },
        { "items: { intersects: [a, b] }", "Items: [b, c]", "pass" },
        { "items: { subsetOf: [a, b] }", "Items: [a]", "pass" },
        { "items: { subsetOf: [a, b] }", "Items: [a, c]", "fail" },
        { "items: { subsetOf: [a, b] }", "Items: [a, !Ref P]", "unknown" },
        { "items: { subsetOf: [a, b] }", "Items: [c, !Ref P]", "fail" },
        { "items: { subsetOf: [A], ignoreCase: true }", "Items: [a]", "pass" },
        { "items: { subsetOf: [a] }", "", "pass" },
        { "items: { not: { contains: a } }", "Items: [b]", "pass" },
        { "\"items[*]\": { startsWith: a }", "Items: [ab, ac]", "pass" },
        { "\"items[*]\": { startsWith: a }", "Items: [ab, b]", "fail" },
        { "size: { less: 5 }", "Size: 4", "pass" },
        { "size: { less: 5 }", "Size: 5", "fail" },
        { "size: { less: 5 }", "Size: big", "fail" },
        { "size: { less: 5 }", "", "fail" },
        { "size: { less: 5 }", "Size: !Ref P", "unknown" },
        { "size: { lessOrEqual: 5 }", "Size: '5'", "pass" },
        { "size: { greater: 5 }", "Size: 5", "fail" },
        { "size: { greater: 5 }", "Size: 5.5", "pass" },
        { "size: { greater: 5 }", "", "fail" },
        { "size: { greaterOrEqual: 5, less: 7 }", "Size: 7", "fail" },
        { "size: { greaterOrEqual: -5 }", "Size: -5", "pass" },
        { "text: { length: 3 }", "Text: abc", "pass" },
        { "text: { length: { least: 4 } }", "Text: abc", "fail" },
        { "text: { length: { most: 4 } }", "Text: !Ref P", "unknown" },
        { "items: { length: 2 }", "Items: [a, b]", "pass" },
        { "items: { length: { least: 1 } }", "", "fail" },
        { "items: { length: 1 }", "Items: [a, !If [IsProd, b, !Ref AWS::NoValue]]", "unknown" },
        { "items: { length: { least: 1, most: 2 } }", "Items: [a, !If [IsProd, b, !Ref AWS::NoValue]]", "pass" },
        { "records: { length: 2 }", "Records: [{ Port: 1 }, { Port: 2 }]", "pass" },
        { "records: { length: { least: 1 } }", "", "fail" },
        { "records: { empty: true }", "", "pass" },
        { "records: { empty: true }", "Records: [{ Port: 1 }]", "fail" },
        { "records: { empty: false }", "", "fail" },
        { "text: { empty: true }", "", "pass" },
        { "text: { empty: true }", "Text: ''", "pass" },
        { "text: { empty: true }", "Text: a", "fail" },
        { "text: { empty: true }", "Text: !Ref P", "unknown" },
        { "text: { empty: false }", "Text: !Sub 'a${P}'", "pass" },
        { "items: { empty: true }", "Items: []", "pass" },
        { "items: { empty: false }", "Items: [!If [IsProd, b, !Ref AWS::NoValue]]", "unknown" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 10.1.0.0/16", "pass" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 0.0.0.0/0", "fail" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 10.1.2.3/16", "pass" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 10.1.2.3", "pass" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 'fd00::/8'", "fail" },
        { "text: { cidrWithin: [10.0.0.0/8, 'fd00::/8'] }", "Text: 'fd00:1::/32'", "pass" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: 10.0.0.0/99", "fail" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: everywhere", "fail" },
        { "text: { cidrWithin: 10.0.0.0/8 }", "Text: !Ref P", "unknown" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Comparisons_are_three_valued(string require, string properties, string expected) =>
        Assert.Equal(expected, RuleText.WordFor(RuleText.With($"require: {{ {require} }}"), properties));

    [Theory]
    [InlineData("text: b", "Text: a", "it is wrong: `text` is `a`")]
    [InlineData("text: b", "", "it is wrong: `text` is not set")]
    [InlineData("items: { contains: b }", "Items: [a, c]", "it is wrong: `items` is `a`, `c`")]
    [InlineData("records: { length: 2 }", "Records: [{ Port: 1 }]", "it is wrong: `records` has 1")]
    [InlineData("not: { text: a }", "Text: a", "it is wrong: `text` is `a`")]
    [InlineData("missing: text", "Text: a", "it is wrong: `text` is set")]
    public void The_reason_shows_what_is_there(string require, string properties, string message) =>
        Assert.Equal($"fail: {message}", RuleText.Verdict(RuleText.With($"require: {{ {require} }}"), RuleText.Thing(properties)));

    [Fact]
    public void A_secret_is_never_shown()
    {
        const string template = """
            Parameters: { P: { Type: String, NoEcho: true } }
            Resources:
              It: { Type: AWS::Test::Thing, Properties: { Text: !Ref P } }
            """;
        var rule = RuleText.With("require: { text: a }\nmessage: \"{text} is wrong: {reason}\"\nunknown: fail");
        var deployment = new Engine.Resources.Deployment(null, null, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("P", "hunter2"));
        var finding = Assert.Single(RuleText.Judge(rule, template, deployment).Findings);
        Assert.DoesNotContain("hunter2", finding.Message, StringComparison.Ordinal);
        Assert.Contains("a secret", finding.Message, StringComparison.Ordinal);
    }
}
