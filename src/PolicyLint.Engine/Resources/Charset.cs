namespace PolicyLint.Engine.Resources;

/// <summary>The characters of an AWS identifier and how short it can be (semantics 8.2).</summary>
public sealed class Charset
{
    private readonly Func<char, bool> has;

    private Charset(string name, int shortest, Func<char, bool> has) => (Name, Shortest, this.has) = (name, shortest, has);

    public string Name { get; }

    /// <summary>The least number of characters.</summary>
    public int Shortest { get; }

    public bool Has(char c) => has(c);

    public static readonly Charset Any = new("any", 0, _ => true);
    public static readonly Charset Account = new("account", 12, char.IsAsciiDigit);
    public static readonly Charset Partition = new("partition", 3, c => char.IsAsciiLetterLower(c) || c == '-');
    public static readonly Charset Region = new("region", 5, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    public static readonly Charset Bucket = new("bucket", 3, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');
    public static readonly Charset CloudFrontId = new("cloudfront-id", 13, c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
    public static readonly Charset Hex = new("hex", 1, char.IsAsciiHexDigitLower);
    public static readonly Charset Uuid = new("uuid", 36, c => char.IsAsciiHexDigitLower(c) || c == '-');
    public static readonly Charset IamName = new("iam-name", 1, c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c, StringComparison.Ordinal));
    public static readonly Charset Name256 = new("name", 1, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <summary>Every charset that kinds may name.</summary>
    public static readonly IReadOnlyDictionary<string, Charset> ByName =
        new[] { Any, Account, Partition, Region, Bucket, CloudFrontId, Hex, Uuid, IamName, Name256 }.ToDictionary(c => c.Name, StringComparer.Ordinal);

    public override string ToString() => Name;
}
