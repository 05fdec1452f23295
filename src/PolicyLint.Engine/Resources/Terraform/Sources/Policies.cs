using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Policies in JSON texts as maps, so that each part has a place of its own.</summary>
internal static class Policies
{
    /// <summary>Whether a known text begins as a policy does.</summary>
    public static bool MayBe(Value value) => value is Value.Str { Text: { HasEither: false } text }
        && text.Pieces is [Piece.Literal { Text: var first }, ..] && first.AsSpan().TrimStart() is ['{', ..]
        && text.Pieces.Any(p => p is Piece.Literal literal && literal.Text.Contains("\"Statement\"", StringComparison.Ordinal));

    /// <summary>The policy at one place; any other value as it is.</summary>
    public static Value Of(Value value, Location at) => Read(value, _ => at);

    /// <summary>The policy of an expression; where that is a heredoc, each line of it at its own place.</summary>
    public static Value Of(Value value, Expression expression)
    {
        var (start, lines) = (expression.Location, LinesOf(expression));
        return Read(value, line => line < lines ? expression.Span.Text.Visible(start.Line + 1 + line) : start);
    }

    private static Value Read(Value value, Func<int, Location> locate) =>
        MayBe(value) && JsonText.Read(((Value.Str)value).Text, locate) is Value.Map map && map["Statement"] is not Value.Absent ? map : value;

    /// <summary>How many lines of a heredoc stand as they are, 0 for what is none.</summary>
    private static int LinesOf(Expression expression)
    {
        var text = expression.Span.Text.Characters.AsSpan(expression.Span.Start, expression.Span.End - expression.Span.Start);
        return text.StartsWith("<<", StringComparison.Ordinal) && !text.Contains("%{", StringComparison.Ordinal) ? text.Count('\n') : 0;
    }
}
