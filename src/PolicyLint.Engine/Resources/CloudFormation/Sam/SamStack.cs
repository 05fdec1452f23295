using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>The resources of a SAM template while they are expanded: as written, and what SAM makes of them.</summary>
internal sealed class SamStack(Template template, Dictionary<string, Template.Declared> written)
{
    public const string Prefix = "AWS::Serverless::";

    private readonly Dictionary<string, Template.Declared> made = new(StringComparer.Ordinal);

    /// <summary>The resources as written, with <c>Globals</c> merged in.</summary>
    public Dictionary<string, Template.Declared> Written { get; } = written;

    /// <summary>The resources that CloudFormation is given.</summary>
    public IReadOnlyDictionary<string, Template.Declared> Made => made;

    /// <summary>Names such as <c>Function.Alias</c> with the logical id behind each.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Conditions that the template does not write.</summary>
    public Dictionary<string, Node.Entry> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>Why something may be made that is not seen here, empty where all was understood.</summary>
    public string Open { get; private set; } = "";

    public void Add(Template.Declared resource) => made[resource.LogicalId] = resource;

    /// <summary>A resource of the template's own, to be added to; null where there is none.</summary>
    public SamChange? Change(string id) =>
        made.TryGetValue(id, out var resource) || Written.TryGetValue(id, out resource) ? new SamChange(this, resource) : null;

    /// <summary>What is left of the template's own view once something was not understood.</summary>
    public void NotUnderstood(string why) => Open = Open.Length > 0 ? Open : why;

    /// <summary>SAM would refuse this.</summary>
    public void Fault(Location at, string message, string help)
    {
        template.Problems.Add(new Problem(at, message, help));
        NotUnderstood(message);
    }

    public bool IsCommercial => template.Surroundings.Partition.Known is "aws";

    /// <summary>The text of a plain scalar, or of the parameter that it refers to as given or by default; null for all else.</summary>
    public string? Plain(Node? node)
    {
        if (TextOf(node) is { } text) return text;
        if (node is null || Intrinsic.Of(node) is not { Name: "Ref", Argument: Node.Scalar { Text: var name } }) return null;
        if (template.Deployment.Parameters.TryGetValue(name, out var given)) return given;
        return template.Parameters[name] is Node.Map declared && declared["Default"] is Node.Scalar { Tag: "" } byDefault ? byDefault.Text : null;
    }

    /// <summary>The text of a plain scalar, null for all else.</summary>
    public static string? TextOf(Node? node) => node is Node.Scalar { Tag: "", Kind: not ScalarKind.Null } scalar ? scalar.Text : null;

    /// <summary>The resource of this template that a <c>Ref</c> or a logical id names, or null.</summary>
    public Template.Declared? Find(Node? node) => IdOf(node) is { } id && Written.TryGetValue(id, out var found) ? found : null;

    /// <summary>The logical id in <c>Ref</c>, or in a plain text.</summary>
    public static string? IdOf(Node? node) => node switch
    {
        null => null,
        Node.Scalar { Tag: "" } scalar => scalar.Text,
        _ => Intrinsic.Of(node) is { Name: "Ref", Argument: Node.Scalar { Text: var id } } ? id : null,
    };

    /// <summary>The logical id in <c>Ref</c> or <c>Fn::GetAtt</c>.</summary>
    public static string? OwnerOf(Node? node) => node is null ? null : Intrinsic.Of(node) switch
    {
        { Name: "Ref", Argument: Node.Scalar { Text: var id } } => id,
        { Name: "Fn::GetAtt", Argument: Node.Scalar { Text: var text } } => text.Split('.')[0],
        { Name: "Fn::GetAtt", Argument: Node.List { Items: [Node.Scalar { Text: var id }, ..] } } => id,
        _ => null,
    };

    public static bool IsNoValue(Node node) => Intrinsic.Of(node) is { Name: "Ref", Argument: Node.Scalar { Text: "AWS::NoValue" } };

    public static bool IsTrue(Node? node) => TextOf(node) is "true" or "True" or "TRUE";
}
