using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Actions that fit none of the resources of their statement, so that it never applies to them (1.4 rule 38).</summary>
internal sealed class ResourceFaults(Statement statement, List<NamedActions.Entry> actions, PolicyRole role)
{
    private readonly List<Tokens> patterns = [];
    private string open = "";

    private sealed record Misfit(Element Element, Reason Why);

    /// <summary>What is wrong with one action, and with several.</summary>
    private sealed record Reason(string One, string Many, string Rest)
    {
        public string In(bool areMany) => $"{(areMany ? Many : One)} {Rest}";
    }

    public IEnumerable<Fault> Find()
    {
        foreach (var element in statement.Resources?.Items ?? [])
            if (element.WhyOpen is { } why && (element.Pattern is not null || statement.Refusals.IsEmpty)) yield return Fault.Open(FaultKind.MalformedResource, why, element.Location, statement.Index);
        if (statement.Resources is not { Negated: false } resources || statement.Actions is not { Negated: false } || role is PolicyRole.Key or PolicyRole.Trust || resources.Items.Any(i => i.Pattern is null && !statement.Refusals.IsEmpty)) yield break;
        foreach (var element in resources.Items)
        {
            if (element.Pattern?.Text is not { } text || text.Only is not null || text.HasEither) open = element.WhyOpen ?? $"`{element}` is not known here";
            else if (IsShort(text)) yield break;
            else patterns.Add(ArnForm.TokensOf(text));
        }
        var misfits = new List<Misfit>();
        foreach (var (element, named) in actions)
            if (named is NamedActions.Some some && !FitsAny(some)) misfits.Add(new Misfit(element, Why(some)));
        foreach (var alike in misfits.GroupBy(m => m.Why))
        {
            var names = string.Join(", ", alike.Select(m => $"`{m.Element}`"));
            var areMany = alike.Count() > 1;
            yield return open.Length > 0
                ? Fault.Open(FaultKind.MisfitResource, open, alike.First().Element.Location, statement.Index)
                : new Fault(FaultKind.MisfitResource, $"{names} {alike.Key.In(areMany)}", alike.First().Element.Location, statement.Index);
        }
    }

    /// <summary>API Gateway completes ARNs itself; <c>*</c> is everything; a dynamic reference is read at the deploy.</summary>
    private static bool IsShort(Text text) => text.Known is { } known && (known is "*" or "arn:*" || known.StartsWith("execute-api:", StringComparison.Ordinal) || known.Contains("{{", StringComparison.Ordinal));

    private bool FitsAny(NamedActions.Some some) => some.Actions.Any(a => a.Types.IsEmpty
        ? patterns.Exists(p => IsOfAll(p, some.Service))
        : a.Types.Any(t => patterns.Exists(p => ArnForm.Fits(p, t) is not Truth.No))) || ToolGrants.Of(some).Any(t => patterns.Exists(p => ArnForm.Fits(p, t) is not Truth.No));

    /// <summary>Whether a pattern stands for all resources of the service, or all of one sort: some services ask so for actions
    /// that are on no resource (<c>arn:aws:s3:::*</c> for <c>s3:ListAllMyBuckets</c>).</summary>
    private static bool IsOfAll(Tokens pattern, AwsService service)
    {
        if (pattern.Parts.Length < Parts) return pattern.HasWildcard;
        if (pattern.Parts[2].All.Length > 0 && !pattern.Parts[2].HasHole && !pattern.Parts[2].Line.Equals(service.Prefix, StringComparison.OrdinalIgnoreCase)) return false;
        var last = pattern.Parts[^1];
        return last.All is [.., { Kind: TokenKind.Run }] && last.Line.Count(c => c is ':' or '/') <= 1 && last.Line.SkipLast(1).All(c => c != Tokens.NoCharacter);
    }

    private const int Parts = 6;

    private Reason Why(NamedActions.Some some)
    {
        var types = some.Actions.SelectMany(a => a.Types).Distinct().OrderBy(t => t.Form.Count(c => c == '$')).ThenBy(t => t.Form, StringComparer.Ordinal).ToList();
        if (types.Count == 0) return new("takes", "take", "no resource but `*`");
        if (types.TrueForAll(t => t.Form.StartsWith("kms:", StringComparison.Ordinal) && t.Form.Contains(":key/", StringComparison.Ordinal)) && statement.Resources!.Items.Any(r => r.ToString().Contains(":alias/", StringComparison.Ordinal)))
            return new("is", "are", "on keys, and an alias stands for none in a policy; name the key, or take `Resource: \"*\"` with a condition on `kms:ResourceAliases`");
        return new("fits", "fit", $"none of the resources, expected {string.Join(" or ", types.Take(2).Select(t => $"`{t.Arn}`"))}");
    }
}
