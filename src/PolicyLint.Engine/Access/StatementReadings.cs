using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The statements that were read so far, by where they are written down: a policy of ten statements that depend on a
/// condition each is not read anew for every way that the ten can be.</summary>
public sealed class StatementReadings
{
    private const int MostKept = 8192;
    private readonly Readings<Value, Statement>[] withVariables = [new(MostKept), new(MostKept)];

    /// <summary>As <see cref="StatementReader.Read(Value, int, bool, Scenario, List{Problem})"/>.</summary>
    internal Statement Of(Value value, int index, bool variables, Scenario scenario, List<Problem> problems)
    {
        var read = withVariables[variables ? 1 : 0].Of(value, scenario, s => StatementReader.Read(value, index, variables, s, problems));
        return read.Index == index ? read : read with { Index = index };
    }
}
