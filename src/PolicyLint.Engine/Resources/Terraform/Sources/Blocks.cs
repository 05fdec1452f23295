using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>A nested block as often as it stands there once <c>dynamic</c> is written out.</summary>
internal sealed record BlockInstance(Body Body, Scope Scope, Location Location);

/// <summary>Writes out nested blocks.</summary>
internal sealed class Blocks(Evaluator evaluator)
{
    /// <summary>Whether a block is one of a type, or a <c>dynamic</c> that makes such.</summary>
    public static bool IsOf(Block block, string type) => block.Type == type || (block.Type == "dynamic" && block.Labels is [var label] && label == type);

    /// <summary>The blocks in order; null where it is not known how many there are.</summary>
    public List<BlockInstance>? Expand(IEnumerable<Block> blocks, Scope scope)
    {
        var instances = new List<BlockInstance>();
        foreach (var block in blocks)
            if (block.Type != "dynamic") instances.Add(new BlockInstance(block.Body, scope, block.Location));
            else if (ExpandDynamic(block, scope) is { } several && instances.Count + several.Count <= Loops.MostItems) instances.AddRange(several);
            else return null;
        return instances;
    }

    private List<BlockInstance>? ExpandDynamic(Block block, Scope scope)
    {
        var content = block.Body.Blocks.FirstOrDefault(b => b.Type == "content");
        if (content is null || block.Body["for_each"] is not { } each || Loops.TurnsOf(evaluator, evaluator.Evaluate(each.Expression, scope)) is not { } turns) return null;
        var name = block.Body["iterator"]?.Expression is Expression.Root iterator ? iterator.Text : block.Labels[0];
        return [.. turns.Select(t => new BlockInstance(content.Body, scope.With(name, new Value.Map(block.Location, [new("key", block.Location, t.Key), new("value", block.Location, t.Value)])), block.Location))];
    }

    /// <summary>A block as a map: its arguments, and lists of the blocks in it.</summary>
    public Value Build(BlockInstance block)
    {
        if (!evaluator.Spend()) return new Value.Unknown(block.Location, "it takes too much work to evaluate");
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        foreach (var argument in block.Body.Arguments)
            fields.Add(new Value.Field(argument.Name, argument.At, Policies.Of(evaluator.Read(argument.Expression, block.Scope), argument.Expression)));
        foreach (var group in block.Body.Blocks.GroupBy(b => b.Type == "dynamic" && b.Labels is [var label] ? label : b.Type))
        {
            if (block.Body[group.Key] is not null) continue; // JSON has it as both
            var at = group.First().Location;
            fields.Add(new Value.Field(group.Key, at, Expand(group, block.Scope) is { } inner
                ? new Value.List(at, [.. inner.Select(Build)])
                : new Value.Unknown(at, $"how many blocks `{group.Key}` there are is not known here")));
        }
        return new Value.Map(block.Location, fields.ToImmutable()) { Open = block.Body.Fault is { } fault ? $"{fault.Location} cannot be read: {fault.Message}" : "" };
    }
}
