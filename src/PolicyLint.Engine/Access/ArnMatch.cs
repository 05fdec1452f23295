using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Matches ARNs part by part (semantics 1.4 rule 33, 1.8).</summary>
public static class ArnMatch
{
    private const int Parts = 6;

    /// <summary>The ARN operators: six parts, no wildcard crosses a colon. A lone <c>*</c> takes every ARN.</summary>
    public static Truth Of(Tokens pattern, Tokens value)
    {
        if (pattern.IsEverything) return Truth.Yes;
        if (pattern.Parts.Length == Parts && value.Parts.Length == Parts) return ByParts(pattern, value);
        if (pattern.HasHole || value.HasHole) return TextMatch.Match(pattern, value) is Truth.No ? Truth.No : Truth.Unknown;
        return Truth.No;
    }

    /// <summary>A statement's resource: part by part and, where a star ends one of the first five parts, also across colons;
    /// unknown where the two readings differ (rule 33); what is asked for by the same text is covered. All but the last part compare without case (rule 31).</summary>
    public static Truth OfResource(Tokens pattern, Tokens value)
    {
        if (pattern.IsEverything) return Truth.Yes;
        (pattern, value) = (pattern.LowerHead, value.LowerHead);
        var whole = TextMatch.Match(pattern, value);
        if (whole is Truth.No || !pattern.HasWildHead || pattern.All.SequenceEqual(value.All)) return whole;
        var apart = pattern.Parts.Length == Parts && value.Parts.Length == Parts ? ByParts(pattern, value) : Truth.No;
        return apart == whole ? whole : Truth.Unknown;
    }

    private static Truth ByParts(Tokens left, Tokens right)
    {
        var truth = Truth.Yes;
        for (var i = 0; i < Parts && truth is not Truth.No; i++) truth = truth.And(TextMatch.Match(left.Parts[i], right.Parts[i]));
        return truth;
    }
}
