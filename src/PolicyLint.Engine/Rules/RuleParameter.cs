using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Something that a project may set for a rule in its configuration: one text, or a list of them.</summary>
/// <param name="About">What it is for, as the rule's page tells.</param>
public sealed record RuleParameter(string Name, ImmutableArray<string> Values, bool IsList, string About, Location Location)
{
    /// <summary>The name under which checks find all of them.</summary>
    public const string Root = "parameters";

    /// <summary>Its value, as checks see it.</summary>
    public Value Value => IsList ? new Value.List(Location, [.. Values.Select(v => Value.Of(Location, v))]) : Value.Of(Location, Values[0]);

    /// <summary>The parameters of a rule: <c>NAME: { default: VALUE, about: TEXT }</c>.</summary>
    internal static ImmutableArray<RuleParameter> Read(Node.Map? map, List<Problem> problems)
    {
        var found = ImmutableArray.CreateBuilder<RuleParameter>();
        foreach (var entry in map?.Entries ?? [])
            if (entry.Value is Node.Map inner) found.Add(Read(entry.Key, inner, problems));
            else problems.Add(new Problem(entry.Value.Location, $"parameter `{entry.Key.Text}` must be a map", "write `{ default: VALUE, about: TEXT }`"));
        return found.ToImmutable();
    }

    private static RuleParameter Read(Node.Scalar name, Node.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, $"parameter `{name.Text}`", problems);
        if (map["default"] is null) reader.Missing("default");
        var parameter = new RuleParameter(name.Text, reader.Texts("default"), map["default"] is Node.List, reader.Required("about"), map["default"]?.Location ?? map.Location);
        reader.Done();
        return parameter;
    }

    /// <summary>The rule with parameters as a project sets them: <c>NAME: VALUE</c>. What the rule does not have, or of another
    /// shape, is a problem.</summary>
    public static Rule Set(Rule rule, ImmutableArray<Node.Entry> given, List<Problem> problems)
    {
        var parameters = rule.Parameters.ToBuilder();
        foreach (var entry in given)
        {
            var at = Array.FindIndex([.. parameters], p => p.Name == entry.Key.Text);
            if (at >= 0) parameters[at] = parameters[at].Given(entry.Value, problems);
            else problems.Add(new Problem(entry.Key.Location, $"rule `{rule.Id}` has no parameter `{entry.Key.Text}`{(parameters.Count == 0 ? "" : $", expected {Words.OneOf(parameters.Select(p => p.Name))}")}", Words.DidYouMean(entry.Key.Text, parameters.Select(p => p.Name))));
        }
        return given.IsEmpty ? rule : rule with { Parameters = parameters.ToImmutable() };
    }

    private RuleParameter Given(Node value, List<Problem> problems)
    {
        ImmutableArray<Node> items = value is Node.List list ? list.Items : [value];
        if (items.All(i => i is Node.Scalar { Kind: not ScalarKind.Null }) && (IsList || value is Node.Scalar))
            return this with { Values = [.. items.Cast<Node.Scalar>().Select(i => i.Text)], Location = value.Location };
        problems.Add(new Problem(value.Location, $"parameter `{Name}` must be {(IsList ? "a text or a list of texts" : "a text")}"));
        return this;
    }
}
