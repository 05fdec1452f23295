using System.Text.RegularExpressions;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Golden;

/// <summary>The outcomes that values are counted under: known, symbols, a secret, or unknown for one of the reasons that nobody
/// can do anything about. Every other reason counts as not implemented.</summary>
internal static class Outcomes
{
    public const string Resolved = "resolved";
    public const string Symbolic = "symbolic";
    public const string Conditional = "symbolic, by a condition";
    public const string PartlyUnknown = "symbolic, with a part that is unknown";
    public const string Likely = "symbolic, if the expression is the reference alone";
    public const string Secret = "a secret";
    public const string NotImplemented = "not implemented";

    /// <summary>Reasons that no tool can mend before the deploy, each with what it looks like.</summary>
    private static readonly (string Name, string Pattern)[] Reasons =
    [
        ("a list parameter without a value", "^parameter `.*` is a list whose items are not known here$"),
        ("the availability zones of a region", "^the availability zones of a region are known only at the deploy$"),
        ("a map's key that only the deploy knows", "^it depends on the keys of map `"),
        ("parts of a text that only the deploy knows", "is split, and nobody knows where it has `"),
        ("what a macro makes", "^nobody knows what (macro `.*`|the macro) makes of it$"),
        ("a file that is not there", "^(what `AWS::Include` brings in is no local file|`.*`, which `Fn::Transform` includes, cannot be read)$"),
        ("a plan does not show the expression", "^it is known only after apply"),
        ("a companion whose owner a plan does not show", "^`.*` may belong to it: its `.*` is not known here$"),
        ("a resource that was there before", "was there before and keeps the `.*` that it had"),
        ("a fault of the template, which is told", "^`.*` (is not in the template|has wrong arguments|is no intrinsic function)$"),
    ];

    /// <summary>The outcome of a value: the worst of what it is made of.</summary>
    public static string Of(Value value) => value switch
    {
        Value.Unknown { Likely: not null } => Likely,
        Value.Unknown unknown => Unknown(unknown.Why),
        Value.Secret => Secret,
        Value.Str { Text.Known: null } text => text.Text.Symbols.Any(s => s.Name.StartsWith("unknown ", StringComparison.Ordinal)) ? PartlyUnknown : text.Text.HasEither ? Conditional : Symbolic,
        Value.List list => Worst(list.Items.Select(Of)),
        Value.Map { Open.Length: > 0 } map => Unknown(map.Open),
        Value.Map map => Worst(map.Fields.Select(f => Of(f.Value))),
        Value.Choice choice => Worst([Conditional, Of(choice.Then), Of(choice.Otherwise)]),
        _ => Resolved,
    };

    /// <summary>The outcome for a reason.</summary>
    public static string Unknown(string why)
    {
        foreach (var (name, pattern) in Reasons)
            if (Regex.IsMatch(why, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)) return name;
        return $"{NotImplemented}: {why}";
    }

    private static string Worst(IEnumerable<string> outcomes) =>
        outcomes.Aggregate(Resolved, (worst, one) => Rank(one) > Rank(worst) ? one : worst);

    private static int Rank(string outcome) => outcome switch { Resolved => 0, Symbolic => 1, Conditional => 2, PartlyUnknown or Likely => 3, Secret => 4, _ => outcome.StartsWith(NotImplemented, StringComparison.Ordinal) ? 6 : 5 };
}
