using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>ARNs in <c>Resource</c> that no resource can have: AWS refuses them, or they never match (semantics 1.4).</summary>
internal static class ArnFaults
{
    private const int Parts = 6;
    private const int AccountLength = 12;

    public static IEnumerable<Fault> Of(Statement statement)
    {
        foreach (var element in statement.Resources?.Items ?? [])
            if (element.Pattern?.Text.Known is { } known && !known.Contains("{{", StringComparison.Ordinal) && WhatIsWrong(known) is { } wrong)
                yield return new Fault(FaultKind.MalformedResource, $"`{known}` {wrong}", element.Location, statement.Index);
    }

    private static string? WhatIsWrong(string text)
    {
        var parts = WithoutVariables(text).Split(':', Parts);
        if (parts.Length < Parts || parts[0] != "arn") return null;
        if (IsSaid(parts[1]) && !IsPartition(parts[1])) return $"is in no partition of AWS: `{parts[1]}`; write `aws`, `aws-cn` or `aws-us-gov`";
        if (IsSaid(parts[2]) && parts[2].Any(char.IsAsciiLetterUpper)) return $"names service `{parts[2]}`; ARNs have it in lower case";
        if (IsSaid(parts[3]) && !IsRegion(parts[3])) return $"has `{parts[3]}` where the region stands; write one such as `eu-west-1`, or `*`";
        if (IsSaid(parts[4]) && !IsAccount(parts[4])) return $"has `{parts[4]}` where the account stands; write its 12 digits, or `*`";
        return null;
    }

    /// <summary>Each policy variable as any text.</summary>
    private static string WithoutVariables(string text)
    {
        var result = "";
        var at = 0;
        foreach (var found in Placeholders.In(text, "${", "}"))
        {
            result += text[at..found.Start] + "*";
            at = found.End;
        }
        return result + text[at..];
    }

    private static bool IsSaid(string part) => part.Length > 0 && part.AsSpan().IndexOfAny('*', '?') < 0;

    private static bool IsPartition(string part) => part == "aws" || (part.StartsWith("aws-", StringComparison.Ordinal) && part.All(c => char.IsAsciiLetterLower(c) || c == '-'));

    private static bool IsRegion(string part) => part.Split('-') is [{ Length: >= 2 }, .., { Length: > 0 } last] words && last.All(char.IsAsciiDigit) && words.SkipLast(1).All(w => w.Length > 0 && w.All(char.IsAsciiLetterLower));

    /// <summary>Twelve digits, or a name that AWS uses: <c>aws</c>, <c>cloudfront</c>.</summary>
    private static bool IsAccount(string part) => (part.Length == AccountLength && part.All(char.IsAsciiDigit)) || part.All(char.IsAsciiLetterLower);
}
