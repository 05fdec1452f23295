using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents;

/// <summary>One part of a document as it was written, with its place and, in YAML, its tag (<c>!Sub</c>).</summary>
public abstract class Node
{
    private Node(Location location, string tag) => (Location, Tag) = (location, tag);

    public Location Location { get; }

    /// <summary>The local tag with its <c>!</c>, empty where there is none.</summary>
    public string Tag { get; }

    /// <summary>A text, number, boolean or null; <see cref="Text"/> is as written, without quotes.</summary>
    public sealed class Scalar(Location location, string text, ScalarKind kind, string tag = "") : Node(location, tag)
    {
        public string Text { get; } = text;
        public ScalarKind Kind { get; } = kind;
    }

    /// <summary>A sequence.</summary>
    public sealed class List(Location location, ImmutableArray<Node> items, string tag = "") : Node(location, tag)
    {
        private ImmutableArray<Node> items = items;
        private Func<List>? unread;

        /// <summary>One whose items are read when somebody asks for them.</summary>
        public List(Location location, Func<List> read) : this(location, default(ImmutableArray<Node>)) => unread = read;

        public ImmutableArray<Node> Items
        {
            get
            {
                if (unread is { } read) (items, unread) = (read().Items, null);
                return items;
            }
        }
    }

    /// <summary>A mapping, in the order written; of a key that stands twice only the first is kept.</summary>
    public sealed class Map(Location location, ImmutableArray<Entry> entries, string tag = "") : Node(location, tag)
    {
        private const int WorthAnIndex = 12;
        private ImmutableArray<Entry> entries = entries;
        private ImmutableArray<string> doubled = [];
        private Func<Map>? unread;
        private Dictionary<string, Node>? index;

        /// <summary>One whose entries are read when somebody asks for them.</summary>
        public Map(Location location, Func<Map> read) : this(location, default(ImmutableArray<Entry>)) => unread = read;

        public ImmutableArray<Entry> Entries => Read().entries;

        /// <summary>Keys that stand in it more than once, so that nobody knows which value counts; each is a problem.</summary>
        public ImmutableArray<string> Doubled
        {
            get => Read().doubled;
            init => doubled = value;
        }

        private Map Read()
        {
            if (unread is null) return this;
            var read = unread();
            (entries, doubled, unread) = (read.Entries, read.Doubled, null);
            return this;
        }

        /// <summary>The value of <paramref name="key"/>, or null where the map has none.</summary>
        public Node? this[string key] => Entries.Length < WorthAnIndex ? Scan(key) : Index().GetValueOrDefault(key);

        private Node? Scan(string key)
        {
            foreach (var entry in Entries)
                if (entry.Key.Text == key) return entry.Value;
            return null;
        }

        private Dictionary<string, Node> Index() =>
            index ??= Entries.ToDictionary(e => e.Key.Text, e => e.Value, StringComparer.Ordinal);
    }

    /// <summary>One key of a map with its value.</summary>
    public sealed record Entry(Scalar Key, Node Value);
}

/// <summary>What an unquoted scalar stands for (YAML 1.1, as CloudFormation reads it; JSON).</summary>
public enum ScalarKind { String, Number, Bool, Null }
