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

    /// <summary>The same where every kind that may match does.</summary>
    internal PrincipalMatch Settled() => new(new PrincipalMatch(Truth.Yes, Kind), surely | perhaps, MatchKind.None);

    /// <summary>The match of a statement that names no principal.</summary>
    public static readonly PrincipalMatch Anybody = new(Truth.Yes, MatchKind.Direct);

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
            "AWS" => OfAws(entry, text, caller),
            "Service" => caller is Caller.Service service ? new(OfService(text, service), MatchKind.Direct) : Nobody,
            "Federated" => caller is Caller.Federated federated ? new(TextMatch.Equal(text, federated.Provider), MatchKind.Direct) : Nobody,
            "CanonicalUser" => OfCanonicalUser(text, caller),
            _ => Nobody,
        };
    }

    private static Truth OfService(Text text, Caller.Service service) =>
        text.Known is { } known ? ServiceNames.IsNameOf(known, service) : TextMatch.Equal(text, Text.Of(service.Name));

    private static PrincipalMatch OfAws(PrincipalEntry entry, Text text, Caller caller)
    {
        if (entry.HasWildcard) return Nobody; // rule P12
        var match = caller switch
        {
            Caller.OriginAccessIdentity identity => new PrincipalMatch(TextMatch.Equal(text, identity.Arn), MatchKind.Direct),
            Caller.User user => Strongest(new(TextMatch.Equal(text, user.Arn), MatchKind.Direct), OfAccount(entry, caller)),
            Caller.RoleSession session => Strongest(OfSession(entry, text, session), OfAccount(entry, caller)),
            Caller.FederatedUser federated => Strongest(
                Strongest(new(TextMatch.Equal(text, federated.Session), MatchKind.Direct), new(TextMatch.Equal(text, federated.UserArn), MatchKind.UserOfFederated)), OfAccount(entry, caller)),
            Caller.Root => new PrincipalMatch(OfAccount(entry, caller).Truth, MatchKind.Direct),
            Caller.AccountMember => OfAccount(entry, caller),
            Caller.Stranger stranger => OfStranger(entry, text, stranger),
            _ => Nobody,
        };
        return entry.MayBeEveryone ? Strongest(match, new PrincipalMatch(Truth.Unknown, MatchKind.Wildcard)) : match;
    }

    private static PrincipalMatch Strongest(PrincipalMatch left, PrincipalMatch right)
    {
        var strongest = right.Truth > left.Truth || (right.Truth == left.Truth && right.Kind > left.Kind) ? right : left;
        return new PrincipalMatch(strongest, left.surely | right.surely, left.perhaps | right.perhaps);
    }

    /// <summary>An account id or its root ARN covers every principal of the account (P3).</summary>
    private static PrincipalMatch OfAccount(PrincipalEntry entry, Caller caller)
    {
        if (entry.MayBeAccount) return new PrincipalMatch(MayName(entry.Text!, caller.Account), MatchKind.Account);
        if (entry.WholeAccount is not { } named) return Nobody;
        return new PrincipalMatch(caller.Account is null ? Truth.Unknown : TextMatch.Equal(named, caller.Account), MatchKind.Account);
    }

    /// <summary>Whether a text of which little is known can be the account's id or its root ARN.</summary>
    private static Truth MayName(Text text, Text? account) => account is null
        ? Truth.Unknown
        : TextMatch.Equal(text, account).Or(TextMatch.Equal(text, Text.Of("arn:aws:iam::") + account + Text.Of(":root")));

    /// <summary>The account that the entry names as a whole, or null.</summary>
    public static Text? IsWholeAccount(Text text)
    {
        if (Arns.Parts(text) is { } parts) return parts[2].Known == "iam" && parts[5].Known == "root" ? parts[4] : null;
        return Arns.AccountOf(text);
    }

    private static PrincipalMatch OfSession(PrincipalEntry entry, Text text, Caller.RoleSession caller)
    {
        var role = new PrincipalMatch(SameRole(entry, text, caller), MatchKind.RoleOfSession);
        if (caller.Session is { } session) return Strongest(role, new(TextMatch.Equal(text, session), MatchKind.Direct));
        return entry.RoleOfSession is { } named && caller.Role is { } own ? Strongest(role, new(RoleName.Same(named, own).And(Truth.Unknown), MatchKind.Direct)) : role;
    }

    private static Truth SameRole(PrincipalEntry entry, Text text, Caller.RoleSession caller)
    {
        if (text.Equals(caller.RoleArn)) return Truth.Yes;
        if (entry.Role is { } named && caller.Role is { } role) return RoleName.Same(named, role);
        return entry.IsNoRole || caller.IsNoRole ? Truth.No : TextMatch.Equal(text, caller.RoleArn);
    }

    /// <summary>An entry that surely names our own account, or no account at all (as CloudFront's identities), covers no
    /// stranger; another may.</summary>
    private static PrincipalMatch OfStranger(PrincipalEntry entry, Text text, Caller.Stranger stranger) => entry.MayBeAccount && Arns.Parts(text) is null
        ? new(Truth.Unknown, MatchKind.Account)
        : Arns.AccountOf(text) is { Known: null or { Length: 12 } } account
        ? new(TextMatch.Equal(account, stranger.Own).Not(), entry.WholeAccount is null ? MatchKind.RoleOfSession : MatchKind.Account)
        : Nobody;

    private static PrincipalMatch OfCanonicalUser(Text text, Caller caller) => caller switch
    {
        Caller.OriginAccessIdentity { CanonicalUser: { } user } => new(TextMatch.Equal(text, user), MatchKind.Direct),
        Caller.OriginAccessIdentity => new(Truth.Unknown, MatchKind.Direct),
        Caller.AccountMember or Caller.Stranger or Caller.Root or Caller.User or Caller.RoleSession or Caller.FederatedUser => new(Truth.Unknown, MatchKind.Account),
        _ => Nobody,
    };

    /// <summary>Whether <c>NotPrincipal</c> leaves the caller out of a Deny: surely only where every level of it is listed
    /// (rule 21); services and OAIs have only one (rule 23).</summary>
    private static Truth Excepted(Principals principals, Caller caller)
    {
        if (principals.Entries.Any(e => e.IsEveryone)) return Truth.Yes;
        if (!caller.IsOfAccount)
            return principals.Entries.Aggregate(Truth.No, (truth, e) => truth.Or(Of(e, caller).Truth));
        var (account, role, itself) = (Truth.No, Truth.No, Truth.No);
        foreach (var entry in principals.Entries)
            switch (Of(entry, caller))
            {
                case { Kind: MatchKind.Account } match: account = account.Or(match.Truth); break;
                case { Kind: MatchKind.RoleOfSession or MatchKind.UserOfFederated } match: role = role.Or(match.Truth); break;
                case var match: itself = itself.Or(match.Truth); break;
            }
        if (caller is Caller.AccountMember or Caller.Stranger) return account.Or(role.Or(itself).And(Truth.Unknown));
        if (caller is Caller.Root) return account.Or(itself);
        if (caller is not (Caller.RoleSession or Caller.FederatedUser)) itself = role.Or(itself);
        else if (role != itself) return Truth.Unknown;
        return account == itself ? account : Truth.Unknown;
    }
}
