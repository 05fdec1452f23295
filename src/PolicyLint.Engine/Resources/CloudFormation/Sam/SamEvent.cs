using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>One entry of <c>Events</c>, of a function or of a state machine.</summary>
internal sealed record SamEvent(SamSource Source, Node.Scalar Key, string Type, Node.Map Properties)
{
    /// <summary>The logical id of what it makes: that of its resource and its own name.</summary>
    public string Id => Source.Id + Key.Text;

    public SamStack Stack => Source.Stack;

    public Node? this[string name] => SamSource.Set(Properties[name]);

    public NodesAt At => new(Key.Location);

    /// <summary>The events of a resource; what is none is said and left out.</summary>
    public static IEnumerable<SamEvent> Of(SamSource source)
    {
        if (source.Map("Events") is not { } map) yield break;
        foreach (var entry in map.Entries)
            if (entry.Value is Node.Map { Tag: "" } written && written["Type"] is Node.Scalar { Tag: "" } type)
                yield return new SamEvent(source, entry.Key, type.Text, written["Properties"] as Node.Map ?? new Node.Map(entry.Key.Location, []));
            else source.Stack.NotUnderstood($"event `{entry.Key.Text}` of `{source.Id}` is not written out");
    }

    public void NotUnderstood() => Stack.NotUnderstood($"event `{Key.Text}` of `{Source.Id}` has type `{Type}`, which is not understood here");

    public void Add(string id, string type, params IEnumerable<Node.Entry?> properties) => Source.Add(id, type, Key.Location, properties);

    /// <summary>The properties but those that are SAM's own.</summary>
    public IEnumerable<Node.Entry?> Without(params string[] own) => Properties.Entries.Where(e => Array.IndexOf(own, e.Key.Text) < 0);

    /// <summary>The queue for what could not be delivered: the one that is named, or one that is made; null where there is none.</summary>
    /// <param name="isMade">Whether it is made here.</param>
    public Node? DeadLetters(out bool isMade)
    {
        isMade = false;
        if (this["DeadLetterConfig"] is not Node.Map config) return null;
        if (config["Arn"] is { } arn) return arn;
        isMade = true;
        var queue = Stack.Plain(config["QueueLogicalId"]) ?? $"{Id}Queue";
        Add(queue, "AWS::SQS::Queue");
        return At.GetAtt(queue, "Arn");
    }

    /// <summary>The rule's target.</summary>
    public Node TargetOf(Node arn, string id, Node? deadLetters, Node? role) => At.List(At.Map(
        At.Entry("Arn", arn), At.Entry("Id", (this["Target"] as Node.Map)?["Id"] ?? At.Text(Id + id)), At.Entry("RoleArn", role),
        At.Entry("Input", this["Input"]), At.Entry("InputPath", this["InputPath"]), At.Entry("InputTransformer", this["InputTransformer"]), At.Entry("RetryPolicy", this["RetryPolicy"]),
        deadLetters is null ? null : At.Entry("DeadLetterConfig", At.Map(At.Entry("Arn", deadLetters)))));

    /// <summary>The rule's entries but its targets: what SAM calls otherwise is renamed.</summary>
    public IEnumerable<Node.Entry?> RuleEntries() =>
    [
        At.Entry("ScheduleExpression", this["Schedule"]),
        At.Entry("EventPattern", this["Pattern"]),
        At.Entry("EventBusName", this["EventBusName"]),
        At.Entry("Name", this["RuleName"] ?? this["Name"]),
        At.Entry("Description", this["Description"]),
        At.Entry("State", this["State"] ?? (SamStack.TextOf(this["Enabled"]) is null ? null : At.Text(SamStack.IsTrue(this["Enabled"]) ? "ENABLED" : "DISABLED"))),
    ];
}
