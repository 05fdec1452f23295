using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLint.Engine.Resources;

/// <summary>A way into a value: <c>Origins[*].S3OriginConfig.OriginAccessIdentity</c>; <c>[*]</c> takes every item, <c>[0]</c> one.</summary>
public sealed class PropertyPath
{
    /// <summary>One step; <see cref="Index"/> is -1 for a name and <see cref="Every"/> for <c>[*]</c>.</summary>
    private sealed record Step(string Name, int Index);

    private const int Every = -2;
    private readonly ImmutableArray<Step> steps;
    private readonly string text;

    private PropertyPath(ImmutableArray<Step> steps, string text) => (this.steps, this.text) = (steps, text);

    /// <summary>Whether it takes every item of something, so that what it leads to is a list.</summary>
    public bool IsList => text.Contains("[*]", StringComparison.Ordinal);

    /// <summary>Reads a path, or null where it is not one.</summary>
    public static PropertyPath? Parse(string text)
    {
        var read = ImmutableArray.CreateBuilder<Step>();
        foreach (var part in text.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            if (name.Length > 0 && !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':')) return null;
            if (name.Length > 0) read.Add(new Step(name, -1));
            else if (bracket != 0) return null;
            for (var rest = bracket < 0 ? "" : part[bracket..]; rest.Length > 0;)
            {
                var end = rest.IndexOf(']', StringComparison.Ordinal);
                if (rest[0] != '[' || end < 0) return null;
                var index = rest[1..end];
                if (index == "*") read.Add(new Step("", Every));
                else if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)) read.Add(new Step("", i));
                else return null;
                rest = rest[(end + 1)..];
            }
        }
        return read.Count == 0 ? null : new PropertyPath(read.ToImmutable(), text);
    }

    /// <summary>The value at the end of the path from <paramref name="value"/>: absent where a step leads nowhere, unknown
    /// where a step is, a list where the path has <c>[*]</c>.</summary>
    public Value Walk(Value value, Scenario scenario) => Walk(value, 0, scenario);

    private Value Walk(Value value, int at, Scenario scenario)
    {
        value = scenario.Read(value);
        if (at == steps.Length || value is Value.Unknown or Value.Absent or Value.Secret) return value;
        var step = steps[at];
        if (step.Index == -1)
            return value switch
            {
                Value.Map map => Walk(map[step.Name], at + 1, scenario),
                Value.List { Items: [var only] } => Walk(only, at, scenario),
                _ => new Value.Absent(value.Location),
            };
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

    public override string ToString() => text;
}
