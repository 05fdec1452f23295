using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Turns the values of a plan into values, and what the plan leaves unknown into what its configuration refers to.</summary>
internal sealed partial class References
{
    private readonly Plan plan;
    private readonly Providers providers;
    private readonly Kinds kinds;
    private readonly ILookup<string, Plan.Planned> byReference;
    private readonly Dictionary<string, Plan.Planned> byAddress;
    private readonly Dictionary<string, Text> identities = new(StringComparer.Ordinal);
    private readonly HashSet<string> identifying = new(StringComparer.Ordinal);

    private readonly PlanSources? sources;

    public PlanSources? Sources => sources;

    public References(Plan plan, Providers providers, Kinds kinds, TerraformSources told, List<Problem> problems)
    {
        (this.plan, this.providers, this.kinds) = (plan, providers, kinds);
        byReference = plan.Resources.Where(r => !r.IsDeleted).ToLookup(r => Place(r.ModulePath, r.Reference), StringComparer.Ordinal);
        byAddress = plan.Resources.Where(r => !r.IsDeleted).DistinctBy(r => r.Address).ToDictionary(r => r.Address, StringComparer.Ordinal);
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
                    Item(list, i), Item(unknown, i), Item(sensitive, i), expression is Node.List blocks ? BlockOf(list, i, blocks) : expression, owner, at, depth))]);
            case Node.Scalar { Kind: ScalarKind.Bool } flag: return new Value.Flag(at, flag.Text == "true");
            case Node.Scalar { Kind: ScalarKind.Number } number: return new Value.Number(at, number.Text);
            case Node.Scalar { Kind: ScalarKind.String } text: return Value.Of(at, text.Text);
            default: return new Value.Absent(at);
        }
    }

    /// <summary>The configured block that an item comes from: sets have another order in the plan, and a <c>dynamic</c> block stands
    /// for several. The constants tell; where they do not and the order agrees all along, the order does; else all that is set in
    /// it has some expression, which is written <c>true</c>.</summary>
    private static Node BlockOf(Node.List list, int index, Node.List blocks)
    {
        if (blocks.Items is [var only]) return only;
        var agreeing = blocks.Items.Where(b => Agrees(Item(list, index), b)).ToList();
        if (agreeing is [var found]) return found;
        var isInOrder = blocks.Items.Length == list.Items.Length && Enumerable.Range(0, blocks.Items.Length).All(i => Agrees(list.Items[i], blocks.Items[i]));
        return isInOrder ? blocks.Items[index] : new Node.Scalar(blocks.Location, "true", ScalarKind.Bool);
    }

    /// <summary>Whether no constant of a configured block differs from what the plan has.</summary>
    private static bool Agrees(Node? item, Node block) => item is not Node.Map known || block is not Node.Map configured || configured.Entries.All(e =>
        (e.Value as Node.Map)?["constant_value"] is not { } constant || known[e.Key.Text] is not { } value || IsSame(constant, value));

    private static bool IsSame(Node left, Node right) => (left, right) switch
    {
        (Node.Scalar a, Node.Scalar b) => a.Text == b.Text,
        (Node.List a, Node.List b) => a.Items.Length == b.Items.Length && a.Items.All(i => b.Items.Any(o => IsSame(i, o))),
        _ => true,
    };

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
        return new Value.Unknown(at, why, Standpoint.Of(owner) is { } standpoint ? FollowAll(expression, standpoint, at, depth + 1) : null);
    }

    private Value? Attribute(string modulePath, string reference, string[] attribute, Location at)
    {
        var candidates = InstancesOf(modulePath, WithoutKey(reference)).ToList();
        var keyed = candidates.Where(c => c.Address == Place(modulePath, reference)).ToList();
        if (keyed.Count == 1) candidates = keyed;
        return candidates is [var resource] ? Attribute(resource, attribute, at) : null;
    }

    private Value Attribute(Plan.Planned resource, string[] attribute, Location at)
    {
        // a reference with a key that is no constant ends before its attribute: nothing else of a document is of use
        if (resource.Type == "aws_iam_policy_document" && attribute is ([] or ["json" or "minified_json"])) return PolicyDocument.Of(PropertiesOf(resource));
        var name = attribute.Length == 0 ? "id" : attribute[0];
        if (SurroundingOf(resource, name) is { } surrounding) return new Value.Str(at, surrounding);
        if (kinds.OfType(resource.Type)?.IdentityByAttribute(Format.Terraform, WithoutKey(name)) is { } identity)
            return new Value.Str(at, Identify(resource, identity.Name));
        if ((resource.After as Node.Map)?[name] is Node.Scalar { Kind: ScalarKind.String } known) return Value.Of(known.Location, known.Text);
        return new Value.Str(at, Text.Of(new Symbol(plan.Document.Scope, $"{resource.Address}.{string.Join('.', attribute)}")
        {
            Display = $"{resource.Address}.{string.Join('.', attribute)}",
            Owner = resource.Address,
            OwnerType = attribute is ["id" or "arn"] && resource.Mode == "managed" && resource.Type.StartsWith("aws_", StringComparison.Ordinal) ? resource.Type : "",
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
        foreach (var attribute in identity.Terraform)
            if ((resource.After as Node.Map)?[attribute] is Node.Scalar { Kind: ScalarKind.String, Text.Length: > 0 } text) return Text.Of(text.Text);
        if (identity.Is.Length > 0) return Surroundings.Expand(identity.Is, n => Identify(resource, n));
        var given = identity.GivenInTerraform.Length > 0 && resource.Expressions?[identity.GivenInTerraform] is not null;
        return Own(resource, name, identity.Charset, generated: !given);
    }

    private static Text FieldText(Plan.Planned resource, KindField field) =>
        (resource.After as Node.Map)?[field.Terraform[0].Path!.ToString()] is Node.Scalar { Kind: ScalarKind.String } text
            ? Text.Of(text.Text)
            : Text.Of((field.Default as Node.Scalar)?.Text ?? "");

    private Text Own(Plan.Planned resource, string name, Charset charset, bool generated) =>
        Text.Of(Symbol.OfAttribute(plan.Document.Scope, resource.Address, name, charset, generated) with { OwnerType = resource.Type });
}
