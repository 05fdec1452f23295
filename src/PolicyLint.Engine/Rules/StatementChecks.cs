using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Evaluates what rules ask of one statement beside the others of its policy.</summary>
internal static class StatementChecks
{
    /// <summary>Whether a Deny of the same policy reaches whatever the statement allows.</summary>
    public static Outcome Dead(Check.Dead check, Scope scope) =>
        ToOutcome(AnswerOf(check, scope), "no Deny of its policy covers it", scope.Focus.Location);

    /// <summary>Whether nobody can meet the statement's conditions.</summary>
    public static Outcome Idle(Check.Idle check, Scope scope) =>
        ToOutcome(AnswerOf(check, scope), "its principals can meet its conditions", scope.Focus.Location);

    /// <summary>Why a statement is dead or idle, and which one; null for other checks.</summary>
    public static (string Text, Documents.Location At)? WhyHolds(Check check, Scope scope) => check is Check.Dead or Check.Idle
        ? (AnswerOf(check, scope).Why, (check is Check.Dead dead ? scope.Find(dead.Statement) : scope.Find(((Check.Idle)check).Statement)).Items is [var item, ..] ? item.Location : scope.Focus.Location)
        : null;

    private static Futility.Answer AnswerOf(Check check, Scope scope) => check switch
    {
        Check.Dead dead when scope.Find(dead.Statement).Items is [Item.OfStatement of] =>
            Futility.Overruled(of.Statement, of.Policy, dead.Action, [.. dead.With.Select(w => (w.Key, AccessEvaluator.ValueOf(w, scope)))]),
        Check.Idle idle when scope.Find(idle.Statement).Items is [Item.OfStatement of] => Futility.Unmeetable(of.Statement),
        _ => new Futility.Answer(Truth.Unknown, "the statement is not known here"),
    };

    private static Outcome ToOutcome(Futility.Answer answer, string otherwise, Documents.Location at) =>
        Outcome.Of(answer.Truth, answer.Truth is Truth.No ? otherwise : answer.Why, at);
}
