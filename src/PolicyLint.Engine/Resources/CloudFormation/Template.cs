using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.CloudFormation.Sam;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>A template's sections as written, with what is asked for by name.</summary>
internal sealed class Template
{
    private static readonly string[] KnownTransforms =
        ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::ServiceCatalog"];

    public Template(Document document, TemplateUse use)
    {
        (Document, Use) = (document, use);
        Surroundings = use.Parent?.Surroundings ?? Surroundings.Of(document.Scope, Deployment.Account, Deployment.Region);
        Parameters = Section("Parameters");
        Conditions = Section("Conditions");
        Mappings = Section("Mappings");
        var written = ReadResources();
        Resources = written;
        if (IsServerless) (Sam, Resources, Conditions) = ExpandSam(written);
    }

    public Document Document { get; }
    public TemplateUse Use { get; }
    public Deployment Deployment => Use.Wanted.Deployment;
    public Kinds Kinds => Use.Wanted.Kinds;
    public List<Problem> Problems => Use.Problems;
    public Surroundings Surroundings { get; }
    public Node.Map Parameters { get; }
    public Node.Map Conditions { get; }
    public Node.Map Mappings { get; }
    public IReadOnlyDictionary<string, Declared> Resources { get; }

    /// <summary>The values that come from other templates, as they are met.</summary>
    public HashSet<Brought> Brought { get; } = [];

    /// <summary>The value as one that stands here.</summary>
    public Value Bring(Location at, Value value, string how)
    {
        if (value.Location.File != at.File) Brought.Add(new Brought(at, how, value.Location));
        return Moved.To(at, value);
    }

    /// <summary>Why resources may exist that the template does not show, empty where none may.</summary>
    public string Open { get; private set; } = "";

    /// <summary>Why resources may have properties that the template does not show, empty where none may.</summary>
    public string Touched { get; private set; } = "";

    /// <summary>What it has in common with the templates that it nests and is nested in.</summary>
    public string Family => Use.Parent?.Family ?? Document.Scope;

    public bool IsServerless => Transforms.Contains("AWS::Serverless-2016-10-31");

    /// <summary>Whether functions may stand where else only a name can; a macro may add them.</summary>
    public bool HasLanguageExtensions => Open.Length > 0 || Transforms.Contains("AWS::LanguageExtensions");

    /// <summary>What SAM makes of the template, null for one that does not use it.</summary>
    public SamExpansion? Sam { get; }

    private (SamExpansion, IReadOnlyDictionary<string, Declared>, Node.Map) ExpandSam(Dictionary<string, Declared> written)
    {
        var sam = SamExpansion.Of(this, written);
        if (Open.Length == 0) Open = sam.Open;
        return (sam, sam.Resources, sam.Conditions.IsEmpty ? Conditions : new Node.Map(Conditions.Location, [.. Conditions.Entries, .. sam.Conditions]));
    }

    /// <summary>One entry of <c>Resources</c>.</summary>
    public sealed record Declared(string LogicalId, string Type, Node Properties, Node? Condition, Location Location, Node? Metadata)
    {
        /// <summary>Whether it is a stack of another template.</summary>
        public bool IsStack => Type is "AWS::CloudFormation::Stack" or "AWS::Serverless::Application";
    }

    private IEnumerable<string> Transforms => Document.Root["Transform"] switch
    {
        Node.Scalar scalar => [scalar.Text],
        Node.List list => list.Items.OfType<Node.Scalar>().Select(s => s.Text),
        _ => [],
    };

    private Node.Map Section(string name) => Document.Root[name] switch
    {
        Node.Map map => map,
        null or Node.Scalar { Kind: ScalarKind.Null } => new Node.Map(Document.Root.Location, []),
        var other => Faulty(other, $"`{name}` must be a map"),
    };

    private Node.Map Faulty(Node node, string message)
    {
        Problems.Add(new Problem(node.Location, message));
        return new Node.Map(node.Location, []);
    }

    private Dictionary<string, Declared> ReadResources()
    {
        foreach (var transform in Transforms)
            if (!KnownTransforms.Contains(transform)) Open = Touched = $"macro `{transform}` may add or change resources";
        if (Document.Source.Contains("Rain::"u8) || Document.Root["Modules"] is not null) Open = "directives of another tool are not expanded";
        foreach (var call in Document.Root["Transform"] switch { Node.List list => list.Items.OfType<Node.Map>(), Node.Map one => [one], _ => [] })
        {
            Open = Unexpanded(call);
            if (Includes.NameOf(call) != "AWS::Include") Touched = Open;
        }
        if (Document.Root["Resources"] is null)
            Problems.Add(new Problem(Document.Root.Location, "the template has no `Resources`", "add at least one resource, or leave the file out"));
        var section = Section("Resources");
        var declared = new Dictionary<string, Declared>(StringComparer.Ordinal);
        foreach (var entry in ForEach.Expand(section.Entries, ItemsOf, Unexpanded))
            if (ReadResource(entry) is { } resource) declared[resource.LogicalId] = resource;
        return declared;
    }

    private readonly HashSet<ParameterDefault> looped = [];

    /// <summary>The defaults of parameters that loops were written out by.</summary>
    public IReadOnlyCollection<ParameterDefault> Looped => looped;

    /// <summary>The items of a list parameter that was given or has a default, or of a list of a map under keys that are written out.</summary>
    public IReadOnlyList<string>? ItemsOf(Node collection)
    {
        if (Intrinsic.Of(collection) is { Name: "Fn::FindInMap", Argument: Node.List { Items: [Node.Scalar { Tag: "" } map, Node.Scalar { Tag: "" } top, Node.Scalar { Tag: "" } second, ..] } })
            return Mappings[map.Text] is Node.Map first && first[top.Text] is Node.Map then && then[second.Text] is Node.List { Items: var items } && items.All(i => i is Node.Scalar { Tag: "" })
                ? [.. items.Select(i => ((Node.Scalar)i).Text)]
                : null;
        if (Intrinsic.Of(collection) is not { Name: "Ref", Argument: Node.Scalar { Text: var name } }) return null;
        if (Use.Parent is { } parent) return parent.ItemsOf(name);
        if (!Deployment.Parameters.TryGetValue(name, out var given))
        {
            if (Parameters[name] is not Node.Map { } declared || declared["Default"] is not Node.Scalar { Text: { Length: > 0 } text } || declared["Type"] is not Node.Scalar { Text: "CommaDelimitedList" }) return null;
            looped.Add(new ParameterDefault(Document.Scope, name, text));
            given = text;
        }
        return given.Split(',', StringSplitOptions.TrimEntries);
    }

    /// <summary>Why nobody knows what a call of a macro gives.</summary>
    public static string Unexpanded(Node transform) => Includes.LocationOf(transform) is { } file
        ? $"`{file}`, which `Fn::Transform` includes, cannot be read"
        : Includes.NameOf(transform) is "AWS::Include" ? "what `AWS::Include` brings in is no local file"
        : Includes.NameOf(transform) is { } name ? $"nobody knows what macro `{name}` makes of it" : "nobody knows what the macro makes of it";

    /// <summary>What a loop makes is not judged: that is said, and what else there may be stays open.</summary>
    public void Unexpanded(Node.Entry loop, string why)
    {
        Open = why;
        Problems.Add(new Problem(loop.Key.Location, why, "give the parameter's value with `--parameter`, or write the resources out"));
    }

    private Declared? ReadResource(Node.Entry entry)
    {
        var id = entry.Key.Text;
        if (id == "Fn::Transform")
        {
            Open = Unexpanded(entry.Value);
            return null;
        }
        if (entry.Value is not Node.Map map)
            return Refuse(entry.Key, $"resource `{id}` must be a map", "give it a `Type`");
        if (map["Type"] is not Node.Scalar { Text.Length: > 0 } type)
        {
            if (map["Fn::Transform"] is null) return Refuse(entry.Key, $"resource `{id}` has no `Type`", "add `Type: AWS::Service::Resource`");
            Open = Unexpanded(map["Fn::Transform"]!);
            return null;
        }
        var properties = map["Properties"] ?? new Node.Map(map.Location, []);
        if (map["Fn::Transform"] is not null && properties is Node.Map known && known["Fn::Transform"] is null)
            properties = new Node.Map(known.Location, known.Entries.AddRange(map.Entries.Where(e => e.Key.Text == "Fn::Transform")));
        if (properties is Node.Scalar { Kind: ScalarKind.Null }) properties = new Node.Map(properties.Location, []);
        return new Declared(id, type.Text, properties, map["Condition"], entry.Key.Location, map["Metadata"]);
    }

    /// <summary>The names of resources that could not be read; what refers to them is unknown, not wrong.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    private Declared? Refuse(Node.Scalar node, string message, string help)
    {
        Refused.Add(node.Text);
        Problems.Add(new Problem(node.Location, message, help));
        return null;
    }
}
