using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources;

public sealed class PropertyPathTests
{
    private static readonly Location At = Location.StartOf("t.yaml");

    private static Value Map(params (string Name, Value Value)[] fields) => new Value.Map(At, [.. fields.Select(f => new Value.Field(f.Name, At, f.Value))]);

    private static Value Str(Text text) => new Value.Str(At, text);

    private static Value Str(string text) => Str(Text.Of(text));

    private static string Walked(string path, Value value) => Told(PropertyPath.Parse(path)!.Walk(value, Scenario.Start()));

    private static string Told(Value value) => value switch
    {
        Value.Str text => text.Text.ToString(),
        Value.List list => $"[{string.Join(", ", list.Items.Select(Told))}]",
        Value.Absent => "nothing",
        Value.Unknown unknown => $"unknown: {unknown.Why}",
        _ => value.GetType().Name,
    };

    [Fact]
    public void Two_stars_take_the_texts_at_any_depth() =>
        Assert.Equal("[one, two, three]", Walked("Top[**]", Map(("Top", Map(("A", Str("one")), ("B", new Value.List(At, [Map(("C", Str("two"))), Str("three")])))))));

    [Fact]
    public void Two_stars_and_a_name_take_what_is_called_so_at_any_depth() =>
        Assert.Equal("[one, two]", Walked("Top[**].Role", Map(("Top", Map(("Role", Str("one")), ("B", new Value.List(At, [Map(("Role", Str("two"))), Str("three")])))))));

    [Fact]
    public void Two_stars_with_a_name_take_the_maps_that_have_it()
    {
        var inner = Map(("Role", Str("two")), ("On", Str("b")));
        var top = Map(("Top", Map(("Role", Str("one")), ("On", Str("a")), ("B", new Value.List(At, [inner, Map(("On", Str("c"))), new Value.Unknown(At, "a file")])))));
        Assert.Equal("[Map, Map, unknown: a file]", Walked("Top[**Role]", top));
        Assert.Equal("[a, b, unknown: a file]", Walked("Top[**Role].On", top));
    }

    [Fact]
    public void Json_in_a_text_is_gone_into() =>
        Assert.Equal("[nginx]", Walked("Containers[*].image", Map(("Containers", Str("""[{"name": "web", "image": "nginx"}, {"name": "log"}]""")))));

    [Fact]
    public void What_is_not_known_in_json_keeps_its_place()
    {
        var hole = Text.Of(new Symbol("", "the function") { Display = "the function" });
        Assert.Equal("⟨the function⟩:live", Walked("Task.Resource", Map(("Task", Str(Text.Of("{\"Resource\": \"") + hole + Text.Of(":live\"}"))))));
    }

    [Fact]
    public void Broken_json_is_not_known() =>
        Assert.Equal("unknown: its JSON cannot be read here", Walked("Task.Resource", Map(("Task", Str("{\"Resource\": ")))));

    [Fact]
    public void A_text_that_is_no_json_has_nothing_inside() => Assert.Equal("nothing", Walked("Task.Resource", Map(("Task", Str("later")))));
}
