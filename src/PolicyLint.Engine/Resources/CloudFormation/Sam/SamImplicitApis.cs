using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>The APIs that SAM makes for events that name none: <c>ServerlessRestApi</c> and <c>ServerlessHttpApi</c>.</summary>
internal static class SamImplicitApis
{
    /// <summary>Puts them among what is written, before <c>Globals</c> are merged.</summary>
    public static void AddTo(SamStack stack)
    {
        Add(stack, "Api", "RestApiId", SamApiEvents.RestApi);
        Add(stack, "HttpApi", "ApiId", SamApiEvents.HttpApi);
    }

    private static void Add(SamStack stack, string type, string property, string id)
    {
        if (stack.Written.ContainsKey(id)) return;
        var events = stack.Written.Values
            .Where(d => d.Type is "AWS::Serverless::Function" or "AWS::Serverless::StateMachine")
            .SelectMany(d => SamEvent.Of(new SamSource(stack, d)))
            .Where(e => e.Type == type && (e[property] is not { } named || SamStack.IdOf(named) == id))
            .ToList();
        if (events.Count == 0) return;
        var at = events[0].At;
        var properties = at.Map(at.Entry("StageName", type == "Api" ? "Prod" : "$default"));
        stack.Written[id] = new Template.Declared(id, $"{SamStack.Prefix}{type}", properties, ConditionOf(events, stack, id), at.Location, null);
    }

    /// <summary>It exists where one of its functions does.</summary>
    private static Node? ConditionOf(List<SamEvent> events, SamStack stack, string id)
    {
        var conditions = events.Select(e => (e.Source.Condition as Node.Scalar)?.Text).Distinct(StringComparer.Ordinal).ToList();
        var at = events[0].At;
        if (conditions.Contains(null)) return null;
        if (conditions.Count == 1) return at.Text(conditions[0]!);
        var name = at.Text($"{id}Condition");
        stack.Conditions[name.Text] = new Node.Entry(name, at.Map(at.Entry("Fn::Or", at.List(conditions.Select(c => at.Map(at.Entry("Condition", c!)))))));
        return name;
    }
}
