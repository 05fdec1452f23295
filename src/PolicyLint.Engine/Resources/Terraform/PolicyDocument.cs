using System.Collections.Immutable;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>The data source <c>aws_iam_policy_document</c> as the JSON document that it makes, its unknown parts kept.</summary>
internal static class PolicyDocument
{
    /// <summary>The document with those that it merges into itself. Where one of these is not known, there may be statements that
    /// are not known, and an overriding one may take the place of any that has a <c>Sid</c>.</summary>
    public static Value Of(Value.Map properties)
    {
        var version = properties["version"] is Value.Absent or Value.Str { Text.Known: "" } ? Value.Of(properties.Location, "2012-10-17") : properties["version"];
        var statements = Blocks(properties["statement"]) is Value.List blocks ? new Value.List(blocks.Location, [.. blocks.Items.Select(Statement)]) : properties["statement"];
        foreach (var merged in (string[])["source_policy_documents", "source_json", "override_policy_documents", "override_json"])
        {
            var others = StatementsOf(properties[merged], merged);
            if (others.Count == 0) continue;
            if (statements is not Value.List own) return new Value.Unknown(properties[merged].Location, $"`{merged}` merges statements that are not known");
            statements = new Value.List(own.Location, Merge(own.Items, others, isOver: merged.StartsWith("override", StringComparison.Ordinal)));
        }
        return new Value.Map(properties.Location,
        [
            new Value.Field("Version", version.Location, version),
            new Value.Field("Statement", properties["statement"].Location, statements),
        ]);
    }

    /// <summary>The statements of one document or of a list of them; an unknown one for those that are not known.</summary>
    private static List<Value> StatementsOf(Value value, string merged)
    {
        switch (Policies.Of(value, value.Location))
        {
            case Value.Absent or Value.Str { Text.Known: "" }: return [];
            case Value.Map map when map["Statement"] is Value.List list: return [.. list.Items];
            case Value.Map map when map["Statement"] is Value.Map one: return [one];
            case Value.Unknown { Likely: Value.Map likely }: return StatementsOf(likely, merged);
            case Value.List documents: return [.. documents.Items.SelectMany(d => StatementsOf(d, merged))];
            case Value.Unknown unknown: return [new Value.Unknown(value.Location, $"`{merged}` merges a document that is not known: {unknown.Why}")];
            default: return [new Value.Unknown(value.Location, $"`{merged}` merges a document that is not read")];
        }
    }

    /// <summary>A statement takes the place of one with its <c>Sid</c>, else it comes after all others. Where the later one is not
    /// known, or its <c>Sid</c> is not, it may be any of those with a <c>Sid</c>.</summary>
    private static ImmutableArray<Value> Merge(ImmutableArray<Value> own, List<Value> others, bool isOver)
    {
        var merged = new List<Value>();
        foreach (var statement in isOver ? own.Concat(others) : others.Concat(own))
        {
            var sid = SidOf(statement);
            if (sid is null)
                for (var i = 0; i < merged.Count; i++)
                    if (SidOf(merged[i]) is { Length: > 0 } taken)
                        merged[i] = new Value.Unknown(merged[i].Location, $"another statement, which is not known, may take the place of `{taken}`");
            var same = sid is { Length: > 0 } ? merged.FindIndex(m => SidOf(m) == sid) : -1;
            if (same < 0) merged.Add(statement);
            else merged[same] = statement;
        }
        return [.. merged];
    }

    /// <summary>Empty for a statement without; null where it is not known.</summary>
    private static string? SidOf(Value statement) => statement is Value.Map map ? map["Sid"] is Value.Absent ? "" : map["Sid"].KnownText : null;

    /// <summary>Nested blocks as a list: JSON sources may have one block alone.</summary>
    private static Value Blocks(Value value) => value switch
    {
        Value.Absent absent => new Value.List(absent.Location, []),
        Value.Map map => new Value.List(map.Location, [map]),
        _ => value,
    };

    private static Value Statement(Value value)
    {
        if (value is not Value.Map block) return value;
        return block.Open.Length > 0 ? new Value.Unknown(block.Location, block.Open) : Statement(block);
    }

    private static Value.Map Statement(Value.Map block)
    {
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        Add("sid", "Sid", v => v);
        Add("effect", "Effect", v => v);
        if (block["effect"] is Value.Absent or Value.Str { Text.Known: "" }) fields.Add(new Value.Field("Effect", block.Location, Value.Of(block.Location, "Allow")));
        Add("actions", "Action", v => v);
        Add("not_actions", "NotAction", v => v);
        Add("resources", "Resource", v => Rendered(Built(v)));
        Add("not_resources", "NotResource", v => Rendered(Built(v)));
        Add("principals", "Principal", Principals);
        Add("not_principals", "NotPrincipal", Principals);
        Add("condition", "Condition", Conditions);
        return new Value.Map(block.Location, fields.ToImmutable());

        void Add(string from, string to, Func<Value, Value> read)
        {
            if (block[from] is not (Value.Absent or Value.List { Items: [] } or Value.Str { Text.Known: "" }) and var value)
                fields.Add(new Value.Field(to, value.Location, read(value)));
        }
    }

    /// <summary>A resource that is built from one attribute may go on after it (<c>"${bucket.arn}/*"</c>): its beginning is
    /// known, its end is not. What is no ARN is not what stands there: with a key between brackets the plan does not list the
    /// attribute.</summary>
    private static Value Built(Value value) => value switch
    {
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(Built)]),
        Value.Unknown { Likely: Value.Str { Text: var text } } unknown when text.Pieces is not [Piece.Literal { Text: var start }, ..] || !start.StartsWith("arn:", StringComparison.Ordinal) =>
            new Value.Unknown(unknown.Location, unknown.Why),
        Value.Unknown { Likely: Value.Str { Text: var text } } unknown when !IsWhole(text) => new Value.Str(unknown.Location, text + Text.Of(
            new Symbol(unknown.Location.File, $"rest {unknown.Location.Line}:{unknown.Location.Column}") { Display = "…", IsParameter = true })),
        _ => value,
    };

    /// <summary>The ARN of a source of calls: what is built from something that is no ARN is not what stands there, and to the ARNs of
    /// APIs and log groups something is always added (<c>"${api.execution_arn}/*/*"</c>).</summary>
    public static Value Source(Value value) => value switch
    {
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(Source)]),
        Value.Unknown { Likely: Value.Str { Text: var text } } when ServiceOf(text) is null or "execute-api" or "logs" => Built(value),
        _ => value,
    };

    /// <summary>Queues, topics and keys have nothing inside that a policy could name by more than their ARN.</summary>
    private static bool IsWhole(Text text) => ServiceOf(text) is "sqs" or "sns" or "kms";

    /// <summary>The service of an ARN, empty where it is not known; null where the text is no ARN.</summary>
    private static string? ServiceOf(Text text) =>
        text.Pieces is [Piece.Literal { Text: var start }, ..] && start.StartsWith("arn:", StringComparison.Ordinal) ? text.Split(":") is [_, _, var service, ..] ? service.Known ?? "" : "" : null;

    /// <summary><c>&amp;{aws:username}</c> is written so that Terraform leaves it alone; the document has <c>${…}</c>.</summary>
    private static Value Rendered(Value value) => value switch
    {
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(Rendered)]),
        Value.Str { Text: { HasEither: false } text } when text.Pieces.Any(p => p is Piece.Literal literal && literal.Text.Contains("&{", StringComparison.Ordinal)) =>
            new Value.Str(value.Location, Text.Join(text.Pieces.Select(p => p is Piece.Literal literal ? new Piece.Literal(literal.Text.Replace("&{", "${", StringComparison.Ordinal)) : p))),
        _ => value,
    };

    private static Value Principals(Value value)
    {
        if (Blocks(value) is not Value.List blocks || blocks.Items.Any(i => i is not Value.Map { Open: "" })) return Unread(value, "principals");
        var byType = blocks.Items.Cast<Value.Map>().GroupBy(b => b["type"] is Value.Str { Text.Known: { } type } ? type : "");
        if (byType.Any(g => g.Key.Length == 0)) return new Value.Unknown(value.Location, "the type of a principal is not known here");
        if (byType.Any(g => g.Key == "*")) return Value.Of(value.Location, "*");
        return new Value.Map(value.Location, [.. byType.Select(g => new Value.Field(g.Key, g.First().Location, Rendered(Flatten(g.Select(b => b["identifiers"]), g.First()))))]);
    }

    private static bool IsOfSource(string key) => key.Equals("aws:SourceArn", StringComparison.OrdinalIgnoreCase);

    private static Value Conditions(Value value)
    {
        if (Blocks(value) is not Value.List blocks || blocks.Items.Any(i => i is not Value.Map { Open: "" })) return Unread(value, "conditions");
        if (blocks.Items.Cast<Value.Map>().Any(b => b["test"].KnownText is null || b["variable"].KnownText is null))
            return new Value.Unknown(value.Location, "the operator or the key of a condition is not known here");
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        foreach (var test in blocks.Items.Cast<Value.Map>().GroupBy(b => b["test"].KnownText!))
        {
            var keys = test.GroupBy(b => b["variable"].KnownText!).Select(k =>
                new Value.Field(k.Key, k.First().Location, Rendered(IsOfSource(k.Key) ? Source(Flatten(k.Select(b => b["values"]), k.First())) : Flatten(k.Select(b => b["values"]), k.First()))));
            fields.Add(new Value.Field(test.Key, test.First().Location, new Value.Map(test.First().Location, [.. keys])));
        }
        return new Value.Map(value.Location, fields.ToImmutable());
    }

    private static Value Unread(Value value, string what) => value is Value.Unknown ? value : new Value.Unknown(value.Location, $"what {what} there are is not known here");

    private static Value Flatten(IEnumerable<Value> values, Value at)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        foreach (var value in values)
            if (value is Value.List list) items.AddRange(list.Items);
            else items.Add(value);
        return new Value.List(at.Location, items.ToImmutable());
    }
}
