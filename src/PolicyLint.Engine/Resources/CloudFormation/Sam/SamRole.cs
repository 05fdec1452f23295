using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>A role that SAM makes for a function or a state machine, while its policies are put together.</summary>
internal sealed class SamRole(SamSource source, Node trust)
{
    private const string Aws = ":iam::aws:policy/";
    private readonly List<Node> managed = [];
    private readonly List<Node> inline = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public string Id { get; } = $"{source.Id}Role";

    /// <summary>One of AWS's own policies, by its path; each only once.</summary>
    public void AddManaged(NodesAt at, string path)
    {
        if (known.Add(path)) managed.Add(at.ManagedPolicy(path));
    }

    /// <summary>A managed policy by whatever names it.</summary>
    public void AddManaged(Node arn)
    {
        if (SamStack.TextOf(arn) is not { } text || text.IndexOf(Aws, StringComparison.Ordinal) is not (> 0 and var at) || known.Add(text[(at + Aws.Length)..])) managed.Add(arn);
    }

    /// <summary>An inline policy: a map of its name and document, or a choice of such.</summary>
    public void AddInline(Node policy) => inline.Add(policy);

    /// <summary>Puts the role into the template.</summary>
    /// <param name="condition">The condition under which it is made.</param>
    public void Make(Node? condition)
    {
        var at = source.At(source["Policies"]);
        source.AddWhen(condition, Id, "AWS::IAM::Role", at.Location,
            at.Entry("AssumeRolePolicyDocument", trust),
            managed.Count > 0 ? at.Entry("ManagedPolicyArns", at.List(managed)) : null,
            inline.Count > 0 ? at.Entry("Policies", at.List(inline)) : null,
            at.Entry("Path", source["RolePath"]),
            at.Entry("PermissionsBoundary", source["PermissionsBoundary"]));
    }
}
