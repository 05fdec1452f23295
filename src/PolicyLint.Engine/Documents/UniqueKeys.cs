using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents;

/// <summary>The keys seen so far in one map; a second one of the same text is a problem that names both places.</summary>
internal sealed class UniqueKeys(List<Problem> problems)
{
    private const int WorthASet = 16;
    private readonly List<Node.Scalar> keys = [];
    private Dictionary<string, Node.Scalar>? index;

    /// <summary>The keys that were there before.</summary>
    public ImmutableArray<string> Doubled { get; private set; } = [];

    /// <summary>False, and a problem, where the key was there before.</summary>
    public bool Add(Node.Scalar key)
    {
        if (Find(key.Text) is { } first)
        {
            problems.Add(new Problem(
                key.Location, $"key `{key.Text}` appears twice in one map, first on line {first.Location.Line}",
                "remove one of the two: only one of them would take effect")
            { Related = first.Location });
            Doubled = Doubled.Add(key.Text);
            return false;
        }
        Remember(key);
        return true;
    }

    /// <summary>False where an explicit key of the same text is there: it wins over a merged one.</summary>
    public bool AddMerged(Node.Scalar key)
    {
        if (Find(key.Text) is not null) return false;
        Remember(key);
        return true;
    }

    private Node.Scalar? Find(string text)
    {
        if (index is not null) return index.GetValueOrDefault(text);
        foreach (var key in keys)
            if (key.Text == text) return key;
        return null;
    }

    private void Remember(Node.Scalar key)
    {
        keys.Add(key);
        if (index is not null) index[key.Text] = key;
        else if (keys.Count > WorthASet) index = keys.ToDictionary(k => k.Text, StringComparer.Ordinal);
    }
}
