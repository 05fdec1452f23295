using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>Who asks, in plain words: every part is known.</summary>
public abstract record TwinCaller
{
    private TwinCaller() { }

    public sealed record User(string Arn) : TwinCaller;

    /// <summary>A session of a role; its own ARN is null where nobody says which session it is.</summary>
    public sealed record RoleSession(string Role, string? Session) : TwinCaller;

    public sealed record Root(string Id) : TwinCaller;

    public sealed record Service(string Name) : TwinCaller;

    public sealed record OriginAccessIdentity(string Arn, string Canonical) : TwinCaller;

    public sealed record Anonymous : TwinCaller;

    /// <summary>The account it belongs to, null for those that belong to no customer.</summary>
    public string? Account => this switch
    {
        User user => user.Arn.Split(':')[4],
        RoleSession session => session.Role.Split(':')[4],
        Root root => root.Id,
        _ => null,
    };
}

/// <summary>One condition key of a request with its values.</summary>
public sealed record TwinKey(string Name, ImmutableArray<string> Values)
{
    /// <summary>Unknown only in a request with holes; without values, these are unknown as well.</summary>
    public Truth Presence { get; init; } = Truth.Yes;

    public override string ToString() => $"{Name}{Presence switch { Truth.Yes => "", Truth.No => " (absent)", _ => " (present or not)" }} = [{string.Join(", ", Values.Select(v => $"`{v}`"))}]";
}

/// <summary>One request, fully known.</summary>
public sealed record TwinRequest(TwinCaller Caller, string Action, string Resource, ImmutableArray<TwinKey> Context)
{
    /// <summary>The key's values, null where it is absent; names compare without case (rule 51).</summary>
    public ImmutableArray<string>? this[string key]
    {
        get
        {
            foreach (var held in Context)
                if (held.Presence is Truth.Yes && held.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) return held.Values;
            return null;
        }
    }
}

/// <summary>All policies that decide, as JSON texts; null where there is no such set at all.</summary>
public sealed record TwinWorld(string Account, ImmutableArray<string> Resource)
{
    public ImmutableArray<string> Identity { get; init; } = [];
    public ImmutableArray<string>? Boundary { get; init; }
    public ImmutableArray<string>? Session { get; init; }
    public ImmutableArray<ImmutableArray<string>> ServiceControl { get; init; } = [];
    public ImmutableArray<ImmutableArray<string>> ResourceControl { get; init; } = [];
    public ImmutableArray<string>? Endpoint { get; init; }
}
