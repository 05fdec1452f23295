using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>What a template's parameters stand for: what was given, else symbols that know their default.</summary>
internal sealed class Parameters(Template template, TakenDefaults defaults)
{
    public Value Of(string name, Node.Map? declared, Location at)
    {
        var type = TextOf(declared, "Type") ?? "String";
        var isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal) || type.Contains("<List", StringComparison.Ordinal);
        var isSecret = IsSecret(declared);
        if (template.Use.Parent is { } parent) return OfNested(parent, name, declared, at, isList, isSecret);
        if (template.Deployment.Parameters.TryGetValue(name, out var given) && isSecret) return new Value.Secret(at);
        if (given is not null && !IsStored(type)) return Given(name, given, declared, isList, at);
        var known = isSecret || IsStored(type) || TextOf(declared, "Default") is not { } text
            ? null
            : new ParameterDefault(template.Document.Scope, name, text);
        if (known is not null && defaults.Take(known)) return Read(known.Text, isList, at);
        if (!isSecret && !isList && !IsStored(type) && AllowedBy(declared) is [var only]) return Read(only, isList, at);
        if (isList)
            return UnknownList(name, at, known is null ? null : new ValueByDefault([known], Read(known.Text, isList, at)));
        return new Value.Str(at, Text.Of(SymbolOf(name, type, declared, known)));
    }

    /// <summary>What the user gives; a value that CloudFormation would refuse is a fault.</summary>
    private Value Given(string name, string given, Node.Map? declared, bool isList, Location at)
    {
        var (value, allowed) = (Read(given, isList, at), AllowedBy(declared));
        var refused = (value is Value.List list ? list.Items.Select(i => i.KnownText!) : [given]).FirstOrDefault(t => allowed.Length > 0 && !allowed.Contains(t));
        if (refused is not null)
            template.Problems.Add(new Problem(declared!["AllowedValues"]!.Location, $"parameter `{name}` is given `{refused}`, which is not one of its `AllowedValues`", "give one of them"));
        return value;
    }

    /// <summary>What the parent gives; what it does not, is the default, for nobody else can give it.</summary>
    private Value OfNested(ParentStack parent, string name, Node.Map? declared, Location at, bool isList, bool isSecret)
    {
        if (isSecret) return new Value.Secret(at);
        var type = TextOf(declared, "Type") ?? "String";
        var isStored = IsStored(type);
        if (!isStored && parent.Parameters.TryGetValue(name, out var given)) return template.Bring(at, isList ? ListOf(name, given, given.Location) : given, $"parameter `{name}` is given by the stack that nests this one");
        if (!isStored && !parent.Parameters.ContainsKey(name) && TextOf(declared, "Default") is { } text) return Read(text, isList, at);
        return isList ? UnknownList(name, at, null) : new Value.Str(at, Text.Of(SymbolOf(name, type, declared, null)));
    }

    /// <summary>A list parameter is given as one text with commas, which no symbol in it may hold.</summary>
    private Value ListOf(string name, Value given, Location at) => given switch
    {
        Value.Str { Text: { HasEither: false } text } when text.Symbols.All(s => !s.Charset.Has(',')) => new Value.List(at, [.. text.Split(",").Select(t => new Value.Str(at, t))]),
        Value.Choice choice => new Value.Choice(at, choice.Condition, ListOf(name, choice.Then, at), ListOf(name, choice.Otherwise, at)),
        Value.Str => UnknownList(name, at, null),
        _ => Moved.To(at, given),
    };

    private Value.Unknown UnknownList(string name, Location at, ValueByDefault? known) =>
        new(at, $"parameter `{name}` is a list whose items are not known here") { Symbol = new Symbol(template.Document.Scope, $"parameter {name}") { Display = name }, Default = known };

    private Symbol SymbolOf(string name, string type, Node.Map? declared, ParameterDefault? known) => new(template.Document.Scope, $"parameter {name}")
    {
        Display = name,
        IsParameter = true,
        IsShown = !IsSecret(declared) || TextOf(declared, "Default") is { Length: > 0 },
        Allowed = IsStored(type) ? [] : AllowedBy(declared),
        Charset = type switch
        {
            "AWS::EC2::VPC::Id" or "AWS::EC2::Subnet::Id" or "AWS::EC2::SecurityGroup::Id" => Charset.Name256,
            _ => TextOf(declared, "AllowedPattern") is { } pattern ? Charset.OfAllowedPattern(pattern) : Charset.Any,
        },
        Default = known is null ? null : new TextByDefault([known], known.Text),
    };

    private static ImmutableArray<string> AllowedBy(Node.Map? declared) =>
        declared?["AllowedValues"] is Node.List list && list.Items.All(i => i is Node.Scalar { Tag: "" }) ? [.. list.Items.Select(i => ((Node.Scalar)i).Text)] : [];

    /// <summary>A parameter whose text is the name of a stored one: its value is there, and known only at the deploy.</summary>
    private static bool IsStored(string type) => type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal);

    private static Value Read(string text, bool isList, Location at) => isList
        ? new Value.List(at, text.Length == 0 ? [] : [.. text.Split(',').Select(p => Value.Of(at, p.Trim()))])
        : Value.Of(at, text);

    private static bool IsSecret(Node.Map? declared) => TextOf(declared, "NoEcho") is "true" or "True";

    private static string? TextOf(Node.Map? declared, string name) => (declared?[name] as Node.Scalar)?.Text;
}

/// <summary>Whether parameters are read as their defaults just now, and which were: what a function gives with them is the default
/// of what it gives without.</summary>
internal sealed class TakenDefaults
{
    private List<ParameterDefault>? taken;

    /// <summary>Whether parameters are read as their defaults.</summary>
    public bool AreTaken => taken is not null;

    /// <summary>Whether the parameter is to be read as its default.</summary>
    public bool Take(ParameterDefault one)
    {
        if (taken is null) return false;
        if (!taken.Contains(one)) taken.Add(one);
        return true;
    }

    /// <summary>What something is where the parameters that it asks for keep their defaults; null where that is no more known.</summary>
    public ValueByDefault? Of(Func<Value> read)
    {
        if (AreTaken) return null;
        taken = [];
        var value = read();
        var of = taken.ToImmutableArray();
        taken = null;
        return of.IsEmpty || value is Value.Unknown ? null : new ValueByDefault(of, value);
    }

    /// <summary>Reads something that is kept for later, and so must not depend on defaults.</summary>
    public T Without<T>(Func<T> read)
    {
        var before = taken;
        taken = null;
        var result = read();
        taken = before;
        return result;
    }
}
