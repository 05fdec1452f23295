using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>An IAM policy document, read.</summary>
public sealed record Policy
{
    private ImmutableArray<Statement> statements;
    private Truth? isPublic;

    /// <param name="holder">The resource that states it.</param>
    /// <param name="unread">Why the document as a whole is not known, empty where it was read.</param>
    public Policy(Resource? holder, ImmutableArray<Statement> statements, Location location, string unread = "") =>
        (Holder, this.statements, Location, Unread) = (holder, statements, location, unread);

    public Resource? Holder { get; init; }

    public Location Location { get; init; }

    public string Unread { get; init; }

    /// <summary>The same in words that say whose policy it is.</summary>
    public string WhyUnread => $"the policy{(Holder is { } holder ? $" of `{holder.Address}`" : "")} is not known: {Unread}";

    public ImmutableArray<Statement> Statements
    {
        get => statements;
        init => (statements, isPublic) = (value, null);
    }

    /// <summary>Whether S3 counts it as public (3.6).</summary>
    public Truth IsPublic => isPublic ??= PublicPolicy.Judge(this);

    /// <summary>What is written as its <c>Version</c>, null where nothing is.</summary>
    public Element? Version { get; init; }

    /// <summary>The document as it is written, null where no input writes it.</summary>
    public Value? Written { get; init; }

    /// <summary>What it is attached to, which decides what AWS takes.</summary>
    public PolicyRole Role { get; init; }

    /// <summary>What AWS refuses of the document itself; statements have their own.</summary>
    public ImmutableArray<Problem> Refusals { get; init; } = [];

    /// <summary>How many characters the resource that states it states in further policies of its kind.</summary>
    public int Beside { get; init; }

    /// <summary>What messages call one that no resource states (a file, AWS's own), empty for others.</summary>
    public string Name { get; init; } = "";
}

/// <summary>One statement of a policy.</summary>
/// <param name="Index">Its place in the policy, from 0.</param>
public sealed record Statement(int Index, Location Location)
{
    public string Sid { get; init; } = "";

    /// <summary>Null where it is neither <c>Allow</c> nor <c>Deny</c>, or not known.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Null where the statement names none (identity policies).</summary>
    public Principals? Principals { get; init; }
    public Elements? Actions { get; init; }
    public Elements? Resources { get; init; }
    public ImmutableArray<Clause> Conditions { get; init; } = [];
    /// <summary>What keeps it from being decided, empty where nothing does: its match is then unknown.</summary>
    public string Fault { get; init; } = "";

    /// <summary>The parts of which nothing is known here.</summary>
    public ImmutableArray<Gap> Gaps { get; init; } = [];

    /// <summary>Whether it is a map of elements at all.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>What AWS refuses of it, as it was told.</summary>
    public ImmutableArray<Problem> Refusals { get; init; } = [];

    /// <summary>Whether a caller would want it to apply: every statement but a Deny.</summary>
    internal bool Wanted => Effect is not Access.Effect.Deny;

    /// <summary>How people find it: its Sid, else its number.</summary>
    public string Label => Sid.Length > 0 ? $"statement `{Sid}`" : $"statement {Index + 1}";
}

public enum Effect { Allow, Deny }

/// <summary>The parts of a statement, whichever of <c>Action</c> and <c>NotAction</c> is written.</summary>
public enum StatementPart { Whole, Sid, Effect, Principal, Action, Resource, Condition }

/// <summary>A part of a statement of which nothing is known here.</summary>
/// <param name="MayBeAbsent">Whether it may turn out not to be there, as a condition of the template decides.</param>
public sealed record Gap(StatementPart Part, Location Location, string Why, bool MayBeAbsent);

/// <summary>The entries of <c>Principal</c> or, negated, of <c>NotPrincipal</c>.</summary>
public sealed record Principals(ImmutableArray<PrincipalEntry> Entries, bool Negated, Location Location);

/// <summary>One principal: <paramref name="Type"/> is <c>AWS</c>, <c>Service</c>, <c>Federated</c>, <c>CanonicalUser</c>, or <c>*</c>.</summary>
/// <param name="Text">Null where it is not known; then <paramref name="Why"/> tells.</param>
public sealed record PrincipalEntry(string Type, Text? Text, Location Location, string Why = "")
{
    /// <summary>Whether it covers everyone (1.2 P1, P2).</summary>
    public bool IsEveryone { get; } = Type is "*" or "AWS" && Text?.Known == "*";

    /// <summary>The account that it names as a whole, or null.</summary>
    internal Text? WholeAccount { get; } = Text is null ? null : PrincipalMatch.IsWholeAccount(Text);

    /// <summary>The role that it names, or null.</summary>
    internal RoleName? Role { get; } = Text is null ? null : RoleName.Of(Text);

    /// <summary>The role of which it names one session, or null.</summary>
    internal RoleName? RoleOfSession { get; } = Text is null ? null : RoleName.OfSession(Text);

    /// <summary>Whether it may turn out to name a whole account: nothing tells what it is, or what of an account it is.</summary>
    internal bool MayBeAccount { get; } = Text is { Known: null }
        && (Arns.Parts(Text) is { } parts ? parts[2].Known == "iam" && parts[5].Pieces is [Piece.Hole, ..] : PrincipalMatch.IsWholeAccount(Text) is null);

    /// <summary>Whether it is the ARN of something that is no role.</summary>
    internal bool IsNoRole { get; } = Text is not null && RoleName.IsAnotherThing(Text);

    /// <summary>Whether it is an ARN with a wildcard in it, which covers nobody (1.2 P12).</summary>
    internal bool HasWildcard { get; } = Text is not null && Text.Pieces.Any(p => p is Piece.Literal literal && literal.Text.AsSpan().IndexOfAny('*', '?') >= 0);

    /// <summary>Whether a parameter in it may turn out to be <c>*</c>.</summary>
    internal bool MayBeEveryone { get; } = Text is not null && Text.Pieces.Any(p => p is Piece.Hole { Symbol.IsParameter: true }) && !Text.Pieces.Any(p => p is Piece.Literal);

    public override string ToString() => Text?.ToString() ?? "⟨unknown⟩";
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c> or, negated, of <c>NotAction</c> or <c>NotResource</c>.</summary>
public sealed record Elements(ImmutableArray<Element> Items, bool Negated, Location Location);

/// <summary>One pattern; null where it is not known, then <paramref name="Why"/> tells.</summary>
public sealed record Element(Pattern? Pattern, Location Location, string Why = "")
{
    public override string ToString() => Pattern?.ToString() ?? "⟨unknown⟩";

    /// <summary>Why nothing is known of it, null where something is: it is a parameter, or cannot be read.</summary>
    internal string? WhyOpen => Pattern is null ? Why : WhyOpenIs(Pattern.Text);

    /// <summary>The same of a text.</summary>
    internal static string? WhyOpenIs(Text text) => text.Only is { IsParameter: true, Charset: var charset } && charset == Charset.Any ? $"`{text}` is not known here" : null;
}

/// <summary>One key under one condition operator with its values.</summary>
public sealed record Clause(Operator Operator, string Key, ImmutableArray<Element> Values, Location Location);
