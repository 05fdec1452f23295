using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Who makes a request (semantics 1.2).</summary>
public abstract record Caller
{
    private Caller() { }

    /// <summary>The account that it belongs to; null where it belongs to none, or where nothing tells which.</summary>
    public virtual Text? Account => null;

    /// <summary>Whether it is a principal of some account: services, origin access identities and anonymous callers are of none.</summary>
    public bool IsOfAccount => this is not (Service or OriginAccessIdentity or Anonymous or Federated);

    /// <summary>An AWS service by its principal's name, as it calls for a resource of its own.</summary>
    public sealed record Service(string Name) : Caller
    {
        /// <summary>Whether it is asked for in AWS China, where some services have a name of their own.</summary>
        public Truth IsInChina { get; init; } = Truth.Unknown;

        public override string ToString() => Name;
    }

    /// <summary>A CloudFront origin access identity.</summary>
    /// <param name="Arn">Its IAM ARN; <paramref name="CanonicalUser"/> is null where nothing tells it.</param>
    public sealed record OriginAccessIdentity(Text Arn, Text? CanonicalUser) : Caller
    {
        public override string ToString() => $"origin access identity {Arn.ToString().Split(' ')[^1]}";
    }

    /// <summary>Somebody without credentials.</summary>
    public sealed record Anonymous : Caller
    {
        public override string ToString() => "anonymous";
    }

    /// <summary>Somebody whom an identity provider vouches for, on the way to a session (only STS sees such callers).</summary>
    /// <param name="Provider">The provider as trust policies name it: an ARN, or a name such as <c>cognito-identity.amazonaws.com</c>.</param>
    public sealed record Federated(Text Provider) : Caller
    {
        public override string ToString() => $"a user of {Provider}";
    }

    /// <summary>An IAM user.</summary>
    public sealed record User(Text Arn) : Caller
    {
        public override Text? Account { get; } = Arns.AccountOf(Arn);
        public override string ToString() => Arn.ToString();
    }

    /// <summary>A session of a role; <paramref name="Session"/> is its sts ARN where it matters, else null.</summary>
    public sealed record RoleSession(Text RoleArn, Text? Session = null) : Caller
    {
        public override Text? Account { get; } = Arns.AccountOf(RoleArn);

        /// <summary>The parts of the role's ARN; null where the text is not surely one.</summary>
        internal RoleName? Role { get; } = RoleName.Of(RoleArn);

        /// <summary>Whether the text is the ARN of something that is no role.</summary>
        internal bool IsNoRole { get; } = RoleName.IsAnotherThing(RoleArn);
        public override string ToString() => (Session ?? RoleArn).ToString();
    }

    /// <summary>A session that a user made by GetFederationToken.</summary>
    /// <param name="Session">Its sts ARN, <c>arn:aws:sts::A:federated-user/N</c>.</param>
    public sealed record FederatedUser(Text Session, Text UserArn) : Caller
    {
        public override Text? Account { get; } = Arns.AccountOf(UserArn);
        public override string ToString() => Session.ToString();
    }

    /// <summary>The root user of an account.</summary>
    public sealed record Root(Text Id) : Caller
    {
        public override Text? Account => Id;
        public override string ToString() => $"root user of account {Id}";
    }

    /// <summary>Some IAM principal of an account.</summary>
    public sealed record AccountMember(Text Id) : Caller
    {
        public override Text? Account => Id;
        public override string ToString() => $"account {Id}";
    }

    /// <summary>Some IAM principal of some account that is not <paramref name="Own"/>.</summary>
    public sealed record Stranger(Text Own) : Caller
    {
        public override string ToString() => $"another account than {Own}";
    }

    /// <summary>Some IAM principal of an account that nobody has to do with: no policy names it.</summary>
    public sealed record Foreigner : Caller
    {
        public override string ToString() => "somebody of a foreign account";
    }
}

/// <summary>What a role is known by: partition, account and name; a session's ARN has no path (semantics 1.2 P5).</summary>
internal sealed record RoleName(Text Partition, Text Account, Text Name)
{
    /// <summary>The role of a role's ARN, or null.</summary>
    public static RoleName? Of(Text arn) =>
        Arns.Parts(arn) is { } parts && parts[2].Known == "iam" && parts[5].Pieces is [Piece.Literal { Text: var first }, ..] && first.StartsWith("role/", StringComparison.Ordinal)
            ? new RoleName(parts[1], parts[4], parts[5].Split("/")[^1])
            : null;

    /// <summary>The role of a session's ARN, or null.</summary>
    public static RoleName? OfSession(Text arn) =>
        Arns.Parts(arn) is { } parts && parts[2].Known == "sts" && parts[5].Split("/") is [{ Known: "assumed-role" }, var name, _]
            ? new RoleName(parts[1], parts[4], name)
            : null;

    /// <summary>Whether the text is an ARN of something that is no role.</summary>
    public static bool IsAnotherThing(Text text) =>
        Arns.Parts(text) is { } parts && parts[5].Pieces is [Piece.Literal { Text: var first }, ..] && !first.StartsWith("role", StringComparison.Ordinal);

    /// <summary>Whether two are one role. Names that differ by case only are not settled (semantics 10 no. 14).</summary>
    public static Truth Same(RoleName left, RoleName right)
    {
        var names = TextMatch.Equal(left.Name, right.Name);
        if (names is Truth.No && left.Name.Known is { } l && l.Equals(right.Name.Known, StringComparison.OrdinalIgnoreCase)) names = Truth.Unknown;
        return TextMatch.Equal(left.Partition, right.Partition).And(TextMatch.Equal(left.Account, right.Account)).And(names);
    }
}
