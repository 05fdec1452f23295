using System.Text;
using System.Text.RegularExpressions;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Functions with regular expressions, which Terraform reads as RE2 does. They run without backtracking.</summary>
internal static class Regexes
{
    private const int LongestText = 100_000;

    /// <summary>What the call gives, or null for a function that is not one of these.</summary>
    public static Value? Call(Called called) => called.Call.Name switch
    {
        "regex" => Of(called.Known(0), called.Known(1)) is { } found ? found.Match(called.Known(1)!) is { Success: true } match ? Captured(called, found, match) : called.Fault("matches nothing") : called.Unknown(),
        "regexall" => Of(called.Known(0), called.Known(1)) is { } found ? called.ListOf(found.Matches(called.Known(1)!).Select(m => Captured(called, found, m))) : called.Unknown(),
        _ => null,
    };

    /// <summary><c>replace</c> where what is replaced stands between slashes; null where it cannot be computed.</summary>
    public static string? Replace(string text, string pattern, string with) =>
        Of(pattern, text) is { } found ? found.Replace(text, match => Expand(with, match)) : null;

    /// <summary>The expression, or null where it, or the text, is one that the two dialects may read differently.</summary>
    private static Regex? Of(string? pattern, string? text)
    {
        if (pattern is null || text is null || text.Length > LongestText || text.EndsWith('\n') || !text.All(char.IsAscii)
            || pattern.Contains("[[:", StringComparison.Ordinal) || pattern.Contains("\\p", StringComparison.OrdinalIgnoreCase) || pattern.Contains("\\Q", StringComparison.Ordinal)
            || pattern.Contains("(?=", StringComparison.Ordinal) || pattern.Contains("(?!", StringComparison.Ordinal) || pattern.Contains("(?<", StringComparison.Ordinal) || pattern.Contains("(?U", StringComparison.Ordinal)) return null;
        try
        {
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The whole match, its groups by number, or its groups by name.</summary>
    private static Value Captured(Called called, Regex regex, Match match)
    {
        var names = regex.GetGroupNames().Where(n => !int.TryParse(n, out _)).ToList();
        if (names.Count > 0) return new Value.Map(called.At, [.. names.Select(n => new Value.Field(n, called.At, TextOf(called, match.Groups[n])))]);
        return match.Groups.Count > 1 ? called.ListOf(match.Groups.Values.Skip(1).Select(g => TextOf(called, g))) : called.Text(match.Value);
    }

    private static Value TextOf(Called called, Group group) => group.Success ? called.Text(group.Value) : new Value.Absent(called.At);

    /// <summary><c>$1</c>, <c>$name</c>, <c>${name}</c> and <c>$$</c>; a name is as long as it can be.</summary>
    private static string Expand(string with, Match match)
    {
        var made = new StringBuilder();
        for (var at = 0; at < with.Length; at++)
        {
            if (with[at] != '$' || at + 1 == with.Length)
            {
                made.Append(with[at]);
                continue;
            }
            if (with[at + 1] == '$') at++;
            var isBraced = with[at + 1 < with.Length ? at + 1 : at] == '{';
            var start = at + (isBraced ? 2 : 1);
            var end = start;
            while (end < with.Length && (char.IsAsciiLetterOrDigit(with[end]) || with[end] == '_')) end++;
            if (with[at] == '$' && at > 0 && with[at - 1] == '$' || end == start)
            {
                made.Append('$');
                continue;
            }
            made.Append(match.Groups[with[start..end]].Value);
            at = isBraced ? end : end - 1;
        }
        return made.ToString();
    }
}
