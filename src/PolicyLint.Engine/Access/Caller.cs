using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>Who makes a request (semantics 1.2).</summary>
public abstract record Caller
{
    private Caller() { }

    /// <summary>An AWS service by its principal's name, as it calls for a resource of its own.</summary>
    public sealed record Service(string Name) : Caller
    {
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

    /// <summary>An IAM user.</summary>
    public sealed record User(Text Arn) : Caller
    {
        public override string ToString() => Arn.ToString();
    }

    /// <summary>A session of a role; <paramref name="Session"/> is its sts ARN where it matters, else null.</summary>
    public sealed record RoleSession(Text RoleArn, Text? Session = null) : Caller
    {
        public override string ToString() => (Session ?? RoleArn).ToString();
    }

    /// <summary>The root user of an account.</summary>
    public sealed record Root(Text Account) : Caller
    {
        public override string ToString() => $"root user of account {Account}";
    }

    /// <summary>Some IAM principal of an account.</summary>
    public sealed record AccountMember(Text Account) : Caller
    {
        public override string ToString() => $"account {Account}";
    }

    /// <summary>Some IAM principal of some account that is not <paramref name="Account"/>.</summary>
    public sealed record Stranger(Text Account) : Caller
    {
        public override string ToString() => $"another account than {Account}";
    }
}
