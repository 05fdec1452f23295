using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Reads the property <c>Policies</c> in all its forms: names and ARNs of managed policies, documents, SAM's policy
/// templates, and <c>Fn::If</c> of these.</summary>
internal sealed class SamPolicies(SamSource source, SamRole role)
{
    private enum Form { Nothing, Managed, Inline, Wrong }

    private int index;

    /// <summary>Adds what the property says to the role.</summary>
    public void Read()
    {
        if (source["Policies"] is not { } policies) return;
        foreach (var policy in policies is Node.List { Tag: "" } list ? list.Items : [policies])
        {
            switch (FormOf(policy))
            {
                case Form.Managed when policy is Node.Scalar { Tag: "" } name && SamPolicyTemplates.PathOf(name.Text) is { } path: role.AddManaged(new NodesAt(policy.Location), path); break;
                case Form.Managed: role.AddManaged(Convert(policy)); break;
                case Form.Inline: role.AddInline(Convert(policy)); break;
                case Form.Wrong: Refuse(policy); break;
            }
            index++;
        }
    }

    private static Form FormOf(Node policy) => Intrinsic.Of(policy) switch
    {
        { Name: "Fn::If", Argument: Node.List { Items: [_, var then, var otherwise] } } => Both(FormOf(then), FormOf(otherwise)),
        { Name: "Fn::If" or "Fn::Transform" } => Form.Wrong,
        not null => SamStack.IsNoValue(policy) ? Form.Nothing : Form.Managed,
        null => policy switch
        {
            Node.Scalar { Kind: ScalarKind.Null } => Form.Nothing,
            Node.Scalar => Form.Managed,
            Node.Map map when map["Statement"] is not null => Form.Inline,
            Node.Map { Entries: [{ Value: Node.Map or Node.Scalar { Kind: ScalarKind.Null } }] } => Form.Inline,
            _ => Form.Wrong,
        },
    };

    private static Form Both(Form then, Form otherwise) =>
        then == otherwise || otherwise is Form.Nothing ? then : then is Form.Nothing ? otherwise : Form.Wrong;

    private Node Convert(Node policy)
    {
        var at = new NodesAt(policy.Location);
        switch (policy)
        {
            case var _ when Intrinsic.Of(policy) is { Name: "Fn::If", Argument: Node.List { Items: [var condition, var then, var otherwise] } }:
                return at.If(condition, Convert(then), Convert(otherwise));
            case Node.Scalar { Tag: "" } name: return SamPolicyTemplates.PathOf(name.Text) is { } path ? at.ManagedPolicy(path) : name;
            case Node.Map { Tag: "" } map when map["Statement"] is not null: return at.Inline(Name, map);
            case Node.Map { Tag: "", Entries: [{ Key.Text: not ("Ref" or "Condition") } only] } when Intrinsic.Of(policy) is null: return at.Inline(Name, Fill(only));
            default: return policy;
        }
    }

    private string Name => $"{role.Id}Policy{index}";

    /// <summary>The document that a policy template makes of what it is given.</summary>
    private Node.Map Fill(Node.Entry policy)
    {
        var (key, at) = (policy.Key, new NodesAt(policy.Key.Location));
        if (SamPolicyTemplates.Named(key.Text) is not { } template)
        {
            source.Stack.Fault(key.Location, $"`{key.Text}` is no policy template of SAM", Words.DidYouMean(key.Text, SamPolicyTemplates.Names));
            return at.Document();
        }
        var given = policy.Value as Node.Map ?? at.Map();
        var needed = ((Node.List)template["Parameters"]!).Items.Select(p => ((Node.Scalar)p).Text).ToList();
        if (needed.Find(p => given[p] is null) is { } missing)
        {
            source.Stack.Fault(key.Location, $"policy template `{key.Text}` needs `{missing}`", $"give it: `{key.Text}: {{ {string.Join(", ", needed.Select(n => $"{n}: …"))} }}`");
            return at.Document();
        }
        return at.Map(at.Entry("Statement", SamPolicyTemplates.Fill(template["Statement"]!, given, at)));
    }

    private void Refuse(Node policy)
    {
        if (Intrinsic.Of(policy) is { } call) source.Stack.NotUnderstood($"the policies of `{source.Id}` are made by `{call.Name}`, which is not understood here");
        else source.Stack.Fault(policy.Location, $"this policy of `{source.Id}` has no form that SAM knows", "write a managed policy's name or ARN, a document with `Statement`, or a policy template");
    }
}
