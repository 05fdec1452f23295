using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Tests.Documents.Hcl;

public sealed class HclReaderTests
{
    private const string Sample = """
        # a comment
        resource "aws_s3_bucket" "b" {
          for_each = toset(["a", "b"]) // each
          bucket   = "${var.prefix}-${each.key}"
          /* two
             lines */
          tags = { Name = "x", (local.k) : 2 }

          rule { id = 1 }
          dynamic "rule" {
            for_each = [for r in var.rules : r.id if r.on]
            content {
              text = <<-EOT
                %{for s in rule.value~}
                ${s}
                %{endfor~}
              EOT
            }
          }
        }

        """;

    [Theory]
    [InlineData("\"a\"", "'a'")]
    [InlineData("12.5e3", "12.5e3")]
    [InlineData("null", "null")]
    [InlineData("\"a\\n\\t\\\"\\\\\\u00e9\"", "'a⏎\t\"\\é'")]
    [InlineData("\"a$${b}%%{c}$d%e\"", "'a${b}%{c}$d%e'")]
    [InlineData("\"${a}\"", "a")]
    [InlineData("\"x${a}y${b.c}\"", "(text 'x' a 'y' b.c)")]
    [InlineData("\"a ${~ b ~} c\"", "(text 'a' b 'c')")]
    [InlineData("\"${lookup(m, \"k\")}/*\"", "(text lookup(m, 'k') '/*')")]
    [InlineData("\"%{ if a }x%{ else }y%{ endif }\"", "(text (if a 'x' 'y'))")]
    [InlineData("\"%{ for k, v in m }${k}=${v},%{ endfor }\"", "(text join('', (for k,v in m (text (text k '=' v ',')))))")]
    [InlineData("<<EOF\na\n  b ${c}\nEOF\n", "(text 'a⏎  b ' c '⏎')")]
    [InlineData("<<-EOF\n    a\n      b\n\n    EOF\n", "'a⏎  b⏎⏎'")]
    [InlineData("<<-EOF\n    %{ if a ~}\n    b\n    %{ endif ~}\n    EOF\n", "(text (if a '    b⏎' ''))")]
    [InlineData("a.b[0].c[\"d\"].1", "a.b[0].c['d'][1]")]
    [InlineData("a[*].b[0].c", "(each a @.b[0].c)")]
    [InlineData("a.*.b[0].c", "(each a @.b)[0].c")]
    [InlineData("a[*].b[*].c", "(each a (each @.b @.c))")]
    [InlineData("f(a, [b], c...)", "f(a, [b], c...)")]
    [InlineData("f(\n  a,\n  b,\n)", "f(a, b)")]
    [InlineData("provider::aws::arn_parse(a)", "provider::aws::arn_parse(a)")]
    [InlineData("a ? b : c ? d : e", "(if a b (if c d e))")]
    [InlineData("a || b && c == d + e * -f", "(|| a (&& b (== c (+ d (* e (- f))))))")]
    [InlineData("a - b - c", "(- (- a b) c)")]
    [InlineData("!a != (b >= c)", "(!= (! a) (>= b c))")]
    [InlineData("[a, b, ]", "[a, b]")]
    [InlineData("{\n a = 1, \"b\" : 2\n (c) = 3\n \"d${e}\" = 4,\n}", "{'a': 1, 'b': 2, c: 3, (text 'd' e): 4}")]
    [InlineData("{ for = 1, if = 2 }", "{'for': 1, 'if': 2}")]
    [InlineData("[for a in b : a.c]", "(for a in b a.c)")]
    [InlineData("[ for k, v in b :\n k\n if v != null ]", "(for k,v in b if (!= v null) k)")]
    [InlineData("{for k, v in b : k => v...}", "(for k,v in b k => v...)")]
    [InlineData("a # not b\n", "a")]
    public void An_expression_is_read(string text, string shape)
    {
        var problems = new List<Problem>();
        var expression = HclReader.ReadExpression("a.tf", text, problems);
        Assert.Empty(problems);
        Assert.Equal(shape, Shapes.Of(expression!));
    }

    [Fact]
    public void A_file_is_read()
    {
        var problems = new List<Problem>();
        var body = HclReader.Read("a.tf", Sample, problems);
        Assert.Empty(problems);
        Assert.Equal(
            "resource.aws_s3_bucket.b {for_each=toset(['a', 'b']); bucket=(text var.prefix '-' each.key); tags={'Name': 'x', local.k: 2}; rule {id=1}; "
            + "dynamic.rule {for_each=(for r in var.rules if r.on r.id); content {text=(text join('', (for s in rule.value (text (text '        ' s '⏎')))))}}}",
            Shapes.Of(body));
    }

    [Fact]
    public void Places_are_those_of_the_text()
    {
        var block = HclReader.Read("a.tf", Sample, []).Blocks[0];
        Assert.Equal(new Location("a.tf", 2, 1, 28), block.Location);
        var bucket = block.Body["bucket"]!;
        Assert.Equal((new Location("a.tf", 4, 3, 6), new Location("a.tf", 4, 14, 27)), (bucket.At, bucket.Expression.Location));
        Assert.Equal("\"${var.prefix}-${each.key}\"", bucket.Expression.Span.ToString());
        Assert.Equal(new Location("a.tf", 13, 14, 6), block.Body.Blocks[1].Body.Blocks[0].Body["text"]!.Expression.Location);
    }

    [Theory]
    [InlineData("a = [1, 2\nb = 3", "2:1 expected `,` or `]` in the list, found `b`", "b=3")]
    [InlineData("a = \"x\nb = 3", "1:5 the text has no end on its line | write `\"` where it ends, or use a heredoc for several lines", "b=3")]
    [InlineData("a = <<EOF\nb = 3", "1:5 the text has no end: no line is only `EOF`", "b=3")]
    [InlineData("a = 1 2\nb = 3", "1:7 expected a line break after `a`, found `2`", "a=1; b=3")]
    [InlineData("a = \nb = 3", "1:5 expected a value, found the end of the line", "b=3")]
    [InlineData("a = {\n  x 1\n}\nb = 3", "2:5 expected `=` or `:` after a key, found `1`", "b=3")]
    [InlineData("a = f(x;)\nb = 3", "1:8 expected `,` or `)` in the call of `f`, found `;`", "b=3")]
    [InlineData("c \"x\" {\n  a = $\n  b = 3\n}\nd {}", "2:7 expected a value, found `$`", "c.x {b=3}; d {}")]
    [InlineData("c {\n  b = 3\n", "1:1 block `c` is not closed | add the missing `}`", "")]
    [InlineData("}\nb = 3", "1:1 a `}` closes nothing", "b=3")]
    [InlineData("a = 1\na = 2", "2:1 argument `a` is set twice", "a=1")]
    [InlineData("a = \"%{ if x }\"\nb = 3", "1:6 `%{ if x` without its `endif`", "b=3")]
    [InlineData("a = \"\\q\"\nb = 3", "1:6 no escape of HCL | write `\\\\` for a backslash", "b=3")]
    [InlineData("a /* b", "1:3 the comment has no end | write `*/` where it ends", "")]
    public void A_fault_has_its_place_and_the_rest_is_read(string text, string told, string rest)
    {
        var problems = new List<Problem>();
        var body = HclReader.Read("a.tf", text, problems);
        var problem = Assert.Single(problems);
        Assert.Equal(
            told.Insert(told.IndexOf(' ', StringComparison.Ordinal) + 1, "broken HCL: "),
            $"{problem.Location.Line}:{problem.Location.Column} {problem.Message}{(problem.Help.Length > 0 ? $" | {problem.Help}" : "")}");
        Assert.Equal(rest, Shapes.Of(body));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("{a=")]
    [InlineData("-")]
    [InlineData("f(")]
    [InlineData("\"${")]
    [InlineData("a?")]
    [InlineData("a[*]")]
    [InlineData("a+")]
    [InlineData("a.b")]
    [InlineData("[for a in ")]
    [InlineData("\"%{if a}")]
    public void What_is_nested_too_deeply_is_told(string opening)
    {
        var problems = new List<Problem>();
        HclReader.Read("a.tf", $"x = {string.Concat(Enumerable.Repeat(opening, 20_000))}", problems);
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Blocks_nested_too_deeply_are_told()
    {
        var problems = new List<Problem>();
        HclReader.Read("a.tf", string.Concat(Enumerable.Repeat("a {\n", 20_000)), problems);
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Whatever_is_cut_off_is_read_or_told()
    {
        for (var length = 0; length <= Sample.Length; length++) HclReader.Read("a.tf", Sample[..length], []);
    }

    [Fact]
    public void Whatever_is_damaged_is_read_or_told()
    {
        var random = new Random(4);
        const string Marks = "{}[]()\"\\$%~.,:=?!<>-*#/\n EOT0aé";
        for (var run = 0; run < 3000; run++)
        {
            var damaged = new System.Text.StringBuilder(Sample);
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(damaged.Length);
                if (random.Next(2) == 0) damaged.Remove(at, Math.Min(random.Next(1, 20), damaged.Length - at));
                else damaged.Insert(at, Marks[random.Next(Marks.Length)]);
            }
            HclReader.Read("a.tf", damaged.ToString(), []);
        }
    }
}
