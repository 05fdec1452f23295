using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Turns the values of a plan into values, and what the plan leaves unknown into what its configuration refers to.</summary>
internal sealed partial class References
{
    private const int DeepestChain = 20;
    private readonly Plan plan;
    private readonly Providers providers;
    private readonly Kinds kinds;
    private readonly ILookup<string, Plan.Planned> byReference;
    private readonly Dictionary<string, Text> identities = new(StringComparer.Ordinal);
    private readonly HashSet<string> identifying = new(StringComparer.Ordinal);

    private readonly PlanSources? sources;

    public PlanSources? Sources => sources;

    public References(Plan plan, Providers providers, Kinds kinds, TerraformSources told, List<Problem> problems)
    {
        (this.plan, this.providers, this.kinds) = (plan, providers, kinds);
        byReference = plan.Resources.Where(r => !r.IsDeleted).ToLookup(r => Place(r.ModulePath, r.Reference), StringComparer.Ordinal);
        sources = PlanSources.Find(plan, told, this, problems);
    }

    private static string Place(string modulePath, string reference) => modulePath.Length == 0 ? reference : $"{modulePath}.{reference}";

    /// <summary>A resource's attributes; a data source of a policy document in the shape of the document that it makes.</summary>
    public Value.Map PropertiesOf(Plan.Planned planned) => sources is null ? Planned(planned) : sources.Fill(planned, Planned);

    private Value.Map Planned(Plan.Planned planned)
    {
        var value = Convert(planned.After ?? planned.Unknown, planned.Unknown, planned.Sensitive, planned.Expressions, planned, planned.Location, 0);
        return value as Value.Map ?? new Value.Map(planned.Location, []);
    }

    /// <summary>What the provider will fill in and the configuration does not set is not set: identities are read by
    /// <see cref="Identify"/>.</summary>
    private Value Convert(Node? after, Node? unknown, Node? sensitive, Node? expression, Plan.Planned owner, Location at, int depth)
    {
        at = after?.Location ?? at;
        if (unknown is Node.Scalar { Text: "true" })
            return expression is null && owner.Expressions is not null ? new Value.Absent(at) : Unknown(expression, owner, at, depth);
        if (sensitive is Node.Scalar { Text: "true" }) return new Value.Secret(at);
        switch (after)
        {
            case Node.Map map:
                var names = map.Entries.Select(e => e.Key).Concat((unknown as Node.Map)?.Entries.Select(e => e.Key) ?? []).DistinctBy(k => k.Text);
                return new Value.Map(at, [.. names.Select(k => new Value.Field(k.Text, k.Location, Convert(
                    map[k.Text], Part(unknown, k.Text), Part(sensitive, k.Text), Part(expression, k.Text), owner, k.Location, depth)))]);
            case Node.List list:
                var count = Math.Max(list.Items.Length, (unknown as Node.List)?.Items.Length ?? 0);
                return new Value.List(at, [.. Enumerable.Range(0, count).Select(i => Convert(
                    Item(list, i), Item(unknown, i), Item(sensitive, i), expression is Node.List blocks ? Item(blocks, i) : expression, owner, at, depth))]);
            case Node.Scalar { Kind: ScalarKind.Bool } flag: return new Value.Flag(at, flag.Text == "true");
            case Node.Scalar { Kind: ScalarKind.Number } number: return new Value.Number(at, number.Text);
            case Node.Scalar { Kind: ScalarKind.String } text: return Value.Of(at, text.Text);
            default: return new Value.Absent(at);
        }
    }

    private static Node? Part(Node? node, string key) => node switch
    {
        Node.Map map => map[key],
        Node.Scalar { Text: "true" } all => all,
        _ => null,
    };

    private static Node? Item(Node? node, int index) => node switch
    {
        Node.List list => index < list.Items.Length ? list.Items[index] : null,
        Node.Scalar { Text: "true" } all => all,
        _ => null,
    };

    private Value.Unknown Unknown(Node? expression, Plan.Planned owner, Location at, int depth)
    {
        var named = Names(expression);
        if (named.Count == 0) return new Value.Unknown(at, "it is known only after apply");
        var why = $"it is known only after apply, built from {Words.OneOf(Longest(named))}";
        var sole = Longest(OfSameInstance(named, owner));
        return new Value.Unknown(at, why, sole is [var only] && owner.Module is not null ? Follow(only, owner.ModulePath, owner.Module, at, depth + 1) : null);
    }

    private static List<string> Longest(List<string> named) => [.. named.Where(n => !named.Exists(longer => longer != n && IsPrefix(n, longer)))];

    /// <summary><c>x.y[each.key]</c> is listed as <c>x.y</c> and <c>each.key</c>: the instance with the key of the one that asks.</summary>
    private static List<string> OfSameInstance(List<string> named, Plan.Planned owner)
    {
        var key = owner.Address.EndsWith(']') ? owner.Address[owner.Address.LastIndexOf('[')..] : "";
        if (key.Length == 0 || !named.Exists(n => n is "each.key" or "count.index")) return named;
        return [.. named.Where(n => n is not ("each.key" or "count.index")).Select(n => n.Contains('[', StringComparison.Ordinal) ? n : n + key)];
    }

    private static bool IsPrefix(string shorter, string longer) =>
        longer.StartsWith(shorter, StringComparison.Ordinal) && longer[shorter.Length] is '.' or '[';

    private static List<string> Names(Node? expression) =>
        expression is Node.Map map && map["references"] is Node.List list ? [.. list.Items.OfType<Node.Scalar>().Select(s => s.Text).Distinct()] : [];

    /// <summary>What a reference of the configuration stands for, or null where the plan does not tell.</summary>
    private Value? Follow(string reference, string modulePath, Plan.Module module, Location at, int depth)
    {
        if (depth > DeepestChain) return null;
        var words = reference.Split('.');
        switch (words)
        {
            case ["var", var name, ..] when module.Parent is { } parent:
                return FollowExpression(module.Arguments?[WithoutKey(name)], ParentPath(modulePath), parent, at, depth);
            case ["var", var name, ..]:
                return (module.Arguments?[WithoutKey(name)] as Node.Map)?["value"] is Node.Scalar { Kind: ScalarKind.String } given ? Value.Of(given.Location, given.Text) : null;
            case ["module", var name, var output, ..] when module.Child(WithoutKey(name)) is { } child:
                var declared = (child.Configuration?["outputs"] as Node.Map)?[WithoutKey(output)] as Node.Map;
                return FollowExpression(declared?["expression"], Place(modulePath, $"module.{name}"), child, at, depth);
            case ["local" or "each" or "count" or "path" or "terraform" or "self", ..]:
                return null;
            case ["data", var type, var name, .. var attribute]:
                return Attribute(modulePath, $"data.{type}.{name}", attribute, at);
            case [var type, var name, .. var attribute]:
                return Attribute(modulePath, $"{type}.{name}", attribute, at);
            default:
                return null;
        }
    }

    private Value? FollowExpression(Node? expression, string modulePath, Plan.Module module, Location at, int depth)
    {
        if ((expression as Node.Map)?["constant_value"] is Node.Scalar { Kind: ScalarKind.String } constant) return Value.Of(constant.Location, constant.Text);
        var named = Names(expression);
        return Longest(named) is [var only] ? Follow(only, modulePath, module, at, depth + 1) : null;
    }

    private static string ParentPath(string path) => path.LastIndexOf("module.", StringComparison.Ordinal) is > 0 and var at ? path[..(at - 1)] : "";

    private static string WithoutKey(string word) => word.IndexOf('[', StringComparison.Ordinal) is >= 0 and var bracket ? word[..bracket] : word;

    private Value? Attribute(string modulePath, string reference, string[] attribute, Location at)
    {
        var candidates = InstancesOf(modulePath, WithoutKey(reference)).ToList();
        var keyed = candidates.Where(c => c.Address == Place(modulePath, reference)).ToList();
        if (keyed.Count == 1) candidates = keyed;
        return candidates is [var resource] ? Attribute(resource, attribute, at) : null;
    }

    private Value Attribute(Plan.Planned resource, string[] attribute, Location at)
    {
        if (resource.Type == "aws_iam_policy_document" && attribute is ["json" or "minified_json"]) return PolicyDocument.Of(PropertiesOf(resource));
        var name = attribute.Length == 0 ? "id" : attribute[0];
        if (SurroundingOf(resource, name) is { } surrounding) return new Value.Str(at, surrounding);
        if (kinds.OfType(resource.Type)?.IdentityByAttribute(Format.Terraform, WithoutKey(name)) is { } identity)
            return new Value.Str(at, Identify(resource, identity.Name));
        if ((resource.After as Node.Map)?[name] is Node.Scalar { Kind: ScalarKind.String } known) return Value.Of(known.Location, known.Text);
        return new Value.Str(at, Text.Of(new Symbol(plan.Document.Scope, $"{resource.Address}.{string.Join('.', attribute)}")
        {
            Display = $"{resource.Address}.{string.Join('.', attribute)}",
            Owner = resource.Address,
        }));
    }

    /// <summary>An identity (or a field that an identity is made of) of a resource: its text where the plan knows it.</summary>
    public Text Identify(Plan.Planned resource, string name)
    {
        var key = $"{resource.Address}\n{name}";
        if (identities.TryGetValue(key, out var known)) return known;
        if (!identifying.Add(key)) return Own(resource, name, Charset.Any, generated: false);
        var text = Compute(resource, name);
        identifying.Remove(key);
        return identities[key] = text;
    }

    private Text Compute(Plan.Planned resource, string name)
    {
        if (providers.Of(resource).Named(name) is { } surrounding) return surrounding;
        var kind = kinds.OfType(resource.Type)!;
        if (kind.Identity(name) is not { } identity) return FieldText(resource, kind.Fields[name]!);
        if (identity.Is.Length > 0) return Surroundings.Expand(identity.Is, n => Identify(resource, n));
        foreach (var attribute in identity.Terraform)
            if ((resource.After as Node.Map)?[attribute] is Node.Scalar { Kind: ScalarKind.String, Text.Length: > 0 } text) return Text.Of(text.Text);
        var given = identity.GivenInTerraform.Length > 0 && resource.Expressions?[identity.GivenInTerraform] is not null;
        return Own(resource, name, identity.Charset, generated: !given);
    }

    private static Text FieldText(Plan.Planned resource, KindField field) =>
        (resource.After as Node.Map)?[field.Terraform[0].Path!.ToString()] is Node.Scalar { Kind: ScalarKind.String } text
            ? Text.Of(text.Text)
            : Text.Of((field.Default as Node.Scalar)?.Text ?? "");

    private Text Own(Plan.Planned resource, string name, Charset charset, bool generated) =>
        Text.Of(Symbol.OfAttribute(plan.Document.Scope, resource.Address, name, charset, generated));
}
