using System.Collections.Immutable;
using System.Globalization;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads rules with positioned problems: a typo must not pass.</summary>
public static class RuleReader
{
    /// <summary>The rule of one file's root. With problems the rule must not be used.</summary>
    /// <param name="fileName">The file's name without its ending: the rule's id must be the same.</param>
    /// <param name="isProved">Whether tests have shown that it has no problems.</param>
    public static Rule? Read(Node root, string fileName, Kinds kinds, List<Problem> problems, bool isProved = false)
    {
        if (root is not Node.Map map)
        {
            problems.Add(new Problem(root.Location, "a rule must be a map", "begin with `id: NAME`"));
            return null;
        }
        var reader = new MapReader(map, "a rule", problems);
        var rule = ReadFacts(reader, map, fileName);
        var (resources, names) = ReadResources(reader, kinds);
        var parameters = RuleParameter.Read(reader.Map(RuleParameter.Root), problems);
        if (!parameters.IsEmpty) names = names.With(RuleParameter.Root, new ScopeType.OfParameters(parameters));
        var checks = new CheckReader(problems) { AreProved = isProved };
        (var each, names) = ReadEach(reader, checks, names);
        (var binds, names) = ReadBinds(reader, checks, names, kinds);
        var where = checks.Read(reader.Take("where"), names, "`where`");
        rule = rule with
        {
            Resources = resources,
            Parameters = parameters,
            Each = each,
            Binds = binds,
            Where = where,
            WhereNeedsBinds = !binds.IsEmpty && Mentions.AnyOf([.. binds.Select(b => b.Name)], where),
            Require = checks.Read(reader.Take("require"), names, "`require`"),
            SkipsUnread = reader.OneOf("unread", "report", "report", "skip") == "skip",
            UnknownFails = reader.OneOf("unknown", "report", "report", "fail") == "fail",
            Message = ReadMessage(reader, checks, names, map),
            At = ReadAt(reader, checks, names),
        };
        if (map["require"] is null) reader.Missing("require");
        CheckExamples(reader.Take("examples"), problems);
        reader.Done();
        return rule;
    }

    private static Rule ReadFacts(MapReader reader, Node.Map map, string fileName)
    {
        var id = reader.Required("id");
        if (id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            reader.Problems.Add(new Problem(map["id"]!.Location, $"`{id}` is not kebab-case", "use lower-case letters, digits and `-`"));
        if (id.Length > 0 && id != fileName)
            reader.Problems.Add(new Problem(map["id"]!.Location, $"the id `{id}` differs from the file's name `{fileName}`", $"rename the file to `{id}.yaml`"));
        var severity = reader.OneOf("severity", "error", "error", "warning", "note");
        return new Rule(id, map.Location)
        {
            Title = reader.Required("title"),
            Severity = severity switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Note },
            SecuritySeverity = ReadSecuritySeverity(reader, map),
            Tags = reader.Texts("tags"),
            Profile = Profiles.Named(reader.OneOf("profile", "access", "access", "security", "all"))!.Value,
            Standards = Standard.Read(reader.Map("standards"), reader.Problems),
            Why = reader.Required("why").Trim(),
            Fix = reader.Required("fix").Trim(),
            Links = reader.Texts("links"),
            CoveredBy = reader.Texts("covered-by"),
        };
    }

    private static string? ReadSecuritySeverity(MapReader reader, Node.Map map)
    {
        if (reader.Text("security-severity") is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 10)
            return number.ToString("0.0", CultureInfo.InvariantCulture);
        reader.Problems.Add(new Problem(map["security-severity"]!.Location, $"`security-severity` must be a number from 0.0 to 10.0, found `{text}`"));
        return null;
    }

    private static (ImmutableArray<string>, Names) ReadResources(MapReader reader, Kinds kinds)
    {
        var resources = reader.Texts("resource");
        if (resources.IsEmpty) reader.Missing("resource");
        var found = ImmutableArray.CreateBuilder<Kind>();
        var raw = false;
        var unknown = false;
        var holder = false;
        for (var i = 0; i < resources.Length; i++)
        {
            var name = resources[i];
            if (name == PolicyPlaces.Holder) holder = true;
            else if (kinds.Named(name) is { } kind) found.Add(kind);
            else if (IsRawType(name, kinds)) raw = true;
            else
            {
                unknown = true;
                var at = reader.Take("resource") is Node.List list ? list.Items[i].Location : reader.Take("resource")!.Location;
                reader.Problems.Add(new Problem(
                    at, $"unknown kind `{name}`, expected {Words.OneOf(kinds.Names)}, or a type such as `AWS::S3::Bucket` or `aws_s3_bucket`",
                    Words.DidYouMean(name, kinds.Names)));
            }
        }
        if (raw && found.Count > 0) reader.Problems.Add(new Problem(reader.Location, "a rule is about kinds or about raw types, not both", "write two rules"));
        if (holder && resources.Length > 1) reader.Problems.Add(new Problem(reader.Location, $"`{PolicyPlaces.Holder}` stands beside other kinds", "write two rules"));
        ScopeType type = holder ? new ScopeType.OfPolicyHolder() : raw ? new ScopeType.OfRawType() : unknown ? new ScopeType.OfAnything() : new ScopeType.OfKinds(found.ToImmutable());
        return (resources, new Names(new Dictionary<string, ScopeType>(StringComparer.Ordinal) { [Names.Focus] = type }));
    }

    /// <summary>A kind written with <c>_</c> is a typo, not a type.</summary>
    private static bool IsRawType(string name, Kinds kinds) =>
        name.Contains("::", StringComparison.Ordinal) || (name.Contains('_', StringComparison.Ordinal) && kinds.Named(name.Replace('_', '-')) is null && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));

    private static (ImmutableArray<Each>, Names) ReadEach(MapReader reader, CheckReader checks, Names names)
    {
        var each = ImmutableArray.CreateBuilder<Each>();
        var nodes = reader.Take("each") switch { null => [], Node.List list => list.Items, var one => [one] };
        foreach (var node in nodes)
            if (checks.ReadEach(node, names) is var (read, inner))
            {
                each.Add(read);
                names = inner;
            }
        return (each.ToImmutable(), names);
    }

    private static (ImmutableArray<Bind>, Names) ReadBinds(MapReader reader, CheckReader checks, Names names, Kinds kinds)
    {
        var binds = ImmutableArray.CreateBuilder<Bind>();
        foreach (var entry in reader.Map("bind")?.Entries ?? [])
        {
            if (entry.Value is not Node.Map map)
            {
                reader.Problems.Add(new Problem(entry.Value.Location, $"`{entry.Key.Text}` must be a map", "write `{ follow: PATH, kind: KIND }`"));
                continue;
            }
            var inner = new MapReader(map, "`bind`", reader.Problems);
            var name = entry.Key.Text;
            var taken = names[name] is not null;
            if (taken) reader.Problems.Add(new Problem(entry.Key.Location, $"the name `{name}` is taken", "choose another"));
            var follow = inner.Required("follow") is { Length: > 0 } ? checks.ValuePath(inner.Take("follow")!, names) : null;
            var found = ReadKinds(inner, map["kind"], kinds);
            var inside = KindReader.ReadInside(inner, map["inside"]);
            var unknownWhen = checks.Read(inner.Take("unknownWhen"), names, "`unknownWhen`");
            var elsewhere = inner.OneOf("elsewhere", "unknown", "unknown", "skip");
            inner.Done();
            if (follow is not null) binds.Add(new Bind(name, follow, [.. found.Select(k => k.Name)], unknownWhen) { Inside = inside, InInput = elsewhere == "skip" });
            if (!taken) names = names.With(name, found.IsEmpty ? new ScopeType.OfAnything() : new ScopeType.OfKinds(found));
        }
        return (binds.ToImmutable(), names);
    }

    private static ImmutableArray<Kind> ReadKinds(MapReader reader, Node? node, Kinds kinds)
    {
        var names = reader.Texts("kind");
        if (names.IsEmpty) reader.Missing("kind");
        for (var i = 0; i < names.Length; i++)
            if (kinds.Named(names[i]) is null)
                reader.Problems.Add(new Problem((node is Node.List list ? list.Items[i] : node)!.Location, $"unknown kind `{names[i]}`, expected {Words.OneOf(kinds.Names)}", Words.DidYouMean(names[i], kinds.Names)));
        return [.. names.Select(kinds.Named).OfType<Kind>()];
    }

    private static Message ReadMessage(MapReader reader, CheckReader checks, Names names, Node.Map map) =>
        checks.ReadMessage(reader.Required("message"), map["message"]?.Location ?? map.Location, names, "reason");

    private static ImmutableArray<ScopePath> ReadAt(MapReader reader, CheckReader checks, Names names)
    {
        var paths = ImmutableArray.CreateBuilder<ScopePath>();
        var nodes = reader.Take("at") switch { null => [], Node.List list => list.Items, var one => [one] };
        foreach (var node in nodes)
            if (node is Node.Scalar { Text: "decision" }) paths.Add(new ScopePath("decision", [], "decision", node.Location));
            else if (checks.PathOf(node, names) is { } path) paths.Add(path);
        return paths.ToImmutable();
    }

    private static void CheckExamples(Node? node, List<Problem> problems)
    {
        if (node is not null) ExampleReader.Read(node, problems);
    }
}
