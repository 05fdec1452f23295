using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>A call of an intrinsic function in either spelling: <c>!Sub x</c> or <c>{"Fn::Sub": x}</c>.</summary>
internal readonly record struct Intrinsic(string Name, Node Argument, Location Location)
{
    /// <summary>Every function that CloudFormation has.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "Ref", "Condition", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Equals",
        "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length", "Fn::Not", "Fn::Or",
        "Fn::RefAll", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::GetStackOutput",
    ];

    /// <summary>The call that the node is, or null where it is none.</summary>
    public static Intrinsic? Of(Node node)
    {
        if (node.Tag.Length > 1)
        {
            var name = node.Tag[1..];
            return new Intrinsic(name is "Ref" or "Condition" ? name : $"Fn::{name}", Untagged(node), node.Location);
        }
        if (node is not Node.Map { Entries: [var only] }) return null;
        var key = only.Key.Text;
        return key is "Ref" or "Condition" || (key.StartsWith("Fn::", StringComparison.Ordinal) && !ForEach.Is(key))
            ? new Intrinsic(key, only.Value, node.Location)
            : null;
    }

    private static Node Untagged(Node node) => node switch
    {
        Node.Scalar scalar => new Node.Scalar(AfterTag(scalar), scalar.Text, scalar.Kind),
        Node.List list => new Node.List(list.Location, list.Items),
        Node.Map map => new Node.Map(map.Location, map.Entries),
        _ => node,
    };

    /// <summary>Where the text begins that stands one space behind its tag.</summary>
    private static Location AfterTag(Node.Scalar scalar)
    {
        var tag = scalar.Tag.Length + 1;
        var at = scalar.Location;
        return at.Length > tag ? at with { Column = at.Column + tag, Length = at.Length - tag } : at;
    }
}
