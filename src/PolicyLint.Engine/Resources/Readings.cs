namespace PolicyLint.Engine.Resources;

/// <summary>Keeps what was read of things under scenarios, and finds it again for every scenario that answers alike what the
/// reading asked: what depends on no condition is read once, what depends on two is read four times, however many more are
/// assumed. Not for several threads.</summary>
/// <param name="most">How many readings are kept; then all are forgotten.</param>
internal sealed class Readings<TKey, T>(int most) where TKey : class where T : class
{
    private readonly Dictionary<TKey, Branch> kept = new(ReferenceEqualityComparer.Instance);
    private int count;

    /// <summary>What came of the questions so far: another question, or a result.</summary>
    private sealed class Branch(string? answer)
    {
        private readonly List<Branch> next = [];

        public Scenario.Question? Question { get; set; }

        public T? Result { get; set; }

        public bool IsImpossible { get; set; }

        public Branch? After(string? given)
        {
            foreach (var branch in next)
                if (branch.Is(given)) return branch;
            return null;
        }

        public Branch Grow(string? given)
        {
            if (After(given) is { } known) return known;
            next.Add(new Branch(given));
            return next[^1];
        }

        private bool Is(string? given) => answer == given;
    }

    /// <summary>What is read of the thing under the scenario, which is asked all that the reading asks.</summary>
    public T Of(TKey key, Scenario scenario, Func<Scenario, T> read)
    {
        var found = kept.GetValueOrDefault(key);
        while (found is { Result: null, Question: { } question }) found = found.After(scenario.Answer(question));
        if (found is not { Result: { } result }) return Anew(key, scenario, read);
        scenario.Impossible |= found.IsImpossible;
        return result;
    }

    private T Anew(TKey key, Scenario scenario, Func<Scenario, T> read)
    {
        var asking = scenario.Afresh();
        var result = read(asking);
        if (++count > most)
        {
            kept.Clear();
            count = 1;
        }
        if (!kept.TryGetValue(key, out var branch)) kept[key] = branch = new Branch(null);
        foreach (var question in asking.Asked)
        {
            branch.Question = question;
            branch = branch.Grow(scenario.Answer(question));
        }
        (branch.Result, branch.IsImpossible) = (result, asking.Impossible);
        scenario.Impossible |= asking.Impossible;
        return result;
    }
}
