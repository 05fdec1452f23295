using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents;

/// <summary>Reads a map of our own file formats (rules, kinds, configuration): every word must be known, every value of its
/// type; what is not is a problem with a suggestion.</summary>
/// <param name="what">What the map is, as messages name it: <c>a kind</c>.</param>
public sealed class MapReader(Node.Map map, string what, List<Problem> problems)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Location Location => map.Location;

    public List<Problem> Problems => problems;

    /// <summary>The entry's node, or null.</summary>
    public Node? Take(string key)
    {
        asked.Add(key);
        return map[key];
    }

    /// <summary>The entry's text, or null and no problem where it is missing.</summary>
    public string? Text(string key) => Take(key) switch
    {
        null => null,
        Node.Scalar { Kind: not ScalarKind.Null } scalar => scalar.Text,
        var other => Wrong<string>(other, key, "a text"),
    };

    /// <summary>The entry's text; a problem and <paramref name="fallback"/> where it is missing.</summary>
    public string Required(string key, string fallback = "")
    {
        if (Take(key) is not (null or Node.Scalar { Kind: ScalarKind.Null }) && Text(key) is not "" and var text) return text ?? fallback;
        Missing(key);
        return fallback;
    }

    public void Missing(string key) => problems.Add(new Problem(map.Location, $"{what} needs `{key}`", $"add `{key}:`"));

    /// <summary>The entry's texts: a list of them, or one alone.</summary>
    public ImmutableArray<string> Texts(string key) => Take(key) switch
    {
        null => [],
        Node.Scalar { Kind: not ScalarKind.Null } scalar => [scalar.Text],
        Node.List list when list.Items.All(i => i is Node.Scalar { Kind: not ScalarKind.Null }) => [.. list.Items.Select(i => ((Node.Scalar)i).Text)],
        var other => Wrong(other, key, "a text or a list of texts", ImmutableArray<string>.Empty),
    };

    /// <summary>The entry's map, or null.</summary>
    public Node.Map? Map(string key) => Take(key) switch
    {
        null => null,
        Node.Map inner => inner,
        var other => Wrong<Node.Map>(other, key, "a map"),
    };

    /// <summary>True or false, or null where it is missing.</summary>
    public bool? Flag(string key) => Take(key) switch
    {
        null => null,
        Node.Scalar { Kind: ScalarKind.Bool } scalar => scalar.Text is "true" or "True" or "yes" or "on",
        var other => Wrong<bool?>(other, key, "`true` or `false`"),
    };

    /// <summary>The text if it is one of <paramref name="words"/>; a problem and the first of them where it is another.</summary>
    public string OneOf(string key, string fallback, params string[] words)
    {
        if (Take(key) is not { } node) return fallback;
        if (node is Node.Scalar scalar && words.Contains(scalar.Text, StringComparer.Ordinal)) return scalar.Text;
        var word = node is Node.Scalar s ? s.Text : "";
        problems.Add(new Problem(
            node.Location, $"unknown word `{word}` in `{key}`, expected {Words.OneOf(words)}", Words.DidYouMean(word, words)));
        return fallback;
    }

    /// <summary>Reports every entry that was not asked for.</summary>
    public void Done()
    {
        foreach (var entry in map.Entries)
            if (!asked.Contains(entry.Key.Text))
                problems.Add(new Problem(
                    entry.Key.Location, $"unknown word `{entry.Key.Text}` in {what}, expected {Words.OneOf(asked)}",
                    Words.DidYouMean(entry.Key.Text, asked)));
    }

    private T? Wrong<T>(Node node, string key, string expected, T? fallback = default)
    {
        problems.Add(new Problem(node.Location, $"`{key}` must be {expected}"));
        return fallback;
    }
}
