using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>What names stand for in a template: parameters, pseudo parameters, resources and their attributes.</summary>
internal sealed class References(Template template, Resolver resolver)
{
    private const string Outputs = "Outputs.";
    private readonly Parameters parameters = new(template, resolver.Defaults);
    private readonly Dictionary<string, Text> identities = new(StringComparer.Ordinal);
    private readonly HashSet<string> identifying = new(StringComparer.Ordinal);

    /// <summary><c>Ref</c>.</summary>
    public Value Ref(Node.Scalar name) => Named(name.Text.Trim(), name.Location, dotted: false);

    /// <summary>A variable of <c>Fn::Sub</c>: a name, or <c>LogicalId.Attribute</c>.</summary>
    public Value Named(string name, Location at) => Named(name, at, dotted: true);

    private Value Named(string name, Location at, bool dotted)
    {
        if (name.StartsWith("AWS::", StringComparison.Ordinal)) return Pseudo(name, at);
        if (template.Parameters[name] is { } parameter) return parameters.Of(name, parameter as Node.Map, at);
        if (template.Resources.TryGetValue(name, out var resource)) return Attribute(resource, "Ref", at);
        if (template.Sam?.Named(name) is { } made) return Attribute(made, "Ref", at);
        if (dotted && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot) return GetAtt(at, name[..dot], name[(dot + 1)..]);
        return Missing(name, at);
    }

    /// <summary><c>Fn::GetAtt</c>.</summary>
    public Value GetAtt(Location at, string logicalId, string attribute) =>
        template.Sam is not null && attribute.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && template.Sam.Named($"{logicalId}.{attribute[..dot]}") is { } made ? Attribute(made, attribute[(dot + 1)..], at)
        : template.Resources.TryGetValue(logicalId, out var resource) ? Attribute(resource, attribute, at) : Missing(logicalId, at);

    private Value Missing(string name, Location at)
    {
        var made = MadeBySomething(name);
        if (made.Length > 0)
            return new Value.Str(at, Text.Of(new Symbol(template.Document.Scope, $"made {name}") { Display = name, IsParameter = true }));
        resolver.Fault(at, $"`{name}` is neither a parameter nor a resource of this template",
            Words.DidYouMean(name, template.Parameters.Entries.Select(e => e.Key.Text).Concat(template.Resources.Keys)));
        return new Value.Unknown(at, $"`{name}` is not in the template");
    }

    /// <summary>Why a name that the template does not show may still exist: macros and SAM add resources.</summary>
    private string MadeBySomething(string name)
    {
        if (template.Open.Length > 0) return template.Open;
        if (template.Refused.Contains(name)) return "it cannot be read";
        return template.Sam?.MayMake(name) is true ? "made by AWS::Serverless" : "";
    }

    private Value Pseudo(string name, Location at)
    {
        Text? text = name switch
        {
            "AWS::AccountId" => template.Surroundings.Account,
            "AWS::Region" => template.Surroundings.Region,
            "AWS::Partition" => template.Surroundings.Partition,
            "AWS::URLSuffix" => template.Surroundings.DnsSuffix,
            "AWS::StackName" when template.Use.StackName.Length > 0 => Text.Of(template.Use.StackName),
            "AWS::StackName" or "AWS::StackId" => Text.Of(new Symbol(template.Document.Scope, name) { Display = name, Charset = name == "AWS::StackName" ? Charset.Name256 : Charset.Any }),
            _ => null,
        };
        if (text is not null) return new Value.Str(at, text);
        if (name == "AWS::NoValue") return new Value.Absent(at);
        if (name == "AWS::NotificationARNs") return new Value.Unknown(at, "`AWS::NotificationARNs` is known only at the deploy");
        resolver.Fault(at, $"`{name}` is no pseudo parameter",
            Words.DidYouMean(name, ["AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::URLSuffix", "AWS::StackName", "AWS::StackId", "AWS::NoValue", "AWS::NotificationARNs"]));
        return new Value.Unknown(at, $"`{name}` is no pseudo parameter");
    }

    private Value Attribute(Template.Declared resource, string attribute, Location at)
    {
        if (template.Kinds.OfType(resource.Type)?.IdentityByAttribute(Format.CloudFormation, attribute) is { } identity)
            return new Value.Str(at, Identify(resource, identity.Name));
        var why = "";
        if (resource.IsStack && attribute.StartsWith(Outputs, StringComparison.Ordinal) && resolver.Nested.Output(resource, attribute[Outputs.Length..], at, out why) is { } output) return output;
        if (resolver.Others.Carried(resource, attribute, at) is { } carried) return carried;
        var free = resource.IsStack || resource.Type.StartsWith("Custom::", StringComparison.Ordinal)
            || resource.Type is "AWS::CloudFormation::CustomResource" or "AWS::CloudFormation::Macro" or "AWS::SSM::Parameter";
        return new Value.Str(at, Text.Of(new Symbol(template.Document.Scope, $"{resource.LogicalId}.{attribute}")
        {
            Display = $"{(attribute == "Ref" ? resource.LogicalId : $"{resource.LogicalId}.{attribute}")}{(why.Length > 0 ? $": {why.Replace("`", "", StringComparison.Ordinal)}" : "")}",
            Owner = resource.LogicalId,
            OwnerType = !free && attribute is "Ref" or "Arn" or "Id" ? resource.Type : "",
            IsParameter = free,
        }));
    }

    /// <summary>An identity (or a field that an identity is made of) of a resource, as its kind states it.</summary>
    public Text Identify(Template.Declared resource, string name)
    {
        var key = $"{resource.LogicalId}\n{name}";
        if (identities.TryGetValue(key, out var known)) return known;
        if (!identifying.Add(key)) return Own(resource, name, Charset.Any, generated: false);
        var text = resolver.Defaults.Without(() => Compute(resource, name));
        identifying.Remove(key);
        return identities[key] = text;
    }

    private Text Compute(Template.Declared resource, string name)
    {
        if (template.Surroundings.Named(name) is { } surrounding) return surrounding;
        var kind = template.Kinds.OfType(resource.Type)!;
        if (kind.Identity(name) is not { } identity) return FieldText(resource, kind.Fields[name]!);
        if (identity.Is.Length > 0) return Surroundings.Expand(identity.Is, n => Identify(resource, n));
        var own = Own(resource, name, identity.Charset, generated: !IsOpen(resource.Properties));
        if (identity.GivenInCloudFormation.Length == 0) return own;
        return Narrow(GivenText(resource, identity.GivenInCloudFormation, own, Own(resource, name, identity.Charset, generated: false)), identity.Charset);
    }

    /// <summary>A parameter that is used as a name holds what such names hold.</summary>
    private static Text Narrow(Text text, Charset charset) => text.Known is not null || charset == Charset.Any ? text : Text.Join(text.Pieces.Select(p => p switch
    {
        Piece.Hole { Symbol: { IsParameter: true } symbol } => new Piece.Hole(symbol with { Charset = charset }),
        _ => p,
    }));

    private Text FieldText(Template.Declared resource, KindField field) => GivenText(
        resource, field.CloudFormation[0].Path!.ToString(), Text.Of((field.Default as Node.Scalar)?.Text ?? ""), Own(resource, field.Name, Charset.Any, generated: false));

    /// <summary>The text that a property gives. What a condition chooses is a text of its own, the same wherever the resource is
    /// referred to, whichever it will be.</summary>
    private Text GivenText(Template.Declared resource, string property, Text otherwise, Text chosen)
    {
        if (property.Split('.').Aggregate((Node?)resource.Properties, (inner, name) => (inner as Node.Map)?[name]) is not { } node) return otherwise;
        var value = resolver.Resolve(node);
        return value switch
        {
            Value.Absent => otherwise,
            Value.List or Value.Map => Refused(value.Location),
            Value.Choice choice => Text.Of(chosen.Only! with { Chosen = choice }),
            _ => Text.Join(resolver.PiecesOf(value)) is { HasEither: false } given ? given : chosen,
        };

        Text Refused(Location at)
        {
            resolver.Fault(at, $"`{property}` of `{resource.LogicalId}` must be a text");
            return otherwise;
        }
    }

    /// <summary>Whether a macro may give the resource a name.</summary>
    private static bool IsOpen(Node properties) => Intrinsic.Of(properties) is not null || (properties as Node.Map)?["Fn::Transform"] is not null;

    private Text Own(Template.Declared resource, string name, Charset charset, bool generated) =>
        Text.Of(Symbol.OfAttribute(template.Document.Scope, resource.LogicalId, name, charset, generated) with { OwnerType = resource.Type });
}
