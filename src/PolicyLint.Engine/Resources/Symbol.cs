using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>A text that nobody knows before the deploy, but that is the same text wherever it stands: a bucket's
/// generated name, a parameter, an account id (semantics 8.2, 8.3).</summary>
/// <param name="Scope">The document that it belongs to; two documents may mean different texts by one name.</param>
/// <param name="Name">What it is within the scope: <c>Assets.name</c>, <c>parameter Env</c>, <c>AWS::AccountId</c>.</param>
public sealed record Symbol(string Scope, string Name)
{
    /// <summary>How it is shown to people.</summary>
    public required string Display { get; init; }

    /// <summary>The characters that it may hold.</summary>
    public Charset Charset { get; init; } = Charset.Any;

    /// <summary>Made by AWS while the resource is created, so it equals no text that is written down before (8.3 rule 3).</summary>
    public bool Generated { get; init; }

    /// <summary>Chosen by whoever deploys: its text may hold wildcards where it stands in a pattern.</summary>
    public bool IsParameter { get; init; }

    /// <summary>Whether people who see the template or the deployed stack are shown the text of a parameter; null for others.</summary>
    public bool? IsShown { get; init; }

    /// <summary>The only texts that it may be, empty where they are not known.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>The address of the resource that it is an attribute of, empty for others.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The type of <see cref="Owner"/> where it is that resource's own name, id or ARN; empty for other attributes, which may
    /// hold what another resource is called.</summary>
    public string OwnerType { get; init; } = "";

    /// <summary>The key of a text that it is known not to be, empty where there is none.</summary>
    public string Not { get; init; } = "";

    /// <summary>What it is where parameters keep their defaults; null where none has to do with it.</summary>
    public TextByDefault? Default { get; init; }

    /// <summary>What it is by conditions, where these choose the name of a resource; null for others.</summary>
    public Value.Choice? Chosen { get; init; }

    /// <summary>Whether the two are known to be different texts for what one of them is not.</summary>
    public bool Differs(Symbol other) => (Not.Length > 0 && Not == Text.Of(other).Key) || (other.Not.Length > 0 && other.Not == Text.Of(this).Key);

    /// <summary>An attribute of a resource that is shown by the resource's address.</summary>
    /// <param name="generated">Whether AWS makes it while the resource is created.</param>
    public static Symbol OfAttribute(string scope, string address, string name, Charset charset, bool generated) =>
        new(scope, $"{address}.{name}") { Display = address, Owner = address, Charset = charset, Generated = generated };

    public bool Equals(Symbol? other) => other is not null && Name == other.Name && Scope == other.Scope;

    public override int GetHashCode() => HashCode.Combine(Scope, Name);

    public override string ToString() => Display;
}
