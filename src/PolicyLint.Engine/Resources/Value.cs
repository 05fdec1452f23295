using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>What a property means, once intrinsics and references are resolved as far as they can be; with the place it was
/// written at.</summary>
public abstract class Value
{
    private Value(Location location) => Location = location;

    public Location Location { get; }

    /// <summary>A text, number or flag as a text, whose conditions are all decided; null for everything else.</summary>
    public Text? AsText => this switch
    {
        Str { Text.HasEither: false } text => text.Text,
        Number number => Text.Of(number.Text),
        Flag flag => Text.Of(flag.IsTrue ? "true" : "false"),
        _ => null,
    };

    /// <summary>The whole text of one that is known, or null.</summary>
    public string? KnownText => this is Str { Text.Known: { } known } ? known : null;

    /// <summary>A text, known or partly known.</summary>
    public sealed class Str(Location location, Text text) : Value(location)
    {
        public Text Text { get; } = text;
    }

    /// <summary>A number, as written.</summary>
    public sealed class Number(Location location, string text) : Value(location)
    {
        public string Text { get; } = text;
    }

    /// <summary>True or false.</summary>
    public sealed class Flag(Location location, bool isTrue) : Value(location)
    {
        public bool IsTrue { get; } = isTrue;
    }

    /// <summary>Nothing is set here: the property is missing, null, or <c>AWS::NoValue</c>.</summary>
    public sealed class Absent(Location location) : Value(location);

    /// <summary>A list.</summary>
    public sealed class List(Location location, ImmutableArray<Value> items) : Value(location)
    {
        public ImmutableArray<Value> Items { get; } = items;
    }

    /// <summary>A map, in the order written.</summary>
    public sealed class Map(Location location, ImmutableArray<Field> fields) : Value(location)
    {
        public ImmutableArray<Field> Fields { get; } = fields;

        /// <summary>The field's value, absent (at the map's place) where there is none.</summary>
        public Value this[string name]
        {
            get
            {
                foreach (var field in Fields)
                    if (field.Name == name) return field.Value;
                return Open.Length > 0 ? new Unknown(Location, Open) : new Absent(Location);
            }
        }

        /// <summary>Why it may have other fields, empty where it has none.</summary>
        public string Open { get; init; } = "";
    }

    /// <summary>One of two values, by a condition that is not decided here.</summary>
    public sealed class Choice(Location location, Condition condition, Value then, Value otherwise) : Value(location)
    {
        public Condition Condition { get; } = condition;
        public Value Then { get; } = then;
        public Value Otherwise { get; } = otherwise;
    }

    /// <summary>A value that cannot be known from the input; <paramref name="why"/> completes "because …".</summary>
    /// <param name="likely">What it is if the expression behind it is the bare reference that it names (Terraform's
    /// configuration lists references, not expressions).</param>
    public sealed class Unknown(Location location, string why, Value? likely = null) : Value(location)
    {
        public string Why { get; } = why;
        public Value? Likely { get; } = likely;

        /// <summary>What it is where parameters keep their defaults; null where none has to do with it.</summary>
        public ValueByDefault? Default { get; init; }

        /// <summary>What names it wherever the same list is meant, so that its items are the same texts there; null where nothing
        /// does.</summary>
        public Symbol? Symbol { get; init; }
    }

    /// <summary>A value that must not be shown: it has a place but no text.</summary>
    public sealed class Secret(Location location) : Value(location);

    /// <summary>One name of a map with the place of the name.</summary>
    public sealed record Field(string Name, Location At, Value Value);

    /// <summary>The value of a key that stands twice in its map.</summary>
    public static Unknown Doubled(Node.Entry entry) => new(entry.Key.Location, $"`{entry.Key.Text}` stands twice there");

    /// <summary>A known text.</summary>
    public static Str Of(Location location, string text) => new(location, Text.Of(text));
}
