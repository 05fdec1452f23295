using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Reads policy documents from values: maps, JSON in strings, or what Terraform's configuration refers to. Lists and
/// lone values end here; what is wrong is a problem, and its statement counts as unknown (semantics 1.1).</summary>
public sealed class PolicyReader
{
    private readonly Scenario scenario;
    private readonly List<Problem> problems;
    private bool variables;

    private PolicyReader(Scenario scenario, List<Problem> problems) => (this.scenario, this.problems) = (scenario, problems);

    /// <summary>Reads one document.</summary>
    public static Policy Read(Value value, Resource? holder, Scenario scenario, List<Problem> problems) =>
        new PolicyReader(scenario, problems).ReadDocument(value, holder);

    /// <summary>Reads a document of its own, which no resource states.</summary>
    public static Policy Read(Node document, List<Problem> problems) => Read(ValueOf(document), null, Scenario.Start(), problems);

    private static Value ValueOf(Node node) => node switch
    {
        Node.Map map => new Value.Map(map.Location, [.. map.Entries.Select(e => new Value.Field(e.Key.Text, e.Key.Location, ValueOf(e.Value)))]),
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
            case Value.Str { Text: { HasEither: false, Only: null } text }: return ReadJson(text, value.Location, holder);
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
            return ReadMap((Value.Map)Plain(root, at, coded), holder);
        if (text.Known is null && problems.Count > count)
        {
            problems.RemoveRange(count, problems.Count - count);
            return new Policy(holder, [], at, $"the document `{Shorten(text.ToString())}` is not known here");
        }
        if (problems.Count == count) problems.Add(new Problem(at, "a policy must be a JSON object"));
        else problems[^1] = new Problem(at, $"the policy is a text of broken JSON: {problems[^1].Message.Replace("broken JSON: ", "", StringComparison.Ordinal)}", "mend the JSON inside the text");
        return new Policy(holder, [], at, "it is broken JSON");
    }

    /// <summary>JSON inside a string: every node stands at the string's place, for the places inside it are of no file.</summary>
    private static Value Plain(Node node, Location at, CodedText coded) => node switch
    {
        Node.Map map => new Value.Map(at, [.. map.Entries.Select(e => new Value.Field(coded.Decode(e.Key.Text).ToString(), at, Plain(e.Value, at, coded)))]),
        Node.List list => new Value.List(at, [.. list.Items.Select(i => Plain(i, at, coded))]),
        Node.Scalar { Kind: ScalarKind.Null } => new Value.Absent(at),
        Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(at, flag.Text == "true"),
        Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(at, number.Text),
        Node.Scalar scalar => new Value.Str(at, coded.Decode(scalar.Text)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Policy ReadMap(Value.Map map, Resource? holder)
    {
        foreach (var field in map.Fields)
            if (field.Name is not ("Version" or "Id" or "Statement"))
                problems.Add(new Problem(field.At, $"unknown element `{field.Name}` in a policy, expected `Version`, `Id` or `Statement`", Words.DidYouMean(field.Name, ["Version", "Id", "Statement"])));
        variables = scenario.Read(map["Version"]) is Value.Str { Text.Known: "2012-10-17" };
        var statements = scenario.Read(map["Statement"]);
        switch (statements)
        {
            case Value.Map one: return new Policy(holder, [ReadStatement(one, 0)], map.Location);
            case Value.List list:
                return new Policy(holder, [.. scenario.ReadItems(list).SelectMany(Flat).Select((s, i) => ReadStatement(s, i))], map.Location);
            case Value.Unknown unknown: return new Policy(holder, [], unknown.Location, unknown.Why);
            default:
                problems.Add(new Problem(map.Location, "the policy has no `Statement`", "add a list of statements"));
                return new Policy(holder, [], map.Location, "it has no `Statement`");
        }
    }

    /// <summary>A condition may choose several statements at once.</summary>
    private IEnumerable<Value> Flat(Value value) => value is Value.List list ? scenario.ReadItems(list) : [value];

    private Statement ReadStatement(Value value, int index)
    {
        if (value is not Value.Map map)
            return new Statement(index, value.Location) { Fault = value is Value.Unknown u ? u.Why : Faulty(value.Location, "a statement must be a map") };
        var fault = CheckElements(map);
        var effect = ReadEffect(map, ref fault);
        return new Statement(index, map.Location)
        {
            Sid = scenario.Read(map["Sid"]) is Value.Str sid ? sid.Text.ToString() : "",
            Effect = effect,
            Principals = ReadPrincipals(map, ref fault),
            Actions = ReadElements(map, "Action", "NotAction", ref fault),
            Resources = ReadElements(map, "Resource", "NotResource", ref fault),
            Conditions = ReadConditions(scenario.Read(map["Condition"]), ref fault),
            Fault = fault,
        };
    }

    private static readonly string[] Known = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    private string CheckElements(Value.Map map)
    {
        var fault = "";
        foreach (var field in map.Fields)
            if (!Known.Contains(field.Name))
                fault = Faulty(field.At, $"unknown element `{field.Name}` in a statement, expected {Words.OneOf(Known)}", Words.DidYouMean(field.Name, Known));
        foreach (var name in (string[])["Principal", "Action", "Resource"])
            if (Has(map, name) && Has(map, $"Not{name}"))
                fault = Faulty(map.Location, $"a statement has both `{name}` and `Not{name}`", "keep one of them");
        return fault;
    }

    private bool Has(Value.Map map, string name) => scenario.Read(map[name]) is not Value.Absent;

    private string Faulty(Location at, string message, string help = "")
    {
        problems.Add(new Problem(at, message, help));
        return message;
    }

    private Effect? ReadEffect(Value.Map map, ref string fault)
    {
        switch (scenario.Read(map["Effect"]))
        {
            case Value.Str { Text.Known: "Allow" }: return Effect.Allow;
            case Value.Str { Text.Known: "Deny" }: return Effect.Deny;
            case Value.Str { Text.Known: { } other } text:
                fault = Faulty(text.Location, $"unknown `Effect` `{other}`, expected `Allow` or `Deny`", Words.DidYouMean(other, ["Allow", "Deny"]));
                return null;
            case Value.Absent:
                fault = Faulty(map.Location, "a statement has no `Effect`", "add `Effect: Allow` or `Effect: Deny`");
                return null;
            default:
                fault = "its `Effect` is not known here";
                return null;
        }
    }

    private Principals? ReadPrincipals(Value.Map map, ref string fault)
    {
        var negated = Has(map, "NotPrincipal");
        var value = scenario.Read(map[negated ? "NotPrincipal" : "Principal"]);
        var entries = ImmutableArray.CreateBuilder<PrincipalEntry>();
        switch (value)
        {
            case Value.Absent: return null;
            case Value.Str { Text.Known: "*" }:
                entries.Add(new PrincipalEntry("*", Text.Of("*"), value.Location));
                break;
            case Value.Map types:
                foreach (var field in types.Fields)
                    foreach (var item in Items(scenario.Read(field.Value))) entries.Add(ReadPrincipal(field.Name, item, field.At, ref fault));
                break;
            case Value.Unknown unknown:
                entries.Add(new PrincipalEntry("AWS", null, unknown.Location, unknown.Why));
                break;
            case Value.Str text when text.Text.Known is null:
                entries.Add(new PrincipalEntry("AWS", null, text.Location, $"`{text.Text}` is not known here"));
                break;
            default:
                fault = Faulty(value.Location, "a principal must be `\"*\"` or a map such as `AWS: ARN`", "write `AWS:`, `Service:`, `Federated:` or `CanonicalUser:` before it");
                entries.Add(new PrincipalEntry("AWS", null, value.Location, fault));
                break;
        }
        if (negated && Has(map, "Principal")) return new Principals([new PrincipalEntry("AWS", null, value.Location, fault)], negated, value.Location);
        return new Principals(entries.ToImmutable(), negated, value.Location);
    }

    private static readonly string[] PrincipalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];

    private PrincipalEntry ReadPrincipal(string type, Value item, Location at, ref string fault)
    {
        if (!PrincipalTypes.Contains(type) && type != "*")
        {
            fault = Faulty(at, $"unknown principal type `{type}`, expected {Words.OneOf(PrincipalTypes)}", Words.DidYouMean(type, PrincipalTypes));
            return new PrincipalEntry(type, null, item.Location, fault);
        }
        return item switch
        {
            Value.Str text => new PrincipalEntry(type, text.Text, text.Location),
            Value.Number number => new PrincipalEntry(type, Text.Of(number.Text.PadLeft(type == "AWS" ? 12 : 0, '0')), number.Location),
            Value.Unknown { Likely: Value.Str likely } unknown => new PrincipalEntry(type, likely.Text, unknown.Location),
            Value.Unknown unknown => new PrincipalEntry(type, null, unknown.Location, unknown.Why),
            _ => new PrincipalEntry(type, null, item.Location, "it is not a text"),
        };
    }

    private Elements? ReadElements(Value.Map map, string name, string negatedName, ref string fault)
    {
        var negated = Has(map, negatedName);
        var written = negated ? negatedName : name;
        var value = scenario.Read(map[written]);
        if (value is Value.Absent)
        {
            if (name == "Action") fault = Faulty(map.Location, "a statement has no `Action`", "add `Action:`");
            return null;
        }
        if (value is Value.List { Items.IsEmpty: true } empty) fault = Faulty(empty.Location, $"`{written}` is an empty list", "name at least one, or remove the statement");
        var items = Items(value).Select(v => ReadElement(v, wildcards: true, variables && name == "Resource")).ToImmutableArray();
        if (items.IsEmpty || (negated && Has(map, name))) items = [new Element(null, value.Location, $"what `{written}` names is not known")];
        return new Elements(items, negated, value.Location);
    }

    private static Element ReadElement(Value value, bool wildcards, bool variables) => value switch
    {
        Value.Str text => new Element(Pattern.Read(text.Text, wildcards, variables), text.Location),
        Value.Number number => new Element(Pattern.Read(Text.Of(number.Text), wildcards: false, variables: false), number.Location),
        Value.Flag flag => new Element(Pattern.Read(Text.Of(flag.IsTrue ? "true" : "false"), wildcards: false, variables: false), flag.Location),
        Value.Unknown { Likely: Value.Str likely } unknown => new Element(Pattern.Read(likely.Text, wildcards, variables), unknown.Location),
        Value.Unknown unknown => new Element(null, unknown.Location, unknown.Why),
        Value.Secret secret => new Element(null, secret.Location, "it is a secret"),
        _ => new Element(null, value.Location, "it is not a text"),
    };

    /// <summary>The items of a list, lists in it taken apart (a chosen branch may be one), or the value alone.</summary>
    private IEnumerable<Value> Items(Value value) => value is Value.List list ? scenario.ReadItems(list).SelectMany(Items) : [value];

    private ImmutableArray<Clause> ReadConditions(Value value, ref string fault)
    {
        if (value is Value.Absent) return [];
        if (value is not Value.Map operators)
        {
            fault = value is Value.Unknown unknown ? unknown.Why : Faulty(value.Location, "a condition must be a map of operators");
            return [];
        }
        var clauses = ImmutableArray.CreateBuilder<Clause>();
        foreach (var field in operators.Fields)
        {
            var stated = scenario.Read(field.Value);
            if (stated is Value.Absent) continue;
            if (Operator.Read(field.Name) is not { } @operator)
            {
                fault = Faulty(field.At, $"unknown condition operator `{field.Name}`", Words.DidYouMean(field.Name, Operator.Names));
                continue;
            }
            if (stated is not Value.Map keys)
            {
                fault = stated is Value.Unknown u ? u.Why : Faulty(field.At, $"`{field.Name}` must be a map of condition keys");
                continue;
            }
            foreach (var key in keys.Fields) AddClause(clauses, @operator, key, ref fault);
        }
        return clauses.ToImmutable();
    }

    private void AddClause(ImmutableArray<Clause>.Builder clauses, Operator @operator, Value.Field key, ref string fault)
    {
        var value = scenario.Read(key.Value);
        if (value is Value.Absent) return;
        if (value is Value.Map or Value.List { Items.IsEmpty: true })
        {
            fault = Faulty(value.Location, $"`{key.Name}` needs a value or a list of values");
            return;
        }
        var values = Items(value).Select(v => ReadElement(v, @operator.HasWildcards, variables && @operator.HasVariables));
        clauses.Add(new Clause(@operator, key.Name, [.. values], key.At));
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..57]}…";
}
