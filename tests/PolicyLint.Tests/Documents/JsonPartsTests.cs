using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Documents;

/// <summary>A large document is read part by part, as somebody asks for it: with the same nodes, places and problems.</summary>
public sealed class JsonPartsTests
{
    private static readonly string Filling = new('x', 300);

    [Fact]
    public void A_document_that_is_read_in_parts_has_the_nodes_and_places_of_one_that_is_read_at_once()
    {
        var text = $$$"""
            {"small": {"a": [1, null, true]}, "größe": "ü😀",
             "large": {"filling": "{{{Filling}}}",
               "list": [{"k": "{{{Filling}}}", "inner": {"z": ["{{{Filling}}}", {"deep": "😀{{{Filling}}}",
               "last": -1.5e3}]}}, "after", [], {}]}, "end": false}
            """;
        var (atOnce, inParts) = (new List<Problem>(), new List<Problem>());
        Assert.Equal(Told(Whole(text, atOnce)!), Told(Parts(text, inParts)!));
        Assert.Empty(atOnce.Concat(inParts));
    }

    [Fact]
    public void A_key_that_is_there_twice_in_a_part_is_told_when_the_part_is_asked_for()
    {
        var text = $$$"""{"large": {"filling": "{{{Filling}}}", "a": 1, "a": 2}}""";
        var (atOnce, inParts) = (new List<Problem>(), new List<Problem>());
        Whole(text, atOnce);
        var large = (Node.Map)((Node.Map)Parts(text, inParts)!)["large"]!;
        Assert.Empty(inParts);
        Assert.Equal("a", Assert.Single(large.Doubled));
        Assert.Equal(atOnce, inParts);
        Assert.Equal("1", ((Node.Scalar)large["a"]!).Text);
        Assert.Single(inParts);
    }

    [Theory]
    [InlineData("""{"large": {"filling": "FILLING", "a": }, "b": 1}""")]
    [InlineData("""{"large": {"filling": "FILLING", "list": [{"filling": "FILLING", "c": 1]}}""")]
    [InlineData("""{"large": ["FILLING" "FILLING"]}""")]
    [InlineData("""{"large": {"filling": "FILLING""")]
    public void What_is_broken_is_told_at_once_though_nobody_asks_for_it(string text)
    {
        text = text.Replace("FILLING", Filling, StringComparison.Ordinal);
        var (atOnce, inParts) = (new List<Problem>(), new List<Problem>());
        Assert.Null(Whole(text, atOnce));
        Assert.Null(Parts(text, inParts));
        Assert.Equal(atOnce, inParts);
        Assert.Single(inParts);
    }

    [Fact]
    public void Text_that_is_no_Unicode_is_a_problem_when_its_part_is_asked_for()
    {
        var problems = new List<Problem>();
        var root = (Node.Map)Parts($$$"""{"large": {"filling": "{{{Filling}}}", "a": "\ud800"}}""", problems)!;
        Assert.Empty(((Node.Map)root["large"]!).Entries);
        Assert.Equal("broken JSON: this text is not valid Unicode", Assert.Single(problems).Message);
    }

    private static Node? Whole(string text, List<Problem> problems) => JsonReader.Read(Location.StartOf("f"), Encoding.UTF8.GetBytes(text), problems);

    private static Node? Parts(string text, List<Problem> problems) => JsonReader.ReadInParts(Location.StartOf("f"), Encoding.UTF8.GetBytes(text), problems);

    private static IEnumerable<string> Told(Node node) => node switch
    {
        Node.Map map => map.Entries.SelectMany(e => Told(e.Key).Concat(Told(e.Value))).Prepend($"map {map.Location}+{map.Location.Length}"),
        Node.List list => list.Items.SelectMany(Told).Prepend($"list {list.Location}+{list.Location.Length}"),
        Node.Scalar scalar => [$"{scalar.Kind} {scalar.Text} {scalar.Location}+{scalar.Location.Length}"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
