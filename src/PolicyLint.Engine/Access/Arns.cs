using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The parts of ARNs that are known in part.</summary>
public static class Arns
{
    /// <summary>The six parts of an ARN, the last keeping its own colons; null where the text is not surely one.</summary>
    public static Text[]? Parts(Text text)
    {
        if (text.Pieces is not [Piece.Literal { Text: var first }, ..] || !first.StartsWith("arn:", StringComparison.Ordinal)) return null;
        var parts = text.Split(":");
        if (parts.Length < 6) return null;
        return [parts[0], parts[1], parts[2], parts[3], parts[4], parts.Skip(6).Aggregate(parts[5], (rest, part) => rest + Text.Of(":") + part)];
    }

    /// <summary>The account of an ARN, or of a bare 12-digit account id; null where the text does not tell.</summary>
    public static Text? AccountOf(Text principal)
    {
        if (principal.Known is { Length: 12 } id && id.All(char.IsAsciiDigit)) return principal;
        if (principal.Only is { Charset: var charset } && charset == Charset.Account) return principal;
        return Parts(principal) is { } parts && parts[4].Pieces.Length > 0 ? parts[4] : null;
    }
}
