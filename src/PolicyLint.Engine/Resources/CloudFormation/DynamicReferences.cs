namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>References to stored parameters and secrets, <c>{{resolve:ssm:name:1}}</c>: their values are known only at the deploy,
/// and the same wherever the same one is meant.</summary>
internal static class DynamicReferences
{
    private const string Open = "{{resolve:";
    private const string Close = "}}";

    /// <summary>The text with a hole for each of its references, those included whose name is known in part only.</summary>
    public static Text In(Text text)
    {
        if (!text.Pieces.Any(p => p is Piece.Literal { Text: var literal } && literal.Contains(Open, StringComparison.Ordinal))) return text;
        var pieces = new List<Piece>();
        List<Piece>? reference = null;
        foreach (var piece in text.Pieces)
            if (piece is Piece.Literal { Text: var literal }) Add(literal);
            else (reference ?? pieces).Add(piece);
        return Text.Join(reference is null ? pieces : [.. pieces, .. reference]);

        void Add(string literal)
        {
            while (literal.IndexOf(reference is null ? Open : Close, StringComparison.Ordinal) is >= 0 and var at)
                if (reference is null)
                {
                    pieces.Add(new Piece.Literal(literal[..at]));
                    (reference, literal) = ([], literal[at..]);
                }
                else
                {
                    reference.Add(new Piece.Literal(literal[..(at + Close.Length)]));
                    pieces.Add(HoleFor(Text.Join(reference)));
                    (reference, literal) = (null, literal[(at + Close.Length)..]);
                }
            (reference ?? pieces).Add(new Piece.Literal(literal));
        }
    }

    /// <summary>Whoever may write the parameter chooses the text, which nobody is shown where it is a secret.</summary>
    private static Piece.Hole HoleFor(Text reference) => new(new Symbol("", reference.Key)
    {
        Display = reference.ToString(),
        IsParameter = true,
        IsShown = reference.ToString().StartsWith($"{Open}ssm:", StringComparison.Ordinal),
    });
}
