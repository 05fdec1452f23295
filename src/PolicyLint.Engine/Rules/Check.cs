using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>What a rule requires, a closed family; each is yes, no or unknown of a scope.</summary>
public abstract record Check
{
    private Check() { }

    /// <summary>All of them.</summary>
    public sealed record All(ImmutableArray<Check> Checks) : Check;

    /// <summary>At least one of them.</summary>
    public sealed record Any(ImmutableArray<Check> Checks) : Check;

    /// <summary>The opposite.</summary>
    public sealed record Not(Check Inner) : Check;

    /// <summary>The second where the first holds.</summary>
    public sealed record If(Check Condition, Check Then) : Check;

    /// <summary>Something is set at the path.</summary>
    public sealed record Exists(ScopePath Path) : Check;

    /// <summary>Some, every or no item of a path satisfies a check.</summary>
    public sealed record Quantified(Quantifier Quantifier, Each Each, Check Where, Check Satisfies) : Check;

    /// <summary>The value at the path compares so.</summary>
    /// <param name="Counts">The path leads to records, statements or policies: what compares is how many there are.</param>
    public sealed record Compare(ScopePath Path, Comparison Comparison, bool Counts) : Check;

    /// <summary>A request is allowed (or, by <see cref="Not"/>, denied).</summary>
    /// <param name="OnName">The name whose resource is asked for; empty where <paramref name="On"/> is an ARN of its own.</param>
    public sealed record Access(Who Who, string Action, Message On, string OnName, ImmutableArray<With> With, Location Location) : Check
    {
        /// <summary>AWS writes the Allow itself where it may: only a Deny is a surely denied request.</summary>
        public bool AddedByAws { get; init; }
    }

    /// <summary>One statement covers an action on a resource.</summary>
    public sealed record Covers(ScopePath Statement, string Action, Message On) : Check;

    /// <summary>S3 counts the policy at the path as public (semantics 3.6).</summary>
    public sealed record IsPublic(ScopePath Path, PublicAccess Block = PublicAccess.Heeded) : Check;

    /// <summary>A Deny of the same policy reaches whatever the Allow lets in (semantics 2.2).</summary>
    /// <param name="Action">The one action that matters; empty for all.</param>
    public sealed record Dead(ScopePath Statement, string Action, ImmutableArray<With> With) : Check;

    /// <summary>No principal of the Allow can meet its conditions (semantics 1.7, 1.9).</summary>
    public sealed record Idle(ScopePath Statement) : Check;

    /// <summary>The policy or statement of this name has a fault of this kind.</summary>
    public sealed record Fault(string Of, FaultKind Is) : Check;

    /// <summary>Whoever sees the input, or the deployed stack, reads the text at the path.</summary>
    public sealed record Plain(ScopePath Path) : Check;

    /// <summary>Nobody can tell, for the reason that is given.</summary>
    public sealed record Open(string Why) : Check;

    public static readonly Check Nothing = new All([]);
}

/// <summary>What Block Public Access has to do with a public policy: it keeps the public out, is no matter, or surely refuses the
/// policy while it is written.</summary>
public enum PublicAccess { Heeded, Ignored, Refuses }

public enum Quantifier { Some, Every, No }

/// <summary>One condition key of a request; an absent one has no value.</summary>
public sealed record With(string Key, Message? Value);

/// <summary>Who makes a request, a closed family.</summary>
public abstract record Who
{
    private Who() { }

    /// <summary>Anybody without credentials.</summary>
    public sealed record Anonymous : Who;

    /// <summary>Somebody with credentials of an account that no policy names, of no organization, on a public network.</summary>
    public sealed record Stranger : Who;

    /// <summary>Whoever of the resource's own account gets through best: somebody with every right, or whom the policy names.</summary>
    public sealed record Owner : Who;

    /// <summary>The root user of the account of what is asked for: nothing but a Deny keeps it out.</summary>
    public sealed record Root : Who;

    /// <summary>A service, for a resource of its own.</summary>
    public sealed record Service(Message Name, Message SourceArn, Message SourceAccount) : Who;

    /// <summary>A session of the role that the text at the path names, with what the role carries.</summary>
    public sealed record Role(ScopePath Path) : Who;

    /// <summary>What CloudFront presents to the origin of this name; <paramref name="Website"/> holds for website endpoints.</summary>
    public sealed record CloudFront(string Origin, Check Website) : Who;

    /// <summary>The principal of this name.</summary>
    public sealed record Principal(string Name) : Who;
}

/// <summary>A comparison of a value, a closed family.</summary>
public abstract record Comparison
{
    private Comparison() { }

    /// <summary>The value is one of these.</summary>
    public sealed record In(ImmutableArray<Message> Values, bool IgnoreCase) : Comparison;

    /// <summary>The text matches the regular expression, which is costly to make.</summary>
    public sealed record Matches(Lazy<Regex> Regex) : Comparison;

    /// <summary>The text has this form, with the wildcards <c>*</c> and <c>?</c>.</summary>
    /// <param name="Before">Anything may stand before it; <paramref name="After"/> after it. A form with either has no wildcards.</param>
    public sealed record Like(Message Form, bool Before, bool After, bool IgnoreCase) : Comparison;

    /// <summary>The list has at least one of these; a text counts as a list of one or, where <paramref name="InTexts"/> is set,
    /// has one of these in it.</summary>
    public sealed record Contains(ImmutableArray<Message> Values, bool InTexts, bool IgnoreCase) : Comparison;

    /// <summary>The list has nothing but these.</summary>
    public sealed record SubsetOf(ImmutableArray<Message> Values, bool IgnoreCase) : Comparison;

    /// <summary>The number, or the length of the list or text, is in this range.</summary>
    /// <param name="Exclusive">The bounds themselves are not in it.</param>
    public sealed record Range(decimal? Least, decimal? Most, bool OfLength, bool Exclusive = false) : Comparison;

    /// <summary>Nothing is in it.</summary>
    public sealed record Empty(bool IsEmpty) : Comparison;

    /// <summary>The network is within one of these.</summary>
    public sealed record CidrWithin(ImmutableArray<System.Net.IPNetwork> Networks) : Comparison;

    /// <summary>The opposite.</summary>
    public sealed record Not(Comparison Inner) : Comparison;

    /// <summary>All of them.</summary>
    public sealed record All(ImmutableArray<Comparison> Parts) : Comparison;

    /// <summary>At least one of them.</summary>
    public sealed record Any(ImmutableArray<Comparison> Parts) : Comparison;
}
