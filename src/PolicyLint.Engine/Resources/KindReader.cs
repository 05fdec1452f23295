using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>Reads kinds (<c>rules/kinds/*.yaml</c>) with positioned problems.</summary>
public static class KindReader
{
    private static readonly string[] Surroundings = ["account", "region", "partition", "dnsSuffix"];

    /// <summary>The kinds in the roots of one file; those with problems are left out.</summary>
    public static IEnumerable<Kind> Read(IEnumerable<Node> roots, List<Problem> problems)
    {
        foreach (var root in roots)
            if (root is Node.Map map) yield return ReadKind(map, problems);
            else problems.Add(new Problem(root.Location, "a kind must be a map", "begin with `kind: NAME`"));
    }

    private static Kind ReadKind(Node.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, "a kind", problems);
        var kind = new Kind(reader.Required("kind"), map.Location)
        {
            CloudFormation = reader.Texts("cloudformation"),
            Terraform = reader.Texts("terraform"),
            Remaining = reader.Texts("remaining"),
            Fields = ReadFields(reader.Map("fields"), problems),
            Inside = ReadInside(reader, map["inside"]),
            Identities = [.. (reader.Map("identity")?.Entries ?? []).Select(e => ReadIdentity(e, problems))],
        };
        reader.Take("twin");
        reader.Done();
        if (kind.CloudFormation.IsEmpty && kind.Terraform.IsEmpty)
            problems.Add(new Problem(map.Location, "a kind needs `cloudformation` or `terraform`", "name the types that it is called by"));
        foreach (var identity in kind.Identities)
            if (kind.Fields[identity.Name] is not null) problems.Add(new Problem(map.Location, $"`{identity.Name}` of kind `{kind.Name}` is an identity and a field", "rename one of them"));
        CheckPlaceholders(kind, problems);
        return kind;
    }

    /// <summary>Forms with one mark for what names the resource.</summary>
    internal static ImmutableArray<string> ReadInside(MapReader reader, Node? node)
    {
        var forms = reader.Texts("inside");
        foreach (var form in forms)
            if (form.Split(InnerTexts.Mark).Length != 2)
                reader.Problems.Add(new Problem(node!.Location, $"`{form}` does not say once where the name stands", $"write `{InnerTexts.Mark}` in its place, and `*` for any text"));
        return [.. forms.Where(f => f.Split(InnerTexts.Mark).Length == 2)];
    }

    private static Identity ReadIdentity(Node.Entry entry, List<Problem> problems)
    {
        if (entry.Value is not Node.Map map)
        {
            problems.Add(new Problem(entry.Value.Location, $"identity `{entry.Key.Text}` must be a map"));
            return new Identity(entry.Key.Text);
        }
        var reader = new MapReader(map, "an identity", problems);
        var given = reader.Map("given") is { } g ? new MapReader(g, "`given`", problems) : null;
        var charset = reader.OneOf("charset", "any", [.. Charset.ByName.Keys]);
        var identity = new Identity(entry.Key.Text)
        {
            Is = reader.Text("is") ?? "",
            CloudFormation = reader.Texts("cloudformation"),
            Terraform = reader.Texts("terraform"),
            GivenInCloudFormation = given?.Text("cloudformation") ?? "",
            GivenInTerraform = given?.Text("terraform") ?? "",
            Charset = Charset.ByName[charset],
        };
        given?.Done();
        reader.Done();
        return identity;
    }

    private static void CheckPlaceholders(Kind kind, List<Problem> problems)
    {
        var known = kind.Identities.Select(i => i.Name).Concat(kind.Fields.Names.Where(n => IsOfAName(kind, kind.Fields[n]!))).Concat(Surroundings).ToList();
        foreach (var identity in kind.Identities)
            foreach (var found in Placeholders.In(identity.Is, "{", "}"))
                if (!known.Contains(found.Inner, StringComparer.Ordinal))
                    problems.Add(new Problem(
                        kind.Location, $"identity `{identity.Name}` of kind `{kind.Name}` speaks of `{found.Inner}`, which is no identity or field of it",
                        Words.DidYouMean(found.Inner, known)));
    }

    /// <summary>Whether a name can be made of the field: a property of the resource itself, in each of its formats.</summary>
    private static bool IsOfAName(Kind kind, KindField field) =>
        (kind.CloudFormation.IsEmpty || field.CloudFormation is [{ Companion: "", Path: not null }, ..])
        && (kind.Terraform.IsEmpty || field.Terraform is [{ Companion: "", Path: not null }, ..]);

    private static FieldSet ReadFields(Node.Map? map, List<Problem> problems, bool ofRecords = false) =>
        map is null ? FieldSet.Empty : new FieldSet(map.Entries.Select(e => ReadField(e, problems, ofRecords)));

    private static KindField ReadField(Node.Entry entry, List<Problem> problems, bool ofRecords)
    {
        if (entry.Value is not Node.Map map)
        {
            problems.Add(new Problem(entry.Value.Location, $"field `{entry.Key.Text}` must be a map", "say where each format keeps it: `{ cloudformation: PATH, terraform: PATH }`"));
            return new KindField(entry.Key.Text, FieldShape.Value);
        }
        var reader = new MapReader(map, "a field", problems);
        var each = reader.Map("each") is { } e ? new MapReader(e, "`each`", problems) : null;
        var places = each ?? reader;
        var shape = reader.OneOf("as", "value", "value", "policy", "path", "route") switch { "policy" => FieldShape.Policy, "path" => FieldShape.Path, "route" => FieldShape.Route, _ => FieldShape.Value };
        var (value, whenCreated) = ReadDefault(reader, problems);
        var field = new KindField(entry.Key.Text, each is null ? shape : FieldShape.Records)
        {
            CloudFormation = ReadSources(places, "cloudformation", ofRecords, whole: each is not null),
            Terraform = ReadSources(places, "terraform", ofRecords, whole: each is not null),
            Default = value,
            DefaultWhenCreated = whenCreated,
            Gathers = !ofRecords && reader.OneOf("counts", "first", "first", "all") == "all",
            Destroyed = ReadDestroyed(reader, problems),
            Fields = ReadFields(each is null ? null : reader.Map("fields"), problems, ofRecords: true),
        };
        if (each is not null && field.Fields.Names.Count == 0) reader.Missing("fields");
        if (field.CloudFormation.IsEmpty && field.Terraform.IsEmpty)
            problems.Add(new Problem(map.Location, $"field `{entry.Key.Text}` is nowhere", "say where each format keeps it: `{ cloudformation: PATH, terraform: PATH }`"));
        each?.Done();
        reader.Done();
        return field;
    }

    /// <summary><c>default: X</c>, or <c>default: { created: X }</c> for one that older resources do not have.</summary>
    private static (Node? Value, bool WhenCreated) ReadDefault(MapReader reader, List<Problem> problems)
    {
        switch (reader.Take("default"))
        {
            case null: return (null, false);
            case Node.Scalar { Kind: not ScalarKind.Null } scalar: return (scalar, false);
            case Node.Map { Entries: [{ Key.Text: "created", Value: Node.Scalar { Kind: not ScalarKind.Null } created }] }: return (created, true);
            case var other:
                problems.Add(new Problem(other.Location, "`default` must be a value, or `{ created: VALUE }`"));
                return (null, false);
        }
    }

    private static Node? ReadDestroyed(MapReader reader, List<Problem> problems)
    {
        var read = reader.Take("destroyed");
        if (read is null or Node.Scalar { Kind: not ScalarKind.Null }) return read;
        problems.Add(new Problem(read.Location, "`destroyed` must be a value", "write what is so once the resource that stated the field is destroyed"));
        return null;
    }

    /// <param name="whole">Whether a resource that names this one may be the record itself: <c>TYPE(Link)</c>.</param>
    private static ImmutableArray<FieldSource> ReadSources(MapReader reader, string format, bool ofRecords, bool whole)
    {
        var sources = ImmutableArray.CreateBuilder<FieldSource>();
        foreach (var text in reader.Texts(format))
        {
            var (companion, linkText, pathText) = text.Split('(', ')') is [var type, var named, "" or ['.', ..]] and [.., var rest] ? (type, named, rest.TrimStart('.')) : ("", "", text);
            var path = whole && companion.Length > 0 && pathText.Length == 0 ? PropertyPath.Itself : PropertyPath.Parse(pathText);
            var ofAll = linkText == "*";
            var link = companion.Length > 0 && !ofAll ? PropertyPath.Parse(linkText) : null;
            if (path is null || (companion.Length > 0 && link is null && !ofAll))
                reader.Problems.Add(new Problem(
                    reader.Take(format)!.Location, $"`{text}` is no place of a field",
                    "write `Path.To.It`, `List[*].Field`, `TYPE(AttributeThatNamesThis).Path`, or `TYPE(*).Path`"));
            else if (ofRecords && companion.Length > 0)
                reader.Problems.Add(new Problem(reader.Take(format)!.Location, $"`{text}` names another resource, which a record has none of", "write a path inside the record"));
            sources.Add(new FieldSource(companion, link, path));
        }
        return sources.ToImmutable();
    }
}
