namespace PolicyLint.Engine.Documents.Code;

/// <summary>Finds the calls of a JavaScript or TypeScript program that put objects, with the AWS SDK of either version.</summary>
internal sealed class JavaScriptUploads
{
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "putObject", "copyObject", "createMultipartUpload", "upload" };
    private static readonly HashSet<string> Commands = new(StringComparer.Ordinal) { "PutObjectCommand", "CopyObjectCommand", "CreateMultipartUploadCommand" };
    private static readonly HashSet<string> Managed = new(StringComparer.Ordinal) { "Upload", "ManagedUpload" };
    private static readonly HashSet<string> Signing = new(StringComparer.Ordinal) { "getSignedUrl", "getSignedUrlPromise" };

    private static readonly HashSet<string> Borrowing = new(StringComparer.Ordinal)
    {
        "assumeRole", "AssumeRoleCommand", "fromTemporaryCredentials", "ChainableTemporaryCredentials", "TemporaryCredentials", "AssumeRoleWithWebIdentityCommand",
        "credentials", "accessKeyId", "fromIni", "SharedIniFileCredentials",
    };

    private readonly CodeTokens tokens;
    private readonly JavaScriptValues values;

    private JavaScriptUploads(CodeTokens tokens) => (this.tokens, values) = (tokens, new JavaScriptValues(tokens));

    /// <summary>Whether a text can hold such a call at all.</summary>
    public static bool IsWorthReading(string text) =>
        text.Contains("putObject", StringComparison.OrdinalIgnoreCase) || text.Contains("copyObject", StringComparison.OrdinalIgnoreCase)
        || text.Contains("upload", StringComparison.OrdinalIgnoreCase);

    public static Uploads In(string text)
    {
        var read = JavaScriptScanner.Scan(text);
        return new Uploads([.. new JavaScriptUploads(read).All()], read.HasWord(Borrowing));
    }

    private IEnumerable<UploadCall> All()
    {
        var defaults = HasDefaults();
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Kind is CodeTokenKind.Word && Call(i) is { } call)
                yield return defaults && call.Open.Length == 0 ? call with { Open = "the client is made with parameters of its own" } : call;
    }

    /// <summary><c>new AWS.S3({ params: … })</c> gives every call more options.</summary>
    private bool HasDefaults()
    {
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].IsWord("S3") && tokens[i + 1].Is("(") && tokens.Items(i + 1) is [var only] && values.Object(only)?.Keys.ContainsKey("params") == true) return true;
        return false;
    }

    private UploadCall? Call(int at)
    {
        var name = tokens[at].Text;
        var open = SkipTypeArguments(at + 1);
        if (!tokens[open].Is("(") || tokens.Items(open) is not [var first, ..] arguments) return null;
        var isMember = tokens[at - 1].Is(".") || tokens[at - 1].Is("?.");
        if (isMember && Methods.Contains(name)) return Of(at, first, mustShowBucket: name == "upload");
        if (Commands.Contains(name) && IsNew(at)) return Of(at, first, mustShowBucket: false);
        if (Managed.Contains(name) && IsNew(at) && values.Object(first) is { } upload && upload.Keys.TryGetValue("params", out var parameters)) return Of(at, parameters, mustShowBucket: false);
        if (isMember && Signing.Contains(name) && arguments.Length > 1 && values.Value(first) is CodeValue.Literal { Text: "putObject" }) return Of(at, arguments[1], mustShowBucket: false);
        return null;
    }

    /// <summary><c>new Command&lt;T&gt;(</c>.</summary>
    private int SkipTypeArguments(int at)
    {
        if (!tokens[at].Is("<")) return at;
        for (var i = at + 1; i < at + 12; i++)
            if (tokens[i].Is(">") && tokens[i + 1].Is("(")) return i + 1;
        return at;
    }

    /// <summary><c>new X(</c>, <c>new library.X(</c>.</summary>
    private bool IsNew(int at)
    {
        while (tokens[at - 1].Is(".") && tokens[at - 2].Kind is CodeTokenKind.Word) at -= 2;
        return tokens[at - 1].IsWord("new");
    }

    private UploadCall? Of(int at, Span parameters, bool mustShowBucket)
    {
        var token = tokens[at];
        var written = values.Object(parameters);
        if (written is null && mustShowBucket) return null;
        if (written is not null && mustShowBucket && !written.Keys.ContainsKey("Bucket")) return null;
        if (written is null)
            return new UploadCall(token.Text, token.Start, token.End - token.Start, new CodeValue.Unknown("its parameters are made elsewhere"), []) { Open = "its parameters are made elsewhere" };
        var bucket = written.Keys.TryGetValue("Bucket", out var named) ? values.Value(named) : new CodeValue.Unknown("its parameters are made elsewhere");
        var options = UploadCall.Wanted.Where(written.Keys.ContainsKey).Select(o => new CodeOption(o, Option(written.Keys[o]), tokens[written.Keys[o].From].Start));
        return new UploadCall(token.Text, token.Start, token.End - token.Start, bucket, [.. options.Where(o => o.Value is not CodeValue.Literal { Text: "" })])
        {
            Open = written.Open ? "it may have parameters that are made elsewhere" : "",
        };
    }

    /// <summary><c>undefined</c> and <c>null</c> set nothing.</summary>
    private CodeValue Option(Span span) =>
        span.Length == 1 && tokens[span.From].Text is "undefined" or "null" && tokens[span.From].Kind is CodeTokenKind.Word ? new CodeValue.Literal("") : values.Value(span);
}
