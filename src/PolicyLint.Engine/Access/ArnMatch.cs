using System.Collections.Immutable;
using PolicyLint.Engine.Resources;
using static PolicyLint.Engine.Access.Pattern;

namespace PolicyLint.Engine.Access;

/// <summary>Matches ARNs part by part (semantics 1.4 rule 33, 1.8).</summary>
public static class ArnMatch
{
    private const int Parts = 6;

    /// <summary>The ARN operators: six parts, no wildcard crosses a colon. A lone <c>*</c> takes every ARN.</summary>
    public static Truth Of(ImmutableArray<Token> pattern, Text value)
    {
        if (pattern is [{ Kind: TokenKind.Run }]) return Truth.Yes;
        var (left, right) = (Split(pattern), Split(TextMatch.Subject(value)));
        if (left.Count == Parts && right.Count == Parts) return Segments(left, right);
        if (pattern.Any(t => t.Kind is TokenKind.Hole) || value.Known is null) return TextMatch.Match(pattern, TextMatch.Subject(value)) is Truth.No ? Truth.No : Truth.Unknown;
        return Truth.No;
    }

    /// <summary>A statement's resource: part by part and, where a star ends one of the first five parts, also across colons;
    /// unknown where the two readings differ (rule 33).</summary>
    public static Truth OfResource(ImmutableArray<Token> pattern, Text value)
    {
        if (pattern is [{ Kind: TokenKind.Run }]) return Truth.Yes;
        var whole = TextMatch.Match(pattern, TextMatch.Subject(value));
        var left = Split(pattern);
        if (left.Count == Parts && !left.Take(Parts - 1).Any(part => part.Any(t => t.Kind is TokenKind.Run or TokenKind.One))) return whole;
        var right = Split(TextMatch.Subject(value));
        var apart = left.Count == Parts && right.Count == Parts ? Segments(left, right) : Truth.No;
        return apart == whole ? whole : Truth.Unknown;
    }

    private static Truth Segments(List<ImmutableArray<Token>> left, List<ImmutableArray<Token>> right)
    {
        var truth = Truth.Yes;
        for (var i = 0; i < Parts && truth is not Truth.No; i++) truth = truth.And(TextMatch.Match(left[i], right[i]));
        return truth;
    }

    private static List<ImmutableArray<Token>> Split(ImmutableArray<Token> tokens)
    {
        var parts = new List<ImmutableArray<Token>>(Parts);
        var start = 0;
        for (var i = 0; i < tokens.Length && parts.Count < Parts - 1; i++)
            if (tokens[i] is { Kind: TokenKind.Char, Char: ':' })
            {
                parts.Add(tokens[start..i]);
                start = i + 1;
            }
        parts.Add(tokens[start..]);
        return parts;
    }
}
