using System.Text;

namespace PolicyLint.Engine.Documents;

/// <summary>Words of our own formats, and the one that a user meant.</summary>
public static class Words
{
    /// <summary><c>did you mean `x`?</c> for the nearest of <paramref name="known"/> within a third of the word's length, or for
    /// one that two letters were added to (<c>anyOf</c>); empty where none is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known)
    {
        var best = known
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && (best.Distance <= Math.Max(1, word.Length / 3) || (best.Distance == 2 && best.Word.Length > 2 && word.StartsWith(best.Word, StringComparison.OrdinalIgnoreCase))) ? $"did you mean `{best.Word}`?" : "";
    }

    /// <summary>The words quoted and joined: <c>`a`, `b` or `c`</c>.</summary>
    public static string OneOf(IEnumerable<string> words)
    {
        var quoted = words.Order(StringComparer.Ordinal).Select(w => $"`{w}`").ToList();
        return quoted.Count < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    /// <summary><c>public-read-write</c> for <c>PublicReadWrite</c>.</summary>
    public static string Kebab(string name)
    {
        var word = new StringBuilder();
        foreach (var c in name)
            if (char.IsAsciiLetterUpper(c)) word.Append(word.Length == 0 ? "" : "-").Append(char.ToLowerInvariant(c));
            else word.Append(c);
        return word.ToString();
    }

    /// <summary>Levenshtein's distance, with a swap of neighbours as one edit.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? rows[i - 2, j - 2] + 1 : int.MaxValue;
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(change, swap), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
            }
        return rows[a.Length, b.Length];
    }
}
