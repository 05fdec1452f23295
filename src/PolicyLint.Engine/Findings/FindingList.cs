using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Findings;

/// <summary>Makes findings of verdicts: ordered, without doubles, each with its line and fingerprint.</summary>
public static class FindingList
{
    private const int ExcerptLength = 160;

    /// <summary>The findings in the order of path, line, column, rule, message.</summary>
    /// <param name="brought">The values that were written in another file than the one that uses them.</param>
    public static ImmutableArray<Finding> From(IEnumerable<Verdict> verdicts, IReadOnlyDictionary<string, Document> documents, IEnumerable<Brought> brought)
    {
        var elsewhere = brought.ToLookup(b => $"{b.UsedAt.File}\n{b.UsedAt.Line}", StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. OncePerPlace(verdicts)
            .Select(v => new Finding(v.Rule, v.Judgement is Judgement.Unknown, v.Message, v.Reason, v.Location, v.Resource.Address, v.Resource.Location) { Trace = [.. v.Trace, .. FromElsewhere(v.Location, elsewhere)], Changes = v.Changes, Construct = v.Resource.Construct })
            .DistinctBy(f => $"{f.Rule.Id}\n{f.Location}\n{f.Resource}\n{f.Message}")
            .Order(InOrder)
            .Select(f => Complete(f, documents, seen))];
    }

    /// <summary>A template that is nested more than once is judged each time, and told once: a failure before what is unknown.</summary>
    private static IEnumerable<Verdict> OncePerPlace(IEnumerable<Verdict> verdicts)
    {
        var told = Coverings.Without([.. verdicts.Where(v => v.Judgement is Judgement.Fail or Judgement.Unknown)]);
        if (!told.Any(v => v.Resource.Stack.IsNested)) return told;
        var places = new HashSet<string>(StringComparer.Ordinal);
        return told.OrderByDescending(v => v.Judgement).Where(v => !v.Resource.Stack.IsNested || places.Add($"{v.Rule.Id}\n{v.Location}\n{v.Resource.Address}"));
    }

    /// <summary>Where the values on the finding's line were written, of those that come from another file.</summary>
    private static IEnumerable<TraceStep> FromElsewhere(Location at, ILookup<string, Brought> elsewhere) => elsewhere[$"{at.File}\n{at.Line}"]
        .DistinctBy(b => $"{b.How}\n{b.WrittenAt}")
        .OrderBy(b => b.UsedAt)
        .ThenBy(b => b.WrittenAt)
        .Select(b => new TraceStep(b.How, b.WrittenAt));

    private static readonly Comparer<Finding> InOrder = Comparer<Finding>.Create((a, b) =>
    {
        var order = a.Location.CompareTo(b.Location);
        if (order == 0) order = string.CompareOrdinal(a.Rule.Id, b.Rule.Id);
        if (order == 0) order = string.CompareOrdinal(a.Message, b.Message);
        return order != 0 ? order : string.CompareOrdinal(a.Resource, b.Resource);
    });

    private static Finding Complete(Finding finding, IReadOnlyDictionary<string, Document> documents, Dictionary<string, int> seen)
    {
        var identity = $"{finding.Rule.Id}\n{finding.Location.File}\n{finding.Resource}\n{(finding.IsOpen ? "open" : "fail")}";
        var number = seen[identity] = seen.GetValueOrDefault(identity) + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{number.ToString(CultureInfo.InvariantCulture)}"));
        return finding with
        {
            Fingerprint = Convert.ToHexStringLower(hash.AsSpan(0, 16)),
            Excerpt = !PlainText.IsSoughtBy(finding.Rule.Require) && documents.TryGetValue(finding.Location.File, out var document) ? Excerpt(document.Source, finding.Location) : "",
        };
    }

    /// <summary>The line, cut where it is long; nothing where the cut would hide what is pointed at (a plan on one line).</summary>
    private static string Excerpt(SourceText source, Location at)
    {
        var line = source.Line(at.Line, ExcerptLength + 1);
        if (line.Length <= ExcerptLength) return line;
        return at.Column <= ExcerptLength ? $"{source.Line(at.Line, ExcerptLength)}…" : "";
    }
}
