using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>A value in a program, as far as the program's text tells it; a closed family.</summary>
public abstract record CodeValue
{
    private CodeValue() { }

    /// <summary>A known text; it may hold <see cref="CodeText.HoleOf">holes</see> of the code.</summary>
    public sealed record Literal(string Text) : CodeValue;

    /// <summary>An environment variable, and what is taken where it is not set.</summary>
    public sealed record Variable(string Name, CodeValue? Otherwise = null) : CodeValue;

    /// <summary>Several values as one text.</summary>
    public sealed record Joined(ImmutableArray<CodeValue> Parts) : CodeValue;

    /// <summary>A value that the program makes while it runs; <paramref name="Why"/> completes "because …".</summary>
    public sealed record Unknown(string Why) : CodeValue;
}

/// <summary>An option of a call, by the name that the S3 API has for it (<c>ACL</c>, <c>GrantRead</c>).</summary>
public sealed record CodeOption(string Name, CodeValue Value, int Offset);

/// <summary>A call that puts an object.</summary>
/// <param name="Name">As the program writes it: <c>putObject</c>, <c>aws s3 cp</c>.</param>
/// <param name="Offset">Where the call stands in the code.</param>
/// <param name="Bucket">The name of the bucket that it puts into, or an <c>s3://</c> URI.</param>
public sealed record UploadCall(string Name, int Offset, int Length, CodeValue Bucket, ImmutableArray<CodeOption> Options)
{
    /// <summary>The options that say who may read the object, and whose bucket it is.</summary>
    public static readonly ImmutableArray<string> Wanted = ["ACL", "GrantRead", "GrantFullControl", "GrantReadACP", "GrantWriteACP", "ExpectedBucketOwner"];

    /// <summary>Why it may have options that are not seen, empty where it has none.</summary>
    public string Open { get; init; } = "";
}

/// <summary>The calls of a program that put objects.</summary>
/// <param name="Borrows">Whether it takes credentials other than those that it runs with, so that nobody knows whose object it is.</param>
public sealed record Uploads(ImmutableArray<UploadCall> Calls, bool Borrows)
{
    public static readonly Uploads None = new([], false);
}
