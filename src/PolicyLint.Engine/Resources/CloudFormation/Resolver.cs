using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Turns a template's nodes into values: what is known becomes known, what is not stays a symbol or an unknown with
/// its reason, and a fault is a problem at its own place.</summary>
internal sealed partial class Resolver
{
    private readonly Template template;
    private readonly References references;

    public Resolver(Template template)
    {
        this.template = template;
        Nested = new NestedStacks(template, this);
        Others = new OtherStacks(template, this);
        Defaults = new TakenDefaults();
        Conditions = new Conditions(template, this);
        references = new References(template, this);
    }

    public Conditions Conditions { get; }

    public References References => references;

    public TakenDefaults Defaults { get; }

    public NestedStacks Nested { get; }

    public OtherStacks Others { get; }

    /// <summary>What defaults alone would make wrong is not told: nobody knows that they are kept.</summary>
    public void Fault(Location at, string message, string help = "")
    {
        if (!Defaults.AreTaken) template.Problems.Add(new Problem(at, message, help));
    }

    /// <summary>What the node means.</summary>
    public Value Resolve(Node node)
    {
        if (Intrinsic.Of(node) is { } call && !(call.Name == "Condition" && node.Tag.Length == 0)) return Call(call);
        return node switch
        {
            Node.Scalar { Kind: ScalarKind.Null } none => new Value.Absent(none.Location),
            Node.Scalar { Kind: ScalarKind.Bool } flag => new Value.Flag(flag.Location, char.ToLowerInvariant(flag.Text[0]) is 't' or 'y' || flag.Text is "on" or "On" or "ON"),
            Node.Scalar { Kind: ScalarKind.Number } number => new Value.Number(number.Location, number.Text),
            Node.Scalar scalar => new Value.Str(scalar.Location, DynamicReferences.In(Text.Of(scalar.Text))),
            Node.List list => new Value.List(list.Location, [.. list.Items.Select(Resolve)]),
            Node.Map map => new Value.Map(map.Location, [.. Entries(map).Where(e => e.Key.Text != "Fn::Transform").Select(e => new Value.Field(e.Key.Text, e.Key.Location, map.Doubled.Contains(e.Key.Text) ? Value.Doubled(e) : Resolve(e.Value)))])
            {
                Open = map["Fn::Transform"] is { } transform ? Template.Unexpanded(transform) : "",
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private IEnumerable<Node.Entry> Entries(Node.Map map) =>
        map.Entries.Any(e => ForEach.Is(e.Key.Text)) ? ForEach.Expand(map.Entries, template.ItemsOf, template.Unexpanded) : map.Entries;

    /// <summary>What the function gives; where that is not known, with what it gives if parameters keep their defaults.</summary>
    private Value Call(Intrinsic call) =>
        Give(call) is var value && value is Value.Unknown { Default: null, Why: var why } unknown && !Defaults.AreTaken && Defaults.Of(() => Give(call)) is { } known
            ? new Value.Unknown(value.Location, why) { Default = known, Symbol = unknown.Symbol }
            : value;

    private Value Give(Intrinsic call) => call.Name switch
    {
        "Ref" => Ref(call),
        "Fn::GetAtt" => GetAtt(call),
        "Fn::Sub" => Sub(call),
        "Fn::Join" => Join(call),
        "Fn::If" => If(call),
        "Fn::Select" => Select(call),
        "Fn::Split" => Split(call),
        "Fn::FindInMap" => FindInMap(call),
        "Fn::ImportValue" => ImportValue(call),
        "Fn::ToJsonString" => Resolve(call.Argument),
        "Fn::Length" => Length(call, Resolve(call.Argument)),
        "Fn::Base64" => Base64(call, Resolve(call.Argument)),
        "Fn::Cidr" => Cidr(call),
        "Fn::GetStackOutput" => GetStackOutput(call),
        "Fn::GetAZs" => Zones(call),
        "Fn::Transform" => Unknown(call, Template.Unexpanded(call.Argument)),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" or "Condition" => Choose(call, Conditions.Read(call), new Value.Flag(call.Location, true), new Value.Flag(call.Location, false)),
        _ when Intrinsic.All.Contains(call.Name) => Wrong(call, "may stand in `Rules` only"),
        _ when template.Open.Length > 0 && !IsDirective(call.Name) => Unknown(call, $"`{call.Name}` is not resolved: {template.Open}"),
        _ => WrongName(call),
    };

    /// <summary><c>!Rain::Embed</c> and the like.</summary>
    private static bool IsDirective(string name) => name.IndexOf("::", "Fn::".Length, StringComparison.Ordinal) > 0;

    private Value.Unknown WrongName(Intrinsic call)
    {
        Fault(call.Location, $"`{call.Name}` is no intrinsic function of CloudFormation",
            IsDirective(call.Name) ? "it is a directive of another tool: scan the template that the tool makes of this one" : Words.DidYouMean(call.Name, Intrinsic.All));
        return Unknown(call, $"`{call.Name}` is no intrinsic function");
    }

    private Value.Unknown Wrong(Intrinsic call, string expected)
    {
        Fault(call.Location, $"`{call.Name}` {expected}");
        return Unknown(call, $"`{call.Name}` has wrong arguments");
    }

    private static Value.Unknown Unknown(Intrinsic call, string why) => new(call.Location, why);

    /// <summary><c>AWS::LanguageExtensions</c> lets a function make the name.</summary>
    private Value Ref(Intrinsic call)
    {
        if (call.Argument is Node.Scalar { Tag: "" } name) return references.Ref(name);
        if (Intrinsic.Of(call.Argument) is null || !template.HasLanguageExtensions) return Wrong(call, "takes the name of a parameter or resource");
        return Resolve(call.Argument).KnownText is { } made ? references.Ref(new Node.Scalar(call.Argument.Location, made, ScalarKind.String)) : Unknown(call, "the name that is referred to is not known here");
    }

    private Value GetAtt(Intrinsic call)
    {
        switch (call.Argument)
        {
            case Node.Scalar { Text: var text } scalar when text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot:
                return references.GetAtt(scalar.Location, text[..dot], text[(dot + 1)..]);
            case Node.List { Items: [Node.Scalar { Tag: "" } id, Node.Scalar { Tag: "" } attribute] }:
                return references.GetAtt(call.Location, id.Text, attribute.Text);
            case Node.List { Items: [Node.Scalar { Tag: "" } id, .. var rest] } when rest.Length > 1 && rest.All(r => r is Node.Scalar):
                return references.GetAtt(call.Location, id.Text, string.Join('.', rest.Select(r => ((Node.Scalar)r).Text)));
            case Node.List { Items: [var id, var attribute] } when template.HasLanguageExtensions || id is Node.Scalar { Tag: "" }:
                return Resolve(id).KnownText is { } resource && Resolve(attribute).KnownText is { } named ? references.GetAtt(call.Location, resource, named) : Unknown(call, "the attribute's name is not known here");
            default:
                return Wrong(call, "takes `LogicalId.Attribute` or a list of the two");
        }
    }

    private Value Sub(Intrinsic call)
    {
        switch (call.Argument)
        {
            case Node.Scalar text: return Substitute(text, null);
            case Node.List { Items: [Node.Scalar { Tag: "" } text, Node.Map variables] } when Intrinsic.Of(variables) is null: return Substitute(text, variables);
            case Node.List { Items: [Node.Scalar { Tag: "" } text] }: return Substitute(text, null);
            case Node.List { Items: [var text, ..] } when Intrinsic.Of(text) is not null: return Unknown(call, "the text of `Fn::Sub` is itself a function");
            default: return Wrong(call, "takes a text, or a list of a text and a map of variables");
        }
    }

    private Value.Str Substitute(Node.Scalar text, Node.Map? variables)
    {
        return new Value.Str(text.Location, DynamicReferences.In(Placeholders.Replace(text.Text, "${", "}", Variable)));

        IEnumerable<Piece> Variable(Placeholders.Found found)
        {
            var name = found.Inner.Trim();
            if (name.StartsWith('!')) return [new Piece.Literal($"${{{name[1..]}}}")];
            return PiecesOf(variables?[name] is { } given ? Resolve(given) : references.Named(name, Place(text, found.Start)));
        }
    }

    /// <summary>The place within a one-line text; the text's own place where it was folded or escaped.</summary>
    private static Location Place(Node.Scalar text, int offset)
    {
        var quotes = text.Location.Length - text.Text.Length;
        return quotes is 0 or 2
            ? text.Location with { Column = text.Location.Column + (quotes / 2) + offset, Length = 0 }
            : text.Location;
    }

    /// <summary>A value as part of a text; what is not known becomes a hole of its own.</summary>
    public IEnumerable<Piece> PiecesOf(Value value) => value switch
    {
        Value.Str text => text.Text.Pieces,
        Value.Number number => [new Piece.Literal(number.Text)],
        Value.Flag flag => [new Piece.Literal(flag.IsTrue ? "true" : "false")],
        Value.Choice choice => [new Piece.Either(choice.Condition, choice.Then, choice.Otherwise)],
        Value.Unknown unknown => [HoleAt(unknown.Location, unknown.Why, unknown.Default)],
        Value.Secret secret => [HoleAt(secret.Location, "a secret")],
        _ => [HoleAt(value.Location, "a value that is not a text")],
    };

    private Piece.Hole HoleAt(Location at, string why, ValueByDefault? known = null) => new(new Symbol(template.Document.Scope, $"unknown {at.Line}:{at.Column}")
    {
        Display = why.Replace("`", "", StringComparison.Ordinal),
        IsParameter = true,
        Default = known?.Value.AsText?.Known is { } text ? new TextByDefault(known.Of, text) : null,
    });

    private Value If(Intrinsic call)
    {
        if (call.Argument is not Node.List { Items: [var name, var then, var otherwise] })
            return Wrong(call, "takes a condition's name and two values");
        var (yes, no) = (Resolve(then), Resolve(otherwise));
        if (name is not Node.Scalar { Tag: "" or "!Condition" } scalar)
            return Intrinsic.Of(name) is { Name: "Condition", Argument: Node.Scalar inner } ? Choose(inner) : Wrong(call, "takes a condition's name and two values");
        return Choose(scalar);

        Value Choose(Node.Scalar condition) => Resolver.Choose(call, Conditions.Named(condition.Text, condition.Location), yes, no);
    }

    private static Value Choose(Intrinsic call, Condition condition, Value yes, Value no) => condition switch
    {
        Condition.Constant { Truth: Truth.Yes } => yes,
        Condition.Constant { Truth: Truth.No } => no,
        _ => new Value.Choice(call.Location, condition, yes, no),
    };

    private Value ImportValue(Intrinsic call) =>
        Resolve(call.Argument) is Value.Str { Text: { HasEither: false } name } ? Others.Import(call.Location, name) : Unknown(call, "the name of the import is not known here");

    private Value GetStackOutput(Intrinsic call)
    {
        if (call.Argument is not Node.Map { Entries: var entries } || !entries.Any(e => e.Key.Text == "StackName") || !entries.Any(e => e.Key.Text == "OutputName"))
            return Wrong(call, "takes a map with `StackName` and `OutputName`");
        return Others.Output(call.Location, (Value.Map)Resolve(call.Argument)) ?? Unknown(call, "the name of the stack or of its output is not known here");
    }
}
