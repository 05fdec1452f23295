using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Custom resources that may change another resource during the deploy (semantics 5.2 rule 17, 8.6 rule 2).</summary>
internal static class CustomResources
{
    /// <summary>CDK's own that are known to leave policies alone.</summary>
    private static readonly string[] Harmless =
        ["Custom::S3AutoDeleteObjects", "Custom::CDKBucketDeployment", "Custom::S3BucketNotifications", "Custom::LogRetention", "Custom::VpcRestrictDefaultSG"];

    /// <summary>A custom resource of the same stack that is given the resource, or null.</summary>
    public static Resource? ChangerOf(Resource resource, Graph graph) => graph.CustomIn(resource.Stack).FirstOrDefault(r =>
        !Harmless.Contains(r.Type) && Mentions(r.Properties, resource.Address));

    private static bool Mentions(Value value, string address) => value switch
    {
        Value.Str text => text.Text.Symbols.Any(s => s.Owner == address),
        Value.List list => list.Items.Any(i => Mentions(i, address)),
        Value.Map map => map.Fields.Any(f => Mentions(f.Value, address)),
        Value.Choice choice => Mentions(choice.Then, address) || Mentions(choice.Otherwise, address),
        _ => false,
    };
}
