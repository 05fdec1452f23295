using System.Text;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Wildcards and variables by plain recursion (semantics 1.3 to 1.5).</summary>
internal static class TwinPattern
{
    // Characters that stand for wildcards, so that a star that came from a variable's value is only a star (rule 47).
    private const char Any = '\uE000';
    private const char One = '\uE001';
    private const char AnyButColon = '\uE002';
    private const char OneButColon = '\uE003';

    /// <summary>The text with wildcards marked and variables replaced, null where a variable has no value (rule 46).</summary>
    public static string? Expand(string text, bool wildcards, bool variables, TwinRequest request)
    {
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (variables && text[at..].StartsWith("${", StringComparison.Ordinal))
            {
                var end = text.IndexOf('}', at);
                if (ValueOf(text[(at + 2)..end], request) is not { } value) return null;
                expanded.Append(value);
                at = end;
            }
            else if (wildcards && text[at] is '*' or '?') expanded.Append(text[at] == '*' ? Any : One);
            else expanded.Append(text[at]);
        }
        return expanded.ToString();
    }

    /// <summary>Rules 42 to 45.</summary>
    private static string? ValueOf(string variable, TwinRequest request)
    {
        if (variable is "*" or "?" or "$") return variable;
        var parts = variable.Split(", '", 2);
        if (request[parts[0]] is [var only]) return only;
        return parts.Length == 2 ? parts[1].TrimEnd('\'') : null;
    }

    /// <summary>Whether the whole text is what the marked pattern asks for.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0] is Any or AnyButColon && Matches(pattern[1..], text)) return true;
        if (text.IsEmpty || !Takes(pattern[0], text[0])) return false;
        return Matches(pattern[0] is Any or AnyButColon ? pattern : pattern[1..], text[1..]);
    }

    private static bool Takes(char pattern, char c) => pattern switch
    {
        Any or One => true,
        AnyButColon or OneButColon => c != ':',
        _ => pattern == c,
    };

    public static bool MatchesIgnoringCase(string pattern, string text) => Matches(pattern.ToLowerInvariant(), text.ToLowerInvariant());

    /// <summary>Rules 24, 25 and 28: the service and the name, both without case.</summary>
    public static bool MatchesAction(string pattern, string action, TwinRequest request)
    {
        if (pattern == "*") return true;
        var (written, asked) = (pattern.Split(':', 2), action.Split(':', 2));
        if (written.Length < 2 || written[1].Length == 0 || pattern.Any(char.IsWhiteSpace)) return false;
        return written[0].Equals(asked[0], StringComparison.OrdinalIgnoreCase)
            && MatchesIgnoringCase(Expand(written[1], wildcards: true, variables: false, request)!, asked[1]);
    }

    /// <summary>Rules 30 to 35; not settled where only a star that runs past a colon decides (rule 33).</summary>
    public static Truth MatchesResource(string expanded, string arn)
    {
        if (expanded == $"{Any}") return Truth.Yes;
        var (bySegment, runningOn) = (BySegment(expanded, arn), RunningOn(expanded, arn));
        return bySegment == runningOn ? bySegment.ToTruth() : Truth.Unknown;
    }

    private static bool BySegment(string pattern, string arn)
    {
        var (written, asked) = (pattern.Split(':', 6), arn.Split(':', 6));
        if (written.Length < 6 || asked.Length < 6) return false;
        return Enumerable.Range(0, 5).All(i => MatchesIgnoringCase(written[i], asked[i])) && Matches(written[5], asked[5]);
    }

    /// <summary>A star at the end of a segment crosses colons, others before the fifth colon do not.</summary>
    private static bool RunningOn(string pattern, string arn)
    {
        var written = pattern.Split(':', 6);
        for (var i = 0; i < Math.Min(5, written.Length); i++)
        {
            var last = written[i].EndsWith(Any) ? $"{Any}" : "";
            var inside = written[i][..^last.Length].Replace(Any, AnyButColon).Replace(One, OneButColon);
            written[i] = inside + last;
        }
        var head = arn.Length - arn.Split(':', 6)[^1].Length;
        return Matches(FoldHead(string.Join(':', written), 5), arn[..head].ToLowerInvariant() + arn[head..]);
    }

    /// <summary>Lower case up to the given colon: only the resource's own part is case-sensitive (rule 31).</summary>
    private static string FoldHead(string pattern, int colons)
    {
        var parts = pattern.Split(':', colons + 1);
        return string.Join(':', parts.Select((p, i) => i < colons && parts.Length > colons ? p.ToLowerInvariant() : p));
    }

    /// <summary>ARN operators: six parts one by one, with case (1.8).</summary>
    public static bool MatchesArn(string pattern, string arn)
    {
        var (written, asked) = (pattern.Split(':', 6), arn.Split(':', 6));
        return written.Length == 6 && asked.Length == 6 && written.Zip(asked).All(p => Matches(p.First, p.Second));
    }

    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':').Length >= 6;
}
