using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>SAM's policy templates (<c>data/sam-policy-templates.txt</c>: a line each, its name, a tab, its parameters and
/// statements), and the paths of AWS's own policies by their names. Read only when one is asked for.</summary>
internal sealed class SamPolicyTemplates
{
    private const string Templates = "data/sam-policy-templates.txt";
    private string? templates;
    private string? managed;

    /// <summary>What a template needs and says, or null where there is none of this name.</summary>
    public Node.Map? Named(string name)
    {
        templates ??= Carried.Text(Templates);
        var start = $"\n{name}\t";
        if (templates.IndexOf(start, StringComparison.Ordinal) is not (>= 0 and var at)) return null;
        var from = at + start.Length;
        var line = templates[from..templates.IndexOf('\n', from)];
        return JsonReader.Read(Location.StartOf(Templates), Encoding.UTF8.GetBytes(line), []) as Node.Map;
    }

    /// <summary>The names of all templates.</summary>
    public IEnumerable<string> Names() => (templates ??= Carried.Text(Templates)).Split('\n').Where(l => l.Contains('\t', StringComparison.Ordinal)).Select(l => l.Split('\t')[0]);

    /// <summary>The path of one of AWS's own policies, <c>service-role/AWSLambdaBasicExecutionRole</c>, by its last part; or null.</summary>
    public string? PathOf(string name)
    {
        managed ??= Carried.Text("data/aws-managed-policies.txt");
        if (managed.Contains($"\n{name}\t", StringComparison.Ordinal)) return name;
        if (managed.IndexOf($"/{name}\t", StringComparison.Ordinal) is not (> 0 and var at)) return null;
        return managed[(managed.LastIndexOf('\n', at) + 1)..at] + "/" + name;
    }

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
