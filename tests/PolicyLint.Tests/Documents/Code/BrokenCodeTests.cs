using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Tests.Documents.Code;

/// <summary>Whatever a program is, reading it ends, soon, and places lie within it.</summary>
public sealed class BrokenCodeTests
{
    private static readonly string[] Pieces =
    [
        "s3.putObject(", "s3.put_object(", "new PutObjectCommand(", "aws s3 cp a s3://b ", "{ Bucket: ", "Bucket=", "process.env.X", "os.environ['X']", "'", "\"", "`", "${", "}", "{", "(", ")", "[", "]",
        "f'", "f\"\"\"", "\"\"\"", "\\", "\n", "\r\n", "//", "/*", "*/", "#", "/", "=>", "=", ",", ";", ":", "...", "**", "const x", "x", " x = ", "def f(", "lambda ", "for ", "$(", "$((", "<<EOF", "<", ">", "|", "&&",
        "\uE000", "é", "\uD83D\uDE00", "ACL", "--acl ", "-", " ", "as ", "import ", "from ", "!",
    ];

    private static readonly Func<string, Uploads>[] Readers = [JavaScriptUploads.In, PythonUploads.In, ShellUploads.In];

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(120));
    }

    [Fact]
    public void Real_programs_with_holes_are_read_to_their_end()
    {
        const string code = "const { X } = process.env;\nawait c.send(new PutObjectCommand({ Bucket: `a-${X}`, ACL: 'private', ...more }));\ns3.put_object(Bucket=f'a{os.environ[\"X\"]}', **p)\naws s3 cp \"a\" s3://b/${C:-d} --grants read=id=1 full=id=2 $(x)\n";
        for (var from = 0; from < code.Length; from++)
            for (var length = 1; length < 12; length += 3)
                Assert.True(Holds(code.Remove(from, Math.Min(length, code.Length - from))));
    }

    private static bool Holds(string text)
    {
        var placed = CodeText.Of(SourceText.Read("f", Encoding.UTF8.GetBytes(text), [])!);
        return Readers.All(read => read(placed.Text).Calls.All(c => c.Offset >= 0 && c.Length > 0 && c.Offset + c.Length <= placed.Text.Length && placed.At(c.Offset).Line <= placed.Text.Count('\n') + 1));
    }

    public static TheoryData<string> Repeated => [.. Pieces, "s3.putObject({ Bucket: ", "a = a = ", "x = (", "const x = { a: x, ...x }; ", "lambda lambda ", "const [", "f'{", "`${", "$(a ", "${a", "aws s3 cp $A ", "(({[", "x => ", "a as ", "B=$B$B; ", "s3.put_object(**x(", "s3.putObject(x.x.", "export "];

    /// <summary>What takes time in proportion to the square of such a text takes minutes.</summary>
    [Theory, MemberData(nameof(Repeated))]
    public void Long_runs_of_anything_are_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        foreach (var read in Readers)
        {
            var clock = Stopwatch.StartNew();
            read(text);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} for {text.Length} characters");
        }
    }
}
