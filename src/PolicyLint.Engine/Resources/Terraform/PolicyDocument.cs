using System.Collections.Immutable;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>The data source <c>aws_iam_policy_document</c> as the JSON document that it makes, its unknown parts kept.</summary>
internal static class PolicyDocument
{
    /// <summary>The document with those that it merges into itself; unknown where one of these is not known.</summary>
    public static Value Of(Value.Map properties)
    {
        var version = properties["version"] is Value.Str v ? v : Value.Of(properties.Location, "2012-10-17");
        var statements = Each(properties["statement"], Statement);
        foreach (var merged in (string[])["source_policy_documents", "source_json", "override_policy_documents", "override_json"])
        {
            if (StatementsOf(properties[merged]) is not { } others) return new Value.Unknown(properties[merged].Location, $"`{merged}` merges documents that are not read");
            if (others.Count == 0) continue;
            if (statements is not Value.List own || Merge(own.Items, others, isOver: merged.StartsWith("override", StringComparison.Ordinal)) is not { } all)
                return new Value.Unknown(properties[merged].Location, $"`{merged}` merges statements that are not known");
            statements = new Value.List(own.Location, all);
        }
        return new Value.Map(properties.Location,
        [
            new Value.Field("Version", version.Location, version),
            new Value.Field("Statement", properties["statement"].Location, statements),
        ]);
    }

    /// <summary>The statements of one document or of a list of them; null where one is not known.</summary>
    private static List<Value>? StatementsOf(Value value)
    {
        switch (Policies.Of(value, value.Location))
        {
            case Value.Absent or Value.Str { Text.Known: "" }: return [];
            case Value.Map map when map["Statement"] is Value.List list: return [.. list.Items];
            case Value.Map map when map["Statement"] is Value.Map one: return [one];
            case Value.Unknown { Likely: Value.Map likely }: return StatementsOf(likely);
            case Value.List documents:
                var all = new List<Value>();
                foreach (var document in documents.Items)
                    if (StatementsOf(document) is { } statements) all.AddRange(statements);
                    else return null;
                return all;
            default: return null;
        }
    }

    /// <summary>A statement takes the place of one with its <c>Sid</c>, else it comes after all others; null where a
    /// <c>Sid</c> is not known.</summary>
    private static ImmutableArray<Value>? Merge(ImmutableArray<Value> own, List<Value> others, bool isOver)
    {
        var merged = new List<Value>();
        foreach (var statement in isOver ? own.Concat(others) : others.Concat(own))
        {
            var sid = statement is Value.Map { } map ? map["Sid"] is Value.Absent ? "" : map["Sid"].KnownText : null;
            if (sid is null) return null;
            var same = sid.Length == 0 ? -1 : merged.FindIndex(m => ((Value.Map)m)["Sid"].KnownText == sid);
            if (same < 0) merged.Add(statement);
            else merged[same] = statement;
        }
        return [.. merged];
    }

    private static Value Each(Value value, Func<Value.Map, Value> read) => value switch
    {
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(i => i is Value.Map map ? read(map) : i)]),
        Value.Absent absent => new Value.List(absent.Location, []),
        _ => value,
    };

    private static Value.Map Statement(Value.Map block)
    {
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        Add("sid", "Sid", v => v);
        Add("effect", "Effect", v => v);
        if (block["effect"] is Value.Absent) fields.Add(new Value.Field("Effect", block.Location, Value.Of(block.Location, "Allow")));
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
        Value.Unknown { Likely: Value.Str { Text: var text } } unknown => new Value.Str(unknown.Location, text + Text.Of(
            new Symbol(unknown.Location.File, $"rest {unknown.Location.Line}:{unknown.Location.Column}") { Display = "…", IsParameter = true })),
        _ => value,
    };

    /// <summary><c>&amp;{aws:username}</c> is written so that Terraform leaves it alone; the document has <c>${…}</c>.</summary>
    private static Value Rendered(Value value) => value switch
    {
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(Rendered)]),
        Value.Str { Text.Known: { } known } when known.Contains("&{", StringComparison.Ordinal) =>
            Value.Of(value.Location, known.Replace("&{", "${", StringComparison.Ordinal)),
        _ => value,
    };

    private static Value Principals(Value value)
    {
        if (value is not Value.List blocks || blocks.Items.Any(i => i is not Value.Map)) return value;
        var byType = blocks.Items.Cast<Value.Map>().GroupBy(b => b["type"] is Value.Str { Text.Known: { } type } ? type : "");
        if (byType.Any(g => g.Key.Length == 0)) return new Value.Unknown(value.Location, "the type of a principal is not known here");
        if (byType.Any(g => g.Key == "*")) return Value.Of(value.Location, "*");
        return new Value.Map(value.Location, [.. byType.Select(g => new Value.Field(g.Key, g.First().Location, Flatten(g.Select(b => b["identifiers"]), g.First())))]);
    }

    private static Value Conditions(Value value)
    {
        if (value is not Value.List blocks || blocks.Items.Any(i => i is not Value.Map)) return value;
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        foreach (var test in blocks.Items.Cast<Value.Map>().GroupBy(b => KnownText(b["test"])))
        {
            var keys = test.GroupBy(b => KnownText(b["variable"]), StringComparer.OrdinalIgnoreCase).Select(k =>
                new Value.Field(k.Key, k.First().Location, Rendered(Flatten(k.Select(b => b["values"]), k.First()))));
            fields.Add(new Value.Field(test.Key, test.First().Location, new Value.Map(test.First().Location, [.. keys])));
        }
        return new Value.Map(value.Location, fields.ToImmutable());
    }

    private static string KnownText(Value value) => value is Value.Str { Text.Known: { } known } ? known : "⟨unknown⟩";

    private static Value Flatten(IEnumerable<Value> values, Value at)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        foreach (var value in values)
            if (value is Value.List list) items.AddRange(list.Items);
            else items.Add(value);
        return new Value.List(at.Location, items.ToImmutable());
    }
}
