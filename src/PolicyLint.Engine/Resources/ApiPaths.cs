using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>The paths that resources of a REST API and route keys of an HTTP API stand for; a parameter in one (<c>{id}</c>) and
/// the method <c>ANY</c> are written as <c>*</c>, and so is whatever cannot be known.</summary>
internal static class ApiPaths
{
    /// <summary>The path of the API resource that the value names, <c>/</c> for the API's root.</summary>
    public static Value Of(Value value, Stack from, Graph graph, Fields fields, Scenario scenario) => Of(value, from, graph, fields, scenario, 0);

    private static Value Of(Value value, Stack from, Graph graph, Fields fields, Scenario scenario, int depth)
    {
        if (value is Value.Absent) return value;
        if (depth > Deepest) return AnyPath(value.Location);
        if (Fields.LinkText(scenario.Read(value)) is not { } text) return AnyPath(value.Location);
        if (Named("apigateway-rest-api") is not null) return Value.Of(value.Location, "/");
        if (Named("apigateway-resource") is not { } resource) return AnyPath(value.Location);
        var part = fields.Read(resource, resource.Kind!.Fields["part"]!, scenario).AsText;
        if (part is null || Of(fields.Read(resource, resource.Kind.Fields["parent"]!, scenario), resource.Stack, graph, fields, scenario, depth + 1) is not Value.Str { Text: var above }) return AnyPath(value.Location);
        return new Value.Str(value.Location, (above.Known == "/" ? above : above + Text.Of("/")) + Opened(part));

        Resource? Named(string kind) => graph.Kinds.Named(kind) is { } known ? graph.Called(text, known, from) : null;
    }

    /// <summary>As <see cref="OfRoute(Value, Scenario)"/>, of every item of a list.</summary>
    public static Value OfRoutes(Value value, Scenario scenario) => value is Value.List list
        ? new Value.List(list.Location, [.. scenario.ReadItems(list).Select(i => OfRoute(i, scenario))])
        : OfRoute(value, scenario);

    /// <summary>What a route key says: <c>GET/items/*</c> for <c>GET /items/{id}</c>; <c>$default</c>, the keys of WebSocket APIs
    /// and the names of stages are what they are.</summary>
    public static Value OfRoute(Value value, Scenario scenario)
    {
        if (value is Value.Absent) return value;
        if (scenario.Read(value) is Value.Str { Text: { Known: null, HasEither: false } part } && !part.Pieces.Any(p => p is Piece.Literal { Text: var text } && text.Contains(' ', StringComparison.Ordinal))) return value;
        if (scenario.Read(value).KnownText is not { } key) return Value.Of(value.Location, "*");
        return Value.Of(value.Location, key.Split(' ', 2) is [var method, var path] ? (method == "ANY" ? "*" : method) + Opened(Text.Of(path)).Known : key);
    }

    private static Text Opened(Text part) =>
        Text.Join(part.Pieces.Select(p => p is Piece.Literal { Text: var text } ? new Piece.Literal(Placeholders.Replace(text, "{", "}", _ => [new Piece.Literal("*")]).Known ?? text) : p));

    /// <summary>Parts that are each other's parents make no path.</summary>
    private const int Deepest = 100;

    private static Value AnyPath(Location at) => Value.Of(at, "/*");
}
