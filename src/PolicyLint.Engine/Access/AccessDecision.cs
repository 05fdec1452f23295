namespace PolicyLint.Engine.Access;

/// <summary>Decides requests as AWS does, from what is known (semantics 2): <see cref="Evaluation"/> matches the statements,
/// <see cref="Formula"/> combines them, <see cref="Trace"/> puts it into words.</summary>
public static class AccessDecision
{
    /// <summary>Whether the request is allowed in the world.</summary>
    public static Decision Decide(Request request, World world)
    {
        var evaluation = new Evaluation(request, world);
        var allowed = Formula.Allowed(evaluation);
        return new Decision(allowed, () => Trace.Tell(evaluation, allowed));
    }
}
