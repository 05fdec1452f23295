using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Finds the code that the functions and build projects of a template run: in the template, and in local files that it names.</summary>
/// <param name="written">The template and what it includes, as documents.</param>
/// <param name="problems">Keeps what it has: the code's nodes are read for a second time.</param>
internal sealed class TemplateCode(ImmutableArray<Document> written, Wanted wanted, Resolver resolver, Surroundings surroundings, List<Problem> problems)
{
    private const string Project = "AWS::CodeBuild::Project";
    private readonly Dictionary<string, CodeText> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Document> read = new(StringComparer.Ordinal);

    /// <summary>The files that were read, for those who show their lines.</summary>
    public IEnumerable<Document> Files => read.Values;

    private string Folder => FilePath.FolderOf(written[0].Path);

    /// <summary>The resource's properties with the calls of its code that put objects.</summary>
    public Value.Map AddTo(Template.Declared declared, Kind? kind, Value.Map properties)
    {
        if (!wanted.ReadsCode || !UploadRecords.IsRunning(kind)) return properties;
        var before = problems.Count;
        var use = declared.Type == Project ? OfProject(declared, properties) : OfFunction(declared, properties);
        problems.RemoveRange(before, problems.Count - before);
        return UploadRecords.AddTo(properties, use);
    }

    private CodeUse OfFunction(Template.Declared declared, Value.Map properties)
    {
        var variables = (properties["Environment"] as Value.Map)?["Variables"] as Value.Map;
        var use = CodeUse.None with
        {
            Environment = name => variables?[name] ?? new Value.Absent(properties.Location),
            Variables = [.. (variables?.Fields ?? []).Select(f => f.Name)],
            Writer = CodeAccount.Of(properties["Role"], surroundings),
        };
        var code = (declared.Properties as Node.Map)?["Code"];
        if ((code as Node.Map)?["ZipFile"] is { } inline)
        {
            if (Joined(inline) is not { } text) return use with { Unread = [new Unread(inline.Location, "the inline code is not known here")] };
            var runtime = properties["Runtime"].KnownText;
            return use with { Files = [new CodeFile(text.Text, CodeFile.LanguageOf(runtime, text.Text.Text), text.Holes)] };
        }
        if (PathOf(declared, code) is not { } path) return use;
        var (files, unread, documents) = LocalCode.Read(wanted, FilePath.Combine(Folder, path), CodeEntry.Of(properties["Handler"].KnownText, properties["Runtime"].KnownText));
        foreach (var document in documents) read[document.Path] = document;
        return use with { Files = files, Unread = unread };
    }

    /// <summary>The local folder or file of a function's code: what CDK notes of it, or the path that is packaged.</summary>
    private string? PathOf(Template.Declared declared, Node? code)
    {
        if (declared.Metadata is Node.Map metadata && metadata["aws:asset:path"] is Node.Scalar { Tag: "" } asset && metadata["aws:asset:property"] is null or Node.Scalar { Text: "Code" }) return asset.Text;
        return code is Node.Scalar && resolver.Resolve(code).KnownText is { Length: > 0 } path && !path.Contains(':', StringComparison.Ordinal) && !path.StartsWith('/') ? path.Replace('\\', '/') : null;
    }

    private CodeUse OfProject(Template.Declared declared, Value.Map properties)
    {
        var variables = BuildVariables.Of((properties["Environment"] as Value.Map)?["EnvironmentVariables"] ?? new Value.Absent(properties.Location), "Name", "Value", "Type");
        var node = ((declared.Properties as Node.Map)?["Source"] as Node.Map)?["BuildSpec"];
        var (text, unread) = SpecOf(node, properties);
        var (spec, holes) = (text is null ? null : BuildSpec.Read(text.Text), text?.Holes ?? []);
        return BuildUse.Of(spec, holes, variables, CodeAccount.Of(properties["ServiceRole"], surroundings)) with { Unread = unread };
    }

    /// <summary>The build specification: written out, or a file of the source, which is looked for from the template's folder up.</summary>
    private (HoledText? Text, ImmutableArray<Unread> Unread) SpecOf(Node? node, Value.Map properties)
    {
        var text = node is null ? null : Joined(node);
        if (node is not null && text is null) return (null, [new Unread(node.Location, "the build specification is not known here")]);
        if (text is not null && text.Text.Text.Contains("phases", StringComparison.Ordinal)) return (text, []);
        if ((properties["Source"] as Value.Map)?["Type"].KnownText is "NO_SOURCE") return (null, []);
        return (BuildUse.Beside(wanted, Folder, text?.Text.Text.Trim() is { Length: > 0 } name ? name : "buildspec.yml", read) is { } file ? new HoledText(file, []) : null, []);
    }

    /// <summary>A text with what its holes stand for.</summary>
    private sealed record HoledText(CodeText Text, ImmutableArray<Text> Holes);

    /// <summary>The text that a node makes, with the places of what is written; null where nobody knows it.</summary>
    private HoledText? Joined(Node node)
    {
        var (builder, holes) = (new CodeText.Builder(), ImmutableArray.CreateBuilder<Text>());
        return Add(node, builder, holes) ? new HoledText(builder.Build(), holes.ToImmutable()) : null;
    }

    private bool Add(Node node, CodeText.Builder builder, ImmutableArray<Text>.Builder holes)
    {
        switch (Intrinsic.Of(node))
        {
            case { Name: "Fn::Sub", Argument: Node.Scalar text }: return Substitute(text, null, builder, holes);
            case { Name: "Fn::Sub", Argument: Node.List { Items: [Node.Scalar text, Node.Map variables] } }: return Substitute(text, variables, builder, holes);
            case { Name: "Fn::Join", Argument: Node.List { Items: [Node.Scalar { Tag: "" } delimiter, Node.List list] } } when Intrinsic.Of(list) is null:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (i > 0) builder.AddLines(delimiter.Kind is ScalarKind.Null ? "" : delimiter.Text, list.Items[i].Location, 0);
                    if (!Add(list.Items[i], builder, holes)) return false;
                }
                return true;
            case null when node is Node.Scalar scalar:
                var placed = Placed(scalar);
                builder.Add(placed, 0, placed.Text.Length);
                return true;
            default: return Add(resolver.Resolve(node), node.Location, builder, holes);
        }
    }

    private static bool Add(Value value, Location at, CodeText.Builder builder, ImmutableArray<Text>.Builder holes)
    {
        if (value.AsText is not { } text) return false;
        if (text.Known is { } known)
        {
            builder.Add(known, at);
            return true;
        }
        holes.Add(text);
        builder.Add(CodeText.HoleOf(holes.Count - 1), at);
        return true;
    }

    private bool Substitute(Node.Scalar scalar, Node.Map? variables, CodeText.Builder builder, ImmutableArray<Text>.Builder holes)
    {
        var placed = Placed(scalar);
        var at = 0;
        foreach (var found in Placeholders.In(scalar.Text, "${", "}"))
        {
            builder.Add(placed, at, found.Start);
            var (name, place) = (found.Inner.Trim(), placed.At(found.Start));
            at = found.End;
            if (name.StartsWith('!')) builder.Add($"${{{name[1..]}}}", place);
            else if (!Add(variables?[name] is { } given ? resolver.Resolve(given) : resolver.References.Named(name, place), place, builder, holes))
            {
                holes.Add(Text.Of(new Symbol("code", place.ToString()) { Display = $"{name} is not known here", IsParameter = true }));
                builder.Add(CodeText.HoleOf(holes.Count - 1), place);
            }
        }
        builder.Add(placed, at, placed.Text.Length);
        return true;
    }

    /// <summary>A scalar with the places of its characters in its file.</summary>
    private CodeText Placed(Node.Scalar scalar)
    {
        var file = scalar.Location.File;
        if (!texts.TryGetValue(file, out var outer))
            texts[file] = outer = written.FirstOrDefault(d => d.Path == file) is { } document ? CodeText.Of(document.Source) : CodeText.Nowhere(scalar.Location);
        return EmbeddedText.Of(outer, scalar);
    }
}
