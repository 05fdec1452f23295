using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>A way from a name of a rule to what it means: <c>origin.domain</c>, <c>policy.statements[*]</c>.</summary>
/// <param name="Root">The name it begins with.</param>
/// <param name="Steps">The fields after it; one with <c>[*]</c> takes every item.</param>
public sealed record ScopePath(string Root, ImmutableArray<ScopeStep> Steps, string Source, Location Location)
{
    /// <summary>False where a field of it does not exist, so that nothing more can be said of it.</summary>
    public bool IsWhole { get; init; } = true;
}

/// <summary>One step of a path.</summary>
/// <param name="Raw">For resources of raw types: the rest of the path, into their properties.</param>
public sealed record ScopeStep(string Field, bool Every, PropertyPath? Raw = null);

/// <summary>What a name or path of a rule stands for, known when the rule is read; a closed family.</summary>
public abstract record ScopeType
{
    private ScopeType() { }

    /// <summary>A resource of one of these kinds.</summary>
    public sealed record OfKinds(ImmutableArray<Kind> Kinds) : ScopeType;

    /// <summary>A resource that writes down policies, whatever its kind.</summary>
    public sealed record OfPolicyHolder : ScopeType;

    /// <summary>A resource of a raw type: any property may be asked for.</summary>
    public sealed record OfRawType : ScopeType;

    /// <summary>A record of a list.</summary>
    public sealed record OfRecord(FieldSet Fields) : ScopeType;

    /// <summary>A policy.</summary>
    public sealed record OfPolicy : ScopeType;

    /// <summary>A statement of a policy.</summary>
    public sealed record OfStatement : ScopeType;

    /// <summary>A principal of a statement.</summary>
    public sealed record OfPrincipal : ScopeType;

    /// <summary>A condition of a statement.</summary>
    public sealed record OfCondition : ScopeType;

    /// <summary>A value without fields.</summary>
    public sealed record OfValue : ScopeType;

    /// <summary>A property of a raw type: whatever is in it may be asked for.</summary>
    public sealed record OfRawValue : ScopeType;

    /// <summary>What a project may set for the rule.</summary>
    public sealed record OfParameters(ImmutableArray<RuleParameter> Parameters) : ScopeType;

    /// <summary>What could not be read: told already, and no reason for further problems.</summary>
    public sealed record OfAnything : ScopeType;

    private static readonly ImmutableArray<string> ListsOfStatements = ["actions", "actionsOnResources", "notActions", "resources", "notResources", "conditionKeys"];

    /// <summary>Fields that every resource has.</summary>
    public static readonly ImmutableArray<string> OfEveryResource = ["address", "type", "account", "region", "partition", "via", "called"];

    /// <summary>Fields of statements.</summary>
    public static readonly ImmutableArray<string> OfEveryStatement = ["sid", "effect", "actions", "actionsOnResources", "notActions", "resources", "notResources", "principals", "notPrincipals", "conditions", "conditionKeys", "label"];

    /// <summary>Fields of principals.</summary>
    public static readonly ImmutableArray<string> OfEveryPrincipal = ["type", "text", "account", "outside"];

    /// <summary>Fields of conditions.</summary>
    public static readonly ImmutableArray<string> OfEveryCondition = ["operator", "key", "values", "narrows"];

    /// <summary>The fields that may be named after it; null where any may.</summary>
    public IEnumerable<string>? FieldNames => this switch
    {
        OfKinds kinds => OfEveryResource.Concat(kinds.Kinds.SelectMany(k => k.Fields.Names.Concat(k.Identities.Select(i => i.Name)))).Distinct(),
        OfPolicyHolder => OfEveryResource.Add("policies"),
        OfRecord record => record.Fields.Names,
        OfPolicy => ["statements"],
        OfStatement => OfEveryStatement,
        OfPrincipal => OfEveryPrincipal,
        OfCondition => OfEveryCondition,
        OfParameters of => of.Parameters.Select(p => p.Name),
        OfRawType or OfRawValue or OfAnything => null,
        _ => [],
    };

    /// <summary>The type at a field, or null where there is no such field.</summary>
    public FieldType? Field(string name) => this switch
    {
        OfKinds kinds => kinds.Kinds.Select(k => OfKindField(k, name)).FirstOrDefault(f => f is not null),
        OfRecord record => record.Fields[name] is { } field ? OfField(field) : null,
        OfPolicy => name == "statements" ? new FieldType(new OfStatement(), IsList: true) : null,
        OfStatement => !OfEveryStatement.Contains(name) ? null : name is "principals" or "notPrincipals" ? new FieldType(new OfPrincipal(), IsList: true) : name == "conditions" ? new FieldType(new OfCondition(), IsList: true) : new FieldType(new OfValue(), ListsOfStatements.Contains(name)),
        OfPolicyHolder => name == "policies" ? new FieldType(new OfPolicy(), IsList: true) : OfEveryResource.Contains(name) ? OneValue : null,
        OfRawType => OfEveryResource.Contains(name) ? OneValue : null,
        OfPrincipal => OfEveryPrincipal.Contains(name) ? OneValue : null,
        OfCondition => !OfEveryCondition.Contains(name) ? null : name == "values" ? new FieldType(new OfValue(), IsList: true) : OneValue,
        OfParameters of => of.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter ? new FieldType(new OfValue(), parameter.IsList) : null,
        _ => null,
    };

    private static FieldType? OfKindField(Kind kind, string name)
    {
        if (OfEveryResource.Contains(name) || kind.Identity(name) is not null) return OneValue;
        return kind.Fields[name] is { } field ? OfField(field) : null;
    }

    private static readonly FieldType OneValue = new(new OfValue(), IsList: false);

    private static FieldType OfField(KindField field) => field.Shape switch
    {
        FieldShape.Policy => new FieldType(new OfPolicy(), IsList: false),
        FieldShape.Records => new FieldType(new OfRecord(field.Fields), IsList: true),
        _ => new FieldType(new OfValue(), field.Gathers || field.CloudFormation.Concat(field.Terraform).Any(s => s.Path is { IsList: true })),
    };
}

/// <summary>The type at a field, and whether it is a list of that.</summary>
public sealed record FieldType(ScopeType Type, bool IsList);

/// <summary>The names that a rule may use at one point, with what they stand for.</summary>
public sealed class Names(IReadOnlyDictionary<string, ScopeType> types)
{
    /// <summary>The resource that is judged.</summary>
    public const string Focus = "resource";

    public IEnumerable<string> All => types.Keys;

    public ScopeType? this[string name] => types.GetValueOrDefault(name);

    public Names With(string name, ScopeType type) => new(new Dictionary<string, ScopeType>(types, StringComparer.Ordinal) { [name] = type });

    /// <summary>Reads a path. What does not begin with a name is a field of the focus. A field that does not exist is a
    /// problem.</summary>
    public (ScopePath Path, ScopeType Type, bool IsList) ReadPath(string text, Location at, List<Problem> problems)
    {
        var words = text.Split('.');
        var named = types.ContainsKey(words[0]);
        var root = named ? words[0] : Focus;
        var type = types[root];
        var steps = ImmutableArray.CreateBuilder<ScopeStep>();
        var isList = false;
        for (var i = named ? 1 : 0; i < words.Length; i++)
        {
            var word = words[i];
            if (type is ScopeType.OfAnything) return (new ScopePath(root, [], text, at), type, false);
            if (type is ScopeType.OfRawType && word == "properties" && i + 1 < words.Length) return Raw(i + 1);
            if (type is ScopeType.OfRawValue || (type is ScopeType.OfRawType && !ScopeType.OfEveryResource.Contains(word))) return Raw(i);
            var every = word.EndsWith("[*]", StringComparison.Ordinal);
            var name = every ? word[..^3] : word;
            if (i == 0 && every && types.TryGetValue(name, out var one))
            {
                problems.Add(new Problem(at, $"`{name}` is one thing, not a list", "leave out `[*]`"));
                return (new ScopePath(name, [], text, at) { IsWhole = false }, one, false);
            }
            if (type.Field(name) is not { } field)
            {
                var known = type.FieldNames!.Concat(i == 0 ? types.Keys : []).ToList();
                problems.Add(new Problem(at, $"unknown field `{name}` in `{text}`, expected {(known.Count == 0 ? "no field after it" : Words.OneOf(known))}", Words.DidYouMean(name, known)));
                return (new ScopePath(root, steps.ToImmutable(), text, at) { IsWhole = false }, new ScopeType.OfValue(), false);
            }
            if (isList) problems.Add(new Problem(at, $"`{text}` goes on after a list", $"take its items with `{words[i - 1]}[*]`"));
            steps.Add(new ScopeStep(name, every));
            (type, isList) = (field.Type, field.IsList && !every);
        }
        return (new ScopePath(root, steps.ToImmutable(), text, at), type, isList);

        (ScopePath, ScopeType, bool) Raw(int from)
        {
            var rest = string.Join('.', words[from..]);
            var raw = PropertyPath.Parse(rest);
            if (raw is null) problems.Add(new Problem(at, $"`{rest}` is no path into properties", "write `Path.To.It` or `List[*].Field`"));
            steps.Add(new ScopeStep(rest, raw is { IsList: true }, raw));
            return (new ScopePath(root, steps.ToImmutable(), text, at), new ScopeType.OfRawValue(), false);
        }
    }
}
