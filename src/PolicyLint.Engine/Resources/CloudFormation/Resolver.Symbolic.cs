using System.Globalization;
using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Functions whose result may be known to nobody and is still the same text wherever it is asked for:
/// <c>Fn::Base64, Fn::Cidr, Fn::Length</c>, an item of <c>Fn::GetAZs</c> or of a text that is split.</summary>
internal sealed partial class Resolver
{
    private const int MostBlocks = 256;

    /// <summary>A text that nobody knows, the same for the same function of the same texts.</summary>
    private Value.Str Symbolic(Intrinsic call, string name, string display, Charset charset) => new(call.Location, Text.Of(new Symbol(template.Document.Scope, name)
    {
        Display = display,
        IsParameter = true,
        Charset = charset,
        Default = Defaults.Of(() => Give(call)) is { Value.KnownText: { } text } known ? new TextByDefault(known.Of, text) : null,
    }));

    private Value Length(Intrinsic call, Value list) => list switch
    {
        Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Length(call, choice.Then), Length(call, choice.Otherwise)),
        Value.List { Items: var items } when items.Any(i => i is Value.Choice { Then: Value.Absent } or Value.Choice { Otherwise: Value.Absent }) => Unknown(call, "how long the list is depends on a condition"),
        Value.List { Items: var items } => new Value.Number(call.Location, items.Count(i => i is not Value.Absent).ToString(CultureInfo.InvariantCulture)),
        _ => Unknown(call, "the length of a list that is not known here"),
    };

    private Value Base64(Intrinsic call, Value value) => value switch
    {
        Value.Choice choice => new Value.Choice(call.Location, choice.Condition, Base64(call, choice.Then), Base64(call, choice.Otherwise)),
        Value.Absent => value,
        Value.Str { Text: var text } => EachWay(call, text, MostAlternatives, whole => whole.Known is { } known
            ? Value.Of(call.Location, Convert.ToBase64String(Encoding.UTF8.GetBytes(known)))
            : Symbolic(call, $"base64 {whole.Key}", $"Base64 of {whole}", Charset.Plain)),
        Value.Unknown unknown => Unknown(call, unknown.Why),
        _ => Unknown(call, "the text that is encoded is not known here"),
    };

    /// <summary><c>[block, count, bits]</c>: so many blocks of 2^bits addresses, one after the other.</summary>
    private Value Cidr(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [var block, var count, .. var rest] }) return Wrong(call, "takes a block, a count and the bits of each block");
        var from = Resolve(block);
        if (Resolve(count).AsText?.Known is not { } many || !int.TryParse(many, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks) || blocks is < 1 or > MostBlocks)
            return Unknown(call, "how many blocks there are is not known here");
        var bits = rest is [var last] ? Resolve(last).AsText?.Known : "";
        if (from.KnownText is { } known && bits is not null && Blocks(known, blocks, bits) is { } cut)
            return new Value.List(call.Location, [.. cut.Select(b => Value.Of(call.Location, b))]);
        if (from.AsText is not { } text) return Unknown(call, "the block that is cut up is not known here");
        return new Value.List(call.Location, [.. Enumerable.Range(0, blocks).Select(i => Symbolic(call, $"cidr {text.Key} {bits} {i}", $"block {i} of {text}", Charset.Plain))]);
    }

    /// <summary>The blocks of a known IPv4 block; null where they do not fit, or it is none.</summary>
    private static IEnumerable<string>? Blocks(string block, int count, string bits)
    {
        var parts = block.Split('/');
        if (parts is not [var address, var prefix] || address.Split('.').Length != 4 || !System.Net.IPAddress.TryParse(address, out var ip) || !int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
        if (!int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var host) || host is < 1 or > 32 - 1 || length is < 0 or > 32) return null;
        var size = 1L << host;
        if (count * size > 1L << (32 - length)) return null;
        var first = (long)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(ip.GetAddressBytes()) >> (32 - length) << (32 - length);
        return Enumerable.Range(0, count).Select(i => first + (i * size)).Select(a => $"{a >> 24}.{(a >> 16) & 255}.{(a >> 8) & 255}.{a & 255}/{32 - host}");
    }

    /// <summary>The zones of a region: each account has its own.</summary>
    private Value.Unknown Zones(Intrinsic call)
    {
        var region = Resolve(call.Argument) is Value.Absent ? Text.Empty : Resolve(call.Argument).AsText;
        return new Value.Unknown(call.Location, "the availability zones of a region are known only at the deploy")
        {
            Symbol = region is null ? null : new Symbol(template.Document.Scope, $"zones {(region.Known is "" ? template.Surroundings.Region : region).Key}") { Display = "the availability zones", Charset = Charset.Name256 },
        };
    }

    /// <summary>An item of a text that is split where only a part of it is known; null for other lists.</summary>
    private Value.Str? OfSplit(Intrinsic call, int index, Node list) =>
        Intrinsic.Of(list) is { Name: "Fn::Split", Argument: Node.List { Items: [Node.Scalar { Tag: "", Text: { Length: > 0 } delimiter }, var text] } }
            && Resolve(text) is Value.Str { Text: { HasEither: false } t } ? OfSplit(call, index, delimiter, t) : null;

    /// <summary>What stands before the first symbol that may hold the delimiter is known.</summary>
    private Value.Str OfSplit(Intrinsic call, int index, string delimiter, Text text)
    {
        var sure = text.Pieces.TakeWhile(p => p is not Piece.Hole { Symbol.Charset: var charset } || !delimiter.All(charset.Has));
        var parts = Text.Join(sure).Split(delimiter);
        return index < parts.Length - 1
            ? new Value.Str(call.Location, parts[index])
            : Symbolic(call, $"part {index} {delimiter} {text.Key}", $"part {index} of {text}", Charset.Any);
    }
}
