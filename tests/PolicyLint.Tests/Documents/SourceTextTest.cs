using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Documents;

public sealed class SourceTextTest
{
    public static TheoryData<byte[]> Encodings() =>
    [
        Encoding.UTF8.GetBytes("grün\r\n😀 b\n"),
        [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("grün\r\n😀 b\n")],
        [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("grün\r\n😀 b\n")],
        [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("grün\r\n😀 b\n")],
    ];

    [Theory, MemberData(nameof(Encodings))]
    public void UTF_8_and_UTF_16_with_a_mark_are_read(byte[] bytes)
    {
        var problems = new List<Problem>();
        var source = SourceText.Read("f", bytes, problems)!;
        Assert.Empty(problems);
        Assert.Equal("grün\r\n😀 b\n", Encoding.UTF8.GetString(source.Bytes));
        Assert.Equal(["", "grün", "😀 b", "", ""], Enumerable.Range(0, 5).Select(i => source.Line(i, 100)));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFC, 0x62 }, "1:2", "not UTF-8: found the byte 0xFC")]
    [InlineData(new byte[] { 0xC3, 0xBC, 0x0A, 0xC3, 0xBC, 0xE2, 0x82 }, "2:2", "not UTF-8: found the byte 0xE2")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "1:1", "not UTF-8: found the byte 0xED")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61 }, "1:1", "not UTF-16, although its first two bytes say so")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0xDC, 0x00 }, "1:1", "not UTF-16, although its first two bytes say so")]
    public void Other_bytes_are_told_where_they_stand(byte[] bytes, string place, string message)
    {
        var problems = new List<Problem>();
        Assert.Null(SourceText.Read("f", bytes, problems));
        var problem = Assert.Single(problems);
        Assert.Equal((place, message, "save the file as UTF-8"), ($"{problem.Location.Line}:{problem.Location.Column}", problem.Message, problem.Help));
    }

    [Fact]
    public void A_long_line_is_cut_between_characters()
    {
        var source = SourceText.Read("f", Encoding.UTF8.GetBytes("short\n" + string.Concat(Enumerable.Repeat("a😀", 1000))), [])!;
        Assert.Equal("short", source.Line(1, 5));
        Assert.Equal("a😀a", source.Line(2, 4));
        Assert.Equal("a😀a", source.Line(2, 5));
        Assert.Equal("a😀a😀", source.Line(2, 6));
    }
}
