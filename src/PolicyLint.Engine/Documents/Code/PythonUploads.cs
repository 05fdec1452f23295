using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>Finds the calls of a Python program that put objects: boto3's clients and resources.</summary>
internal sealed class PythonUploads
{
    private const string Elsewhere = "its parameters are made elsewhere";

    private static readonly HashSet<string> Borrowing = new(StringComparer.Ordinal)
        { "assume_role", "assume_role_with_web_identity", "assume_role_with_saml", "aws_access_key_id", "aws_secret_access_key", "profile_name", "get_federation_token" };

    private readonly CodeTokens tokens;
    private readonly PythonValues values;

    private PythonUploads(CodeTokens tokens) => (this.tokens, values) = (tokens, new PythonValues(tokens));

    /// <summary>Whether a text can hold such a call at all.</summary>
    public static bool IsWorthReading(string text) =>
        text.Contains("put", StringComparison.Ordinal) || text.Contains("upload", StringComparison.Ordinal) || text.Contains("cop", StringComparison.Ordinal);

    public static Uploads In(string text)
    {
        var read = PythonScanner.Scan(text);
        var calls = Enumerable.Range(0, read.Count).Select(new PythonUploads(read).Call).OfType<UploadCall>();
        return new Uploads([.. calls], read.HasWord(Borrowing));
    }

    private UploadCall? Call(int at)
    {
        if (tokens[at].Kind is not CodeTokenKind.Word || !tokens[at - 1].Is(".") || !tokens[at + 1].Is("(")) return null;
        var name = tokens[at].Text;
        switch (name)
        {
            case "put_object" or "copy_object" or "create_multipart_upload": return Plain(at, values.Arguments(at + 1));
            case "upload_file" or "upload_fileobj": return Managed(at, values.Arguments(at + 1), bucketAt: 1);
            case "copy": return Copy(at, values.Arguments(at + 1));
            case "put" or "copy_from" or "initiate_multipart_upload": return Maker(at - 1, "Object") is { } made ? Make(at, Bucket(made), values.Arguments(at + 1).Named) : null;
            case "generate_presigned_url": return Signed(at, values.Arguments(at + 1));
            default: return null;
        }
    }

    /// <summary>The options are arguments by name.</summary>
    private UploadCall Plain(int at, WrittenArguments arguments)
    {
        var named = arguments.Named.Keys.TryGetValue("Bucket", out var bucket) ? values.Value(bucket) : Maker(at - 1, "Bucket") is { } made ? Bucket(made) : Unknown();
        return Make(at, named, arguments.Named);
    }

    /// <summary>The options are in <c>ExtraArgs</c>; a bucket's or an object's own method names no bucket.</summary>
    private UploadCall Managed(int at, WrittenArguments arguments, int bucketAt)
    {
        var maker = Maker(at - 1, "Bucket", "Object");
        var extraAt = maker switch { null => bucketAt + 2, { Name: "Bucket" } => bucketAt + 1, _ => 1 };
        var bucket = maker is not null ? Bucket(maker) : arguments["Bucket", bucketAt] is { } given ? values.Value(given) : Unknown();
        if (arguments["ExtraArgs", extraAt] is not { } extra || tokens[extra.From].IsWord("None"))
            return Make(at, bucket, new WrittenObject(WithExpectedOwner(arguments.Named), arguments.Named.Open));
        return values.Dictionary(extra) is { } options ? Make(at, bucket, options) : Make(at, bucket, new WrittenObject(WithExpectedOwner(arguments.Named), Open: true));
    }

    private static Dictionary<string, Span> WithExpectedOwner(WrittenObject named) =>
        named.Keys.Where(k => k.Key == "ExpectedBucketOwner").ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);

    /// <summary>Lists and dictionaries can be copied, too: an S3 copy says from where and to which bucket, or is a bucket's or an object's.</summary>
    private UploadCall? Copy(int at, WrittenArguments arguments) =>
        Maker(at - 1, "Bucket", "Object") is not null || (arguments["CopySource", 0] is not null && arguments["Bucket", 1] is not null && arguments["Key", 2] is not null) ? Managed(at, arguments, bucketAt: 1) : null;

    /// <summary><c>generate_presigned_url('put_object', Params={…})</c>.</summary>
    private UploadCall? Signed(int at, WrittenArguments arguments)
    {
        if (arguments["ClientMethod", 0] is not { } method || values.Value(method) is not CodeValue.Literal { Text: "put_object" }) return null;
        if (arguments["Params", 1] is not { } given || values.Dictionary(given) is not { } parameters) return Make(at, Unknown(), new WrittenObject(new Dictionary<string, Span>(), Open: true));
        return Make(at, parameters.Keys.TryGetValue("Bucket", out var bucket) ? values.Value(bucket) : Unknown(), parameters);
    }

    private static CodeValue.Unknown Unknown() => new(Elsewhere);

    private CodeValue Bucket(Made made) => made.Arguments["bucket_name", 0] is { } bucket ? values.Value(bucket) : made.Arguments["name", 0] is { } name ? values.Value(name) : Unknown();

    private UploadCall Make(int at, CodeValue bucket, WrittenObject options)
    {
        var token = tokens[at];
        var given = UploadCall.Wanted.Where(options.Keys.ContainsKey).Select(o => new CodeOption(o, values.Value(options.Keys[o]), tokens[options.Keys[o].From].Start));
        return new UploadCall(token.Text, token.Start, token.End - token.Start, bucket, [.. given]) { Open = options.Open ? "it may have parameters that are made elsewhere" : "" };
    }

    /// <summary>What makes a resource: <c>s3.Bucket('x')</c>, <c>s3.Object('x', 'key')</c>.</summary>
    private sealed record Made(string Name, WrittenArguments Arguments);

    /// <summary>The call that made what stands before a dot: right there, or where its name is bound.</summary>
    private Made? Maker(int dot, params ReadOnlySpan<string> wanted)
    {
        if (tokens[dot - 1].Is(")"))
        {
            var open = OpenOf(dot - 1);
            return open > 1 && tokens[open - 2].Is(".") && wanted.Contains(tokens[open - 1].Text) ? new Made(tokens[open - 1].Text, values.Arguments(open)) : null;
        }
        if (tokens[dot - 1].Kind is not CodeTokenKind.Word || tokens[dot - 2].Is(".") || values.Names.ValueOf(tokens[dot - 1].Text) is not { } value) return null;
        value = tokens.Trim(value);
        return tokens[value.To - 1].Is(")") ? Maker(value.To, wanted) : null;
    }

    /// <summary>The bracket that a closing one answers, looked for as far as a call's arguments may reach.</summary>
    private int OpenOf(int close)
    {
        for (var i = close - 1; i >= 0 && i > close - 60; i--)
            if (tokens[i].Is("(") && tokens.Close(i) == close) return i;
        return -1;
    }
}
