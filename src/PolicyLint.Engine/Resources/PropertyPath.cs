using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLint.Engine.Resources;

/// <summary>A way into a value: <c>Origins[*].S3OriginConfig.OriginAccessIdentity</c>; <c>[*]</c> takes every item, <c>[0]</c>
/// one, <c>[Key=Name]</c> the one whose <c>Key</c> is <c>Name</c>, <c>[**]</c> whatever is inside, at any depth, <c>[**Name]</c> of that the maps
/// that have a <c>Name</c>. JSON inside a text is gone into like a map.</summary>
public sealed class PropertyPath
{
    /// <summary>One step; <see cref="Index"/> is -1 for a name, <see cref="Every"/> for <c>[*]</c>, <see cref="Below"/> for
    /// <c>[**]</c>, <see cref="Having"/> for <c>[**Name]</c> and <see cref="Chosen"/> for the item in which the name has the value.</summary>
    private sealed record Step(string Name, int Index, string Value = "");

    private const int Every = -2;
    private const int Chosen = -3;
    private const int Below = -4;
    private const int Having = -5;
    private readonly ImmutableArray<Step> steps;
    private readonly string text;

    /// <summary>The way of no steps: the value itself.</summary>
    public static readonly PropertyPath Itself = new([], "");

    private PropertyPath(ImmutableArray<Step> steps, string text) => (this.steps, this.text) = (steps, text);

    /// <summary>Whether it takes every item of something, so that what it leads to is a list.</summary>
    public bool IsList => Array.Exists([.. steps], s => s.Index is Every or Below or Having);

    /// <summary>Reads a path, or null where it is not one.</summary>
    public static PropertyPath? Parse(string text)
    {
        var read = ImmutableArray.CreateBuilder<Step>();
        foreach (var part in Words(text))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            if (!IsName(name)) return null;
            if (name.Length > 0) read.Add(new Step(name, -1));
            else if (bracket != 0) return null;
            for (var rest = bracket < 0 ? "" : part[bracket..]; rest.Length > 0;)
            {
                var end = rest.IndexOf(']', StringComparison.Ordinal);
                if (rest[0] != '[' || end < 0 || InBrackets(rest[1..end]) is not { } step) return null;
                read.Add(step);
                rest = rest[(end + 1)..];
            }
        }
        return read.Count == 0 ? null : new PropertyPath(read.ToImmutable(), text);
    }

    private static bool IsName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':');

    private static Step? InBrackets(string inner) => inner.Split('=', 2) switch
    {
        ["*"] => new Step("", Every),
        ["**"] => new Step("", Below),
        [['*', '*', .. var name]] when IsName(name) => new Step(name, Having),
        [var number] => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? new Step("", i) : null,
        [{ Length: > 0 } key, var value] when IsName(key) => new Step(key, Chosen, value),
        _ => null,
    };

    /// <summary>The parts between dots; a dot inside brackets is none.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[') i = text.IndexOf(']', i) is >= 0 and var end ? end : text.Length - 1;
            if (i >= text.Length || text[i] != '.') continue;
            yield return text[start..i];
            start = i + 1;
        }
        yield return text[start..];
    }

    /// <summary>The value at the end of the path from <paramref name="value"/>: absent where a step leads nowhere, unknown
    /// where a step is, a list where the path has <c>[*]</c>.</summary>
    public Value Walk(Value value, Scenario scenario) => Walk(value, 0, scenario);

    private Value Walk(Value value, int at, Scenario scenario)
    {
        value = scenario.Read(value);
        if (at == steps.Length || value is Value.Unknown or Value.Absent or Value.Secret) return value;
        if (value is Value.Str text && TextDocument.Of(text) is { } document) value = document;
        if (value is Value.Unknown) return value;
        var step = steps[at];
        if (step.Index == Below) return new Value.List(value.Location, [.. Inside(value, scenario).Select(v => Walk(v, at + 1, scenario)).Where(v => v is not Value.Absent && (at + 1 < steps.Length || v is not (Value.Map or Value.List)))]);
        if (step.Index == Having) return new Value.List(value.Location, [.. Inside(value, scenario).Where(v => v is Value.Unknown || v is Value.Map map && map[step.Name] is not Value.Absent).Select(v => Walk(v, at + 1, scenario)).Where(v => v is not Value.Absent)]);
        if (step.Index == -1)
            return value switch
            {
                Value.Map map => Walk(map[step.Name], at + 1, scenario),
                Value.List { Items: [var only] } => Walk(only, at, scenario),
                _ => new Value.Absent(value.Location),
            };
        if (step.Index == Chosen) return Choose(value, step, scenario) is var chosen && chosen is Value.Map ? Walk(chosen, at + 1, scenario) : chosen;
        if (value is not Value.List list)
            return step.Index is Every or 0 ? Walk(value, at + 1, scenario) : new Value.Absent(value.Location);
        if (step.Index != Every)
        {
            var items = scenario.ReadItems(list).ToList();
            return step.Index < items.Count ? Walk(items[step.Index], at + 1, scenario) : new Value.Absent(list.Location);
        }

        var results = ImmutableArray.CreateBuilder<Value>();
        foreach (var item in list.Items)
            switch (Walk(item, at + 1, scenario))
            {
                case Value.Absent: break;
                case Value.Unknown when item is Value.Choice && at + 1 == steps.Length: results.Add(item); break; // it may leave nothing
                case Value.List inner when at + 1 < steps.Length: results.AddRange(scenario.ReadItems(inner)); break;
                case var found: results.Add(found); break;
            }
        return new Value.List(list.Location, results.ToImmutable());
    }

    /// <summary>The value and all that is inside it.</summary>
    private static IEnumerable<Value> Inside(Value value, Scenario scenario)
    {
        value = scenario.Read(value);
        return (value switch
        {
            Value.Map map => map.Fields.Select(f => f.Value),
            Value.List list => scenario.ReadItems(list),
            _ => [],
        }).SelectMany(v => Inside(v, scenario)).Prepend(value);
    }

    /// <summary>The item in which the step's name has its value; unknown where one that cannot be read may be it.</summary>
    private static Value Choose(Value value, Step step, Scenario scenario)
    {
        Value other = new Value.Absent(value.Location);
        foreach (var item in value is Value.List list ? scenario.ReadItems(list) : [value])
            switch (item is Value.Map map ? scenario.Read(map[step.Name]) : item)
            {
                case Value.Str { Text.Known: { } known }:
                    if (known == step.Value) return item;
                    break;
                case Value.Absent: break;
                case Value.Unknown unknown: other = unknown; break;
                case var unread: other = new Value.Unknown(unread.Location, $"`{step.Name}` is not known there"); break;
            }
        return other;
    }

    public override string ToString() => text;
}
