using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLint.Engine.Documents;

/// <summary>Reads YAML into nodes from YamlDotNet's events: short tags, anchors, merge keys, several documents.</summary>
public sealed class YamlReader
{
    private readonly string file;
    private readonly Scanner scanner;
    private readonly Parser parser;
    private readonly List<Problem> problems;
    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private long expanded;
    private int deepest;

    private YamlReader(string file, string text, List<Problem> problems)
    {
        this.file = file;
        this.problems = problems;
        scanner = new Scanner(new StringReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    /// <summary>The root of each YAML document in <paramref name="text"/>. A fault ends the reading: it is added to
    /// <paramref name="problems"/>, and what was read before it is returned.</summary>
    public static ImmutableArray<Node> Read(string file, string text, List<Problem> problems)
    {
        var roots = ImmutableArray.CreateBuilder<Node>();
        var before = problems.Count;
        var reader = new YamlReader(file, text, problems);
        try
        {
            reader.ReadStream(roots);
        }
        catch (Refusal refusal)
        {
            problems.Add(refusal.Problem);
        }
        catch (YamlException e) when (e.Message.Contains("extra spaces in first line", StringComparison.Ordinal) && WithBareLines(text) is var bare && bare != text)
        {
            problems.RemoveRange(before, problems.Count - before);
            return Read(file, bare, problems);
        }
        catch (YamlException e)
        {
            var place = e.Message.Contains("invalid tab", StringComparison.Ordinal) ? reader.scanner.CurrentPosition : e.Start; // not at its map's start
            problems.Add(new Problem(At(file, place, place), $"broken YAML: {Sentence(e)}"));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            problems.Add(new Problem(Location.StartOf(file), $"broken YAML: {e.Message.TrimEnd('.')}"));
        }
        return roots.ToImmutable();
    }

    /// <summary>The text without the spaces of lines that have nothing else: YamlDotNet refuses such a line at the head of a
    /// block scalar, and YAML does not.</summary>
    private static string WithBareLines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => string.IsNullOrWhiteSpace(line) ? "" : line));

    private void ReadStream(ImmutableArray<Node>.Builder roots)
    {
        parser.MoveNext();
        while (parser.MoveNext() && parser.Current is not StreamEnd)
        {
            if (parser.Current is not DocumentStart) continue;
            anchors.Clear();
            parser.MoveNext();
            roots.Add(ReadNode(0));
        }
    }

    /// <summary>Reads the node at the current event and leaves the parser on the node's last event.</summary>
    private Node ReadNode(int depth)
    {
        var start = parser.Current!;
        if (depth > Limits.Depth) throw TooDeep(start);
        if (++expanded > Limits.ExpandedNodes) throw TooLarge(start);
        if (start is AnchorAlias alias) return ReadAlias(alias, depth);

        var (before, above) = (expanded, deepest);
        deepest = depth;
        Node node = start switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart sequence => ReadList(sequence, depth),
            MappingStart mapping => ReadMap(mapping, depth),
            _ => throw new Refusal(new Problem(At(start), "broken YAML: a value was expected here")),
        };
        var anchor = start is NodeEvent e && !e.Anchor.IsEmpty ? e.Anchor.Value : null;
        if (anchor is not null) anchors[anchor] = new Anchored(node, expanded - before + 1, deepest - depth);
        deepest = Math.Max(deepest, above);
        return node;
    }

    /// <summary>Aliases count with all that they repeat, for whoever walks the nodes meets it again.</summary>
    private Node ReadAlias(AnchorAlias alias, int depth)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var known))
            throw new Refusal(new Problem(At(alias), $"alias `*{alias.Value.Value}` has no anchor before it"));
        expanded += known.Size;
        deepest = Math.Max(deepest, depth + known.Height);
        if (deepest > Limits.Depth) throw TooDeep(alias);
        return expanded > Limits.ExpandedNodes ? throw TooLarge(alias) : known.Node;
    }

    private Refusal TooDeep(ParsingEvent at) => new(new Problem(At(at), $"nested deeper than {Limits.Depth} levels", "flatten the document"));

    private Refusal TooLarge(ParsingEvent at) => new(new Problem(
        At(at), $"more than {Limits.ExpandedNodes.ToString(CultureInfo.InvariantCulture)} nodes once its aliases are expanded",
        "write the repeated parts out, or split the file"));

    private Node.Scalar ReadScalar(Scalar scalar)
    {
        var kind = scalar.Style is ScalarStyle.Plain && scalar.Tag.IsEmpty ? KindOf(scalar.Value) : ScalarKind.String;
        return new Node.Scalar(At(scalar), scalar.Value, kind, TagOf(scalar.Tag));
    }

    private Node.List ReadList(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
        return new Node.List(At(start), items.ToImmutable(), TagOf(start.Tag));
    }

    private Node.Map ReadMap(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<Node.Entry>();
        var seen = new UniqueKeys(problems);
        var merged = new List<Node>();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var first = ReadNode(depth + 1);
            if (first is not Node.Scalar key) throw new Refusal(new Problem(first.Location, "a key must be a text, not a list or a map", "quote the key"));
            parser.MoveNext();
            var value = ReadNode(depth + 1);
            if (key is { Text: "<<", Tag: "" } && value is Node.Map or Node.List) merged.Add(value);
            else if (seen.Add(key)) entries.Add(new Node.Entry(Shared(key), value));
        }
        foreach (var source in merged) Merge(source, entries, seen);
        return new Node.Map(At(start), entries.ToImmutable(), TagOf(start.Tag)) { Doubled = seen.Doubled };
    }

    /// <summary>Keys recur (<c>Type</c>, <c>Properties</c>): one string serves all.</summary>
    private Node.Scalar Shared(Node.Scalar key)
    {
        if (!keys.TryGetValue(key.Text, out var text)) keys[key.Text] = text = key.Text;
        return ReferenceEquals(text, key.Text) ? key : new Node.Scalar(key.Location, text, ScalarKind.String, key.Tag);
    }

    private static void Merge(Node source, ImmutableArray<Node.Entry>.Builder entries, UniqueKeys seen)
    {
        if (source is Node.List list)
            foreach (var item in list.Items) Merge(item, entries, seen);
        if (source is not Node.Map map) return;
        foreach (var entry in map.Entries)
            if (seen.AddMerged(entry.Key)) entries.Add(entry);
    }

    private static ScalarKind KindOf(string text)
    {
        if (text.Length == 0) return ScalarKind.Null;
        if (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? ScalarKind.Number : ScalarKind.String;
        return text switch
        {
            "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => ScalarKind.Bool,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => ScalarKind.Bool,
            _ => ScalarKind.String,
        };
    }

    private static string TagOf(TagName tag) =>
        tag.IsEmpty || tag.IsNonSpecific || tag.Value.StartsWith("tag:yaml.org", StringComparison.Ordinal) ? "" : tag.Value;

    private Location At(ParsingEvent e) => At(file, e.Start, e.End);

    private static Location At(string file, Mark start, Mark end)
    {
        var length = end.Line == start.Line ? end.Column - start.Column : 0;
        return new Location(file, (int)Math.Max(1, start.Line), (int)Math.Max(1, start.Column), (int)Math.Max(0, length));
    }

    /// <summary>YamlDotNet's own words without the position that its text begins with.</summary>
    private static string Sentence(YamlException e)
    {
        var text = e.InnerException is YamlException inner ? inner.Message : e.Message;
        var end = text.StartsWith('(') ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        text = (end < 0 ? text : text[(end + 3)..]).TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private sealed record Anchored(Node Node, long Size, int Height);

    /// <summary>Leaves the reading of one file; never seen outside this reader.</summary>
    private sealed class Refusal(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }
}
