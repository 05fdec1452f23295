using PolicyLint.Cli;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Rules;

/// <summary>A pack holds what the files of rules say, and is read as they are.</summary>
public sealed class RulePackTests
{
    private static readonly RuleFile[] Files = [.. RuleFile.Shipped()];
    private static readonly RulePack Packed = RulePack.Read(RulePack.Write(Files));

    [Fact]
    public void Every_file_has_the_same_nodes_at_the_same_places_in_the_pack_as_when_it_is_parsed()
    {
        Assert.NotEmpty(Files);
        Assert.Equal(Files.Select(f => f.Path), Packed.Files.Select(f => f.Path));
        foreach (var (file, packed) in Files.Zip(Packed.Files))
            Assert.Equal(YamlReader.Read(file.Path, file.WithoutExamples().Text, []).SelectMany(Lines), Packed.RootsOf(packed).SelectMany(Lines));
    }

    [Fact]
    public void The_tool_has_the_pack_of_the_rules_as_they_are_now()
    {
        using var stream = typeof(CommandLine).Assembly.GetManifestResourceStream("rules.pack")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        Assert.Equal(RulePack.Write(Files), bytes.ToArray());
    }

    [Fact]
    public void Rules_of_a_pack_are_the_same_rules()
    {
        var problems = new List<Problem>();
        var (parsed, packed) = (RuleSetReader.Read(Files, problems), RuleSetReader.Read(Packed, [], problems));
        Assert.Empty(problems);
        Assert.Equal(parsed.Kinds.Names, packed.Kinds.Names);
        Assert.Equal(parsed.Ids, packed.Ids);
        Assert.Equal(parsed.Rules.Select(Facts), packed.Rules.Select(Facts));

        static string Facts(Rule rule) => $"{rule.Id} {rule.Location} {rule.Title} {rule.Severity} {rule.Message.Template} {rule.Each.Length} {rule.Binds.Length} {rule.At.Length}";
    }

    [Theory]
    [InlineData("rules/s3/a.yaml", "id: a\nresource: s3-bucket\nwhy: [\n", "broken YAML")]
    [InlineData("rules/s3/a.yaml", "id: a\nresource: s3-bucket\nid: b\n", "key `id` appears twice in one map")]
    [InlineData("rules/s3/a.yaml", "id: !Sub a\nresource: s3-bucket\n", "rules/s3/a.yaml:1:5: a tag or a key that stands twice")]
    [InlineData("rules/s3/a.yaml", "id: a\nresource:\n  - s3-bucket\n", "rules/s3/a.yaml: write `resource` and `profile` on one plain line each")]
    public void What_would_not_be_the_same_is_not_packed(string path, string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(() => RulePack.Write([new RuleFile(path, text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_packed_rule_and_one_of_the_user_s_own_with_its_id_are_one_too_many()
    {
        var problems = new List<Problem>();
        var shipped = Files.First(f => !f.IsKind);
        RuleSetReader.Read(Packed, [shipped with { Path = $"own/{shipped.Name}.yaml" }], problems);
        var problem = Assert.Single(problems);
        Assert.Equal($"the rule `{shipped.Name}` is there twice", problem.Message);
        Assert.Equal(($"own/{shipped.Name}.yaml", shipped.Path), (problem.Location.File, problem.Related!.Value.File));
    }

    [Fact]
    public void A_broken_rule_of_the_user_s_own_is_told_though_nothing_needs_it()
    {
        var problems = new List<Problem>();
        RuleSetReader.Read(Packed, [new RuleFile("own/a-rule.yaml", "id: a-rule\nresource: s3-bucket\nrequire: { name: { matches: \"(?=x)\" } }\n")], problems);
        Assert.Contains(problems, p => p.Message.Contains("`(?=x)` uses lookarounds", StringComparison.Ordinal));
        Assert.All(problems, p => Assert.Equal("own/a-rule.yaml", p.Location.File));
    }

    private static IEnumerable<string> Lines(Node node) => node switch
    {
        Node.Scalar scalar => [$"{scalar.Location}+{scalar.Location.Length} {scalar.Kind} {scalar.Text}"],
        Node.List list => [$"{list.Location}+{list.Location.Length} list", .. list.Items.SelectMany(Lines)],
        Node.Map map => [$"{map.Location}+{map.Location.Length} map", .. map.Entries.SelectMany(e => Lines(e.Key).Concat(Lines(e.Value)))],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
