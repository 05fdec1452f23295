using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Reads policy documents from values: maps, JSON in strings, or what Terraform's configuration refers to. Lists and
/// lone values end here; what is wrong is a problem, and its statement counts as unknown (semantics 1.1).</summary>
public sealed class PolicyReader
{
    private readonly Scenario scenario;
    private readonly List<Problem> problems;
    private readonly StatementReadings? kept;

    private PolicyReader(Scenario scenario, List<Problem> problems, StatementReadings? kept) => (this.scenario, this.problems, this.kept) = (scenario, problems, kept);

    /// <summary>Reads one document.</summary>
    /// <param name="kept">The statements that were read before with the same list of problems.</param>
    public static Policy Read(Value value, Resource? holder, Scenario scenario, List<Problem> problems, StatementReadings? kept = null) =>
        new PolicyReader(scenario, problems, kept).ReadDocument(value, holder);

    /// <summary>Reads a document of its own, which no resource states.</summary>
    public static Policy Read(Node document, List<Problem> problems) => Read(ValueOf(document), null, Scenario.Start(), problems);

    private static Value ValueOf(Node node) => node switch
    {
        Node.Map map => new Value.Map(map.Location, [.. map.Entries.Select(e => new Value.Field(e.Key.Text, e.Key.Location, map.Doubled.Contains(e.Key.Text) ? Value.Doubled(e) : ValueOf(e.Value)))]),
        Node.List list => new Value.List(list.Location, [.. list.Items.Select(ValueOf)]),
        Node.Scalar { Kind: ScalarKind.Null } => new Value.Absent(node.Location),
        Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(node.Location, flag.Text == "true"),
        Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(node.Location, number.Text),
        Node.Scalar scalar => Value.Of(scalar.Location, scalar.Text),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Policy ReadDocument(Value value, Resource? holder)
    {
        value = scenario.Read(value);
        switch (value)
        {
            case Value.Str { Text: { HasEither: false, Only: null } text }: return new PolicyReader(scenario, problems, null).ReadJson(text, value.Location, holder);
            case Value.Str whole: return Unread(whole.Location, $"the document `{Shorten(whole.Text.ToString())}` is not known here");
            case Value.Unknown { Likely: Value.Map document }: return ReadMap(document, holder);
            case Value.Unknown unknown: return Unread(unknown.Location, unknown.Why);
            case Value.Secret secret: return Unread(secret.Location, "it is a secret");
            case Value.Map map: return ReadMap(map, holder);
            default:
                problems.Add(new Problem(value.Location, "a policy must be a map or a JSON text"));
                return Unread(value.Location, "it is no policy document");
        }

        Policy Unread(Location at, string why) => new(holder, [], at, why);
    }

    /// <summary>A document inside a text. Holes in it (<c>Fn::Sub</c>) stand within its strings.</summary>
    private Policy ReadJson(Text text, Location at, Resource? holder)
    {
        var count = problems.Count;
        var coded = CodedText.Of(text);
        if (JsonReader.Read(at with { Column = at.Column + 1 }, Encoding.UTF8.GetBytes(coded.Characters), problems) is Node.Map root)
            return ReadMap((Value.Map)TextDocument.ValueOf(root, at, coded), holder);
        if (text.Known is null && problems.Count > count)
        {
            problems.RemoveRange(count, problems.Count - count);
            return new Policy(holder, [], at, $"the document `{Shorten(text.ToString())}` is not known here");
        }
        if (problems.Count == count) problems.Add(new Problem(at, "a policy must be a JSON object"));
        else problems[^1] = new Problem(at, $"the policy is a text of broken JSON: {problems[^1].Message.Replace("broken JSON: ", "", StringComparison.Ordinal)}", "mend the JSON inside the text");
        return new Policy(holder, [], at, "it is broken JSON");
    }

    private Policy ReadMap(Value.Map map, Resource? holder)
    {
        var refusals = map.Fields.Where(f => f.Name is not ("Version" or "Id" or "Statement")).Select(UnknownElement).ToList();
        problems.AddRange(refusals);
        var version = scenario.Read(map["Version"]);
        var variables = version is Value.Str { Text.Known: "2012-10-17" };
        var statements = scenario.Read(map["Statement"]);
        switch (statements)
        {
            case Value.Map one: return Read([ReadStatement(one, 0, variables)]);
            case Value.List list:
                return Read([.. scenario.ReadItems(list).SelectMany(Flat).Select((s, i) => ReadStatement(s, i, variables))]);
            case Value.Unknown unknown: return new Policy(holder, [], unknown.Location, unknown.Why);
            default:
                problems.Add(new Problem(map.Location, "the policy has no `Statement`", "add a list of statements"));
                return new Policy(holder, [], map.Location, "it has no `Statement`");
        }

        Policy Read(ImmutableArray<Statement> read) => new(holder, read, map.Location)
        {
            Version = version is Value.Absent ? null : new Element(version is Value.Str text ? Pattern.Read(text.Text, wildcards: false, variables: false) : null, version.Location),
            Written = map,
            Refusals = [.. refusals],
        };
    }

    private Statement ReadStatement(Value value, int index, bool variables) => kept is null
        ? StatementReader.Read(value, index, variables, scenario, problems)
        : kept.Of(value, index, variables, scenario, problems);

    private static Problem UnknownElement(Value.Field field) =>
        new(field.At, $"unknown element `{field.Name}` in a policy, expected `Version`, `Id` or `Statement`", Words.DidYouMean(field.Name, ["Version", "Id", "Statement"]))
        {
            Fault = FaultKinds.WordOf(FaultKind.UnknownElement),
        };

    /// <summary>A condition may choose several statements at once.</summary>
    private IEnumerable<Value> Flat(Value value) => value is Value.List list ? scenario.ReadItems(list) : [value];

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..57]}…";
}
