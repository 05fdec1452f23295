using System.Globalization;
using System.Net;

namespace PolicyLint.Engine.Access;

/// <summary>A range of IP addresses in CIDR notation; a bare address is a range of one. Bits behind the prefix do not count.</summary>
internal sealed class IpRange
{
    private const int BitsOfByte = 8;
    private readonly byte[] start;
    private readonly int bits;

    private IpRange(byte[] start, int bits) => (this.start, this.bits) = (start, bits);

    /// <summary>Reads a range; null where the text is none.</summary>
    public static IpRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address)) return null;
        var first = address.GetAddressBytes();
        var most = first.Length * BitsOfByte;
        if (slash < 0) return new IpRange(first, most);
        return int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= most ? new IpRange(first, length) : null;
    }

    /// <summary>Whether all of it is in the other.</summary>
    public bool IsWithin(IpRange other) => bits >= other.bits && other.Contains(new IPAddress(start));

    /// <summary>Whether the address is in it; one of the other version is not.</summary>
    public bool Contains(IPAddress address)
    {
        var other = address.GetAddressBytes();
        if (other.Length != start.Length) return false;
        for (var i = 0; i * BitsOfByte < bits; i++)
        {
            var left = Math.Max(0, BitsOfByte - (bits - (i * BitsOfByte)));
            if (start[i] >> left != other[i] >> left) return false;
        }
        return true;
    }
}
