using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions that encode texts, and those that make a checksum of them.</summary>
internal static class Encodings
{
    private const string Reason = "Terraform's functions are computed; nothing is protected by them";

    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    [SuppressMessage("Security", "CA5350", Justification = Reason)]
    [SuppressMessage("Security", "CA5351", Justification = Reason)]
    public static Value? Call(Called called) => called.Call.Name switch
    {
        "base64encode" => Of(called, Convert.ToBase64String),
        "base64decode" => Decode(called),
        "urlencode" => Of(called, Url),
#pragma warning disable CA5350, CA5351 // the functions that Terraform has; nothing is protected by them
        "md5" => Of(called, b => Hex(MD5.HashData(b))),
        "sha1" => Of(called, b => Hex(SHA1.HashData(b))),
#pragma warning restore CA5350, CA5351
        "sha256" => Of(called, b => Hex(SHA256.HashData(b))),
        "sha512" => Of(called, b => Hex(SHA512.HashData(b))),
        "base64sha256" => Of(called, b => Convert.ToBase64String(SHA256.HashData(b))),
        "base64sha512" => Of(called, b => Convert.ToBase64String(SHA512.HashData(b))),
        _ => null,
    };

    private static Value Of(Called called, Func<byte[], string> change) => called.Known(0) is { } text ? called.Text(change(Encoding.UTF8.GetBytes(text))) : called.Unknown();

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static Value Decode(Called called)
    {
        if (called.Known(0) is not { } text) return called.Unknown();
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count)) return called.Fault("is no base64");
        return System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, count)) ? called.Text(Encoding.UTF8.GetString(bytes, 0, count)) : called.Fault("is no text");
    }

    /// <summary>As a part of a query: a blank is a plus sign.</summary>
    private static string Url(byte[] bytes)
    {
        var made = new StringBuilder();
        foreach (var b in bytes)
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~') made.Append((char)b);
            else if (b == ' ') made.Append('+');
            else made.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        return made.ToString();
    }
}
