using System.Collections.Immutable;
using System.Text;

namespace PolicyLint.Engine.Documents;

/// <summary>Reads inputs and recognises templates and plans by what is in them.</summary>
public static class DocumentReader
{
    /// <summary>Reads all inputs in parallel; the result has their order.</summary>
    public static ImmutableArray<Reading> ReadAll(IReadOnlyList<Input> inputs)
    {
        var readings = new Reading[inputs.Count];
        Parallel.For(0, inputs.Count, i => readings[i] = Read(inputs[i]));
        return ImmutableArray.Create(readings);
    }

    /// <summary>Reads one input. A file that is no template and no plan is left alone when it was found in a folder, and is
    /// a problem when the user named it.</summary>
    public static Reading Read(Input input)
    {
        var problems = new List<Problem>();
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = input.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(new Problem(Location.StartOf(input.Path), $"cannot be read: {Sentence(e)}"));
        }
        if (bytes.Length == 0) return Other("the file is empty", "write the template, or leave the file out");
        if (bytes.Span.StartsWith("PK\x03\x04"u8))
            return Other("a binary file, perhaps a saved plan", "run `terraform show -json FILE > plan.json` and scan that");

        var source = SourceText.Read(input.Path, bytes, problems);
        if (source is null) return input.Named || Markers.Strong(bytes.Span) ? Failed() : LeftAlone("not UTF-8");
        if (Workflow.Is(input.Path) && !Markers.Strong(source.Bytes)) return LeftAlone("a workflow: only what it uploads is read");
        if (!input.Named && !Markers.In(source.Bytes)) return LeftAlone("neither a template nor a plan");

        var documents = ImmutableArray.CreateBuilder<Document>();
        foreach (var root in ReadRoots(source, problems).OfType<Node.Map>())
            if (Recognise(root) is { } format)
                documents.Add(new Document(input.Path, format, root, source) { Scope = documents.Count == 0 ? input.Path : $"{input.Path}#{documents.Count + 1}" });
        if (documents.Count > 0) return new Reading(input, documents.ToImmutable(), "", problems);
        if (problems.Count > 0) return input.Named || Markers.Strong(source.Bytes) ? Failed() : LeftAlone("broken, and nothing in it looks like a template or a plan");
        return Other("neither a CloudFormation template nor a Terraform plan", "a template has `Resources`; a plan comes from `terraform show -json PLANFILE`");

        Reading Failed() => new(input, [], "", problems);
        Reading LeftAlone(string why) => new(input, [], why, []);
        Reading Refused(Problem problem) => new(input, [], "", [problem]);
        Reading Other(string what, string help) =>
            input.Named ? Refused(new Problem(Location.StartOf(input.Path), what, help)) : LeftAlone(what);
    }

    /// <summary>A part of a template in a file of its own, or another file in JSON or YAML; null, with its problems, where it cannot
    /// be read.</summary>
    public static Part? ReadPart(Input input, List<Problem> problems)
    {
        try
        {
            return SourceText.Read(input.Path, input.Read(), problems) is { } source && ReadRoots(source, problems).FirstOrDefault() is { } root ? new Part(root, source) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(Location.StartOf(input.Path), $"cannot be read: {Sentence(e)}"));
            return null;
        }
    }

    /// <summary>The system's own words without the path, which the place tells.</summary>
    private static string Sentence(Exception e)
    {
        if (e is UnauthorizedAccessException) return "access is denied";
        var path = e.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? e.Message : e.Message[..path]).TrimEnd('.');
    }

    private static IEnumerable<Node> ReadRoots(SourceText source, List<Problem> problems)
    {
        if (FirstVisible(source.Bytes) is (byte)'{' or (byte)'[')
        {
            var json = new List<Problem>();
            if (TooLarge(source, Limits.JsonBytes) is { } problem) json.Add(problem);
            else if (ReadJson(source, json) is { } root)
            {
                problems.AddRange(json);
                return [root];
            }
            if (!source.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !source.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            {
                problems.AddRange(json);
                return [];
            }
        }
        if (TooLarge(source, Limits.YamlBytes) is { } large)
        {
            problems.Add(large);
            return [];
        }
        return YamlReader.Read(source.Path, Encoding.UTF8.GetString(source.Bytes), problems);
    }

    private static Node? ReadJson(SourceText source, List<Problem> problems) => source.Bytes.Length < Limits.LargeJsonBytes
        ? JsonReader.Read(Location.StartOf(source.Path), source.Bytes, problems)
        : JsonReader.ReadInParts(Location.StartOf(source.Path), source.Memory, problems);

    private static Problem? TooLarge(SourceText source, int limit) => source.Bytes.Length <= limit
        ? null
        : new Problem(
            Location.StartOf(source.Path), $"{source.Bytes.Length / 1048576} MB is more than the {limit / 1048576} MB that PolicyLint reads of such a file",
            "CloudFormation takes templates up to 1 MB; split the file");

    private static byte FirstVisible(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return b;
        return 0;
    }

    private static Format? Recognise(Node.Map root)
    {
        if (root["AWSTemplateFormatVersion"] is not null) return Format.CloudFormation;
        if (root["format_version"] is not null && (root["resource_changes"] ?? root["planned_values"] ?? root["errored"] ?? root["configuration"]) is not null)
            return Format.Terraform;
        return root["Resources"] is Node.Map resources && resources.Entries.Any(MakesResources) ? Format.CloudFormation : null;
    }

    /// <summary>A resource, a loop that writes some, or a macro that does.</summary>
    private static bool MakesResources(Node.Entry entry) =>
        entry.Key.Text == "Fn::Transform" || entry.Key.Text.StartsWith("Fn::ForEach::", StringComparison.Ordinal)
        || (entry.Value is Node.Map map && map["Type"] is Node.Scalar { Text: var type } && type.Contains("::", StringComparison.Ordinal));

    /// <summary>The words that every template or plan has, searched before anything is parsed.</summary>
    private static class Markers
    {
        public static bool In(ReadOnlySpan<byte> utf8) =>
            utf8.IndexOf("AWSTemplateFormatVersion"u8) >= 0 || utf8.IndexOf("Resources"u8) >= 0 || utf8.IndexOf("format_version"u8) >= 0;

        public static bool Strong(ReadOnlySpan<byte> utf8) =>
            utf8.IndexOf("AWSTemplateFormatVersion"u8) >= 0
            || (utf8.IndexOf("Resources"u8) >= 0 && utf8.IndexOf("AWS::"u8) >= 0)
            || (utf8.IndexOf("format_version"u8) >= 0 && (utf8.IndexOf("resource_changes"u8) >= 0 || utf8.IndexOf("planned_values"u8) >= 0));
    }
}

/// <summary>What was read of a file that is no document by itself.</summary>
public sealed record Part(Node Root, SourceText Source);
