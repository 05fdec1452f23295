using PolicyLint.Engine.Resources;
using PolicyLint.Tests.Access.Twin;

namespace PolicyLint.Tests.Access;

/// <summary>What must hold for whatever policies and request, known or not.</summary>
public class MetamorphicTests
{
    private const int Count = 10_000;

    private static void Every(string effect, Func<Change, Truth, string?> fault)
    {
        var tally = new Tally();
        Generated.Check(Count, Change.Drawn(effect), change => change.Simpler(), change =>
        {
            var before = RealEvaluator.Decide(change.Case, change.Aspect);
            tally.Add(before);
            return fault(change, before);
        });
        tally.AssertFair(10);
    }

    private static string? Same(Change change, Truth before, Case after) =>
        RealEvaluator.Decide(after, change.Aspect) is var got && got == before ? null : $"{before} before, {got} after";

    [Fact]
    public void One_more_Allow_never_takes_access_away() => Every("Allow", (change, before) =>
        RealEvaluator.Decide(change.Added, change.Aspect) is var after && after >= before ? null : $"{before} before, {after} with one more Allow");

    [Fact]
    public void One_more_Deny_never_gives_access() => Every("Deny", (change, before) =>
        RealEvaluator.Decide(change.Added, change.Aspect) is var after && after <= before ? null : $"{before} before, {after} with one more Deny");

    [Fact]
    public void Order_does_not_matter() => Every("Deny", (change, before) => Same(change, before, change.Reversed));

    [Fact]
    public void A_lone_value_and_a_list_of_one_are_the_same() => Every("Deny", (change, before) =>
        Same(change, before, change.Bare(true)) ?? Same(change, before, change.Bare(false)));

    [Fact]
    public void Twice_the_same_statement_is_once() => Every("Deny", (change, before) => Same(change, before, change.Twice));

    [Fact]
    public void What_is_certain_is_certain_for_every_filling_of_the_holes() => Every("Deny", (change, before) => before is Truth.Unknown
        ? null
        : change.Asked.Fillings.Select(filling => filling.FillValid(change.Case) is { } filled ? Same(change, before, filled) : null).FirstOrDefault(fault => fault is not null));

    /// <summary>But for the root user of the account, whom no policy of a bucket keeps from that policy (2.5 rule 14).</summary>
    [Fact]
    public void A_Deny_of_everything_denies_everything() => Every("Deny", (change, _) =>
    {
        if (change.Case.Request is { Caller: TwinCaller.Root, Action: "s3:GetBucketPolicy" }) return null;
        var all = new WrittenStatement("Deny", new WrittenList("Action", ["*"]))
        {
            Resource = new WrittenList("Resource", ["*"]),
            Principal = new WrittenPrincipal("Principal", [new WrittenEntry("*", "*")]),
        };
        var denied = (change with { Kind = SetKind.Resource }).With(new WrittenPolicy(null, [all]));
        return denied == change.Case ? null : Same(change, Truth.No, denied);
    });
}
