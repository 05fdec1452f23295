using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>A text of a policy that requests are held against: literals, wildcards, holes and policy variables.</summary>
public sealed class Pattern
{
    private readonly ImmutableArray<Part> parts;
    private readonly Tokens? tokens;

    /// <summary>A run of tokens, or a policy variable with its default.</summary>
    private sealed record Part(ImmutableArray<Token> Tokens, string Variable, string? Default);

    private Pattern(Text text, ImmutableArray<Part> parts)
    {
        (Text, this.parts) = (text, parts);
        if (parts.All(p => p.Variable.Length == 0)) tokens = new Tokens([.. parts.SelectMany(p => p.Tokens)]);
        HasWildcard = parts.Any(p => p.Tokens.Any(t => t.Kind is TokenKind.One or TokenKind.Run));
    }

    public Text Text { get; }

    public bool HasWildcard { get; }

    public bool HasVariable => tokens is null;

    /// <summary>Whether a parameter in it may turn out to hold a policy variable.</summary>
    private bool MayHoldVariable { get; init; }

    /// <summary>Whether it may hold a variable for which the request has no value.</summary>
    public bool MayLackValue(RequestContext context) =>
        MayHoldVariable || parts.Any(p => p.Variable.Length > 0 && p.Default is null && context[p.Variable].Presence is Truth.Unknown);

    /// <summary>Whether it is the lone <c>*</c> that matches everything.</summary>
    public bool IsEverything => Text.Known == "*" && HasWildcard;

    /// <summary>Reads a pattern.</summary>
    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> are wildcards; in <c>StringEquals</c> they are not (semantics 1.8).</param>
    /// <param name="variables">Whether <c>${key}</c> is a policy variable: under version 2012-10-17 (1.1 rule 4, 1.5).</param>
    public static Pattern Read(Text text, bool wildcards, bool variables)
    {
        if (variables && HasSplitVariable(text)) return new Pattern(text, [new Part([new Token(TokenKind.Hole, Symbol: new Symbol("", text.Key) { Display = text.ToString() })], "", null)]);
        var read = ImmutableArray.CreateBuilder<Part>();
        foreach (var piece in text.Pieces)
            if (piece is Piece.Hole hole) read.Add(new Part([new Token(TokenKind.Hole, Symbol: hole.Symbol)], "", null));
            else if (piece is Piece.Literal literal) AddLiteral(read, literal.Text, wildcards, variables);
        return new Pattern(text, read.ToImmutable()) { MayHoldVariable = variables && text.Symbols.Any(s => s.IsParameter && s.Charset.Has('$')) };
    }

    /// <summary>Whether a variable begins in one literal and ends behind a hole, so that nothing is known of it.</summary>
    private static bool HasSplitVariable(Text text) => text.Known is null && text.Pieces.Any(p => p is Piece.Literal literal && EndsInVariable(literal.Text));

    private static bool EndsInVariable(string literal)
    {
        for (var i = literal.Length - 1; i > 0 && literal[i] != '}'; i--)
            if (literal[i] == '{' && literal[i - 1] == '$') return true;
        return false;
    }

    private static void AddLiteral(ImmutableArray<Part>.Builder parts, string text, bool wildcards, bool variables)
    {
        var at = 0;
        if (variables)
            foreach (var found in Placeholders.In(text, "${", "}"))
            {
                parts.Add(new Part(TokensOf(text[at..found.Start], wildcards), "", null));
                parts.Add(ReadVariable(found.Inner));
                at = found.End;
            }
        parts.Add(new Part(TokensOf(text[at..], wildcards), "", null));
    }

    /// <summary><c>${*}</c>, <c>${?}</c> and <c>${$}</c> are the characters; <c>${key, 'default'}</c> has a default (1.5 rules 44, 45).</summary>
    private static Part ReadVariable(string inner)
    {
        if (inner is "*" or "?" or "$") return new Part([Token.Of(inner[0])], "", null);
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? new Part([], inner.Trim(), null) : new Part([], inner[..comma].Trim(), inner[(comma + 1)..].Trim().Trim('\''));
    }

    private static ImmutableArray<Token> TokensOf(string text, bool wildcards)
    {
        var read = ImmutableArray.CreateBuilder<Token>(text.Length);
        foreach (var c in text)
            if (!wildcards || c is not ('*' or '?')) read.Add(Token.Of(c));
            else if (c == '?') read.Add(Token.One);
            else if (read.Count == 0 || read[^1].Kind != TokenKind.Run) read.Add(Token.Run);
        return read.ToImmutable();
    }

    /// <summary>The tokens with every policy variable replaced by what the request has for it; null where one has no
    /// value, so that the pattern matches nothing (1.5 rule 46).</summary>
    public Tokens? For(RequestContext context) => tokens ?? Fill(context);

    private Tokens? Fill(RequestContext context)
    {
        var filled = ImmutableArray.CreateBuilder<Token>();
        foreach (var part in parts)
        {
            if (part.Variable.Length == 0)
            {
                filled.AddRange(part.Tokens);
                continue;
            }
            var value = context[part.Variable];
            if (value.Presence is Truth.Yes && value.Values is [var only]) filled.AddRange(only.Tokens.All);
            else if (value.Presence is Truth.No && part.Default is null) return null;
            else if (value.Presence is Truth.No) filled.AddRange(TokensOf(part.Default!, wildcards: false));
            else filled.Add(new Token(TokenKind.Hole, Symbol: new Symbol("", $"request {part.Variable}") { Display = part.Variable }));
        }
        return new Tokens(filled.ToImmutable());
    }

    public override string ToString() => Text.ToString();
}
