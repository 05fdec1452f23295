using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>How a statement's principal covers a caller, weakest first (semantics 1.2): the decision logic needs to know.</summary>
[Flags]
public enum MatchKind { None = 0, Account = 1, Wildcard = 2, RoleOfSession = 4, UserOfFederated = 8, Direct = 16 }

/// <summary>Whether principals cover a caller (semantics 1.2), and by which kind at the strongest.</summary>
public readonly record struct PrincipalMatch(Truth Truth, MatchKind Kind)
{
    private readonly MatchKind surely = Truth is Truth.Yes ? Kind : MatchKind.None;
    private readonly MatchKind perhaps = Truth is Truth.Unknown ? Kind : MatchKind.None;

    private PrincipalMatch(PrincipalMatch strongest, MatchKind surely, MatchKind perhaps) : this(strongest.Truth, strongest.Kind) =>
        (this.surely, this.perhaps) = (surely, perhaps);

    /// <summary>Whether they cover the caller by one of these kinds: a list may name both an account and its role.</summary>
    public Truth By(MatchKind kinds)
    {
        if ((surely & kinds) is not MatchKind.None) return Truth.Yes;
        return (perhaps & kinds) is not MatchKind.None ? Truth.Unknown : Truth.No;
    }

    private static readonly PrincipalMatch Nobody = new(Truth.No, MatchKind.None);

    /// <summary>The entries of <c>Principal</c>: any of them, the strongest kind that matches.</summary>
    public static PrincipalMatch Of(Principals principals, Caller caller)
    {
        if (principals.Negated) return new PrincipalMatch(Excepted(principals, caller).Not(), MatchKind.Wildcard);
        var best = Nobody;
        foreach (var entry in principals.Entries) best = Strongest(best, Of(entry, caller));
        return best;
    }

    /// <summary>One entry.</summary>
    public static PrincipalMatch Of(PrincipalEntry entry, Caller caller)
    {
        if (entry.IsEveryone) return new PrincipalMatch(Truth.Yes, MatchKind.Wildcard);
        if (entry.Text is not { } text) return new PrincipalMatch(Truth.Unknown, MatchKind.Direct);
        return entry.Type switch
        {
            "AWS" => OfAws(text, caller),
            "Service" => caller is Caller.Service service ? new(TextMatch.Equal(text, Text.Of(service.Name)), MatchKind.Direct) : Nobody,
            "CanonicalUser" => OfCanonicalUser(text, caller),
            _ => Nobody,
        };
    }

    private static PrincipalMatch OfAws(Text text, Caller caller)
    {
        if (text.Pieces.Any(p => p is Piece.Literal literal && literal.Text.AsSpan().IndexOfAny('*', '?') >= 0)) return Nobody; // rule P12
        var everyone = text.Pieces.Any(p => p is Piece.Hole { Symbol.IsParameter: true }) ? new PrincipalMatch(Truth.Unknown, MatchKind.Wildcard) : Nobody;
        var match = caller switch
        {
            Caller.OriginAccessIdentity identity => new PrincipalMatch(TextMatch.Equal(text, identity.Arn), MatchKind.Direct),
            Caller.User user => Strongest(new(TextMatch.Equal(text, user.Arn), MatchKind.Direct), OfAccount(text, Arns.AccountOf(user.Arn))),
            Caller.RoleSession session => Strongest(OfSession(text, session), OfAccount(text, Arns.AccountOf(session.RoleArn))),
            Caller.Root root => new PrincipalMatch(OfAccount(text, root.Account).Truth, MatchKind.Direct),
            Caller.AccountMember member => OfAccount(text, member.Account),
            Caller.Stranger stranger => OfStranger(text, stranger),
            _ => Nobody,
        };
        return Strongest(match, everyone);
    }

    private static PrincipalMatch Strongest(PrincipalMatch left, PrincipalMatch right)
    {
        var strongest = right.Truth > left.Truth || (right.Truth == left.Truth && right.Kind > left.Kind) ? right : left;
        return new PrincipalMatch(strongest, left.surely | right.surely, left.perhaps | right.perhaps);
    }

    /// <summary>An account id or its root ARN covers every principal of the account (P3).</summary>
    private static PrincipalMatch OfAccount(Text text, Text? account)
    {
        if (IsWholeAccount(text) is not { } named) return Nobody;
        return new PrincipalMatch(account is null ? Truth.Unknown : TextMatch.Equal(named, account), MatchKind.Account);
    }

    /// <summary>The account that the entry names as a whole, or null.</summary>
    public static Text? IsWholeAccount(Text text)
    {
        if (Arns.Parts(text) is { } parts) return parts[2].Known == "iam" && parts[5].Known == "root" ? parts[4] : null;
        return Arns.AccountOf(text);
    }

    private static PrincipalMatch OfSession(Text text, Caller.RoleSession caller)
    {
        var role = new PrincipalMatch(SameRole(text, caller.RoleArn), MatchKind.RoleOfSession);
        return caller.Session is { } session ? Strongest(role, new(TextMatch.Equal(text, session), MatchKind.Direct)) : role;
    }

    /// <summary>A role is known by partition, account and name; a session's ARN has no path (P5).</summary>
    private static Truth SameRole(Text left, Text right)
    {
        if (left.Equals(right)) return Truth.Yes;
        if (Arns.Parts(left) is not { } l || Arns.Parts(right) is not { } r) return TextMatch.Equal(left, right);
        if (!IsRole(l) || !IsRole(r)) return Truth.No;
        return TextMatch.Equal(l[4], r[4]).And(TextMatch.Equal(l[5].Split("/")[^1], r[5].Split("/")[^1]));
    }

    private static bool IsRole(Text[] parts) => parts[5].Pieces is [Piece.Literal { Text: var first }, ..] && first.StartsWith("role/", StringComparison.Ordinal);

    /// <summary>An entry that surely names our own account, or no account at all (as CloudFront's identities), covers no
    /// stranger; another may.</summary>
    private static PrincipalMatch OfStranger(Text text, Caller.Stranger stranger) => Arns.AccountOf(text) is { Known: null or { Length: 12 } } account
        ? new(TextMatch.Equal(account, stranger.Account).Not(), IsWholeAccount(text) is null ? MatchKind.RoleOfSession : MatchKind.Account)
        : Nobody;

    private static PrincipalMatch OfCanonicalUser(Text text, Caller caller) => caller switch
    {
        Caller.OriginAccessIdentity { CanonicalUser: { } user } => new(TextMatch.Equal(text, user), MatchKind.Direct),
        Caller.OriginAccessIdentity => new(Truth.Unknown, MatchKind.Direct),
        Caller.AccountMember or Caller.Stranger or Caller.Root or Caller.User or Caller.RoleSession => new(Truth.Unknown, MatchKind.Account),
        _ => Nobody,
    };

    /// <summary>Whether <c>NotPrincipal</c> leaves the caller out of a Deny: surely only where every level of it is listed
    /// (rule 21); services and OAIs have only one (rule 23).</summary>
    private static Truth Excepted(Principals principals, Caller caller)
    {
        if (principals.Entries.Any(e => e.IsEveryone)) return Truth.Yes;
        if (caller is Caller.Service or Caller.OriginAccessIdentity or Caller.Anonymous)
            return principals.Entries.Aggregate(Truth.No, (truth, e) => truth.Or(Of(e, caller).Truth));
        var (account, role, itself) = (Truth.No, Truth.No, Truth.No);
        foreach (var entry in principals.Entries)
            switch (Of(entry, caller))
            {
                case { Kind: MatchKind.Account } match: account = account.Or(match.Truth); break;
                case { Kind: MatchKind.RoleOfSession } match: role = role.Or(match.Truth); break;
                case var match: itself = itself.Or(match.Truth); break;
            }
        if (caller is Caller.AccountMember or Caller.Stranger) return account.Or(role.Or(itself).And(Truth.Unknown));
        if (caller is Caller.Root) return account.Or(itself);
        if (caller is not Caller.RoleSession { Session: not null }) itself = role.Or(itself);
        else if (role != itself) return Truth.Unknown;
        return account == itself ? account : Truth.Unknown;
    }
}
