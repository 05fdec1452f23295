using System.Collections.Immutable;

namespace PolicyLint.Engine.Rules;

/// <summary>What tells whether a rule is needed, taken from its file without reading it as YAML.</summary>
/// <param name="Resources">The kinds or raw types that it judges.</param>
public sealed record RuleHead(Profile Profile, ImmutableArray<string> Resources)
{
    /// <summary>The head of a rule that writes <c>resource</c> and <c>profile</c> on one plain line each, as the shipped ones do; null
    /// for whatever is written in another way, which has to be read as a whole.</summary>
    public static RuleHead? Of(string text)
    {
        if (ValueOf(text, "\nresource:") is not { Length: > 0 } resources) return null;
        var names = resources is ['[', .. var inner, ']'] ? inner.Split(',', StringSplitOptions.TrimEntries) : [resources];
        if (!names.All(n => n.Length > 0 && n.All(IsOfName))) return null;
        return Profiles.Named(ValueOf(text, "\nprofile:") ?? "access") is { } profile ? new RuleHead(profile, [.. names]) : null;
    }

    /// <summary>The rest of the line after a key, without its comment; null where there is no such key.</summary>
    private static string? ValueOf(string text, string key)
    {
        if (text.IndexOf(key, StringComparison.Ordinal) is not (>= 0 and var at)) return null;
        var start = at + key.Length;
        var end = text.IndexOf('\n', start);
        var line = text[start..(end < 0 ? text.Length : end)];
        return (line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? line[..comment] : line).Trim();
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':';
}
