using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PolicyLint.Engine.Resources;
using static PolicyLint.Tests.Access.Twin.Generators;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Takes known cases and makes parts of them unknown.</summary>
internal static class Holes
{
    /// <summary>A part of texts that may become a hole: <paramref name="Text"/> wherever it follows <paramref name="After"/>.</summary>
    private sealed record Part(string After, string Text, params string[] Instead);

    /// <summary>A hole in a case; the texts that may fill it, what stood there first.</summary>
    private sealed record Hole(string Mark, string[] Fillings);

    private static readonly Part[] Parts =
    [
        new("", Vocabulary.Home, Vocabulary.Away, "777788889999"), new("", Vocabulary.Away, Vocabulary.Home, "777788889999"),
        new("", "Bob", "Alice", "bob"), new("role/", "R", "Q"), new(":::", "b", "c", "bb"),
        new("", "us-east-1", "eu-west-1"), new("", "prod", "test"), new("", "vpce-1", "vpce-2"),
    ];

    /// <summary>What a parameter may be beside what it was; where it stands in a pattern, a star is a wildcard.</summary>
    private static readonly string[] Anything = ["*", "?", "b", "Bob", "${aws:username}", "x", Vocabulary.Away, "arn:aws:s3:::b/*", "s3:GetObject", "*:*"];

    private static readonly string[] Plain = ["b", "Bob", "x", "a/o", Vocabulary.Away];

    public static readonly Gen<HoledCase> Any =
        from whole in Cases.Any
        from count in Gen.Choose(0, 2)
        from first in Punch(whole, "1")
        from second in count > 0 ? Punch(first.Case, "2") : Gen.Constant((first.Case, Hole: (Hole?)null))
        from hidden in Hide(second.Case.Request.Context)
        let holes = new[] { first.Hole, second.Hole }.OfType<Hole>().ToArray()
        let unknown = hidden.Where(k => k.Presence is Truth.Unknown).ToArray()
        from others in Fillings(holes, unknown).ListOf(3)
        let known = whole.Request.Context.AddRange(unknown.Select(k => k with { Presence = Truth.No })) // the first of a name counts
        let before = new Filling([.. holes.Select(h => (h.Mark, h.Fillings[0]))], known)
        select new HoledCase(second.Case with { Request = second.Case.Request with { Context = hidden } }, [before, .. others]);

    private static Gen<(Case Case, Hole? Hole)> Punch(Case whole, string name) => Gen.Frequency(
        (3, One(Parts).SelectMany(part => PunchPart(whole, part, name))),
        (2, PunchText(whole, name)),
        (1, PunchKey(whole)));

    /// <summary>The part in the policies, the request, or both; what is nowhere changes nothing.</summary>
    private static Gen<(Case, Hole?)> PunchPart(Case whole, Part part, string name) =>
        from inPolicies in Chance(70)
        from inRequest in inPolicies ? Chance(40) : Gen.Constant(true)
        from sort in One(inRequest && char.IsDigit(part.Text[0]) ? ["account", "text", "parameter"] : new[] { "text", "parameter" })
        let mark = $"⟨{sort} {name}⟩"
        let wild = sort == "parameter" && !inRequest ? Anything : []
        let hole = new Hole(mark, [part.Text, part.Text, .. part.Instead, .. wild])
        select (whole.Map(Replace(part, mark, inPolicies), Replace(part, mark, inRequest)), (Hole?)hole);

    private static Func<string, string> Replace(Part part, string mark, bool really) =>
        really ? text => text.Replace(part.After + part.Text, part.After + mark, StringComparison.Ordinal) : text => text;

    /// <summary>One whole text of a policy.</summary>
    private static Gen<(Case, Hole?)> PunchText(Case whole, string name) =>
        from sort in One("parameter", "text")
        from index in Gen.Choose(0, 20)
        select PunchText(whole, index, $"⟨{sort} {name}⟩", sort == "parameter" ? Anything : Plain);

    private static (Case, Hole?) PunchText(Case whole, int index, string mark, string[] others)
    {
        Hole? hole = null;
        var holed = whole.Map(text => index-- == 0 && Punchable(text) ? Mark(text) : text, text => text);
        return (holed, hole);

        // Only a parameter may hold wildcards and variables.
        bool Punchable(string text) => !text.Contains('⟨') && (others == Anything || !text.AsSpan().ContainsAny('*', '?', '$'));

        string Mark(string text)
        {
            hole = new Hole(mark, [text, text, .. others]);
            return mark;
        }
    }

    /// <summary>All of an object's key in the request.</summary>
    private static Gen<(Case, Hole?)> PunchKey(Case whole)
    {
        const string Bucket = "arn:aws:s3:::b/", Mark = "⟨text key⟩";
        var asked = whole.Request.Resource;
        if (!asked.StartsWith(Bucket, StringComparison.Ordinal) || asked.Contains('⟨')) return Gen.Constant((whole, (Hole?)null));
        var hole = new Hole(Mark, [asked[Bucket.Length..], "a/o", "x*y", "k:o", "x/y/z", "Bob"]);
        return Gen.Constant((whole with { Request = whole.Request with { Resource = Bucket + Mark } }, (Hole?)hole));
    }

    /// <summary>Some keys may be there or not, with the values that they had or with any.</summary>
    private static Gen<ImmutableArray<TwinKey>> Hide(ImmutableArray<TwinKey> context)
    {
        var absent = Vocabulary.Subjects.Where(s => context.All(k => k.Name != s.Key)).Select(s => new TwinKey(s.Key, []) { Presence = Truth.No });
        return Gen.CollectToArray(context.Concat(absent).Select(key => Gen.Frequency(
            (10, Gen.Constant(key)),
            (1, Gen.Constant(key with { Presence = Truth.Unknown })),
            (1, Gen.Constant(key with { Presence = Truth.Unknown, Values = [] }))))).Select(keys => keys.ToImmutableArray());
    }

    private static Gen<Filling> Fillings(Hole[] holes, TwinKey[] unknown) =>
        from texts in Gen.CollectToArray(holes.Select(h => One(h.Fillings).Select(text => (h.Mark, text))))
        from keys in Gen.CollectToArray(unknown.Select(Known))
        select new Filling([.. texts], [.. keys]);

    private static Gen<TwinKey> Known(TwinKey key)
    {
        var subject = Vocabulary.Subjects.First(s => s.Key == key.Name);
        var values = key.Values.IsEmpty ? One(subject.Held).Distinct(1, subject.Multivalued ? 2 : 1) : Gen.Constant(key.Values);
        return If(30, Gen.Constant(key with { Presence = Truth.No }), values.Select(v => key with { Presence = Truth.Yes, Values = v }));
    }
}
