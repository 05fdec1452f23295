using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>Policy variables that are written wrongly: AWS refuses them, or they stand for nothing and the statement never matches (1.5).</summary>
internal static class VariableFaults
{
    private const string Open = "${";
    private static readonly string[] Escapes = ["*", "?", "$"];

    public static IEnumerable<Fault> Of(Policy policy, AwsServices services)
    {
        if (policy.Version?.Pattern?.Text.Known != "2012-10-17") yield break;
        foreach (var statement in policy.Statements)
            foreach (var element in TextsOf(statement))
                if (element.Pattern is { } pattern && In(pattern.Text, services) is { } text)
                    yield return new Fault(FaultKind.MalformedVariable, text, element.Location, statement.Index);
    }

    /// <summary>The texts that may hold policy variables (1.5 rule 41).</summary>
    public static IEnumerable<Element> TextsOf(Statement statement) =>
        (statement.Resources?.Items ?? []).Concat(statement.Conditions.Where(c => c.Operator.HasVariables).SelectMany(c => c.Values));

    /// <summary>What is wrong with the first faulty variable; null where none is. One whose end is not known is left out.</summary>
    private static string? In(Text text, AwsServices services)
    {
        for (var i = 0; i < text.Pieces.Length; i++)
        {
            if (text.Pieces[i] is not Piece.Literal { Text: var literal }) continue;
            var at = 0;
            foreach (var found in Placeholders.In(literal, Open, "}"))
            {
                at = found.End;
                if (WhatIsWrong(found.Inner, services) is { } wrong) return $"`{Open}{found.Inner}}}` {wrong}";
            }
            if (i == text.Pieces.Length - 1 && literal.IndexOf(Open, at, StringComparison.Ordinal) is >= 0 and var start) return $"`{literal[start..]}` has no `}}`";
        }
        return null;
    }

    private static string? WhatIsWrong(string inner, AwsServices services)
    {
        if (Escapes.Contains(inner)) return null;
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        var (name, otherwise) = comma < 0 ? (inner, "''") : (inner[..comma], inner[(comma + 1)..].Trim());
        if (name.Contains("::", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal)) return null; // told as an unknown variable
        if (name.Any(char.IsWhiteSpace)) return "has a space in it";
        if (otherwise.Length < 2 || otherwise[0] != '\'' || otherwise[^1] != '\'') return "has a default that is not in single quotes";
        if (!name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || services.Everywhere.Key(name) is not null) return null;
        return Words.DidYouMean(name, services.Everywhere.Keys.Select(k => k.Name)) is { Length: > 0 } hint ? $"stands for nothing; {hint}" : null;
    }
}
