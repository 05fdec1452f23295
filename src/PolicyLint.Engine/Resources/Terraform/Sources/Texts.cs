using System.Collections.Immutable;
using System.Globalization;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions on texts.</summary>
internal static class Texts
{
    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    public static Value? Call(Called called) => called.Call.Name switch
    {
        "format" => Format(called, called.Arguments, 0),
        "formatlist" => FormatList(called),
        "join" => Join(called),
        "split" => called.Known(0) is { Length: > 0 } separator && called.Known(1) is { } text ? called.ListOf(text.Length == 0 ? [called.Text("")] : text.Split(separator).Select(called.Text)) : called.Unknown(),
        "replace" => Replace(called),
        "lower" => Of(called, t => t.ToLowerInvariant()),
        "upper" => Of(called, t => t.ToUpperInvariant()),
        "title" => Of(called, t => string.Concat(t.Select((c, i) => i == 0 || char.IsWhiteSpace(t[i - 1]) ? char.ToUpperInvariant(c) : c))),
        "trimspace" => Of(called, t => t.Trim()),
        "chomp" => Of(called, t => t.TrimEnd('\n', '\r')),
        "trim" => called.Known(1) is { } cut ? Of(called, t => t.Trim([.. cut])) : called.Unknown(),
        "trimprefix" => called.Known(1) is { } prefix ? Of(called, t => t.StartsWith(prefix, StringComparison.Ordinal) ? t[prefix.Length..] : t) : called.Unknown(),
        "trimsuffix" => called.Known(1) is { } suffix ? Of(called, t => t.EndsWith(suffix, StringComparison.Ordinal) ? t[..^suffix.Length] : t) : called.Unknown(),
        "substr" => Substring(called),
        "startswith" => called.Known(0) is { } text && called.Known(1) is { } start ? called.Flag(text.StartsWith(start, StringComparison.Ordinal)) : called.Unknown(),
        "endswith" => called.Known(0) is { } text && called.Known(1) is { } end ? called.Flag(text.EndsWith(end, StringComparison.Ordinal)) : called.Unknown(),
        "strcontains" => called.Known(0) is { } text && called.Known(1) is { } part ? called.Flag(text.Contains(part, StringComparison.Ordinal)) : called.Unknown(),
        "tostring" => called.Arguments is [var value] ? ToText(called, value) : called.Unknown(),
        "tonumber" => called.Arguments is [var value] ? Numbers.Of(value) is { } number ? Numbers.ToValue(called.At, number) : value is Value.Str { Text.Known: null } ? called.Unknown() : called.Fault("is no number") : called.Unknown(),
        "tobool" => called.Arguments is [var value] ? Operations.AsFlag(value) is Value.Flag flag ? called.Flag(flag.IsTrue) : called.Unknown() : called.Unknown(),
        "strrev" => Of(called, t => t.All(char.IsAscii) ? string.Concat(t.Reverse()) : null),
        "indent" => Whole(called, 0) is { } blanks and >= 0 and <= 1000 && called.Known(1) is { } text ? called.Text(text.Replace("\n", $"\n{new string(' ', blanks)}", StringComparison.Ordinal)) : called.Unknown(),
        "jsondecode" => Decode(called),
        _ => null,
    };

    private static Value Of(Called called, Func<string, string?> change) => called.Known(0) is { } text && change(text) is { } changed ? called.Text(changed) : called.Unknown();

    private static Value ToText(Called called, Value value) => value switch
    {
        Value.Str or Value.Absent => value,
        Value.Map map when called.Evaluator.Marks.IsJson(map) => map,
        Value.Number or Value.Flag => new Value.Str(called.At, value.AsText!),
        _ => called.Fault("is no text"),
    };

    private static Value Decode(Called called)
    {
        if (called.Arguments is [Value.Map map] && called.Evaluator.Marks.IsJson(map)) return new Value.Map(map.Location, map.Fields);
        if (called.Arguments is not [Value.Str { Text: { HasEither: false } text }]) return called.Unknown();
        return JsonText.Read(text, _ => called.At) ?? (text.Known is null ? called.Unknown() : called.Fault("is no JSON"));
    }

    private static Value Replace(Called called)
    {
        if (called.Known(0) is not { } text || called.Known(1) is not { } old || called.Known(2) is not { } with) return called.Unknown();
        if (old is ['/', _, .., '/']) return Regexes.Replace(text, old[1..^1], with) is { } made ? called.Text(made) : called.Unknown();
        if (old.Length == 0 || (text.Length / old.Length + 1L) * with.Length > Limits.HclBytes / 4) return called.Unknown();
        return called.Text(text.Replace(old, with, StringComparison.Ordinal));
    }

    private static Value Substring(Called called)
    {
        if (called.Known(0) is not { } text || Whole(called, 1) is not { } offset || Whole(called, 2) is not { } length || text.Any(c => c > 127)) return called.Unknown();
        var start = offset < 0 ? text.Length + offset : offset;
        if (start < 0 || start > text.Length) return offset < 0 ? called.Unknown() : called.Text("");
        return called.Text(length < 0 ? text[start..] : text.Substring(start, Math.Min(length, text.Length - start)));
    }

    private static int? Whole(Called called, int index) =>
        index < called.Count && Numbers.Of(called.Arguments[index]) is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue / 2 ? (int)number : null;

    private static Value Join(Called called)
    {
        var joined = new TextBuilder();
        if (called.Count == 0 || called.Evaluator.AsText(called.Arguments[0], called.Call) is not { } separator) return called.Unknown();
        var isFirst = true;
        for (var i = 1; i < called.Count; i++)
        {
            if (called.List(i) is not { } list) return called.Unknown();
            foreach (var item in list.Items)
            {
                if (called.Evaluator.AsText(item, called.Call) is not { } text) return called.Fault("joins what is no text");
                if (!called.Evaluator.Spend() || !(isFirst || joined.Add(separator)) || !joined.Add(text)) return called.Unknown();
                isFirst = false;
            }
        }
        return new Value.Str(called.At, joined.ToText());
    }

    private static Value FormatList(Called called)
    {
        var lists = called.Arguments.OfType<Value.List>().ToList();
        if (lists.Count == 0 || called.Arguments.Any(a => a is Value.Map)) return called.Unknown();
        var count = lists[0].Items.Length;
        if (lists.Exists(l => l.Items.Length != count)) return called.Fault("has lists of different lengths");
        return called.ListOf(Enumerable.Range(0, count).Select(i => Format(called, [.. called.Arguments.Select(a => a is Value.List list ? list.Items[i] : a)], i)));
    }

    /// <summary>The verbs <c>%s</c>, <c>%v</c>, <c>%d</c>, <c>%t</c> and <c>%%</c>; unknown where there is another.</summary>
    private static Value Format(Called called, ImmutableArray<Value> arguments, int turn)
    {
        if (arguments.IsEmpty || arguments[0].KnownText is not { } format || turn > Loops.MostItems) return called.Unknown();
        var made = new TextBuilder();
        var next = 1;
        for (var at = 0; at < format.Length; at++)
        {
            var plain = format.IndexOf('%', at) is >= 0 and var percent ? percent : format.Length;
            made.Add(format[at..plain]);
            at = plain + 1;
            if (plain == format.Length) break;
            if (at == format.Length) return called.Unknown();
            if (format[at] == '%') made.Add("%");
            else if (!"svdt".Contains(format[at], StringComparison.Ordinal) || next >= arguments.Length || TextOf(called, arguments[next++], format[at]) is not { } text || !made.Add(text)) return called.Unknown();
        }
        return new Value.Str(called.At, made.ToText());
    }

    private static Text? TextOf(Called called, Value value, char verb) => verb switch
    {
        'd' => Numbers.Of(value) is { } number && number == Math.Floor(number) ? Text.Of(number.ToString("0", CultureInfo.InvariantCulture)) : null,
        't' => value is Value.Flag ? value.AsText : null,
        'v' when value is Value.List or Value.Map or Value.Absent => null,
        _ => called.Evaluator.AsText(value, called.Call),
    };
}
