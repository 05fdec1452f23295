using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>What an example shows.</summary>
public enum Expectation { Bad, Good, Unknown }

/// <summary>An example of a rule: its test, and a part of its manual page.</summary>
/// <param name="Text">A template as text, or null.</param>
/// <param name="Plan">A plan, or resources by address that a plan is made of, or null.</param>
public sealed record Example(Expectation Expectation, string Title, Node.Scalar? Text, Node.Map? Plan, Location Location)
{
    /// <summary>The comment that marks the line of the expected finding.</summary>
    public const string Mark = "# finding";

    /// <summary>The account that is deployed to, empty where nobody says it.</summary>
    public string Account { get; init; } = "";

    /// <summary>What a project sets for the rule's parameters.</summary>
    public ImmutableArray<Node.Entry> Parameters { get; init; } = [];

    /// <summary>What a project says of buckets outside the input.</summary>
    public IReadOnlyDictionary<string, KnownBucket> Buckets { get; init; } = ImmutableDictionary<string, KnownBucket>.Empty;
}

/// <summary>Reads the examples of a rule.</summary>
public static class ExampleReader
{
    /// <summary>The examples, with problems for what is no example.</summary>
    public static ImmutableArray<Example> Read(Node node, List<Problem> problems)
    {
        if (node is not Node.List list)
        {
            problems.Add(new Problem(node.Location, "`examples` must be a list"));
            return [];
        }
        return [.. list.Items.Select(i => ReadOne(i, problems)).OfType<Example>()];
    }

    private static Example? ReadOne(Node node, List<Problem> problems)
    {
        if (node is not Node.Map map)
        {
            problems.Add(new Problem(node.Location, "an example must be a map", "begin with `- bad: TITLE`"));
            return null;
        }
        var reader = new MapReader(map, "an example", problems);
        var (bad, good, unknown) = (reader.Text("bad"), reader.Text("good"), reader.Text("unknown"));
        var template = reader.Take("cloudformation");
        var plan = reader.Take("terraform");
        var (account, parameters) = (reader.Text("account") ?? "", reader.Map("parameters")?.Entries ?? []);
        var buckets = KnownBuckets.Read(reader);
        reader.Done();
        if (((bad ?? good ?? unknown) is not { } title) || new[] { bad, good, unknown }.Count(t => t is not null) != 1)
        {
            problems.Add(new Problem(map.Location, "an example is one of `bad`, `good` and `unknown`", "give it one title, such as `bad: the policy lists roles only`"));
            return null;
        }
        if (template is null && plan is null) problems.Add(new Problem(map.Location, "an example needs `cloudformation` or `terraform`"));
        if (template is not (null or Node.Scalar)) problems.Add(new Problem(template.Location, "`cloudformation` must be a text", "write the template after `cloudformation: |`"));
        if (plan is not (null or Node.Map)) problems.Add(new Problem(plan.Location, "`terraform` must be a map", "write resources by address, or a whole plan"));
        var expectation = bad is not null ? Expectation.Bad : good is not null ? Expectation.Good : Expectation.Unknown;
        return new Example(expectation, title, template as Node.Scalar, plan as Node.Map, map.Location) { Account = account, Parameters = parameters, Buckets = buckets };
    }
}
