using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.Workflows;

/// <summary>The account that a step works in, as far as its workflow says it.</summary>
/// <param name="Account">Empty where nobody knows.</param>
/// <param name="Doubt">Why nobody knows it; completes "because …".</param>
internal sealed record Writer(Text Account, string Doubt)
{
    /// <summary>The variables that lend other credentials.</summary>
    public static readonly ImmutableArray<string> Keys = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"];

    public static readonly Writer Unsaid = new(Text.Empty, "the workflow states no role that it works with");

    public static Writer Unknown(string doubt) => new(Text.Empty, doubt);

    /// <summary>The one who takes on a role.</summary>
    public static Writer OfRole(Text role) => role.Split(":") is [{ Known: "arn" }, _, { Known: "iam" }, _, { Known.Length: > 0 } account, ..]
        ? new Writer(account, "")
        : Unknown("the workflow keeps elsewhere which role it takes on");

    /// <summary>What is known once environment variables say something else.</summary>
    public Writer With(IReadOnlyDictionary<string, Value> environment)
    {
        if (Keys.FirstOrDefault(k => environment.ContainsKey(k)) is { } key) return Unknown($"`{key}` says whose credentials it takes");
        return Doubt.Length > 0 && environment.GetValueOrDefault("AWS_ROLE_ARN") is Value.Str role ? OfRole(role.Text) : this;
    }

    public bool IsSame(Writer other) => Account.Known is { } one && other.Account.Known == one;
}

/// <summary>Puts together what one script of a workflow runs with.</summary>
internal static class Running
{
    /// <summary>The use of a program in an environment.</summary>
    /// <param name="candidates">Further values that buckets may have.</param>
    public static CodeUse Of(CodeFile file, IReadOnlyDictionary<string, Value> environment, ImmutableArray<Value> candidates, Writer writer)
    {
        var names = environment.Keys.Order(StringComparer.Ordinal).Concat(candidates.Select((_, i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return new CodeUse([file], [], ValueOf, [.. names], writer.Account) { Doubt = writer.Doubt };

        Value ValueOf(string name)
        {
            if (environment.TryGetValue(name, out var value)) return value;
            return int.TryParse(name, out var n) && n >= 0 && n < candidates.Length ? candidates[n] : new Value.Absent(Location.StartOf(""));
        }
    }

    /// <summary>A text that only the run knows.</summary>
    public static Text Hole(string why, Location at) => Text.Of(new Symbol("code", at.ToString()) { Display = why, IsParameter = true });
}
