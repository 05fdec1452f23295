using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>One connector, and what it makes: a policy of a role, a queue or a topic, or permissions of a function.</summary>
internal sealed record SamConnection(SamStack Stack, string Id, Location Location, Node? Condition, Node.Map Properties)
{
    private NodesAt At => new(Location);

    /// <summary>Whether the profile of its two ends could be put into the template.</summary>
    /// <param name="suffix">The end of the logical ids, where it has several destinations.</param>
    public bool Make(Node.Map profile, SamEnd from, SamEnd to, string suffix)
    {
        var wanted = Properties["Permissions"] is Node.List permissions ? permissions.Items.Select(SamStack.TextOf).ToList() : [];
        var access = ((Node.Map)profile["Access"]!).Entries
            .Where(e => wanted.Contains(e.Key.Text))
            .Select(e => new Node.Entry(e.Key, Fill(e.Value, from, to)))
            .ToList();
        var end = SamStack.IsTrue(profile["Source"]) ? from : to;
        switch (SamStack.TextOf(profile["Type"]))
        {
            case "AWS_IAM_ROLE_MANAGED_POLICY" when end.Role is { } role:
                Add($"{Id}Policy{suffix}", "AWS::IAM::ManagedPolicy", PolicyOf(access), At.Entry("Roles", At.List(role)));
                return true;
            case "AWS_SQS_QUEUE_POLICY" when end.Url is { } queue:
                Add($"{Id}QueuePolicy{suffix}", "AWS::SQS::QueuePolicy", PolicyOf(access), At.Entry("Queues", At.List(queue)));
                return true;
            case "AWS_SNS_TOPIC_POLICY" when end.Arn is { } topic:
                Add($"{Id}TopicPolicy{suffix}", "AWS::SNS::TopicPolicy", PolicyOf(access), At.Entry("Topics", At.List(topic)));
                return true;
            case "AWS_LAMBDA_PERMISSION" when end.Arn is { } function:
                foreach (var entry in access)
                    Add($"{Id}{entry.Key.Text}LambdaPermission{suffix}", "AWS::Lambda::Permission", [.. ((Node.Map)entry.Value).Entries, At.Entry("FunctionName", function)]);
                return true;
            default: return false;
        }
    }

    private Node.Entry? PolicyOf(List<Node.Entry> access) =>
        At.Entry("PolicyDocument", At.Document(access.SelectMany(a => a.Value is Node.Map map && map["Statement"] is Node.List statements ? statements.Items : [])));

    private void Add(string id, string type, params IEnumerable<Node.Entry?> properties) =>
        Stack.Add(new Template.Declared(id, type, At.Map(properties), Condition, Location, null));

    /// <summary>What a profile says, with both ends in the places of <c>%{Source.Arn}</c> and its like.</summary>
    private Node Fill(Node node, SamEnd from, SamEnd to)
    {
        if (node is Node.Map map) return At.Map(map.Entries.Select(e => At.Entry(e.Key.Text, Fill(e.Value, from, to))));
        if (node is Node.List list) return At.List(list.Items.Select(i => Fill(i, from, to)));
        var text = ((Node.Scalar)node).Text;
        if (!text.Contains('{', StringComparison.Ordinal)) return At.Text(text);
        var variables = new Dictionary<string, Node.Entry?>(StringComparer.Ordinal);
        foreach (var found in Placeholders.In(text, "%{", "}").ToList())
        {
            var (side, part) = found.Inner.StartsWith("Source.", StringComparison.Ordinal) ? (from, found.Inner["Source.".Length..]) : (to, found.Inner["Destination.".Length..]);
            var name = found.Inner.Replace(".", "", StringComparison.Ordinal);
            text = text.Replace($"%{{{found.Inner}}}", $"${{{name}}}", StringComparison.Ordinal);
            variables[name] = At.Entry(name, side.Named(part) ?? At.Ref("AWS::NoValue"));
        }
        return At.Sub(text, variables.Values);
    }
}
