using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>One request: who, what, on what, with which condition keys.</summary>
public sealed record Request
{
    /// <summary>Any object's key: a request with it asks for whatever object.</summary>
    public static readonly Symbol AnyKey = new("", "any key") { Display = "any key", Charset = Charset.Any };

    private string action;
    private Tokens? named;

    /// <param name="action">An action such as <c>s3:GetObject</c>, no wildcards.</param>
    /// <param name="resource">The ARN; a hole such as <see cref="AnyKey"/> at its end stands for all that may be asked for.</param>
    public Request(Caller caller, string action, Text resource, RequestContext context) =>
        (Caller, this.action, Resource, Context) = (caller, action, resource, context);

    public Caller Caller { get; init; }

    public RequestContext Context { get; init; }

    public Text Resource { get; init; }

    public string Action
    {
        get => action;
        init => (action, named) = (value, null);
    }

    /// <summary>The resource, ready to be matched.</summary>
    public Tokens AskedFor => Resource.Tokens;

    /// <summary>The action in lower case, ready to be matched.</summary>
    public Tokens ActionNamed => named ??= Text.Of(action).Tokens.Lower;

    /// <summary>A text of which every <c>*</c> stands for anything that may be asked for.</summary>
    public static Text ForAny(Text on) => Text.Join(on.Pieces.SelectMany(Opened));

    private static IEnumerable<Piece> Opened(Piece piece)
    {
        if (piece is not Piece.Literal { Text: var text } || !text.Contains('*', StringComparison.Ordinal)) return [piece];
        return text.Split('*').SelectMany((word, i) => i == 0 ? new Piece[] { new Piece.Literal(word) } : [new Piece.Hole(AnyKey), new Piece.Literal(word)]);
    }

    /// <summary>Whether it asks for whatever object.</summary>
    public bool IsForAny => Resource.Symbols.Contains(AnyKey);
}
