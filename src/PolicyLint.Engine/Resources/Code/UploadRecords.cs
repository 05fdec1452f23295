using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Makes records of the calls that put objects, so that rules can ask of them as of any property of the resource that runs
/// the code.</summary>
internal static class UploadRecords
{
    /// <summary>The property that holds them.</summary>
    public const string Property = "PolicyLint:Uploads";

    /// <summary>The field of a kind that they are read by.</summary>
    public const string Field = "uploads";

    /// <summary>Whether resources of the kind run code.</summary>
    public static bool IsRunning(Kind? kind) => kind?.Fields[Field] is not null;

    /// <summary>The properties with the records of the code's calls; the same where it has none.</summary>
    public static Value.Map AddTo(Value.Map properties, params ReadOnlySpan<CodeUse> uses)
    {
        var records = ImmutableArray<Value>.Empty;
        foreach (var use in uses) records = records.AddRange(Of(use));
        if (records.IsEmpty) return properties;
        return new Value.Map(properties.Location, properties.Fields.Add(new Value.Field(Property, properties.Location, new Value.List(properties.Location, records)))) { Open = properties.Open };
    }

    private static ImmutableArray<Value> Of(CodeUse use)
    {
        var read = use.Files.Select(f => (File: f, f.Uploads())).ToList();
        var borrows = read.Exists(r => r.Item2.Borrows);
        var records = ImmutableArray.CreateBuilder<Value>();
        foreach (var (file, uploads) in read)
            foreach (var call in uploads.Calls)
                if (new CallValues(file, use).Record(call, borrows) is { } record) records.Add(record);
        foreach (var unread in use.Unread) records.Add(RecordOf(unread, use));
        return records.ToImmutable();
    }

    /// <summary>Of a file that nobody read only this is known: where it may put objects.</summary>
    private static Value.Map RecordOf(Unread unread, CodeUse use)
    {
        var unknown = new Value.Unknown(unread.Location, unread.Why);
        return Map(unread.Location,
            ("Call", Value.Of(unread.Location, "the code")), ("Bucket", unknown), ("Acl", unknown), ("GrantRead", unknown), ("GrantFullControl", unknown), ("GrantAcp", unknown),
            ("Writer", WriterOf(use, unread.Location)), ("Candidates", Candidates(unread.Location, use)));
    }

    /// <summary>The account that the code runs in.</summary>
    public static Value WriterOf(CodeUse use, Location at) => use.Doubt.Length > 0 ? new Value.Unknown(at, use.Doubt) : new Value.Str(at, use.Writer);

    /// <summary>The values of the environment variables: buckets that are handed to the code.</summary>
    public static Value.List Candidates(Location at, CodeUse use) => new(at, [.. use.Variables.Select(use.Environment).Where(v => v is Value.Str or Value.Choice)]);

    public static Value.Map Map(Location at, params ReadOnlySpan<(string Name, Value Value)> fields)
    {
        var made = ImmutableArray.CreateBuilder<Value.Field>(fields.Length);
        foreach (var (name, value) in fields) made.Add(new Value.Field(name, at, value));
        return new Value.Map(at, made.MoveToImmutable());
    }
}

/// <summary>Turns what a program says into values: its environment variables and holes filled in.</summary>
internal sealed class CallValues(CodeFile file, CodeUse use)
{
    private const string Uri = "s3://";
    private const string Made = "code";

    /// <summary>The record of a call; null where it turns out to put no object.</summary>
    public Value.Map? Record(UploadCall call, bool borrows)
    {
        var at = file.Text.At(call.Offset, call.Length);
        if (BucketOf(call, at) is not { } bucket) return null;
        return UploadRecords.Map(at,
            ("Call", Value.Of(at, call.Name)), ("Bucket", bucket), ("Owner", Option(call, "ExpectedBucketOwner", at, openIs: new Value.Absent(at))),
            ("Acl", Option(call, "ACL", at)), ("GrantRead", Option(call, "GrantRead", at)), ("GrantFullControl", Option(call, "GrantFullControl", at)),
            ("GrantAcp", Option(call, "GrantReadACP", at) is not Value.Absent and var acp ? acp : Option(call, "GrantWriteACP", at)),
            ("Writer", borrows ? new Value.Unknown(at, "the code takes credentials of another role") : UploadRecords.WriterOf(use, at)),
            ("Candidates", bucket is Value.Unknown ? UploadRecords.Candidates(at, use) : new Value.List(at, [])));
    }

    private Value Option(UploadCall call, string name, Location at, Value? openIs = null)
    {
        var given = call.Options.Where(o => o.Name == name).ToList();
        if (given.Count > 1) return new Value.List(at, [.. given.Select(g => Of(g.Value, file.Text.At(g.Offset)))]);
        if (given is [var only]) return Of(only.Value, file.Text.At(only.Offset));
        return call.Open.Length == 0 ? new Value.Absent(at) : openIs ?? new Value.Unknown(at, call.Open);
    }

    /// <summary>The bucket's name, without what an <c>s3://</c> URI has around it.</summary>
    private Value? BucketOf(UploadCall call, Location at)
    {
        var isUri = call.Name.StartsWith("aws s3 ", StringComparison.Ordinal);
        if (Of(call.Bucket, at) is not Value.Str { Text: var text } value) return call.Bucket is CodeValue.Unknown unknown ? new Value.Unknown(at, unknown.Why) : Of(call.Bucket, at);
        if (isUri && InUri(text) is not { } inner) return text.Pieces is [Piece.Literal, ..] ? null : new Value.Unknown(at, $"`{text}` is not known to be an `s3://` URI");
        else if (isUri) text = InUri(text)!;
        if (text.Pieces.IsEmpty || text.Symbols.FirstOrDefault(s => s.Scope == Made) is { } made) return new Value.Unknown(at, text.Symbols.FirstOrDefault()?.Display ?? "it is empty");
        return new Value.Str(value.Location, text);
    }

    private static Text? InUri(Text text) => text.Pieces is [Piece.Literal { Text: var head }, .. var rest] && head.StartsWith(Uri, StringComparison.OrdinalIgnoreCase)
        ? Text.Join(rest.Prepend(new Piece.Literal(head[Uri.Length..])).Where(p => p is not Piece.Literal { Text: "" })).Split("/")[0]
        : null;

    /// <summary>The value at a place; a text some of which the program makes has a hole of its own there.</summary>
    private Value Of(CodeValue value, Location at) => value switch
    {
        CodeValue.Unknown unknown => new Value.Unknown(at, unknown.Why),
        CodeValue.Literal literal => new Value.Str(at, Filled(literal.Text)),
        CodeValue.Variable variable => Of(variable, at),
        CodeValue.Joined joined => new Value.Str(at, Text.Join(joined.Parts.SelectMany(p => PiecesOf(Of(p, at), at)))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Value Of(CodeValue.Variable variable, Location at) => use.Environment(variable.Name) switch
    {
        Value.Absent when variable.Otherwise is { } otherwise => Of(otherwise, at),
        Value.Absent => new Value.Unknown(at, $"nothing here sets the environment variable `{variable.Name}`"),
        Value.Str text => new Value.Str(at, text.Text),
        Value.Number number => Value.Of(at, number.Text),
        Value.Choice choice => new Value.Choice(at, choice.Condition, choice.Then, choice.Otherwise),
        Value.Unknown unknown => new Value.Unknown(at, unknown.Why, unknown.Likely) { Default = unknown.Default },
        _ => new Value.Unknown(at, $"the environment variable `{variable.Name}` is not known here"),
    };

    private static IEnumerable<Piece> PiecesOf(Value value, Location at) => value switch
    {
        Value.Str text => text.Text.Pieces,
        Value.Choice choice => [new Piece.Either(choice.Condition, choice.Then, choice.Otherwise)],
        Value.Unknown { Likely: Value.Str { Text.HasEither: false } likely } => likely.Text.Pieces,
        Value.Unknown unknown => [new Piece.Hole(new Symbol(Made, at.ToString()) { Display = unknown.Why, IsParameter = true })],
        _ => [new Piece.Hole(new Symbol(Made, at.ToString()) { Display = "the code makes it elsewhere", IsParameter = true })],
    };

    private Text Filled(string literal)
    {
        if (!literal.Any(c => CodeText.NumberOf(c) is >= 0 and var n && n < file.Holes.Length)) return Text.Of(literal);
        return Text.Join(literal.SelectMany(c => CodeText.NumberOf(c) is >= 0 and var n && n < file.Holes.Length ? file.Holes[n].Pieces : [new Piece.Literal(c.ToString())]));
    }
}
