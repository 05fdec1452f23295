using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The forms that AWS takes for principals and resources of a policy (1.1, 1.2).</summary>
internal static class WrittenForms
{
    private const int ShortestUniqueId = 16;

    /// <summary><c>*</c>, an account id, an ARN, or the unique id of a role or user that is gone (1.2 P13).</summary>
    public static bool IsPrincipal(string text) =>
        text == "*" || text.Contains("{{", StringComparison.Ordinal) || (text.Length == 12 && text.All(char.IsAsciiDigit)) || IsArn(text)
        || ((text.Length >= ShortestUniqueId || text.StartsWith("AROA", StringComparison.Ordinal) || text.StartsWith("AIDA", StringComparison.Ordinal)) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)));

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.Count(c => c == ':') >= 5;

    /// <summary>An ARN, or a pattern that may stand for one; API Gateway has a short form of its own (2.4).</summary>
    private static bool IsResource(string text) =>
        IsArn(text) || text.StartsWith("execute-api:", StringComparison.Ordinal) || text.AsSpan().IndexOfAny('*', '?') >= 0 || text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Whether it is surely none, whatever its parts are that nobody knows.</summary>
    public static bool IsNoResource(Text text) => text.Known is { } known ? !IsResource(known) : text.Pieces.All(p => p switch
    {
        Piece.Hole hole => !hole.Symbol.IsParameter && !hole.Symbol.Charset.Has(':'),
        Piece.Literal literal => literal.Text.AsSpan().IndexOfAny(":*?{") < 0,
        _ => false,
    });
}
