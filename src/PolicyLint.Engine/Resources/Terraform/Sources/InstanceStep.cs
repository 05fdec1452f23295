using System.Collections.Immutable;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>A step of an instance's address: a name, and the key between brackets, absent where it has none.</summary>
/// <param name="Path">The address up to and with this step.</param>
internal sealed record InstanceStep(string Name, Value Key, string Path)
{
    /// <summary><c>module.a["x"].module.b[0]</c> gives <c>a</c> with <c>x</c> and <c>b</c> with 0.</summary>
    public static ImmutableArray<InstanceStep> OfModules(string path)
    {
        var steps = ImmutableArray.CreateBuilder<InstanceStep>();
        for (var at = 0; at < path.Length;)
        {
            if (!path.AsSpan(at).StartsWith("module.", StringComparison.Ordinal)) return steps.ToImmutable();
            var end = EndOf(path, at + 7);
            steps.Add(Of(path[(at + 7)..end]) with { Path = path[..end] });
            at = end + 1;
        }
        return steps.ToImmutable();
    }

    /// <summary>The last step of an address with its key.</summary>
    public static InstanceStep Of(string word)
    {
        var absent = new Value.Absent(default);
        if (!word.EndsWith(']')) return new InstanceStep(word, absent, word);
        var bracket = word.EndsWith("\"]", StringComparison.Ordinal) ? word.IndexOf("[\"", StringComparison.Ordinal) : word.LastIndexOf('[');
        if (bracket < 0) return new InstanceStep(word, absent, word);
        var key = HclReader.ReadExpression("", word[(bracket + 1)..^1], []) as Expression.Literal;
        return new InstanceStep(word[..bracket], key switch
        {
            { Kind: Documents.ScalarKind.String } text => Value.Of(default, text.Text),
            { Kind: Documents.ScalarKind.Number } number => new Value.Number(default, number.Text),
            _ => absent,
        }, word);
    }

    private static int EndOf(string path, int at)
    {
        var inKey = false;
        for (; at < path.Length && (inKey || path[at] != '.'); at++)
            if (path[at] == '\\') at++;
            else if (path[at] == '"') inKey = !inKey;
        return Math.Min(at, path.Length);
    }
}
