using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>A policy before it is JSON, so that a failing case can lose its parts one by one.</summary>
/// <param name="Version">Null where the document has none.</param>
public sealed record WrittenPolicy(string? Version, ImmutableArray<WrittenStatement> Statements)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            if (Version is not null) json.WriteString(nameof(Version), Version);
            json.WriteStartArray("Statement");
            foreach (var statement in Statements) statement.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public override string ToString() => ToJson();
}

/// <summary>One statement; without a principal in policies of callers.</summary>
public sealed record WrittenStatement(string Effect, WrittenList Action)
{
    public WrittenPrincipal? Principal { get; init; }
    public WrittenList? Resource { get; init; }
    public ImmutableArray<WrittenClause> Conditions { get; init; } = [];

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(nameof(Effect), Effect);
        Principal?.Write(json);
        Action.Write(json);
        Resource?.Write(json);
        if (!Conditions.IsEmpty) WriteConditions(json);
        json.WriteEndObject();
    }

    private void WriteConditions(Utf8JsonWriter json)
    {
        json.WriteStartObject("Condition");
        foreach (var keys in Conditions.GroupBy(c => c.Operator))
        {
            json.WriteStartObject(keys.Key);
            foreach (var clause in keys) clause.Values.Write(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}

/// <summary>A named list of texts, such as <c>NotAction</c>; a lone text may stand bare.</summary>
public sealed record WrittenList(string Name, ImmutableArray<string> Items, bool Bare = false)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName(Name);
        if (!(Bare && Items.Length == 1)) json.WriteStartArray();
        foreach (var item in Items) json.WriteStringValue(item);
        if (!(Bare && Items.Length == 1)) json.WriteEndArray();
    }
}

/// <summary><c>Principal</c> or <c>NotPrincipal</c>; the type <c>*</c> is everyone, written as a lone star.</summary>
public sealed record WrittenPrincipal(string Name, ImmutableArray<WrittenEntry> Entries, bool Bare = false)
{
    internal void Write(Utf8JsonWriter json)
    {
        if (Entries is [{ Type: "*" }])
        {
            json.WriteString(Name, "*");
            return;
        }
        json.WriteStartObject(Name);
        foreach (var type in Entries.GroupBy(e => e.Type == "*" ? "AWS" : e.Type))
            new WrittenList(type.Key, [.. type.Select(e => e.Text)], Bare).Write(json);
        json.WriteEndObject();
    }
}

/// <summary>One principal of a type, <c>AWS</c> or <c>Service</c> and so on.</summary>
public sealed record WrittenEntry(string Type, string Text);

/// <summary>One condition: an operator on a key, which is the list's name.</summary>
public sealed record WrittenClause(string Operator, WrittenList Values);
