using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads the checks of a rule with positioned problems.</summary>
internal sealed class CheckReader(List<Problem> problems)
{
    /// <summary>The words of a check that are not paths.</summary>
    public static readonly ImmutableArray<string> CheckWords =
        ["all", "any", "none", "not", "if", "then", "exists", "missing", "some", "every", "no", "where", "satisfies", "access", "denied", "covers", "public"];

    /// <summary>The comparisons.</summary>
    public static readonly ImmutableArray<string> ComparisonWords =
    [
        "equals", "in", "matches", "like", "contains", "startsWith", "endsWith", "less", "lessOrEqual", "greater", "greaterOrEqual",
        "length", "empty", "cidrWithin", "subsetOf", "intersects", "not", "ignoreCase",
    ];

    private void Problem(Location at, string message, string help = "") => problems.Add(new Problem(at, message, help));

    /// <summary>A check: every entry of the map must hold.</summary>
    public Check Read(Node? node, Names names, string what)
    {
        switch (node)
        {
            case null: return Check.Nothing;
            case Node.Map map: return ReadMap(map, names);
            default:
                Problem(node.Location, $"{what} must be a map", "write `PATH: VALUE`, or `all:` with a list of checks");
                return Check.Nothing;
        }
    }

    private Check ReadMap(Node.Map map, Names names)
    {
        var checks = map.Entries.Select(e => ReadEntry(e, map, names)).OfType<Check>().ToImmutableArray();
        return checks is [var only] ? only : new Check.All(checks);
    }

    private Check? ReadEntry(Node.Entry entry, Node.Map map, Names names)
    {
        var value = entry.Value;
        switch (entry.Key.Text)
        {
            case "all": return new Check.All(ReadList(entry, names));
            case "any": return new Check.Any(ReadList(entry, names));
            case "none": return new Check.Not(new Check.Any(ReadList(entry, names)));
            case "not": return new Check.Not(Read(value, names, "`not`"));
            case "if": return new Check.If(Read(value, names, "`if`"), Read(Needed(map, entry.Key, "then"), names, "`then`"));
            case "exists": return PathOf(value, names) is { } path ? new Check.Exists(path) : null;
            case "missing": return PathOf(value, names) is { } gone ? new Check.Not(new Check.Exists(gone)) : null;
            case "some" or "every" or "no": return ReadQuantified(entry, map, names);
            case "access": return ReadAccess(value, names);
            case "denied": return ReadAccess(value, names) is { } access ? new Check.Not(access) : null;
            case "covers": return ReadCovers(value, names);
            case "public": return ReadPublic(value, names);
            case "then" when map["if"] is not null: return null;
            case "where" or "satisfies" when (map["some"] ?? map["every"] ?? map["no"]) is not null: return null;
            case "then" or "where" or "satisfies":
                Problem(entry.Key.Location, $"`{entry.Key.Text}` stands alone", entry.Key.Text == "then" ? "put `if:` beside it" : "put `some:`, `every:` or `no:` beside it");
                return null;
            default: return ReadComparison(entry, names);
        }
    }

    private Node? Needed(Node.Map map, Node.Scalar key, string word)
    {
        if (map[word] is { } node) return node;
        Problem(key.Location, $"`{key.Text}` needs `{word}` beside it", $"add `{word}:`");
        return null;
    }

    private ImmutableArray<Check> ReadList(Node.Entry entry, Names names)
    {
        if (entry.Value is Node.List { Items.Length: > 0 } list) return [.. list.Items.Select(i => Read(i, names, $"an item of `{entry.Key.Text}`"))];
        Problem(entry.Value.Location, $"`{entry.Key.Text}` needs a list of checks");
        return [];
    }

    /// <summary>A path as the value of a word.</summary>
    public ScopePath? PathOf(Node node, Names names)
    {
        if (node is Node.Scalar scalar) return names.ReadPath(scalar.Text, scalar.Location, problems).Path;
        Problem(node.Location, "a path is needed here", "such as `origin.domain`");
        return null;
    }

    private Check.Quantified? ReadQuantified(Node.Entry entry, Node.Map map, Names names)
    {
        var quantifier = entry.Key.Text switch { "some" => Quantifier.Some, "every" => Quantifier.Every, _ => Quantifier.No };
        if (ReadEach(entry.Value, names) is not var (each, inner)) return null;
        return new Check.Quantified(quantifier, each, Read(map["where"], inner, "`where`"), Read(Needed(map, entry.Key, "satisfies"), inner, "`satisfies`"));
    }

    /// <summary><c>PATH as NAME</c>, and the names with that one.</summary>
    public (Each Each, Names Names)? ReadEach(Node node, Names names)
    {
        if (node is not Node.Scalar { Text: var text } || text.Split(" as ") is not [var path, var name] || name.Trim().Length == 0)
        {
            Problem(node.Location, "the items need a path and a name", "write `PATH[*] as NAME`");
            return null;
        }
        var (read, type, isList) = names.ReadPath(path.Trim(), node.Location, problems);
        if (isList) Problem(node.Location, $"`{path.Trim()}` is a list", $"take its items with `{path.Trim()}[*]`");
        name = name.Trim();
        if (names[name] is not null) Problem(node.Location, $"the name `{name}` is taken", "choose another");
        return (new Each(read, name), names.With(name, type));
    }

    private Check.Access? ReadAccess(Node node, Names names)
    {
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`access` must be a map", "write `who:`, `may:` and `on:`");
            return null;
        }
        var reader = new MapReader(map, "`access`", problems);
        var who = ReadWho(reader.Take("who"), map, names);
        var action = reader.Required("may");
        if (action.Length > 0 && (!action.Contains(':', StringComparison.Ordinal) || action.Contains('*', StringComparison.Ordinal)))
            Problem(map["may"]!.Location, $"`{action}` is not one action", "write it as `service:Name`, without wildcards");
        var on = reader.Required("on");
        var with = ReadWith(reader.Map("with"));
        reader.Done();
        var message = ReadMessage(on, map["on"]?.Location ?? map.Location, names);
        if (message.Parts is not [{ Path: { } first }, ..])
        {
            if (on.Length > 0) Problem(map["on"]!.Location, $"`on` must begin with a resource's ARN, found `{on}`", "write `{bucket.arn}/*`");
            return null;
        }
        return who is null ? null : new Check.Access(who, action, message, first.Root, with, map.Location);
    }

    private Who? ReadWho(Node? node, Node.Map access, Names names)
    {
        switch (node)
        {
            case null:
                Problem(access.Location, "`access` needs `who`", "write `who: anonymous`, `who: { service: NAME }`, `who: { cloudfront: ORIGIN }` or `who: { principal: NAME }`");
                return null;
            case Node.Scalar { Text: "anonymous" }: return new Who.Anonymous();
            case Node.Map { Entries: [var first, ..] } map when first.Value is Node.Scalar { Text: var name }:
                var reader = new MapReader(map, "`who`", problems);
                Who? who = first.Key.Text switch
                {
                    "service" => new Who.Service(reader.Required("service"), ReadMessage(reader.Text("sourceArn") ?? "", map.Location, names)),
                    "cloudfront" => new Who.CloudFront(Bound<ScopeType.OfRecord>(reader.Take("cloudfront")!, name, names, "an origin"), Read(reader.Take("website"), names, "`website`")),
                    "principal" => new Who.Principal(Bound<ScopeType.OfPrincipal>(reader.Take("principal")!, name, names, "a principal")),
                    _ => null,
                };
                if (who is not null) reader.Done();
                else UnknownWho(first.Key);
                return who;
            default:
                UnknownWho(node);
                return null;
        }
    }

    private void UnknownWho(Node node)
    {
        var word = (node as Node.Scalar)?.Text ?? "";
        Problem(node.Location, $"unknown caller `{word}` in `who`, expected `anonymous`, `cloudfront`, `principal` or `service`",
            Words.DidYouMean(word, ["anonymous", "cloudfront", "principal", "service"]));
    }

    private string Bound<T>(Node node, string name, Names names, string what)
        where T : ScopeType
    {
        if (names[name] is not T)
            Problem(node.Location, $"`{name}` is not {what} of this rule", names[name] is null ? Words.DidYouMean(name, names.All) : "name it with `each: PATH[*] as NAME`");
        return name;
    }

    private ImmutableArray<With> ReadWith(Node.Map? map)
    {
        if (map is null) return [];
        var with = ImmutableArray.CreateBuilder<With>();
        foreach (var entry in map.Entries)
            if (entry.Value is Node.Scalar scalar) with.Add(new With(entry.Key.Text, scalar.Text == "absent" ? null : scalar.Text));
            else Problem(entry.Value.Location, $"`{entry.Key.Text}` needs one value, or `absent`");
        return with.ToImmutable();
    }

    private Check.Covers? ReadCovers(Node node, Names names)
    {
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`covers` must be a map", "write `statement:`, `action:` and `on:`");
            return null;
        }
        var reader = new MapReader(map, "`covers`", problems);
        var statement = reader.Take("statement") is { } s ? PathOf(s, names) : null;
        if (statement is null) reader.Missing("statement");
        var action = reader.Required("action");
        var on = ReadMessage(reader.Required("on"), map.Location, names);
        reader.Done();
        return statement is null ? null : new Check.Covers(statement, action, on);
    }

    private Check.IsPublic? ReadPublic(Node node, Names names)
    {
        if (node is not Node.Scalar scalar) return PathOf(node, names) is { } wrong ? new Check.IsPublic(wrong) : null;
        var (path, type, _) = names.ReadPath(scalar.Text, scalar.Location, problems);
        if (type is not ScopeType.OfPolicy) Problem(scalar.Location, $"`{scalar.Text}` is no policy", "name a field of a kind that is `as: policy`");
        return new Check.IsPublic(path);
    }

    /// <summary>A text with <c>{path}</c> placeholders, each of which must exist.</summary>
    public Message ReadMessage(string template, Location at, Names names, params ReadOnlySpan<string> extra)
    {
        var parts = ImmutableArray.CreateBuilder<MessagePart>();
        var start = 0;
        foreach (var found in Resources.Placeholders.In(template, "{", "}"))
        {
            if (found.Start > start) parts.Add(new MessagePart(template[start..found.Start], null));
            var path = extra.Contains(found.Inner)
                ? new ScopePath(found.Inner, [], found.Inner, at)
                : names.ReadPath(found.Inner, at, problems).Path;
            parts.Add(new MessagePart("", path));
            start = found.End;
        }
        if (start < template.Length) parts.Add(new MessagePart(template[start..], null));
        return new Message(template, parts.ToImmutable());
    }

    private Check.Compare? ReadComparison(Node.Entry entry, Names names)
    {
        var text = entry.Key.Text;
        var root = text.Split('.', '[')[0];
        if (names[root] is null && names[Names.Focus]!.FieldNames is { } fields && !fields.Contains(root))
        {
            var known = CheckWords.Concat(names.All).Concat(fields).ToList();
            Problem(entry.Key.Location, $"unknown word `{text}` in a check, expected one of {Words.OneOf(CheckWords)}, or a path that begins with {Words.OneOf(names.All)}", Words.DidYouMean(root, known));
            return null;
        }
        var (path, type, _) = names.ReadPath(text, entry.Key.Location, problems);
        if (type is not ScopeType.OfValue && !(entry.Value is Node.Map { Entries: [{ Key.Text: "empty" or "length" }] }))
            Problem(entry.Key.Location, $"`{text}` is not a value that can be compared", "go on to one of its fields");
        return new Check.Compare(path, ReadComparison(entry.Value, names));
    }

    private Comparison ReadComparison(Node node, Names names)
    {
        if (node is Node.Scalar or Node.List) return new Comparison.In(Values(node, names), IgnoreCase: false);
        var map = (Node.Map)node;
        var ignoreCase = map["ignoreCase"] is Node.Scalar { Text: "true" };
        var parts = map.Entries.Where(e => e.Key.Text != "ignoreCase").Select(e => ReadOne(e, ignoreCase, names)).OfType<Comparison>().ToImmutableArray();
        if (parts.IsEmpty && problems.Count == 0) Problem(node.Location, "a comparison is needed here", $"one of {Words.OneOf(ComparisonWords)}");
        return parts is [var only] ? only : new Comparison.All(parts);
    }

    private Comparison? ReadOne(Node.Entry entry, bool ignoreCase, Names names)
    {
        var (word, value) = (entry.Key.Text, entry.Value);
        switch (word)
        {
            case "equals" or "in": return new Comparison.In(Values(value, names), ignoreCase);
            case "contains" or "intersects": return new Comparison.Contains(Values(value, names), ignoreCase);
            case "subsetOf": return new Comparison.SubsetOf(Values(value, names));
            case "matches": return Pattern(value, Text(value), Text(value), ignoreCase);
            case "like": return Pattern(value, $"^{Regex.Escape(Text(value)).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$", Text(value), ignoreCase);
            case "startsWith": return Pattern(value, $"^{Regex.Escape(Text(value))}", $"{Text(value)}*", ignoreCase);
            case "endsWith": return Pattern(value, $"{Regex.Escape(Text(value))}$", $"*{Text(value)}", ignoreCase);
            case "less": return Number(value) is { } n ? new Comparison.Not(new Comparison.Range(n, null, OfLength: false)) : null;
            case "lessOrEqual": return Number(value) is { } most ? new Comparison.Range(null, most, OfLength: false) : null;
            case "greater": return Number(value) is { } g ? new Comparison.Not(new Comparison.Range(null, g, OfLength: false)) : null;
            case "greaterOrEqual": return Number(value) is { } least ? new Comparison.Range(least, null, OfLength: false) : null;
            case "length": return ReadLength(value);
            case "empty": return new Comparison.Empty(value is not Node.Scalar { Text: "false" });
            case "cidrWithin": return ReadNetworks(value);
            case "not": return new Comparison.Not(ReadComparison(value, names));
            default:
                Problem(entry.Key.Location, $"unknown comparison `{word}`, expected {Words.OneOf(ComparisonWords)}", Words.DidYouMean(word, ComparisonWords));
                return null;
        }
    }

    private static string Text(Node node) => (node as Node.Scalar)?.Text ?? "";

    private ImmutableArray<Message> Values(Node node, Names names) => node switch
    {
        Node.Scalar scalar => [ReadMessage(scalar.Text, scalar.Location, names)],
        Node.List list => [.. list.Items.SelectMany(i => Values(i, names))],
        _ => WrongValues(node),
    };

    private ImmutableArray<Message> WrongValues(Node node)
    {
        Problem(node.Location, "a value or a list of values is needed here");
        return [];
    }

    private Comparison.Matches? Pattern(Node node, string pattern, string source, bool ignoreCase)
    {
        try
        {
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            return new Comparison.Matches(new Regex(pattern, options, TimeSpan.FromSeconds(1)), source);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Problem(node.Location, $"`{source}` is no regular expression that can be used: {e.Message.TrimEnd('.')}", "lookarounds and backreferences are not there, so that no pattern can run away");
            return null;
        }
    }

    private decimal? Number(Node node)
    {
        if (node is Node.Scalar scalar && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        Problem(node.Location, "a number is needed here");
        return null;
    }

    private Comparison? ReadLength(Node node)
    {
        if (node is Node.Scalar) return Number(node) is { } exact ? new Comparison.Range(exact, exact, OfLength: true) : null;
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`length` needs a number, or a map with `least` and `most`");
            return null;
        }
        var reader = new MapReader(map, "`length`", problems);
        var (least, most) = (reader.Take("least"), reader.Take("most"));
        reader.Done();
        return new Comparison.Range(least is null ? null : Number(least), most is null ? null : Number(most), OfLength: true);
    }

    private Comparison.CidrWithin ReadNetworks(Node node)
    {
        var networks = ImmutableArray.CreateBuilder<System.Net.IPNetwork>();
        foreach (var item in node is Node.List list ? list.Items : [node])
            if (System.Net.IPNetwork.TryParse(Text(item), out var network)) networks.Add(network);
            else Problem(item.Location, $"`{Text(item)}` is no network", "write `10.0.0.0/8`");
        return new Comparison.CidrWithin(networks.ToImmutable());
    }
}
