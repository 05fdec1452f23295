using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Finds the code that the functions and build projects of a plan run: what its archives are made of, and local files.</summary>
/// <param name="folders">Where the plan's paths may begin: the folder of its root module.</param>
internal sealed class PlanCode(IEnumerable<Value.Map> archives, ImmutableArray<string> folders, Wanted wanted)
{
    private const string Project = "aws_codebuild_project";
    private readonly Lazy<List<Value.Map>> archives = new(() => [.. archives]);
    private readonly Dictionary<string, Document> read = new(StringComparer.Ordinal);

    /// <summary>The files that were read, for those who show their lines.</summary>
    public IEnumerable<Document> Files => read.Values;

    /// <summary>The resource's attributes with the calls of its code that put objects.</summary>
    public Value.Map AddTo(string type, Kind? kind, Value.Map attributes, Surroundings surroundings)
    {
        if (!wanted.ReadsCode || !UploadRecords.IsRunning(kind)) return attributes;
        return UploadRecords.AddTo(attributes, type == Project ? OfProject(attributes, surroundings) : OfFunction(attributes, surroundings));
    }

    private static Value First(Value value) => value is Value.List { Items: [var first, ..] } ? first : value;

    private CodeUse OfFunction(Value.Map attributes, Surroundings surroundings)
    {
        var variables = (First(attributes["environment"]) as Value.Map)?["variables"] as Value.Map;
        var use = CodeUse.None with
        {
            Environment = name => variables?[name] ?? new Value.Absent(attributes.Location),
            Variables = [.. (variables?.Fields ?? []).Select(f => f.Name)],
            Writer = CodeAccount.Of(attributes["role"], surroundings),
        };
        if (attributes["filename"].KnownText is not { } archive || archives.Value.FirstOrDefault(a => Same(a["output_path"].KnownText, archive)) is not { } made) return use;
        var entry = CodeEntry.Of(attributes["handler"].KnownText, attributes["runtime"].KnownText);
        var inline = Inline(made, attributes["runtime"].KnownText).ToImmutableArray();
        if (!inline.IsEmpty) return use with { Files = inline };
        var (files, unread) = Local(made, entry);
        return use with { Files = files, Unread = unread };
    }

    private static bool Same(string? path, string other) => path is not null && FilePath.Combine(".", path) == FilePath.Combine(".", other);

    /// <summary>The files whose content the archive states itself.</summary>
    private static IEnumerable<CodeFile> Inline(Value.Map archive, string? runtime)
    {
        if (archive["source_content"] is Value.Str content) yield return FileOf(content, archive["source_content_filename"].KnownText, runtime);
        if (archive["source"] is Value.List { Items: var sources })
            foreach (var source in sources)
                if (source is Value.Map map && map["content"] is Value.Str inner) yield return FileOf(inner, map["filename"].KnownText, runtime);
    }

    private static CodeFile FileOf(Value.Str content, string? name, string? runtime)
    {
        var (text, holes) = TextOf(content);
        return new CodeFile(text, CodeFile.LanguageOf(name ?? "") ?? CodeFile.LanguageOf(runtime, text.Text), holes);
    }

    /// <summary>A value as code: all of it stands where the value does.</summary>
    private static (CodeText Text, ImmutableArray<Text> Holes) TextOf(Value.Str value)
    {
        var (builder, holes) = (new CodeText.Builder(), ImmutableArray.CreateBuilder<Text>());
        foreach (var piece in value.Text.Pieces)
            if (piece is Piece.Literal literal) builder.AddTogether(literal.Text, value.Location);
            else
            {
                holes.Add(Text.Join([piece]));
                builder.Add(CodeText.HoleOf(holes.Count - 1), value.Location);
            }
        return (builder.Build(), holes.ToImmutable());
    }

    private (ImmutableArray<CodeFile> Files, ImmutableArray<Unread> Unread) Local(Value.Map archive, string entry)
    {
        var (folder, file) = (archive["source_dir"].KnownText, archive["source_file"].KnownText);
        if ((folder ?? file) is not { Length: > 0 } path) return ([], []);
        foreach (var start in folders)
        {
            var (files, unread, documents) = LocalCode.Read(wanted, path.StartsWith('/') ? path : FilePath.Combine(start, path), folder is null ? "" : entry);
            foreach (var document in documents) read[document.Path] = document;
            if (files.Length + unread.Length > 0) return (files, unread);
        }
        return ([], []);
    }

    private CodeUse OfProject(Value.Map attributes, Surroundings surroundings)
    {
        var variables = BuildVariables.Of((First(attributes["environment"]) as Value.Map)?["environment_variable"] ?? new Value.Absent(attributes.Location), "name", "value", "type");
        var writer = CodeAccount.Of(attributes["service_role"], surroundings);
        var source = First(attributes["source"]) as Value.Map;
        if (source?["buildspec"] is Value.Unknown unknown) return BuildUse.Of(null, [], variables, writer) with { Unread = [new Unread(unknown.Location, "the build specification is not known here")] };
        if (source?["buildspec"] is Value.Str { Text: var text } written && (text.Known is null || text.Known.Contains("phases", StringComparison.Ordinal)))
        {
            var (code, holes) = TextOf(written);
            return BuildUse.Of(BuildSpec.Read(code), holes, variables, writer);
        }
        if (source?["type"].KnownText is "NO_SOURCE" or null) return BuildUse.Of(null, [], variables, writer);
        var name = source["buildspec"].KnownText is { Length: > 0 } given ? given : "buildspec.yml";
        var file = folders.Select(f => BuildUse.Beside(wanted, f, name, read)).FirstOrDefault(f => f is not null);
        return BuildUse.Of(file is null ? null : BuildSpec.Read(file), [], variables, writer);
    }
}
