using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Documents;

public sealed class JsonReaderTest
{
    [Fact]
    public void Every_node_has_its_place_in_UTF_16_units()
    {
        var root = (Node.Map)One("{\r\n  \"Größe\": [1, \"ü😀\", {\"k\": null}], \"b\": true,\n\t\"c\": -1.5e3 }");
        Assert.Equal(new Location("f", 1, 1, 1), root.Location);
        Assert.Equal(["2:3+7", "2:37+3", "3:2+3"], root.Entries.Select(e => Place(e.Key)));
        var list = (Node.List)root["Größe"]!;
        Assert.Equal(["2:13+1", "2:16+5", "2:23+1"], list.Items.Select(Place));
        Assert.Equal("2:12+1", Place(list));
        Assert.Equal(["true", "-1.5e3"], root.Entries.Skip(1).Select(e => ((Node.Scalar)e.Value).Text));
        Assert.Equal([ScalarKind.Bool, ScalarKind.Number], root.Entries.Skip(1).Select(e => ((Node.Scalar)e.Value).Kind));
        Assert.Equal("2:29+4", Place(((Node.Map)list.Items[2])["k"]!));
    }

    [Fact]
    public void One_long_line_has_places_too()
    {
        var text = "[" + string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"{{\"ä{i % 10}\":\"😀\"}}")) + "]";
        var root = (Node.List)One(text);
        var last = ((Node.Map)root.Items[^1]).Entries[0];
        Assert.Equal((1, text.LastIndexOf("\"ä", StringComparison.Ordinal) + 1, 4), (last.Key.Location.Line, last.Key.Location.Column, last.Key.Location.Length));
        Assert.Equal(text.LastIndexOf("\"😀", StringComparison.Ordinal) + 1, last.Value.Location.Column);
    }

    [Fact]
    public void Places_inside_a_text_start_at_its_origin()
    {
        var root = (Node.Map)JsonReader.Read(new Location("f", 7, 20), "{\"a\":\n 1}"u8, [])!;
        Assert.Equal(["7:21+3", "8:2+1"], [Place(root.Entries[0].Key), Place(root["a"]!)]);
    }

    [Fact]
    public void A_key_that_is_there_twice_is_told_with_both_places()
    {
        var problems = new List<Problem>();
        var root = (Node.Map)JsonReader.Read(Location.StartOf("f"), "{\"a\": 1,\n \"\\u0061\": 2}"u8, problems)!;
        Assert.Equal("1", ((Node.Scalar)root["a"]!).Text);
        var problem = Assert.Single(problems);
        Assert.Equal("key `a` appears twice in one map, first on line 1", problem.Message);
        Assert.Equal((new Location("f", 2, 2, 8), new Location("f", 1, 2, 3)), (problem.Location, problem.Related!.Value));
    }

    [Theory]
    [InlineData("{\"a\": 1,}", "1:9", "broken JSON: The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options")]
    [InlineData("{\"a\" 1}", "1:6", "broken JSON: '1' is invalid after a property name. Expected a ':'")]
    [InlineData("{\"ü\": tru}", "1:10", "broken JSON: 'tru}' is an invalid JSON literal. Expected the literal 'true'")]
    [InlineData("{\n\"a\": 01}", "2:7", "broken JSON: Invalid leading zero before '1'")]
    [InlineData("{\"a\": \"b", "1:9", "broken JSON: Expected end of string, but instead reached end of data")]
    [InlineData("{\"a\": ", "1:7", "broken JSON: the text ends inside a list or a map")]
    [InlineData("{} x", "1:4", "broken JSON: 'x' is invalid after a single JSON value. Expected end of data")]
    [InlineData("{ // no\n}", "1:3", "broken JSON: '/' is invalid after a value. Expected either ',', '}', or ']'")]
    [InlineData("{\"a\": \"\t\"}", "1:8", "broken JSON: '0x09' is invalid within a JSON string. The string should be correctly escaped")]
    [InlineData("{\"a\":\n \"\\ud800\"}", "2:2", "broken JSON: this text is not valid Unicode")]
    [InlineData("{\"\\udc00\": 1}", "1:2", "broken JSON: this text is not valid Unicode")]
    [InlineData("", "1:1", "broken JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true")]
    public void What_is_broken_is_told_where_it_breaks(string text, string place, string message)
    {
        var problem = Fault(text);
        Assert.Equal((place, message), ($"{problem.Location.Line}:{problem.Location.Column}", problem.Message));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Ten_thousand_levels_are_refused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        Assert.Equal("broken JSON: nested deeper than 256 levels", Fault(text).Message);
        var depth = Limits.Depth;
        One(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)));
    }

    [Fact]
    public void Many_equal_keys_take_time_in_proportion()
    {
        var text = "{" + string.Join(",", Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":0")) + "}";
        Assert.Equal(200_000, ((Node.Map)YamlReaderTest.Soon(() => One(text))).Entries.Length);
    }

    [Fact]
    public void Damaged_text_is_read_or_refused()
    {
        var random = new Random(2026);
        var sound = "{\"Resources\": {\"Größe\": {\"Type\": \"AWS::S3::Bucket\", \"x\": [1, true, null, \"\\ud83d\\ude00\"]}}}"u8.ToArray();
        for (var run = 0; run < 3000; run++)
        {
            var bytes = sound.ToArray();
            for (var change = random.Next(1, 5); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var problems = new List<Problem>();
            if (SourceText.Read("f", bytes, problems) is { } source) JsonReader.Read(Location.StartOf("f"), source.Bytes, problems);
            Assert.All(problems, p => Assert.True(p.Location is { Line: > 0, Column: > 0 }));
        }
    }

    private static string Place(Node node) => $"{node.Location.Line}:{node.Location.Column}+{node.Location.Length}";

    private static Node One(string text)
    {
        var problems = new List<Problem>();
        var root = JsonReader.Read(Location.StartOf("f"), Encoding.UTF8.GetBytes(text), problems);
        Assert.Empty(problems);
        return root!;
    }

    private static Problem Fault(string text)
    {
        var problems = new List<Problem>();
        Assert.Null(JsonReader.Read(Location.StartOf("f"), Encoding.UTF8.GetBytes(text), problems));
        return Assert.Single(problems);
    }
}
