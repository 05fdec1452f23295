using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands <c>AWS::Serverless::StateMachine</c>: the state machine, its role, and what starts it with a role of its own.</summary>
internal static class SamStateMachine
{
    private static readonly string[] Own =
        ["Definition", "DefinitionUri", "Events", "Logging", "Name", "PermissionsBoundary", "Policies", "PropagateTags", "Role", "RolePath", "Tags", "Tracing", "Type", "AutoPublishAlias", "DeploymentPreference", "UseAliasAsEventTarget"];

    public static void Expand(SamSource machine)
    {
        var at = machine.Here;
        var role = new SamRole(machine, at.TrustOf("states.amazonaws.com"));
        if (machine["Role"] is null)
        {
            new SamPolicies(machine, role).Read();
            if (machine["Tracing"] is Node.Map tracing && SamStack.IsTrue(tracing["Enabled"])) role.AddManaged(machine.At(tracing), machine.Stack.IsCommercial ? "AWSXrayWriteOnlyAccess" : "AWSXRayDaemonWriteAccess");
            role.Make(machine.Condition);
        }
        machine.Add(machine.Id, "AWS::StepFunctions::StateMachine", machine.Location,
        [
            .. machine.Without(Own),
            at.Entry("RoleArn", machine["Role"] ?? at.GetAtt(role.Id, "Arn")),
            at.Entry("StateMachineName", machine["Name"]), at.Entry("StateMachineType", machine["Type"]),
            at.Entry("LoggingConfiguration", machine["Logging"]), at.Entry("TracingConfiguration", machine["Tracing"]),
            at.Entry("Definition", machine["Definition"]), at.Entry("DefinitionS3Location", machine["DefinitionUri"]),
        ]);
        var target = Publish(machine);
        foreach (var found in SamEvent.Of(machine)) Start(found, target);
    }

    private static string Publish(SamSource machine)
    {
        if (machine["AutoPublishAlias"] is not { } alias) return machine.Id;
        var at = machine.At(alias);
        var (version, id) = ($"{machine.Id}Version", $"{machine.Id}Alias{machine.Stack.Plain(alias)}");
        machine.Add(version, "AWS::StepFunctions::StateMachineVersion", at.Location, at.Entry("StateMachineArn", at.Ref(machine.Id)));
        machine.Add(id, "AWS::StepFunctions::StateMachineAlias", at.Location, at.Entry("Name", alias));
        return SamStack.IsTrue(machine["UseAliasAsEventTarget"]) ? id : machine.Id;
    }

    private static void Start(SamEvent found, string target)
    {
        var at = found.At;
        switch (found.Type)
        {
            case "ScheduleV2":
                SamSchedules.Expand(found, at.Ref(target), "states:StartExecution", "StartExecutionPolicy");
                break;
            case "Api":
                Role(found, target, "apigateway.amazonaws.com");
                break;
            case "Schedule" or "CloudWatchEvent" or "EventBridgeRule":
                var queue = found.DeadLetters(out var isMade);
                if (isMade)
                    found.Add($"{found.Id}QueuePolicy", "AWS::SQS::QueuePolicy",
                        at.Entry("Queues", at.List(at.Ref(SamStack.OwnerOf(queue)!))), at.Entry("PolicyDocument", SamTopics.MaySend(at, queue!, at.GetAtt(found.Id, "Arn"), at.Map(at.Entry("Service", "events.amazonaws.com")))));
                if (found["RoleArn"] is null) Role(found, target, "events.amazonaws.com");
                found.Add(found.Id, "AWS::Events::Rule", [.. found.RuleEntries(), at.Entry("Targets", found.TargetOf(
                    at.Ref(target), "StepFunctionsTarget", queue, found["RoleArn"] ?? at.GetAtt($"{found.Id}Role", "Arn")))]);
                break;
            default: found.NotUnderstood(); break;
        }
    }

    /// <summary>The role that a service takes to start the state machine.</summary>
    private static void Role(SamEvent found, string target, string service)
    {
        var at = found.At;
        found.Add($"{found.Id}Role", "AWS::IAM::Role",
            at.Entry("AssumeRolePolicyDocument", at.TrustOf(service)),
            at.Entry("Policies", at.List(at.Inline($"{found.Id}RoleStartExecutionPolicy", at.Unversioned(at.Allow(at.Ref(target), "states:StartExecution"))))),
            at.Entry("PermissionsBoundary", found.Source["PermissionsBoundary"]));
    }
}
