using System.Text.Json;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Twin;

/// <summary>How an entry of a principal element means a caller (semantics 1.2).</summary>
internal enum TwinKind { Account, Wildcard, RoleOfSession, Direct }

/// <summary>Table P1 to P14 and rules 15 to 23, entry by entry.</summary>
internal static class TwinPrincipal
{
    /// <summary>How certainly an entry of the element means the caller in this very way (P14: each entry counts).</summary>
    public static Truth Matches(JsonElement principal, TwinCaller caller, TwinKind kind) =>
        Entries(principal).Select(e => Match(e.Type, e.Text, caller)).Where(e => e.Kind == kind).Aggregate(Truth.No, (any, e) => any.Or(e.Truth));

    /// <summary>Whether NotPrincipal leaves the caller under the statement.</summary>
    public static Truth Excludes(JsonElement notPrincipal, TwinCaller caller, bool bounded)
    {
        if (bounded) return Truth.Yes; // rule 22
        if (Listed(TwinKind.Wildcard) == Truth.Yes) return Truth.No;
        return caller switch
        {
            TwinCaller.User => Levels(Listed(TwinKind.Direct), Listed(TwinKind.Account)),
            TwinCaller.RoleSession => Levels(Listed(TwinKind.Direct), Listed(TwinKind.RoleOfSession), Listed(TwinKind.Account)),
            TwinCaller.Root => Listed(TwinKind.Direct).Or(Listed(TwinKind.Account)).Not(), // the account is its only level
            _ => Listed(TwinKind.Direct).Not(), // rule 23: no account to list
        };

        Truth Listed(TwinKind kind) => Matches(notPrincipal, caller, kind);
    }

    /// <summary>Rule 21: all levels listed exempts, none denies, some is not settled.</summary>
    private static Truth Levels(params Truth[] listed) =>
        listed.All(l => l == Truth.Yes) ? Truth.No : listed.All(l => l == Truth.No) ? Truth.Yes : Truth.Unknown;

    private static IEnumerable<(string Type, string Text)> Entries(JsonElement principal) => principal.ValueKind == JsonValueKind.String
        ? [("AWS", principal.GetString()!)]
        : principal.EnumerateObject().SelectMany(type => TwinStatement.Texts(type.Value).Select(text => (type.Name, text)));

    private static (TwinKind Kind, Truth Truth) Match(string type, string text, TwinCaller caller) => (type, caller) switch
    {
        ("AWS", _) when text == "*" => (TwinKind.Wildcard, Truth.Yes), // P1, P2
        ("AWS", _) when text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal) => (TwinKind.Direct, Truth.No), // P12
        ("Service", TwinCaller.Service service) => (TwinKind.Direct, (text == service.Name).ToTruth()), // P8
        ("CanonicalUser", TwinCaller.OriginAccessIdentity identity) => (TwinKind.Direct, (text == identity.Canonical).ToTruth()), // P10
        ("CanonicalUser", { Account: not null }) => (TwinKind.Account, Truth.Unknown), // P10: no request tells its account's canonical ID
        ("AWS", TwinCaller.OriginAccessIdentity identity) => (TwinKind.Direct, (text == identity.Arn).ToTruth()), // P11
        ("AWS", { Account: not null }) => MatchAccount(text, caller),
        _ => (TwinKind.Direct, Truth.No),
    };

    private static (TwinKind Kind, Truth Truth) MatchAccount(string text, TwinCaller caller)
    {
        if (text == caller.Account || text == $"arn:aws:iam::{caller.Account}:root") // P3
            return (caller is TwinCaller.Root ? TwinKind.Direct : TwinKind.Account, Truth.Yes);
        return caller switch
        {
            TwinCaller.User user => (TwinKind.Direct, (text == user.Arn).ToTruth()), // P4
            TwinCaller.RoleSession session when text.StartsWith("arn:aws:sts:", StringComparison.Ordinal) => (TwinKind.Direct, IsSession(text, session)), // P6
            TwinCaller.RoleSession session => (TwinKind.RoleOfSession, SameRole(text, session.Role).ToTruth()), // P5
            _ => (TwinKind.Direct, Truth.No),
        };
    }

    /// <summary>P6; where the session is not said, any session of that role may be meant.</summary>
    private static Truth IsSession(string text, TwinCaller.RoleSession caller)
    {
        if (caller.Session is not null) return (text == caller.Session).ToTruth();
        var name = caller.Role.Split('/')[^1];
        return text.StartsWith($"arn:aws:sts::{caller.Account}:assumed-role/{name}/", StringComparison.Ordinal) ? Truth.Unknown : Truth.No;
    }

    /// <summary>P5: partition, account and name of the role; wildcards mean nobody (P12).</summary>
    private static bool SameRole(string text, string role)
    {
        var (written, asked) = (text.Split(':'), role.Split(':'));
        return written.Length == 6 && written[5].StartsWith("role/", StringComparison.Ordinal)
            && written.Take(5).SequenceEqual(asked.Take(5)) && written[5].Split('/')[^1] == asked[5].Split('/')[^1];
    }
}
