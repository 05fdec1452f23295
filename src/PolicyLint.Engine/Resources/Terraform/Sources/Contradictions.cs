using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Where sources say other than the configuration that a plan was made of. Only what is written down plainly on both
/// sides is compared: which resources there are, literals, and how many blocks.</summary>
internal static class Contradictions
{
    private const string Help = "plan again, so that the plan and its sources belong together";

    /// <summary>The resources of a module that differ, each told once.</summary>
    public static IEnumerable<string> Of(Plan.Module configured, SourceModule module, List<Problem> problems)
    {
        var known = ((configured.Configuration?["resources"] as Node.List)?.Items.OfType<Node.Map>() ?? []).Select(r => r["address"]).OfType<Node.Scalar>().ToList();
        foreach (var address in known)
            if (!module.Has(address.Text))
            {
                if (module.IsWhole) problems.Add(new Problem(address.Location, $"`{address.Text}` is in the plan, but not in its sources in `{module.Folder}`", Help));
            }
            else if (Difference(module.Resource(address.Text)!.Body, configured.ExpressionsOf(address.Text)) is { } problem)
            {
                problems.Add(problem);
                yield return address.Text;
            }
        var planned = known.Select(k => k.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in module.Resources)
            if (!planned.Contains(reference)) problems.Add(new Problem(module.Resource(reference)!.Location, $"`{reference}` is in the sources, but not in the plan: it was not judged", Help));
    }

    private static Problem? Difference(Body body, Node.Map? configured)
    {
        foreach (var argument in body.Arguments)
            if (argument.Expression is Expression.Literal { Kind: not ScalarKind.Null } literal && configured?[argument.Name] is Node.Map expression && Differs(literal, expression) is { Length: > 0 } other)
                return new Problem(literal.Location, $"`{argument.Name}` is `{literal.Span}` here, but {other} in the plan", Help);
        if (body.Fault is not null) return null;
        foreach (var group in body.Blocks.GroupBy(b => b.Type == "dynamic" && b.Labels is [var label] ? label : b.Type))
        {
            if (group.Any(b => b.Type == "dynamic") || configured?[group.Key] is not Node.List list) continue;
            var blocks = group.ToList();
            if (blocks.Count != list.Items.Length)
                return new Problem(blocks[0].Location, $"there are {blocks.Count} blocks `{group.Key}` here, but {list.Items.Length} in the plan", Help);
            for (var i = 0; i < blocks.Count; i++)
                if (Difference(blocks[i].Body, list.Items[i] as Node.Map) is { } problem) return problem;
        }
        return null;
    }

    /// <summary>What the plan has in place of the literal, empty where it is the same.</summary>
    private static string Differs(Expression.Literal literal, Node.Map expression) => expression["constant_value"] switch
    {
        Node.Scalar { Kind: not ScalarKind.Null } constant => Plain(constant.Text) == Plain(literal.Text) ? "" : $"`{Shortened(constant.Text)}`",
        null when expression["references"] is Node.List { Items: [Node.Scalar first, ..] } => $"made of `{first.Text}`",
        _ => "",
    };

    private static string Plain(string text) => Numbers.Plain(text).Replace("\r", "", StringComparison.Ordinal);

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..59]}…";
}
