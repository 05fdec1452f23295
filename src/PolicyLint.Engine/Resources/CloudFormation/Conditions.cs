using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Reads a template's <c>Conditions</c> (<c>Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition</c>).</summary>
internal sealed class Conditions(Template template, Resolver resolver)
{
    private readonly Dictionary<string, Condition> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> reading = new(StringComparer.Ordinal);

    /// <summary>The condition of this name; a problem and an unknown one where the template has none.</summary>
    public Condition Named(string name, Location usedAt)
    {
        if (known.TryGetValue(name, out var condition)) return condition;
        if (template.Conditions[name] is not { } node)
        {
            resolver.Fault(usedAt, $"condition `{name}` is not in `Conditions`", Words.DidYouMean(name, template.Conditions.Entries.Select(e => e.Key.Text)));
            return Unreadable;
        }
        if (!reading.Add(name))
        {
            resolver.Fault(node.Location, $"condition `{name}` is defined by itself", "break the circle");
            return Unreadable;
        }
        condition = resolver.Defaults.Without(() => Read(node));
        reading.Remove(name);
        return known[name] = condition is Condition.Constant ? condition : new Condition.Named(name, condition);
    }

    /// <summary>Reads every condition, for its problems.</summary>
    public void ReadAll()
    {
        foreach (var entry in template.Conditions.Entries)
            if (!entry.Key.Text.StartsWith("Fn::", StringComparison.Ordinal)) Named(entry.Key.Text, entry.Key.Location);
    }

    private static readonly Condition Unreadable = new Condition.Constant(Truth.Unknown, "a condition that cannot be read");

    private Condition Read(Node node) =>
        Intrinsic.Of(node) is { } call ? Read(call) : Wrong(node.Location, "a condition is made of `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` and `Condition`");

    /// <summary>What a call of a condition's function says.</summary>
    public Condition Read(Intrinsic call)
    {
        switch (call.Name)
        {
            case "Fn::Equals" when call.Argument is Node.List { Items: [var left, var right] }:
                return Equal(resolver.Resolve(left), resolver.Resolve(right));
            case "Fn::Not" when call.Argument is Node.List { Items: [var inner] }:
                return Simplify(new Condition.Not(Read(inner)));
            case "Fn::And" when call.Argument is Node.List { Items.Length: >= 2 and <= 10 } all:
                return Simplify(new Condition.And([.. all.Items.Select(Read)]));
            case "Fn::Or" when call.Argument is Node.List { Items.Length: >= 2 and <= 10 } any:
                return Simplify(new Condition.Or([.. any.Items.Select(Read)]));
            case "Condition" when call.Argument is Node.Scalar name:
                return Named(name.Text, name.Location);
            case "Fn::Equals": return Wrong(call.Location, "`Fn::Equals` takes a list of two values");
            case "Fn::Not": return Wrong(call.Location, "`Fn::Not` takes a list of one condition");
            case "Fn::And" or "Fn::Or": return Wrong(call.Location, $"`{call.Name}` takes a list of 2 to 10 conditions");
            case "Fn::Contains" or "Fn::EachMemberEquals" or "Fn::EachMemberIn" or "Fn::RefAll" or "Fn::ValueOf" or "Fn::ValueOfAll" or "Fn::Transform":
                return new Condition.Constant(Truth.Unknown, $"`{call.Name}`");
            default: return Wrong(call.Location, $"`{call.Name}` is no condition function");
        }
    }

    private Condition Wrong(Location at, string message)
    {
        resolver.Fault(at, message);
        return Unreadable;
    }

    private static Condition Equal(Value left, Value right) => left.AsText is { } l && right.AsText is { } r
        ? Condition.Equality(l, r)
        : new Condition.Constant(Truth.Unknown, "a comparison of values that are not known");

    /// <summary>Decides now what does not depend on any assumption.</summary>
    private static Condition Simplify(Condition condition) =>
        Scenario.Start().Decide(condition) is var truth && truth is not Truth.Unknown ? new Condition.Constant(truth) : condition;
}
