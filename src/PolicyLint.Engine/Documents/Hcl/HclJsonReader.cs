using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>Reads Terraform's JSON syntax (<c>.tf.json</c>) into the same bodies as <see cref="HclReader"/>. Every part stands at
/// its own place of the JSON text.</summary>
public sealed class HclJsonReader
{
    private const string Comment = "//";

    /// <summary>How many labels each type of block has; others have none.</summary>
    private static readonly Dictionary<string, int> Labels = new(StringComparer.Ordinal)
    {
        ["resource"] = 2,
        ["data"] = 2,
        ["ephemeral"] = 2,
        ["module"] = 1,
        ["variable"] = 1,
        ["output"] = 1,
        ["provider"] = 1,
        ["check"] = 1,
        ["locals"] = 0,
        ["terraform"] = 0,
        ["moved"] = 0,
        ["import"] = 0,
        ["removed"] = 0,
    };

    private readonly List<Problem> problems;
    private Problem? fault;

    private HclJsonReader(List<Problem> problems) => this.problems = problems;

    /// <summary>The file's blocks. What cannot be read is a problem and left out; the rest is read.</summary>
    public static Body Read(Node root, List<Problem> problems) => new HclJsonReader(problems).ReadFile(root);

    private Body ReadFile(Node root)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        foreach (var entry in Bodies(root, "the file").SelectMany(m => m.Entries).Where(e => e.Key.Text != Comment))
            if (Labels.TryGetValue(entry.Key.Text, out var count)) AddBlocks(entry.Key, [], count, entry.Value, blocks);
        return new Body([], blocks.ToImmutable()) { Fault = fault };
    }

    /// <summary>A body is a map, or a list of such; <c>null</c> is none.</summary>
    private IEnumerable<Node.Map> Bodies(Node node, string what)
    {
        foreach (var one in node is Node.List list ? list.Items : [node])
            if (one is Node.Map map) yield return map;
            else if (one is not Node.Scalar { Kind: ScalarKind.Null }) Refuse(one.Location, $"{what} must be an object, or a list of objects");
    }

    private void AddBlocks(Node.Scalar type, ImmutableArray<Node.Scalar> labels, int left, Node node, ImmutableArray<Block>.Builder blocks)
    {
        foreach (var body in Bodies(node, $"`{(labels is [.., var last] ? last : type).Text}`"))
            if (left > 0)
                foreach (var entry in body.Entries.Where(e => e.Key.Text != Comment)) AddBlocks(type, labels.Add(entry.Key), left - 1, entry.Value, blocks);
            else blocks.Add(new Block(type.Text, [.. labels.Select(l => l.Text)], BodyOf(body, type.Text), labels is [.., var name] ? name.Location : type.Location));
    }

    /// <summary>JSON does not tell blocks from arguments: objects, and lists of objects, are both here.</summary>
    private Body BodyOf(Node.Map map, string type)
    {
        var before = fault;
        fault = null;
        var (arguments, blocks) = (ImmutableArray.CreateBuilder<Argument>(), ImmutableArray.CreateBuilder<Block>());
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Text == Comment) continue;
            if (entry.Key.Text == "dynamic") AddBlocks(entry.Key, [], 1, entry.Value, blocks);
            else if (entry.Key.Text == "content" && type == "dynamic") AddBlocks(entry.Key, [], 0, entry.Value, blocks);
            else if (ExpressionOf(entry.Value, type == "variable" ? entry.Key.Text : "") is { } expression)
            {
                arguments.Add(new Argument(entry.Key.Text, entry.Key.Location, expression));
                if (type != "locals" && IsOfMaps(entry.Value)) AddBlocks(entry.Key, [], 0, entry.Value, blocks);
            }
        }
        var body = new Body(arguments.ToImmutable(), blocks.ToImmutable()) { Fault = fault };
        fault = before ?? fault;
        return body;
    }

    private static bool IsOfMaps(Node node) => node is Node.Map || node is Node.List { Items: [_, ..] items } && items.All(i => i is Node.Map);

    /// <param name="ofVariable">The argument of a <c>variable</c> block that it is, empty elsewhere: its default is plain, its type
    /// is an expression.</param>
    private Expression? ExpressionOf(Node node, string ofVariable)
    {
        var place = new Span(HclText.At(node.Location, node is Node.Scalar s ? s.Text : node is Node.List ? "[…]" : "{…}"));
        switch (node)
        {
            case Node.Scalar { Kind: not ScalarKind.String } plain: return new Expression.Literal(place, plain.Text, plain.Kind);
            case Node.Scalar text when ofVariable is "default" or "description": return new Expression.Literal(place, text.Text, ScalarKind.String);
            case Node.Scalar text: return Kept(ofVariable == "type" ? HclReader.ReadExpression(place.Text, problems) : HclReader.ReadTemplate(place.Text, problems));
            case Node.List list:
                var items = list.Items.Select(i => ExpressionOf(i, ofVariable)).ToList();
                return items.Contains(null) ? null : new Expression.List(place, [.. items.OfType<Expression>()]);
            default: return ObjectOf((Node.Map)node, place, ofVariable);
        }
    }

    private Expression.Object? ObjectOf(Node.Map map, Span place, string ofVariable)
    {
        var entries = ImmutableArray.CreateBuilder<Expression.Entry>();
        foreach (var entry in map.Entries)
            if (ExpressionOf(entry.Key, ofVariable) is not { } key || ExpressionOf(entry.Value, ofVariable) is not { } value) return null;
            else entries.Add(new Expression.Entry(key, value));
        return new Expression.Object(place, entries.ToImmutable());
    }

    private Expression? Kept(Expression? read)
    {
        if (read is null) fault ??= problems[^1];
        return read;
    }

    private void Refuse(Location at, string message)
    {
        fault ??= new Problem(at, $"broken Terraform JSON: {message}");
        problems.Add(fault);
    }
}
