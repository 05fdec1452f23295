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

    /// <summary>Anything but what a pattern would read as a wildcard or a variable.</summary>
    public static readonly Charset Plain = new("plain", 0, c => c is not ('*' or '?' or '$'));
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
        new[] { Any, Plain, Account, Partition, Region, Bucket, CloudFrontId, Hex, Uuid, IamName, Name256 }.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>What a template's <c>AllowedPattern</c> leaves: an account, a text without wildcards, or anything where the
    /// expression is not made of literals, simple classes and quantifiers only.</summary>
    public static Charset OfAllowedPattern(string pattern)
    {
        var text = pattern.Trim('^', '$');
        if (text is "\\d{12}" or "[0-9]{12}") return Account;
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\')
            {
                if (++i == text.Length || !(text[i] is 'd' or 'w' or '-' or '.' or '/' or '_' or ':')) return Any;
            }
            else if (c == '[')
            {
                inClass = true;
                if (i + 1 < text.Length && text[i + 1] == '^') return Any;
            }
            else if (c == ']') inClass = false;
            else if (c == '.' && !inClass) return Any;
            else if (c is '*' or '?' or '$' && inClass) return Any;
            else if (inClass && c == '-' && text[i - 1] != '[' && i + 1 < text.Length && text[i + 1] != ']' && "*?$".Any(w => text[i - 1] <= w && w <= text[i + 1])) return Any;
        }
        return Plain;
    }

    public override string ToString() => Name;
}
