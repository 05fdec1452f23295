using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands an event of type <c>ScheduleV2</c>: a schedule, and the role that the scheduler takes for it.</summary>
internal static class SamSchedules
{
    private static readonly string[] Own = ["PermissionsBoundary", "Input", "RoleArn", "DeadLetterConfig", "RetryPolicy", "OmitName", "Name"];

    /// <param name="arn">What is called.</param>
    /// <param name="action">The action by which it is.</param>
    /// <param name="policy">The end of the name of the policy that allows it.</param>
    public static void Expand(SamEvent found, Node arn, string action, string policy)
    {
        var at = found.At;
        var queue = found.DeadLetters(out _);
        found.Add(found.Id, "AWS::Scheduler::Schedule",
        [
            .. found.Without(Own),
            found["FlexibleTimeWindow"] is null ? at.Entry("FlexibleTimeWindow", at.Map(at.Entry("Mode", "OFF"))) : null,
            at.Entry("Name", found["Name"] ?? (SamStack.IsTrue(found["OmitName"]) ? null : at.Text(found.Id))),
            at.Entry("Target", at.Map(
                at.Entry("Arn", arn), at.Entry("RoleArn", found["RoleArn"] ?? at.GetAtt($"{found.Id}Role", "Arn")), at.Entry("Input", found["Input"]),
                queue is null ? null : at.Entry("DeadLetterConfig", at.Map(at.Entry("Arn", queue))))),
        ]);
        if (found["RoleArn"] is not null) return;
        var allowed = new List<Node> { at.Inline($"{found.Id}{policy}", at.Unversioned(at.Allow(arn, action))) };
        if (queue is not null) allowed.Add(at.Inline($"{found.Id}SQSPolicy", at.Unversioned(at.Allow(queue, "sqs:SendMessage"))));
        found.Add($"{found.Id}Role", "AWS::IAM::Role",
            at.Entry("AssumeRolePolicyDocument", at.TrustOf("scheduler.amazonaws.com")), at.Entry("Policies", at.List(allowed)), at.Entry("PermissionsBoundary", found["PermissionsBoundary"]));
    }
}
