using System.Globalization;
using System.Net;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>What each positive operator asks of one request value and one policy value (semantics 1.8).</summary>
internal static class TwinComparison
{
    private static readonly string[] Dates =
        ["yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"];

    public static bool Holds(string @operator, string held, string value, bool variables, TwinRequest request) => @operator switch
    {
        "StringEquals" => TwinPattern.Expand(value, wildcards: false, variables, request) == held,
        "StringEqualsIgnoreCase" => held.Equals(TwinPattern.Expand(value, wildcards: false, variables, request), StringComparison.OrdinalIgnoreCase),
        "StringLike" => TwinPattern.Expand(value, wildcards: true, variables, request) is { } pattern && TwinPattern.Matches(pattern, held),
        "ArnEquals" or "ArnLike" => TwinPattern.Expand(value, wildcards: true, variables, request) is { } pattern && TwinPattern.MatchesArn(pattern, held),
        "Bool" => value.ToUpperInvariant() is "TRUE" or "FALSE" && value.Equals(held, StringComparison.OrdinalIgnoreCase),
        "BinaryEquals" => Binary(held, value),
        "IpAddress" => InRange(held, value),
        _ when @operator.StartsWith("Numeric", StringComparison.Ordinal) => Ordered(@operator["Numeric".Length..], Number(held), Number(value)),
        _ => Ordered(@operator["Date".Length..], Seconds(held), Seconds(value)),
    };

    private static bool Ordered(string order, decimal? held, decimal? value) => held is { } left && value is { } right && order switch
    {
        "Equals" => left == right,
        "LessThan" => left < right,
        "LessThanEquals" => left <= right,
        "GreaterThan" => left > right,
        _ => left >= right,
    };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>ISO 8601 or epoch seconds, both in seconds.</summary>
    private static decimal? Seconds(string text)
    {
        if (text.All(char.IsAsciiDigit)) return Number(text);
        var read = DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date);
        return read ? date.ToUnixTimeMilliseconds() / 1000m : null;
    }

    private static bool Binary(string held, string value) =>
        Bytes(value) is { } written && Bytes(held) is { } asked && written.SequenceEqual(asked);

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool InRange(string held, string value)
    {
        if (!IPAddress.TryParse(held, out var address) || Range(value) is not { } range) return false;
        var asked = Bits(address);
        return asked.Length == range.Bits.Length && asked[..range.Length] == range.Bits[..range.Length];
    }

    /// <summary>An address or a CIDR range as bits, null where it is neither.</summary>
    public static (string Bits, int Length)? Range(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)) return null;
        var bits = Bits(address);
        if (parts.Length == 1) return (bits, bits.Length);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits.Length ? (bits, length) : null;
    }

    private static string Bits(IPAddress address) => string.Concat(address.GetAddressBytes().Select(b => b.ToString("b8", CultureInfo.InvariantCulture)));
}
