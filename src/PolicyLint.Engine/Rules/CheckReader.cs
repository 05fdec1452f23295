using System.Collections.Immutable;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads the checks of a rule with positioned problems.</summary>
internal sealed class CheckReader
{
    private readonly List<Problem> problems;
    private readonly AccessReader access;

    public CheckReader(List<Problem> problems) => (this.problems, access) = (problems, new AccessReader(this, problems));

    /// <summary>Whether tests have shown that the checks are right: then what costs much is left until they are evaluated.</summary>
    public bool AreProved { get; init; }

    /// <summary>The words of a check that are not paths.</summary>
    public static readonly ImmutableArray<string> CheckWords =
        ["all", "any", "none", "not", "if", "then", "exists", "missing", "some", "every", "no", "where", "satisfies", "access", "denied", "covers", "dead", "idle", "public", "fault", "plain", "unknown"];

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
        if (map.Entries.IsEmpty) Problem(map.Location, "a check is needed here: an empty one checks nothing", "write `PATH: VALUE`");
        Node.Scalar? first = null;
        foreach (var entry in map.Entries)
            if (entry.Key.Text is "some" or "every" or "no" && (first ??= entry.Key) != entry.Key)
                Problem(entry.Key.Location, $"`{entry.Key.Text}` stands beside another quantifier", "write `all:` with one map for each");
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
            case "access": return access.Read(value, names);
            case "denied": return access.ReadDenied(value, names);
            case "covers": return ReadCovers(value, names);
            case "dead": return ReadDead(value, names);
            case "idle": return StatementAt(value, names) is { } idle ? new Check.Idle(idle) : null;
            case "public": return ReadPublic(value, names);
            case "fault": return ReadFault(value, names);
            case "plain": return PathOf(value, names) is { } text ? new Check.Plain(text) : null;
            case "unknown": return ReadOpen(value);
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

    /// <summary>A path to a value that is no list.</summary>
    public ScopePath? ValuePath(Node node, Names names)
    {
        if (node is not Node.Scalar scalar) return PathOf(node, names);
        var (path, type, isList) = names.ReadPath(scalar.Text, scalar.Location, problems);
        if (path.IsWhole && (isList || type is not (ScopeType.OfValue or ScopeType.OfRawValue or ScopeType.OfAnything)))
            Problem(scalar.Location, $"`{scalar.Text}` is not one value", isList ? "take its items with `each: PATH[*] as NAME`" : "go on to one of its fields");
        return path;
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
        isList |= type is ScopeType.OfRawValue or ScopeType.OfValue && read.Steps is [.., { Every: false }];
        if (isList) Problem(node.Location, $"`{path.Trim()}` is a list", $"take its items with `{path.Trim()}[*]`");
        name = name.Trim();
        if (names[name] is null) return (new Each(read, name), names.With(name, type));
        Problem(node.Location, $"the name `{name}` is taken", "choose another");
        return (new Each(read, name), names);
    }

    private Check.Covers? ReadCovers(Node node, Names names)
    {
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`covers` must be a map", "write `statement:`, `action:` and `on:`");
            return null;
        }
        var reader = new MapReader(map, "`covers`", problems);
        var statement = ReadStatement(reader, names);
        var action = access.ReadAction(reader.Required("action"), map["action"]);
        var on = ReadMessage(reader.Required("on"), map.Location, names);
        reader.Done();
        return statement is null ? null : new Check.Covers(statement, action, on);
    }

    private Check.Fault? ReadFault(Node node, Names names)
    {
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`fault` must be a map", "write `of:` and `is:`");
            return null;
        }
        var reader = new MapReader(map, "`fault`", problems);
        var of = reader.Required("of");
        var word = reader.Required("is");
        reader.Done();
        if (of.Length > 0 && names[of] is not (ScopeType.OfPolicy or ScopeType.OfStatement or ScopeType.OfAnything))
            Problem(map["of"]!.Location, $"`{of}` is no policy and no statement of this rule", names[of] is null ? Words.DidYouMean(of, names.All) : "name one with `each: policies[*] as NAME`");
        if (FaultKinds.Named(word) is { } kind) return of.Length > 0 ? new Check.Fault(of, kind) : null;
        if (word.Length > 0) Problem(map["is"]!.Location, $"unknown fault `{word}`, expected {Words.OneOf(FaultKinds.Words)}", Words.DidYouMean(word, FaultKinds.Words));
        return null;
    }

    private ScopePath? ReadStatement(MapReader reader, Names names) =>
        reader.Required("statement") is { Length: > 0 } ? StatementAt(reader.Take("statement")!, names) : null;

    /// <summary>A path to one statement.</summary>
    private ScopePath? StatementAt(Node node, Names names)
    {
        if (node is not Node.Scalar { Text: var text }) return PathOf(node, names);
        var (path, type, isList) = names.ReadPath(text, node.Location, problems);
        if (type is ScopeType.OfStatement or ScopeType.OfAnything && !isList) return path;
        if (path.IsWhole) Problem(node.Location, $"`{text}` is no statement", "name one with `each: policy.statements[*] as NAME`");
        return null;
    }

    private Check.Dead? ReadDead(Node node, Names names)
    {
        if (node is not Node.Map map) return StatementAt(node, names) is { } whole ? new Check.Dead(whole, "", []) : null;
        var reader = new MapReader(map, "`dead`", problems);
        var statement = ReadStatement(reader, names);
        var action = access.ReadAction(reader.Text("action") ?? "", map["action"]);
        var with = access.ReadWith(reader.Map("with"), names);
        reader.Done();
        return statement is null ? null : new Check.Dead(statement, action, with);
    }

    private Check.IsPublic? ReadPublic(Node node, Names names)
    {
        if (node is Node.Map map)
        {
            var reader = new MapReader(map, "`public`", problems);
            var policy = reader.Take("policy");
            if (policy is null) reader.Missing("policy");
            var block = reader.OneOf("block", "heeded", "heeded", "ignored", "refuses");
            reader.Done();
            return policy is null || PolicyAt(policy, names) is not { } at ? null : new Check.IsPublic(at, block switch { "ignored" => PublicAccess.Ignored, "refuses" => PublicAccess.Refuses, _ => PublicAccess.Heeded });
        }
        return PolicyAt(node, names) is { } path ? new Check.IsPublic(path) : null;
    }

    private ScopePath? PolicyAt(Node node, Names names)
    {
        if (node is not Node.Scalar scalar) return PathOf(node, names);
        var (path, type, _) = names.ReadPath(scalar.Text, scalar.Location, problems);
        if (path.IsWhole && type is not (ScopeType.OfPolicy or ScopeType.OfAnything)) Problem(scalar.Location, $"`{scalar.Text}` is no policy", "name a field of a kind that is `as: policy`");
        return path;
    }

    private Check.Open? ReadOpen(Node node)
    {
        if (node is Node.Scalar { Kind: ScalarKind.String, Text: { Length: > 0 } why }) return new Check.Open(why);
        Problem(node.Location, "`unknown` needs the reason why nobody can tell", "write it as people shall read it, lower case and without a full stop");
        return null;
    }

    /// <summary>A text with <c>{path}</c> placeholders, each of which must exist.</summary>
    public Message ReadMessage(string template, Location at, Names names, params ReadOnlySpan<string> extra)
    {
        if (template.LastIndexOf('{') > template.LastIndexOf('}')) Problem(at, $"a `{{` is not closed in `{template}`", "write `{PATH}`");
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
        var fields = names[Names.Focus]!.FieldNames;
        if (names[root] is null && names[Names.Focus] is not ScopeType.OfAnything && (fields is null || !fields.Contains(root)))
        {
            var known = CheckWords.Concat(names.All).Concat(fields ?? []).ToList();
            var help = Words.DidYouMean(root, known) is { Length: > 0 } meant ? meant : fields is null ? $"a property of a raw type is `{Names.Focus}.{text}`" : "";
            Problem(entry.Key.Location, $"unknown word `{text}` in a check, expected one of {Words.OneOf(CheckWords)}, or a path that begins with {Words.OneOf(names.All)}", help);
            return null;
        }
        var (path, type, isList) = names.ReadPath(text, entry.Key.Location, problems);
        var isValue = type is ScopeType.OfValue or ScopeType.OfRawValue or ScopeType.OfAnything;
        if (path.IsWhole && !isValue && (!(isList || type is ScopeType.OfPolicy) || !ComparisonReader.Only(entry.Value, ComparisonReader.OfCounts)))
            Problem(entry.Key.Location, $"`{text}` is not a value that can be compared", isList ? "ask for its `length`, or for its items with `some:`, `every:` or `no:`" : "go on to one of its fields");
        else if (path.IsWhole && isValue && isList && !ComparisonReader.Only(entry.Value, ComparisonReader.OfLists))
            Problem(entry.Key.Location, $"`{text}` is a list, which {Words.OneOf(ComparisonReader.OfLists)} compare", $"compare its items with `{text}[*]`, or write `contains`");
        return new Check.Compare(path, new ComparisonReader(this, problems).Read(entry.Value, names), Counts: !isValue);
    }
}
