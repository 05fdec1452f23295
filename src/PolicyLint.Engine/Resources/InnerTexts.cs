using System.Collections.Immutable;
using System.IO.Enumeration;

namespace PolicyLint.Engine.Resources;

/// <summary>Finds what a text calls a resource by inside other words: the function in
/// <c>arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/⟨F.Arn⟩/invocations</c>, or an ARN before its qualifier.</summary>
internal static class InnerTexts
{
    /// <summary>Where it stands in a form.</summary>
    public const string Mark = "{}";

    /// <summary>The text itself, then what it holds by the forms, the longest first; each with what comes after it where it
    /// begins the text, else null.</summary>
    /// <param name="forms">Texts with one <see cref="Mark"/>; <c>*</c> is any text.</param>
    public static IEnumerable<(Text Inner, Text? After)> Of(Text text, ImmutableArray<string> forms)
    {
        yield return (text, null);
        if (forms.IsEmpty || text.HasEither) yield break;
        var coded = CodedText.Of(text);
        var whole = coded.Characters;
        if (whole.Length > LongestText) yield break;
        foreach (var form in forms)
            foreach (var (start, end) in Places(form, whole))
            {
                var inner = coded.Decode(whole[start..end]);
                yield return (inner, start == 0 ? coded.Decode(whole[end..]) : null);
                if (start == 0) continue;
                foreach (var nested in Of(inner, forms).Skip(1)) yield return nested;
            }
    }

    private const int LongestText = 2048;
    private const int MostEnds = 8;

    /// <summary>The first place where what comes before the mark fits, and the ends that go with it.</summary>
    private static IEnumerable<(int Start, int End)> Places(string form, string text)
    {
        var at = form.IndexOf(Mark, StringComparison.Ordinal);
        var plain = form.AsSpan(0, at).IndexOfAny('*', '?', '\\') is >= 0 and var wild ? wild : at;
        if (string.CompareOrdinal(form, 0, text, 0, plain) != 0) return [];
        var (before, after) = (form[..at], form[(at + Mark.Length)..]);
        var start = before.Length == 0 ? 0 : Enumerable.Range(1, text.Length).FirstOrDefault(i => FileSystemName.MatchesSimpleExpression(before, text.AsSpan(0, i), ignoreCase: false));
        if (start == 0 && before.Length > 0) return [];
        return Enumerable.Range(start + 1, text.Length - start).Reverse()
            .Where(end => after.Length == 0 ? end == text.Length : end < text.Length && FileSystemName.MatchesSimpleExpression(after, text.AsSpan(end), ignoreCase: false))
            .Take(MostEnds).Select(end => (start, end));
    }
}
