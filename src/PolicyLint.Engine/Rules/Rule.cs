using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>How much a finding matters.</summary>
public enum Severity { Note, Warning, Error }

/// <summary>One rule: what it looks at, what it requires, and what it tells people.</summary>
public sealed record Rule(string Id, Location Location)
{
    public string Title { get; init; } = "";
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>From 0.0 to 10.0, as GitHub sorts by; null where the rule is not of security.</summary>
    public string? SecuritySeverity { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The smallest profile that it runs in.</summary>
    public Profile Profile { get; init; }
    public ImmutableArray<Standard> Standards { get; init; } = [];
    public string Why { get; init; } = "";
    public string Fix { get; init; } = "";
    public ImmutableArray<string> Links { get; init; } = [];

    /// <summary>The rules that tell more of the same: where one of them speaks, this one is silent.</summary>
    public ImmutableArray<string> CoveredBy { get; init; } = [];

    /// <summary>The kinds or raw types that it judges.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>What a project may set, with what holds where it does not.</summary>
    public ImmutableArray<RuleParameter> Parameters { get; init; } = [];

    /// <summary>The elements that each get a verdict of their own, outer before inner; none for one verdict a resource.</summary>
    public ImmutableArray<Each> Each { get; init; } = [];
    public ImmutableArray<Bind> Binds { get; init; } = [];
    public Check Where { get; init; } = Check.Nothing;

    /// <summary>Whether what is bound matters to <see cref="Where"/>; else that is asked first, for it is asked of more than applies.</summary>
    public bool WhereNeedsBinds { get; init; }
    public Check Require { get; init; } = Check.Nothing;
    public Message Message { get; init; } = Message.Empty;

    /// <summary>Where a finding points: the first of these that has a place. <c>decision</c> is what the access check found.</summary>
    public ImmutableArray<ScopePath> At { get; init; } = [];

    /// <summary>Whether it says nothing where the elements of <see cref="Each"/> cannot be read, for another rule does.</summary>
    public bool SkipsUnread { get; init; }

    /// <summary>What an unknown does to the rule: it is reported as unknown, or counts as a failure.</summary>
    public bool UnknownFails { get; init; }
}

/// <summary>Every item of a path, by a name.</summary>
public sealed record Each(ScopePath Path, string Name);

/// <summary>A resource of one of some kinds that a text names, by a name.</summary>
/// <param name="UnknownWhen">A text that cannot be known makes the verdict unknown only where this holds; elsewhere the rule
/// does not apply.</param>
public sealed record Bind(string Name, ScopePath Follow, ImmutableArray<string> Kinds, Check UnknownWhen)
{
    /// <summary>Forms in which the text may hold what names it, beside those of its kind.</summary>
    public ImmutableArray<string> Inside { get; init; } = [];

    /// <summary>Of what is not in the input the rule says nothing: another one does.</summary>
    public bool InInput { get; init; }
}

/// <summary>A text with <c>{path}</c> placeholders.</summary>
public sealed record Message(string Template, ImmutableArray<MessagePart> Parts)
{
    public static readonly Message Empty = new("", []);
}

/// <summary>A literal or, where it is set, a path.</summary>
public sealed record MessagePart(string Literal, ScopePath? Path);
