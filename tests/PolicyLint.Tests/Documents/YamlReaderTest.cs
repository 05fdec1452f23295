using PolicyLint.Engine.Documents;
using PolicyLint.Tests.Cli;

namespace PolicyLint.Tests.Documents;

public sealed class YamlReaderTest
{
    [Theory]
    [InlineData("!Ref Bucket", "!Ref")]
    [InlineData("!Sub 'a-${B}'", "!Sub")]
    [InlineData("!GetAtt [A, Arn]", "!GetAtt")]
    [InlineData("!Transform { Name: x }", "!Transform")]
    [InlineData("!!str 5", "")]
    [InlineData("! 5", "")]
    [InlineData("plain", "")]
    public void A_short_tag_stays_with_its_node(string text, string tag) => Assert.Equal(tag, One(text).Tag);

    [Theory]
    [InlineData("5", ScalarKind.Number)]
    [InlineData("-1.5e3", ScalarKind.Number)]
    [InlineData("2010-09-09", ScalarKind.String)]
    [InlineData("'5'", ScalarKind.String)]
    [InlineData("!!str 5", ScalarKind.String)]
    [InlineData("yes", ScalarKind.Bool)]
    [InlineData("OFF", ScalarKind.Bool)]
    [InlineData("'true'", ScalarKind.String)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("null", ScalarKind.Null)]
    [InlineData("''", ScalarKind.String)]
    [InlineData("-", ScalarKind.Null)]
    [InlineData("a: ", ScalarKind.Null)]
    public void A_plain_scalar_has_the_kind_that_CloudFormation_gives_it(string text, ScalarKind kind) => Assert.Equal(kind, Leaf(One(text)).Kind);

    [Fact]
    public void Every_node_has_its_place()
    {
        var root = (Node.Map)One("# first\nA:\n  Größe: [x, \"ü\", { k: v }]\n  '😀': !Sub y # last\n");
        var a = (Node.Map)root["A"]!;
        Assert.Equal(new Location("f", 2, 1, 1), root.Entries[0].Key.Location);
        Assert.Equal(new Location("f", 3, 3, 5), a.Entries[0].Key.Location);
        var list = (Node.List)a["Größe"]!;
        Assert.Equal((3, 10), (list.Location.Line, list.Location.Column));
        Assert.Equal([(3, 11, 1), (3, 14, 3)], list.Items.Take(2).Select(i => (i.Location.Line, i.Location.Column, i.Location.Length)));
        Assert.Equal(new Location("f", 3, 21, 1), ((Node.Map)list.Items[2]).Entries[0].Key.Location);
        Assert.Equal((4, 9, 6), (a["😀"]!.Location.Line, a["😀"]!.Location.Column, a["😀"]!.Location.Length));
    }

    [Fact]
    public void A_line_of_spaces_at_the_head_of_a_block_is_no_fault()
    {
        var root = (Node.Map)One("a: |\n  \n   text\nb: !Sub x\n");
        Assert.Equal("\ntext\n", ((Node.Scalar)root["a"]!).Text);
        Assert.Equal(new Location("f", 4, 4, 6), root["b"]!.Location);
    }

    [Fact]
    public void An_alias_is_the_node_that_the_anchor_names_at_the_anchor_place()
    {
        var root = (Node.Map)One("a: &x { k: v }\nb: *x\nc: &x 2\nd: *x\n");
        Assert.Same(root["a"], root["b"]);
        Assert.Equal("2", ((Node.Scalar)root["d"]!).Text);
    }

    [Fact]
    public void Merged_keys_come_last_and_never_win()
    {
        var root = (Node.Map)One("base: &b { x: 1, y: 1 }\nmore: &m { y: 2, z: 2 }\nall: { y: 3, <<: [*b, *m], w: 3 }\n");
        var all = (Node.Map)root["all"]!;
        Assert.Equal(["y=3", "w=3", "x=1", "z=2"], all.Entries.Select(e => $"{e.Key.Text}={((Node.Scalar)e.Value).Text}"));
    }

    [Fact]
    public void Several_documents_are_several_roots_and_share_no_anchors()
    {
        var problems = new List<Problem>();
        Assert.Equal(3, YamlReader.Read("f", "a: 1\n---\nb: 2\n...\n---\n- c\n", problems).Length);
        Assert.Empty(problems);
        Assert.Single(YamlReader.Read("f", "a: &x 1\n---\nb: *x\n", problems));
        Assert.Equal(new Problem(new Location("f", 3, 4, 2), "alias `*x` has no anchor before it"), Assert.Single(problems));
    }

    [Fact]
    public void A_key_that_is_there_twice_is_told_with_both_places()
    {
        var problem = Fault("A: 1\nB:\n  k: 1\n  k: 2\n");
        Assert.Equal(new Location("f", 4, 3, 1), problem.Location);
        Assert.Equal(new Location("f", 3, 3, 1), problem.Related);
        Assert.Equal("key `k` appears twice in one map, first on line 3", problem.Message);
        Assert.Equal("remove one of the two: only one of them would take effect", problem.Help);
    }

    [Fact]
    public void The_first_of_equal_keys_counts_also_in_a_large_map()
    {
        var problems = new List<Problem>();
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"k{i}: {i}\n")) + "k7: again\n";
        var root = (Node.Map)Assert.Single(YamlReader.Read("f", text, problems));
        Assert.Equal("7", ((Node.Scalar)root["k7"]!).Text);
        Assert.Equal((101, 8), (Assert.Single(problems).Location.Line, problems[0].Related!.Value.Line));
    }

    [Theory]
    [InlineData("? [a]\n: b\n", "1:3", "a key must be a text, not a list or a map")]
    [InlineData("a: b: c\n", "1:5", "broken YAML: while scanning a plain scalar value, found invalid mapping")]
    [InlineData("a:\n\t- b\n", "2:1", "broken YAML: while scanning a mapping, found invalid tab as indentation")]
    [InlineData("a: \"\\q\"\n", "1:4", "broken YAML: while scanning a quoted scalar, found unknown escape character")]
    [InlineData("a: *nobody\n", "1:4", "alias `*nobody` has no anchor before it")]
    [InlineData("a: [b\n", "2:1", "broken YAML: while parsing a flow sequence, did not find expected ',' or ']'")]
    [InlineData("{{ x }}: y\n", "1:2", "a key must be a text, not a list or a map")]
    [InlineData("%YAML 9.9\n---\na: b\n", "1:1", "broken YAML: found incompatible YAML document")]
    public void What_is_broken_is_told_where_it_breaks(string text, string place, string message)
    {
        var problem = Fault(text);
        Assert.Equal((place, message), ($"{problem.Location.Line}:{problem.Location.Column}", problem.Message));
    }

    [Fact]
    public void An_alias_bomb_is_refused_before_it_grows() =>
        Assert.Equal("more than 2000000 nodes once its aliases are expanded", Fault(Bombs.Aliases).Message);

    [Fact]
    public void Aliases_cannot_hide_how_deep_a_document_is() =>
        Assert.Equal("nested deeper than 256 levels", Fault(Bombs.DeepAliases).Message);

    [Theory]
    [InlineData("[", "")]
    [InlineData("- ", "")]
    [InlineData("{a: ", "")]
    [InlineData("? ", "")]
    [InlineData("[", "]")]
    public void Ten_thousand_levels_are_refused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "x" + string.Concat(Enumerable.Repeat(close, 10_000));
        Assert.Equal("nested deeper than 256 levels", Soon(() => Fault(text)).Message);
    }

    [Fact]
    public void Ten_thousand_levels_of_block_style_are_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{new string(' ', i)}a:\n"));
        Assert.Equal("nested deeper than 256 levels", Soon(() => Fault(text)).Message);
    }

    [Fact]
    public void The_deepest_that_is_allowed_is_read()
    {
        var problems = new List<Problem>();
        Assert.Single(YamlReader.Read("f", new string('[', Limits.Depth) + new string(']', Limits.Depth), problems));
        Assert.Empty(problems);
    }

    public static TheoryData<string> Long() =>
    [
        string.Concat(Enumerable.Range(0, 100_000).Select(i => $"key{i}: &a{i} v\n")),
        "&a0 x: 1\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: *a0\n")),
        "[" + string.Concat(Enumerable.Repeat("a,", 500_000)) + "]",
        "a: \"" + new string('x', 2_000_000) + "\"",
        "a: " + string.Concat(Enumerable.Repeat("word ", 300_000)),
        "a: |\n" + string.Concat(Enumerable.Repeat("  line\n", 200_000)),
        "a: >\n" + string.Concat(Enumerable.Repeat("  line\n\n", 100_000)),
        string.Concat(Enumerable.Repeat("# comment\n", 300_000)) + "a: b",
        "a:" + new string(' ', 2_000_000) + "b",
        "a: b" + new string('\n', 2_000_000),
        string.Concat(Enumerable.Repeat("---\na: b\n", 50_000)),
        string.Concat(Enumerable.Repeat("a\n", 500_000)),
        "a: '" + string.Concat(Enumerable.Repeat("''", 1_000_000)) + "'",
        string.Concat(Enumerable.Range(0, 20_000).Select(i => $"m{i}: {{ <<: {{ a: 1 }}, b: 2 }}\n")),
    ];

    [Theory, MemberData(nameof(Long))]
    public void A_long_input_takes_time_in_proportion(string text) => Soon(() => YamlReader.Read("f", text, []));

    /// <summary>Whatever the bytes are: nodes or problems, never an exception.</summary>
    [Fact]
    public void Damaged_text_is_read_or_refused()
    {
        var random = new Random(2026);
        const string Marks = "{}[]:,-?&*!|>'\"%@`#\n\t \\~<.=aé😀0\0\u001b\u0085\uFEFF";
        for (var run = 0; run < 3000; run++)
        {
            var text = new System.Text.StringBuilder(Workspace.Beside + "x: &a { <<: *a, k: [!Ref a, \"\\n\"] }\ny: *a\n");
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at));
                else text.Insert(at, Marks[random.Next(Marks.Length)]);
            }
            var problems = new List<Problem>();
            YamlReader.Read("f", text.ToString(), problems);
            Assert.All(problems, p => Assert.True(p.Location is { Line: > 0, Column: > 0 }));
        }
    }

    private static Node One(string text)
    {
        var problems = new List<Problem>();
        var roots = YamlReader.Read("f", text, problems);
        Assert.Empty(problems);
        return Assert.Single(roots);
    }

    private static Problem Fault(string text)
    {
        var problems = new List<Problem>();
        YamlReader.Read("f", text, problems);
        return Assert.Single(problems);
    }

    private static Node.Scalar Leaf(Node node) => node switch
    {
        Node.Scalar scalar => scalar,
        Node.List list => Leaf(list.Items[0]),
        Node.Map map => Leaf(map.Entries[0].Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Guards against what would not end in minutes; a fair machine needs less than a second.</summary>
    internal static T Soon<T>(Func<T> action)
    {
        var run = Task.Run(action);
        Assert.True(run.Wait(TimeSpan.FromSeconds(20)), "takes too long");
        return run.GetAwaiter().GetResult();
    }
}
