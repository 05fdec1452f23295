using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace PolicyLint.Engine.Documents;

/// <summary>Reads JSON into nodes with <see cref="Utf8JsonReader"/>, keeping the place of every token.</summary>
public static class JsonReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.Depth };

    /// <summary>The root of the JSON document in <paramref name="utf8"/> (no byte order mark), or null and a problem.</summary>
    /// <param name="origin">Where the first byte stands: the place of a string for JSON inside a string.</param>
    public static Node? Read(Location origin, ReadOnlySpan<byte> utf8, List<Problem> problems) =>
        Read(utf8, new Walk(origin, utf8, new Dictionary<string, string>(StringComparer.Ordinal), problems), problems);

    /// <summary>As <see cref="Read(Location, ReadOnlySpan{byte}, List{Problem})"/>, for a document of many MB, most of which nobody
    /// asks for (a plan says all things three times): all of it is checked now, but its larger maps and lists become nodes when
    /// they are asked for. Keys that are there twice are then told into <paramref name="problems"/>.</summary>
    public static Node? ReadInParts(Location origin, ReadOnlyMemory<byte> utf8, List<Problem> problems) =>
        new Part(origin, utf8, new Dictionary<string, string>(StringComparer.Ordinal), problems).Read();

    private static Node? Read(ReadOnlySpan<byte> utf8, Walk walk, List<Problem> problems)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            reader.Read();
            var root = walk.ReadNode(ref reader);
            while (reader.Read()) { }
            return root;
        }
        catch (JsonException e)
        {
            problems.Add(new Problem(walk.At((int)Math.Min(ErrorOffset(utf8, e), utf8.Length)), $"broken JSON: {Sentence(e)}"));
        }
        catch (InvalidOperationException)
        {
            problems.Add(new Problem(
                walk.At((int)reader.TokenStartIndex), "broken JSON: this text is not valid Unicode",
                "write a lone surrogate as the character that is meant"));
        }
        return null;
    }

    private static long ErrorOffset(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var start = 0;
        for (long line = e.LineNumber ?? 0; line > 0; line--)
        {
            var next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }
        return start + (e.BytePositionInLine ?? 0);
    }

    /// <summary>The reader's own first sentence; its <c>LineNumber: …</c> tail is said by the location.</summary>
    private static string Sentence(JsonException e)
    {
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return $"nested deeper than {Limits.Depth} levels";
        if (e.Message.Contains("depth to be zero", StringComparison.Ordinal)) return "the text ends inside a list or a map";
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = (end < 0 ? e.Message : e.Message[..end]).Trim().TrimEnd('.');
        return text.Length == 0 || text.Contains('_', StringComparison.Ordinal) ? "a value, key, comma or bracket is missing or misplaced" : text;
    }

    /// <summary>A map or list of a large document, and where it begins; its own larger parts are left for later again.</summary>
    /// <param name="texts">The texts of the document that recur.</param>
    private sealed class Part(Location origin, ReadOnlyMemory<byte> utf8, Dictionary<string, string> texts, List<Problem> problems)
    {
        public Node? Read() => JsonReader.Read(utf8.Span, new Walk(origin, utf8.Span, texts, problems) { Whole = this }, problems);

        public Part Within(int start, int length, Location at) => new(at, utf8.Slice(start, length), texts, problems);

        /// <summary>What cannot be read, a problem says.</summary>
        public Node.Map ReadMap() => Read() as Node.Map ?? new Node.Map(origin, []);

        public Node.List ReadList() => Read() as Node.List ?? new Node.List(origin, []);
    }

    private ref struct Walk(Location origin, ReadOnlySpan<byte> utf8, Dictionary<string, string> texts, List<Problem> problems)
    {
        /// <summary>Bytes from which on a part is not read before it is asked for.</summary>
        private const int WorthWaiting = 256;

        /// <summary>Of a document that is read in parts, texts up to this length are kept once.</summary>
        private const int LongestShared = 64;

        private readonly ReadOnlySpan<byte> utf8 = utf8;

        /// <summary>What is read, where its parts may wait; else null.</summary>
        public Part? Whole { get; init; }

        private bool isInside; // a part too small to wait

        private int offset;
        private int line = origin.Line;
        private int column = origin.Column;

        public Node ReadNode(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader),
            JsonTokenType.StartArray => ReadList(ref reader),
            JsonTokenType.String => new Node.Scalar(Here(ref reader), TextOf(ref reader), ScalarKind.String),
            JsonTokenType.Number => new Node.Scalar(Here(ref reader), Encoding.UTF8.GetString(reader.ValueSpan), ScalarKind.Number),
            JsonTokenType.True => new Node.Scalar(Here(ref reader), "true", ScalarKind.Bool),
            JsonTokenType.False => new Node.Scalar(Here(ref reader), "false", ScalarKind.Bool),
            _ => new Node.Scalar(Here(ref reader), "null", ScalarKind.Null),
        };

        private Node.Map ReadMap(ref Utf8JsonReader reader)
        {
            var start = Here(ref reader);
            var entries = ImmutableArray.CreateBuilder<Node.Entry>();
            var seen = new UniqueKeys(problems);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var key = new Node.Scalar(Here(ref reader), Shared(reader.GetString()!), ScalarKind.String);
                reader.Read();
                var value = ReadPart(ref reader);
                if (seen.Add(key)) entries.Add(new Node.Entry(key, value));
            }
            return new Node.Map(start, entries.ToImmutable()) { Doubled = seen.Doubled };
        }

        private Node.List ReadList(ref Utf8JsonReader reader)
        {
            var start = Here(ref reader);
            var items = ImmutableArray.CreateBuilder<Node>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadPart(ref reader));
            return new Node.List(start, items.ToImmutable());
        }

        private Node ReadPart(ref Utf8JsonReader reader)
        {
            if (Whole is not { } whole || isInside || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return ReadNode(ref reader);
            var start = (int)reader.TokenStartIndex;
            var ahead = reader;
            ahead.Skip();
            var length = (int)ahead.BytesConsumed - start;
            if (length < WorthWaiting)
            {
                isInside = true;
                var small = ReadNode(ref reader);
                isInside = false;
                return small;
            }
            var at = Here(ref reader);
            var part = whole.Within(start, length, at);
            var isMap = reader.TokenType is JsonTokenType.StartObject;
            reader = ahead;
            return isMap ? new Node.Map(at, part.ReadMap) : new Node.List(at, part.ReadList);
        }

        private readonly string TextOf(ref Utf8JsonReader reader) =>
            Whole is not null && reader.ValueSpan.Length <= LongestShared ? Shared(reader.GetString()!) : reader.GetString()!;

        private readonly string Shared(string text)
        {
            if (!texts.TryGetValue(text, out var known)) texts[text] = known = text;
            return known;
        }

        private Location Here(ref Utf8JsonReader reader)
        {
            var start = At((int)reader.TokenStartIndex);
            var length = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                ? 1
                : Units(reader.ValueSpan) + (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0);
            return start with { Length = length };
        }

        /// <summary>The place of a byte at or after the last one asked for.</summary>
        public Location At(int target)
        {
            if (target > offset) Advance(utf8[offset..target]);
            offset = Math.Max(offset, target);
            return new Location(origin.File, line, column);
        }

        private void Advance(ReadOnlySpan<byte> passed)
        {
            var lastBreak = passed.LastIndexOf((byte)'\n');
            if (lastBreak >= 0)
            {
                line += passed.Count((byte)'\n');
                column = 1;
                passed = passed[(lastBreak + 1)..];
            }
            column += Units(passed);
        }

        private static int Units(ReadOnlySpan<byte> text) => Ascii.IsValid(text) ? text.Length : Encoding.UTF8.GetCharCount(text);
    }
}
