using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Puts what a plan knows on the lines of the sources, and what the sources state into what it does not know.</summary>
internal sealed class Filler(Evaluator evaluator)
{
    private static readonly string[] Meta = ["count", "for_each", "provider", "depends_on", "source", "version", "providers"];
    private readonly Blocks blocks = new(evaluator);

    /// <summary>A resource's attributes by its block.</summary>
    public Value.Map Fill(Plan.Planned planned, Value.Map known, Block block, Scope scope) =>
        FillMap(known, planned.Unknown, new BlockInstance(block.Body, scope, block.Location), isWhole: true);

    private Value.Map FillMap(Value.Map known, Node? unknown, BlockInstance block, bool isWhole = false)
    {
        var fields = ImmutableArray.CreateBuilder<Value.Field>();
        foreach (var field in known.Fields)
        {
            var part = PartOf(unknown, field.Name);
            if (block.Body[field.Name] is { } argument && !IsBlocks(field.Value, block.Body, field.Name)) fields.Add(new Value.Field(field.Name, argument.At, FillArgument(field.Value, part, argument, block.Scope)));
            else fields.Add(new Value.Field(field.Name, block.Location, FillBlocks(field, part, block)));
        }
        if (isWhole && unknown is null) // planned values tell nothing of what they do not know
            foreach (var argument in block.Body.Arguments)
                if (!known.Fields.Any(f => f.Name == argument.Name) && !Meta.Contains(argument.Name))
                    fields.Add(new Value.Field(argument.Name, argument.At, Policies.Of(evaluator.Read(argument.Expression, block.Scope), argument.Expression)));
        return new Value.Map(block.Location, fields.ToImmutable());
    }

    /// <summary>Whether what JSON has as an argument and as blocks is blocks to the plan.</summary>
    private static bool IsBlocks(Value value, Body body, string name) =>
        value is Value.List { Items: [Value.Map, ..] } && body.Blocks.Any(b => Blocks.IsOf(b, name));

    /// <summary>What the plan knows stays; a value that it knows in part is taken from the source as a whole.</summary>
    private Value FillArgument(Value known, Node? unknown, Argument argument, Scope scope)
    {
        var at = argument.Expression.Location;
        if (known is Value.Secret) return new Value.Secret(at);
        if (known is Value.Number or Value.Flag or Value.Str && !IsOpen(unknown) && !Policies.MayBe(known)) return Places.Move(known, at);
        var written = Policies.Of(evaluator.Read(argument.Expression, scope), argument.Expression);
        if (!IsOpen(unknown)) return Places.Of(Policies.Of(known, at), written, at);
        if (written is not Value.Unknown open) return written;
        return known is Value.Unknown or Value.Absent ? new Value.Unknown(at, open.Why, (known as Value.Unknown)?.Likely) : Places.Move(known, at);
    }

    private Value FillBlocks(Value.Field field, Node? unknown, BlockInstance outer)
    {
        var found = outer.Body.Blocks.Where(b => Blocks.IsOf(b, field.Name)).ToList();
        if (found.Count == 0) return Places.Move(field.Value, outer.Location);
        var instances = outer.Body.Fault is null ? blocks.Expand(found, outer.Scope) : null;
        var at = found[0].Location;
        switch (field.Value)
        {
            case Value.Unknown or Value.Absent when instances is null && IsOpen(unknown):
                return new Value.Unknown(at, $"how many blocks `{field.Name}` there are is not known here", (field.Value as Value.Unknown)?.Likely);
            case var known when instances is null or []: return Places.Move(known, at);
            case Value.Map map: return FillMap(map, unknown, instances[0]);
            case Value.List list when list.Items.Length == instances.Count && list.Items.All(i => i is Value.Map):
                var matched = Matches.Of(list.Items, instances, blocks);
                return new Value.List(at, [.. list.Items.Select((item, i) => FillMap((Value.Map)item, ItemOf(unknown, i), matched[i]))]);
            case var known: return IsOpen(unknown) ? new Value.List(at, [.. instances.Select(blocks.Build)]) : Places.Move(known, at);
        }
    }

    /// <summary>Whether anything in an <c>after_unknown</c> is true.</summary>
    public static bool IsOpen(Node? unknown) => unknown switch
    {
        Node.Scalar { Text: "true" } => true,
        Node.Map map => map.Entries.Any(e => IsOpen(e.Value)),
        Node.List list => list.Items.Any(IsOpen),
        _ => false,
    };

    private static Node? PartOf(Node? node, string key) => node is Node.Map map ? map[key] : node is Node.Scalar { Text: "true" } ? node : null;

    private static Node? ItemOf(Node? node, int index) => node is Node.List list ? index < list.Items.Length ? list.Items[index] : null : node is Node.Scalar { Text: "true" } ? node : null;
}
