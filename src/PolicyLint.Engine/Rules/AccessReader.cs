using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Reads what a rule asks of access, with positioned problems.</summary>
internal sealed class AccessReader(CheckReader checks, List<Problem> problems)
{
    /// <summary>Who may make a request.</summary>
    public static readonly ImmutableArray<string> Callers = ["anonymous", "cloudfront", "owner", "principal", "role", "root", "service", "stranger"];

    private void Problem(Location at, string message, string help = "") => problems.Add(new Problem(at, message, help));

    /// <summary>Requests that must be allowed: one for each action.</summary>
    public Check? Read(Node node, Names names) => ReadEach(node, names) is { IsEmpty: false } each ? AllOf(each) : null;

    /// <summary>Requests that must be denied: one for each action.</summary>
    public Check? ReadDenied(Node node, Names names) => ReadEach(node, names) is { IsEmpty: false } each ? AllOf([.. each.Select(a => new Check.Not(a))]) : null;

    private static Check AllOf(ImmutableArray<Check> checks) => checks is [var only] ? only : new Check.All(checks);

    private ImmutableArray<Check> ReadEach(Node node, Names names)
    {
        if (node is not Node.Map map)
        {
            Problem(node.Location, "`access` must be a map", "write `who:`, `may:` and `on:`");
            return [];
        }
        var reader = new MapReader(map, "`access`", problems);
        var who = ReadWho(reader.Take("who"), map, names);
        var actions = ReadActions(reader, map["may"]);
        var on = reader.Required("on");
        var with = ReadWith(reader.Map("with"), names);
        var added = reader.OneOf("addedByAws", "false", "false", "true") == "true";
        reader.Done();
        var message = checks.ReadMessage(on, map["on"]?.Location ?? map.Location, names);
        if (ReadTarget(message, map["on"]?.Location ?? map.Location, who, names) is not { } target || who is null) return [];
        return [.. actions.Select(a => new Check.Access(who, a, message, target, with, map.Location) { AddedByAws = added })];
    }

    /// <summary>The name of the resource that is asked for; empty for an ARN of its own, which only a role may ask for; null,
    /// with a problem, where it is neither.</summary>
    private string? ReadTarget(Message on, Location at, Who? who, Names names)
    {
        if (on.Parts is [{ Path: { } first }, ..] && names[first.Root] is ScopeType.OfKinds or ScopeType.OfRawType or ScopeType.OfAnything) return first.Root;
        if (on.Template.Length == 0) return null;
        if (who is Who.Role && (on.Template == "*" || on.Template.StartsWith("arn:", StringComparison.Ordinal))) return "";
        Problem(at, $"`on` must begin with a resource's ARN, found `{on.Template}`", "write `{bucket.arn}/*`");
        return null;
    }

    private ImmutableArray<string> ReadActions(MapReader reader, Node? node)
    {
        var actions = reader.Texts("may");
        if (actions.IsEmpty) reader.Missing("may");
        for (var i = 0; i < actions.Length; i++) ReadAction(actions[i], node is Node.List list ? list.Items[i] : node);
        return actions;
    }

    /// <summary>One action, told where it is none.</summary>
    public string ReadAction(string action, Node? node)
    {
        if (action.Length > 0 && (action.Split(':') is not [{ Length: > 0 }, { Length: > 0 }] || action.AsSpan().IndexOfAny('*', '?') >= 0))
            Problem(node!.Location, $"`{action}` is not one action", "write it as `service:Name`, without wildcards");
        return action;
    }

    private Who? ReadWho(Node? node, Node.Map access, Names names)
    {
        switch (node)
        {
            case null:
                Problem(access.Location, "`access` needs `who`", "write `who: anonymous`, `who: stranger`, `who: owner`, `who: root`, `who: { service: NAME }`, `who: { role: PATH }`, `who: { cloudfront: ORIGIN }` or `who: { principal: NAME }`");
                return null;
            case Node.Scalar { Text: "anonymous" }: return new Who.Anonymous();
            case Node.Scalar { Text: "owner" }: return new Who.Owner();
            case Node.Scalar { Text: "stranger" }: return new Who.Stranger();
            case Node.Scalar { Text: "root" }: return new Who.Root();
            case Node.Map { Entries: [var first, ..] } map:
                var reader = new MapReader(map, "`who`", problems);
                Who? who = true switch
                {
                    _ when map["service"] is not null => ReadService(reader, map.Location, names),
                    _ when map["role"] is { } role => checks.ValuePath(role, names) is { } path ? Taken(reader, "role", new Who.Role(path)) : null,
                    _ when map["cloudfront"] is not null => new Who.CloudFront(Bound<ScopeType.OfRecord>(reader, "cloudfront", names, "an origin"), checks.Read(reader.Take("website"), names, "`website`")),
                    _ when map["principal"] is not null => new Who.Principal(Bound<ScopeType.OfPrincipal>(reader, "principal", names, "a principal")),
                    _ => null,
                };
                if (who is not null) reader.Done();
                else if (!Callers.Contains(first.Key.Text)) UnknownWho(first.Key);
                return who;
            case Node.Scalar scalar:
                UnknownWho(scalar);
                return null;
            default:
                Problem(node.Location, "`who` must be a text or a map", "write `who: anonymous`, or a map such as `{ service: NAME }`");
                return null;
        }
    }

    private static Who Taken(MapReader reader, string word, Who who)
    {
        reader.Take(word);
        return who;
    }

    private Who.Service ReadService(MapReader reader, Location at, Names names) => new(
        checks.ReadMessage(reader.Required("service"), at, names),
        checks.ReadMessage(reader.Text("sourceArn") ?? "", at, names),
        checks.ReadMessage(reader.Text("sourceAccount") ?? "", at, names));

    private void UnknownWho(Node.Scalar word) =>
        Problem(word.Location, $"unknown caller `{word.Text}` in `who`, expected {Words.OneOf(Callers)}", Words.DidYouMean(word.Text, Callers));

    private string Bound<T>(MapReader reader, string word, Names names, string what)
        where T : ScopeType
    {
        var name = reader.Required(word);
        if (name.Length > 0 && names[name] is not (T or ScopeType.OfAnything))
            Problem(reader.Take(word)!.Location, $"`{name}` is not {what} of this rule", names[name] is null ? Words.DidYouMean(name, names.All) : "name it with `each: PATH[*] as NAME`");
        return name;
    }

    /// <summary>Condition keys of a request, each with a value or absent.</summary>
    public ImmutableArray<With> ReadWith(Node.Map? map, Names names)
    {
        if (map is null) return [];
        var with = ImmutableArray.CreateBuilder<With>();
        foreach (var entry in map.Entries)
            if (entry.Value is Node.Scalar { Kind: not ScalarKind.Null } scalar)
                with.Add(new With(entry.Key.Text, scalar.Text == "absent" ? null : checks.ReadMessage(scalar.Text, scalar.Location, names)));
            else Problem(entry.Value.Location, $"`{entry.Key.Text}` needs one value, or `absent`");
        return with.ToImmutable();
    }
}
