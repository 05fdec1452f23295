using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Whether a condition keeps out all requests but those of values that its author chose.</summary>
internal static class Narrowing
{
    /// <summary>Not where it holds for every value but some, for a missing key alone, or for a value that stands for all.</summary>
    public static Truth Of(Clause clause)
    {
        if (clause.Operator is { Negated: true } or { Prefix: SetPrefix.ForAllValues } or { Comparison: Comparison.Null }) return Truth.No;
        return clause.Values.Aggregate(Truth.Yes, (truth, value) => truth.And(Of(clause.Operator, value)));
    }

    private static Truth Of(Operator @operator, Element value)
    {
        if (value.Pattern is not { } pattern) return Truth.Unknown;
        var text = pattern.Text;
        if (@operator.Comparison is Comparison.IpAddress) return (text.Known is not ("0.0.0.0/0" or "::/0")).ToTruth();
        if (!@operator.HasWildcards) return Truth.Yes;
        if (text.Only is { IsParameter: true } parameter) return parameter.Charset.Has('*') ? Truth.Unknown : Truth.Yes;
        if (Arns.Parts(text) is { } arn) return OfArn(arn[4], arn[5]);
        return (!IsAnything(text)).ToTruth();
    }

    /// <summary>An ARN says whose the resource is, or names one of those that have no account in theirs.</summary>
    private static Truth OfArn(Text account, Text resource) => account.Pieces.IsEmpty
        ? (!IsAnything(WithoutType(resource))).ToTruth()
        : (!IsAnything(account)).ToTruth();

    private static bool IsAnything(Text text) => text.Known is { Length: > 0 } known && known.All(c => c is '*' or '?');

    /// <summary><c>distribution/*</c> is any of them.</summary>
    private static Text WithoutType(Text resource) =>
        resource.Known is { } known && known.LastIndexOfAny(['/', ':']) is >= 0 and var at && known[..at].All(c => char.IsAsciiLetter(c) || c == '-') ? Text.Of(known[(at + 1)..]) : resource;
}
