using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>SAM's policy templates (<c>data/sam-policy-templates.txt</c>: a line each, its name, a tab, its parameters and
/// statements), and the paths of AWS's own policies by their names. Read only when one is asked for.</summary>
internal static class SamPolicyTemplates
{
    /// <summary>What a template needs and says, or null where there is none of this name.</summary>
    public static Node.Map? Named(string name) => CarriedLines.SamPolicyTemplates[name] is { IsEmpty: false } line
        ? JsonReader.Read(Location.StartOf(CarriedLines.SamPolicyTemplates.File), line, []) as Node.Map
        : null;

    /// <summary>The names of all templates.</summary>
    public static IEnumerable<string> Names => CarriedLines.SamPolicyTemplates.Names;

    /// <summary>The path of one of AWS's own policies, <c>service-role/AWSLambdaBasicExecutionRole</c>, by its last part; or null.</summary>
    public static string? PathOf(string name) => CarriedLines.ManagedPolicies.Find(name);

    /// <summary>A node of a template as it stands at a place of the user's file, its parameters replaced by what was given.</summary>
    public static Node Fill(Node node, Node.Map given, NodesAt at)
    {
        switch (node)
        {
            case Node.Map { Entries: [{ Key.Text: "Ref", Value: Node.Scalar { Text: var name } }] } when given[name] is { } value: return value;
            case Node.Map map: return at.Map(map.Entries.Select(e => at.Entry(e.Key.Text, Fill(e.Value, given, at))));
            case Node.List list: return at.List(list.Items.Select(i => Fill(i, given, at)));
            default: return at.Text(((Node.Scalar)node).Text);
        }
    }
}
