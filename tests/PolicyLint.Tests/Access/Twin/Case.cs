using System.Collections.Immutable;
using System.Text;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>What policies are for (semantics 2.1).</summary>
public enum SetKind { Resource, Identity, Boundary, Session, ServiceControl, ResourceControl, Endpoint }

/// <summary>Policies of one kind; SCPs and RCPs have one set a level.</summary>
public sealed record WrittenSet(SetKind Kind, ImmutableArray<WrittenPolicy> Policies);

/// <summary>A request and all policies that decide about it.</summary>
/// <param name="Account">The account of the resource.</param>
public sealed record Case(TwinRequest Request, string Account, ImmutableArray<WrittenSet> Sets)
{
    public TwinWorld World => new(Account, Of(SetKind.Resource) ?? [])
    {
        Identity = Of(SetKind.Identity) ?? [],
        Boundary = Of(SetKind.Boundary),
        Session = Of(SetKind.Session),
        ServiceControl = Levels(SetKind.ServiceControl),
        ResourceControl = Levels(SetKind.ResourceControl),
        Endpoint = Of(SetKind.Endpoint),
    };

    /// <summary>How many statements AWS refuses, of those without holes.</summary>
    public int Refused => Sets.SelectMany(s => s.Policies).SelectMany(p => TwinStatement.Read(p.ToJson())).Count(s => s.Faulty && !s.Json.GetRawText().Contains('⟨', StringComparison.Ordinal));

    private ImmutableArray<string>? Of(SetKind kind) => Levels(kind) is [var only] ? only : null;

    private ImmutableArray<ImmutableArray<string>> Levels(SetKind kind) =>
        [.. Sets.Where(s => s.Kind == kind).Select(s => s.Policies.Select(p => p.ToJson()).ToImmutableArray())];

    public override string ToString()
    {
        var told = new StringBuilder($"\n{Request.Caller}\n  asks {Request.Action} on {Request.Resource}, a resource of {Account}\n");
        foreach (var key in Request.Context) told.Append($"  with {key}\n");
        foreach (var set in Sets)
            told.Append($"  {set.Kind}:{(set.Policies.IsEmpty ? " no policy" : "")}\n").AppendJoin("", set.Policies.Select(p => $"    {p}\n"));
        return told.ToString();
    }
}
