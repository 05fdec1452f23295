using System.Collections.Immutable;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Reads one statement of a policy: lists and lone values end here; what AWS refuses is a problem with its place, and
/// the element counts as unknown (semantics 1.1): only where another one surely does not match does the statement not apply.</summary>
internal sealed class StatementReader
{
    private readonly bool variables;
    private readonly Scenario scenario;
    private readonly List<Problem> problems;
    private readonly List<Problem> refusals = [];
    private readonly List<Gap> gaps = [];
    private string fault = "";

    private StatementReader(bool variables, Scenario scenario, List<Problem> problems) =>
        (this.variables, this.scenario, this.problems) = (variables, scenario, problems);

    /// <summary>The statement at a place of the policy. One that AWS refuses is a problem, and nothing of it is known.</summary>
    /// <param name="variables">Whether <c>${key}</c> is a policy variable here (1.1 rule 4).</param>
    public static Statement Read(Value value, int index, bool variables, Scenario scenario, List<Problem> problems) =>
        new StatementReader(variables, scenario, problems).Read(value, index);

    private Statement Read(Value value, int index)
    {
        if (value is not Value.Map { Open: "" } map)
        {
            if (value is Value.Unknown or Value.Map) Missing(StatementPart.Whole, value.Location, fault = (value as Value.Unknown)?.Why ?? ((Value.Map)value).Open);
            else Faulty(FaultKind.UnknownElement, value.Location, "a statement must be a map");
            return new Statement(index, value.Location) { Fault = fault, Refusals = [.. refusals], Gaps = [.. gaps], IsRead = false };
        }
        CheckElements(map);
        var effect = ReadEffect(map);
        return new Statement(index, map.Location)
        {
            Sid = ReadPart(map["Sid"], StatementPart.Sid) is Value.Str sid ? sid.Text.ToString() : "",
            Effect = effect,
            Principals = ReadPrincipals(map),
            Actions = ReadElements(map, "Action", StatementPart.Action),
            Resources = ReadElements(map, "Resource", StatementPart.Resource),
            Conditions = ReadConditions(ReadPart(map["Condition"], StatementPart.Condition)),
            Fault = fault,
            Refusals = [.. refusals],
            Gaps = [.. gaps],
        };
    }

    private void Missing(StatementPart part, Location at, string why, bool mayBeAbsent = false) => gaps.Add(new Gap(part, at, why, mayBeAbsent));

    /// <summary>What is stated there; a gap where it is not known.</summary>
    private Value ReadPart(Value stated, StatementPart part)
    {
        var value = scenario.Read(stated);
        if (value is Value.Unknown unknown) Missing(part, unknown.Location, unknown.Why, stated is Value.Choice);
        else if (value is Value.Secret secret) Missing(part, secret.Location, "it is a secret");
        return value;
    }

    private static readonly string[] Known = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    private void CheckElements(Value.Map map)
    {
        foreach (var field in map.Fields)
            if (!Known.Contains(field.Name))
                Faulty(FaultKind.UnknownElement, field.At, $"unknown element `{field.Name}` in a statement, expected {Words.OneOf(Known)}", Words.DidYouMean(field.Name, Known));
        foreach (var name in (string[])["Principal", "Action", "Resource"])
            if (SurelyHas(map, name) && SurelyHas(map, $"Not{name}"))
                Faulty(FaultKind.ExclusiveElements, map.Location, $"a statement has both `{name}` and `Not{name}`", "keep one of them");
    }

    private bool Has(Value.Map map, string name) => scenario.Read(map[name]) is not Value.Absent;

    /// <summary>Whether no condition of the template decides that it is not there.</summary>
    private bool SurelyHas(Value.Map map, string name) => Has(map, name) && !(map[name] is Value.Choice && scenario.Read(map[name]) is Value.Unknown);

    private void Faulty(FaultKind kind, Location at, string message, string help = "")
    {
        var problem = new Problem(at, message, help) { Fault = FaultKinds.WordOf(kind) };
        problems.Add(problem);
        refusals.Add(problem);
        fault = message;
    }

    private Effect? ReadEffect(Value.Map map)
    {
        switch (ReadPart(map["Effect"], StatementPart.Effect))
        {
            case Value.Str { Text.Known: "Allow" }: return Effect.Allow;
            case Value.Str { Text.Known: "Deny" }: return Effect.Deny;
            case Value.Str { Text.Known: { } other } text:
                Faulty(FaultKind.UnknownElement, text.Location, $"unknown `Effect` `{other}`, expected `Allow` or `Deny`", Words.DidYouMean(other, ["Allow", "Deny"]));
                return null;
            case Value.Absent:
                Faulty(FaultKind.MissingElement, map.Location, "a statement has no `Effect`", "add `Effect: Allow` or `Effect: Deny`");
                return null;
            default:
                fault = "its `Effect` is not known here";
                return null;
        }
    }

    private Principals? ReadPrincipals(Value.Map map)
    {
        var negated = Has(map, "NotPrincipal");
        var value = ReadPart(map[negated ? "NotPrincipal" : "Principal"], StatementPart.Principal);
        var entries = ImmutableArray.CreateBuilder<PrincipalEntry>();
        switch (value)
        {
            case Value.Absent: return null;
            case Value.Str { Text.Known: "*" }:
                entries.Add(new PrincipalEntry("*", Text.Of("*"), value.Location));
                break;
            case Value.Map types:
                foreach (var field in types.Fields)
                    foreach (var item in Items(scenario.Read(field.Value))) entries.Add(ReadPrincipal(field.Name, item, field.At));
                if (types.Open.Length > 0) entries.Add(new PrincipalEntry("AWS", null, types.Location, types.Open));
                else if (entries.Count == 0)
                {
                    Faulty(FaultKind.MalformedPrincipal, types.Location, $"`{(negated ? "NotPrincipal" : "Principal")}` names nobody", "name who is meant, or remove the statement");
                    entries.Add(new PrincipalEntry("AWS", null, types.Location, fault));
                }
                break;
            case Value.Unknown unknown:
                entries.Add(new PrincipalEntry("AWS", null, unknown.Location, unknown.Why));
                break;
            case Value.Str text when text.Text.Known is null:
                entries.Add(new PrincipalEntry("AWS", null, text.Location, $"`{text.Text}` is not known here"));
                break;
            default:
                Faulty(FaultKind.MalformedPrincipal, value.Location, "a principal must be `\"*\"` or a map such as `AWS: ARN`", "write `AWS:`, `Service:`, `Federated:` or `CanonicalUser:` before it");
                entries.Add(new PrincipalEntry("AWS", null, value.Location, fault));
                break;
        }
        if (negated && Has(map, "Principal")) return new Principals([new PrincipalEntry("AWS", null, value.Location, fault)], negated, value.Location);
        return new Principals(entries.ToImmutable(), negated, value.Location);
    }

    private static readonly string[] PrincipalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];

    private PrincipalEntry ReadPrincipal(string type, Value item, Location at)
    {
        if (!PrincipalTypes.Contains(type) && type != "*")
        {
            Faulty(FaultKind.MalformedPrincipal, at, $"unknown principal type `{type}`, expected {Words.OneOf(PrincipalTypes)}", Words.DidYouMean(type, PrincipalTypes));
            return new PrincipalEntry(type, null, item.Location, fault);
        }
        return item switch
        {
            Value.Str { Text.Known: { } known } text when type == "AWS" && !WrittenForms.IsPrincipal(known) => Broken(text, known),
            Value.Str text => new PrincipalEntry(type, text.Text, text.Location),
            Value.Number number => new PrincipalEntry(type, Text.Of(number.Text.PadLeft(type == "AWS" ? 12 : 0, '0')), number.Location),
            Value.Unknown { Likely: Value.Str likely } unknown => new PrincipalEntry(type, likely.Text, unknown.Location),
            Value.Unknown unknown => new PrincipalEntry(type, null, unknown.Location, unknown.Why),
            _ => new PrincipalEntry(type, null, item.Location, "it is not a text"),
        };
    }

    private PrincipalEntry Broken(Value.Str text, string known)
    {
        Faulty(FaultKind.MalformedPrincipal, text.Location, $"`{known}` is no principal of AWS", "write an ARN such as `arn:aws:iam::111122223333:role/reader`, an account id, or `*`");
        return new PrincipalEntry("AWS", null, text.Location, fault);
    }

    private Elements? ReadElements(Value.Map map, string name, StatementPart part)
    {
        var negated = Has(map, $"Not{name}");
        var written = negated ? $"Not{name}" : name;
        var value = ReadPart(map[written], part);
        if (value is Value.Absent)
        {
            if (name == "Action") Faulty(FaultKind.MissingElement, map.Location, "a statement has no `Action`", "add `Action:`");
            return null;
        }
        if (value is Value.List { Items.IsEmpty: true } empty) Faulty(FaultKind.MissingElement, empty.Location, $"`{written}` is an empty list", "name at least one, or remove the statement");
        var items = Items(value).Select(v => ReadElement(v, wildcards: true, variables && name == "Resource")).ToImmutableArray();
        if (name == "Resource")
            foreach (var item in items)
                if (item.Pattern is { Text: var text } && WrittenForms.IsNoResource(text))
                {
                    Faulty(FaultKind.MalformedResource, item.Location, $"`{text}` is no ARN", $"write one such as `arn:aws:s3:::bucket/*`, or `*`");
                    return new Elements([new Element(null, item.Location, fault)], negated, value.Location);
                }
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

    private ImmutableArray<Clause> ReadConditions(Value value)
    {
        if (value is Value.Absent) return [];
        if (value is not Value.Map operators)
        {
            if (value is Value.Unknown unknown) fault = unknown.Why;
            else Faulty(FaultKind.MalformedCondition, value.Location, "a condition must be a map of operators");
            return [];
        }
        if (operators.Open.Length > 0) Missing(StatementPart.Condition, operators.Location, fault = operators.Open);
        var clauses = ImmutableArray.CreateBuilder<Clause>();
        foreach (var field in operators.Fields)
        {
            var stated = scenario.Read(field.Value);
            if (stated is Value.Absent) continue;
            if (Operator.Read(field.Name) is not { } @operator)
            {
                Faulty(FaultKind.UnknownOperator, field.At, $"unknown condition operator `{field.Name}`", Words.DidYouMean(field.Name, Operator.Names));
                continue;
            }
            if (stated is not Value.Map keys)
            {
                if (stated is Value.Unknown unknown) Missing(StatementPart.Condition, unknown.Location, fault = unknown.Why);
                else Faulty(FaultKind.MalformedCondition, field.At, $"`{field.Name}` must be a map of condition keys");
                continue;
            }
            if (keys.Open.Length > 0) Missing(StatementPart.Condition, keys.Location, fault = keys.Open);
            foreach (var key in keys.Fields) AddClause(clauses, @operator, key);
        }
        return clauses.ToImmutable();
    }

    private void AddClause(ImmutableArray<Clause>.Builder clauses, Operator @operator, Value.Field key)
    {
        var value = scenario.Read(key.Value);
        if (value is Value.Absent) return;
        if (value is Value.Map or Value.List { Items.IsEmpty: true })
        {
            Faulty(FaultKind.MalformedCondition, value.Location, $"`{key.Name}` needs a value or a list of values");
            return;
        }
        var values = Items(value).Select(v => ReadElement(v, @operator.HasWildcards, variables && @operator.HasVariables)).ToImmutableArray();
        if (@operator.Comparison is Comparison.IpAddress)
            foreach (var range in values)
                if (range.Pattern?.Text.Known is { } known && IpRange.Parse(known) is null)
                {
                    Faulty(FaultKind.MalformedValue, range.Location, $"`{known}` is no IP address and no CIDR range", "write it as in `203.0.113.0/24`");
                    return;
                }
        clauses.Add(new Clause(@operator, key.Name, values, key.At));
    }
}
