using PolicyLint.Engine.Access.Facts;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Faults;

/// <summary>What an entry of <c>Action</c> or <c>NotAction</c> stands for.</summary>
internal abstract record NamedActions
{
    private NamedActions() { }

    /// <summary>Actions of a service that the data has, at least one.</summary>
    /// <param name="IsOne">Written out without wildcards.</param>
    public sealed record Some(AwsService Service, IReadOnlyList<AwsAction> Actions, bool IsOne) : NamedActions;

    /// <summary>All actions of all services.</summary>
    public sealed record Everything : NamedActions;

    /// <summary>Nothing, or nothing that can be told: <paramref name="Fault"/> says what is wrong.</summary>
    public sealed record None(FaultKind Fault, string Text) : NamedActions;

    /// <summary>Not known here.</summary>
    public sealed record Open(string Why) : NamedActions;

    /// <summary>An entry with what it stands for.</summary>
    public sealed record Entry(Element Element, NamedActions Named);

    /// <summary>Reads the entries of a statement.</summary>
    public static List<Entry> Of(Statement statement, AwsServices services) => [.. (statement.Actions?.Items ?? []).Select(e => new Entry(e, Of(e, services)))];

    private static NamedActions Of(Element element, AwsServices services)
    {
        if (element.Pattern?.Text is not { } text) return new Open(element.Why);
        var written = Shown(text);
        if (written is "*" or "*:*") return new Everything();
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? written : written[..colon];
        if (prefix.Contains(Hole, StringComparison.Ordinal)) return new Open($"`{text}` is not known here");
        if (colon < 0) return new None(FaultKind.MalformedAction, $"`{text}` names no service; write it as `service:{(written.Length > 0 ? written : "Name")}`");
        if (prefix.AsSpan().IndexOfAny('*', '?') >= 0) return new None(FaultKind.MalformedAction, $"`{text}` has a wildcard in the service, where AWS takes none; write one entry for each service");
        if (written.Length == colon + 1 || written.Any(char.IsWhiteSpace)) return new None(FaultKind.MalformedAction, $"`{text}` is no action; write it as `service:Name`");
        var name = written[(colon + 1)..];
        return services.Named(prefix) is { } service ? OfService(service, name, text) : OfUnknownService(prefix, name, services);
    }

    /// <summary>Whether AWS has no resource type for any of the actions that the entry stands for.</summary>
    public static bool TakeNoResource(Element element) => Of(element, AwsServices.Shipped) is Some some && some.Actions.All(a => a.Types.IsEmpty);

    private const string Hole = "\uE000";

    /// <summary>The text with each hole as one character that no action has.</summary>
    private static string Shown(Text text) => text.Known ?? string.Concat(text.Pieces.Select(p => p is Piece.Literal literal ? literal.Text : Hole));

    private static NamedActions OfService(AwsService service, string name, Text text)
    {
        if (name == "*") return new Some(service, [.. service.Actions], IsOne: false);
        if (name.Contains(Hole, StringComparison.Ordinal))
            return service.Like(name.Replace(Hole, "*", StringComparison.Ordinal)).Count > 0 ? new Open($"`{text}` is not known here") : NoMatch(service, text);
        if (name.AsSpan().IndexOfAny('*', '?') < 0)
            return service.Action(name) is { } one ? new Some(service, [one], IsOne: true) : Missing(service, name);
        var matching = service.Like(name);
        return matching.Count > 0 ? new Some(service, matching, IsOne: false) : NoMatch(service, text);
    }

    private static None NoMatch(AwsService service, Text text) =>
        new(FaultKind.UnknownAction, $"`{text}` stands for none of the {service.Actions.Count} actions of `{service.Prefix}`");

    private const int OfTypo = 2;

    /// <summary>An action that the data does not have: a slip of the pen where another is near enough, else perhaps a new one.</summary>
    private static None Missing(AwsService service, string name)
    {
        var nearest = service.Actions.Select(a => a.Name).Select(a => (Name: a, Distance: Words.Distance(name.ToLowerInvariant(), a.ToLowerInvariant()))).OrderBy(a => a.Distance).ThenBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault().Name;
        if (nearest is not null && IsSlip(name, nearest)) return new None(FaultKind.UnknownAction, $"`{service.Prefix}` has no action `{name}`; did you mean `{service.Prefix}:{nearest}`?");
        var hint = Words.DidYouMean(name, service.Actions.Select(a => a.Name));
        return new None(FaultKind.UnlistedAction, PolicyFaults.Say($"`{service.Prefix}` has no action `{name}` in the list of {AwsServices.AsOf}", hint));
    }

    /// <summary>One or two letters of a longer word; not a number behind it, which new versions of an action have.</summary>
    private static bool IsSlip(string written, string known) =>
        Words.Distance(written.ToLowerInvariant(), known.ToLowerInvariant()) is var distance && distance <= OfTypo && written.Length >= distance * 4
        && written.Where(char.IsAsciiDigit).SequenceEqual(known.Where(char.IsAsciiDigit));

    /// <summary>A slip where another service near it has the action.</summary>
    private static None OfUnknownService(string prefix, string name, AwsServices services)
    {
        foreach (var near in services.Prefixes.Where(p => Words.Distance(prefix.ToLowerInvariant(), p) <= OfTypo).OrderBy(p => Words.Distance(prefix.ToLowerInvariant(), p)))
            if (name != "*" && name.Length > 2 && services.Named(near) is { } service && OfService(service, name, Text.Of($"{near}:{name}")) is Some)
                return new None(FaultKind.UnknownAction, $"AWS has no service `{prefix}`; did you mean `{near}:{name}`?");
        return new None(FaultKind.UnlistedAction, $"AWS has no service `{prefix}` in the list of {AwsServices.AsOf}");
    }
}
