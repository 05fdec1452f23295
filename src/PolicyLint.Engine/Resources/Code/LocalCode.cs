using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Engine.Resources.Code;

/// <summary>Reads the local sources of a resource, within bounds.</summary>
public static class LocalCode
{
    /// <summary>The most files of one function that are read.</summary>
    public const int MostFiles = 1000;

    /// <summary>A longer file is a bundle, and is not taken apart.</summary>
    public const int LongestFile = 1024 * 1024;

    /// <summary>The programs below a path, and those that were not read although they speak of putting objects.</summary>
    /// <param name="entry">The path of the file that runs first, without its ending; empty where nobody knows.</param>
    internal static (ImmutableArray<CodeFile> Files, ImmutableArray<Unread> Unread, ImmutableArray<Document> Texts) Read(Wanted wanted, string path, string entry)
    {
        var files = new Dictionary<string, CodeFile>(StringComparer.Ordinal);
        var unread = ImmutableArray.CreateBuilder<Unread>();
        var texts = new Dictionary<string, Document>(StringComparer.Ordinal);
        var inputs = wanted.CodeUnder(path);
        if (inputs.Count > MostFiles) unread.Add(new Unread(Location.StartOf(path), $"`{path}` holds more than {MostFiles} programs, and not all are read"));
        foreach (var input in inputs.Take(MostFiles))
        {
            if (CodeFile.LanguageOf(input.Path) is not { } language || Bytes(input) is not { } bytes) continue;
            if (bytes.Length > LongestFile)
            {
                if (SpeaksOfPutting(bytes.Span)) unread.Add(new Unread(Location.StartOf(input.Path), $"`{input.Path}` is a bundle of {bytes.Length / 1024} KB, and is not read"));
            }
            else if (SourceText.Read(input.Path, bytes, []) is { } source)
            {
                files[input.Path] = new CodeFile(CodeText.Of(source), language, []);
                texts[input.Path] = new Document(input.Path, Format.CloudFormation, new Node.Map(Location.StartOf(input.Path), []), source);
            }
        }
        var reached = Imports.Reached(files, path, entry.Length > 0 ? FilePath.Combine(path, entry) : "");
        return ([.. reached.Select(r => files[r])], unread.ToImmutable(), [.. reached.Select(r => texts[r])]);
    }

    private static ReadOnlyMemory<byte>? Bytes(Input input)
    {
        try
        {
            return input.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool SpeaksOfPutting(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("putObject"u8) >= 0 || utf8.IndexOf("PutObjectCommand"u8) >= 0 || utf8.IndexOf("put_object"u8) >= 0 || utf8.IndexOf("copyObject"u8) >= 0 || utf8.IndexOf("upload_file"u8) >= 0;
}
