using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.Terraform.Sources;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Follows the references that a plan's configuration lists: through the inputs and outputs of modules, through what
/// <c>for_each</c> goes through, and from attribute to attribute.</summary>
internal sealed partial class References
{
    private const int DeepestChain = 20;
    private const int MostFollowed = 8;

    /// <summary>Where references are written: in an instance of a module, by something that has a key and a <c>for_each</c> or has
    /// neither.</summary>
    /// <param name="Key">With its brackets, empty where there is none.</param>
    private sealed record Standpoint(string ModulePath, Plan.Module Module, string Key, Node? ForEach)
    {
        public static Standpoint? Of(Plan.Planned owner)
        {
            if (owner.Module is null) return null;
            var own = owner.ModulePath.Length == 0 ? owner.Address : owner.Address[Math.Min(owner.Address.Length, owner.ModulePath.Length + 1)..];
            return new Standpoint(owner.ModulePath, owner.Module, KeyOf(own), owner.Module.Resource(owner.Reference)?["for_each_expression"]);
        }

        /// <summary>Where the arguments of the module's call are written; null for the root.</summary>
        public Standpoint? Caller()
        {
            if (Module.Parent is not { } parent || InstanceStep.OfModules(ModulePath) is not { IsEmpty: false } steps) return null;
            return new Standpoint(steps is [.., var outer, _] ? outer.Path : "", parent, KeyOf(steps[^1].Path), Module.ForEach);
        }

        private static string KeyOf(string address) => address.EndsWith("\"]", StringComparison.Ordinal) ? address[Math.Max(0, address.LastIndexOf("[\"", StringComparison.Ordinal))..]
            : address.EndsWith(']') ? address[address.LastIndexOf('[')..] : "";

        /// <summary>The key without brackets and quotes.</summary>
        public string KeyText => Key.Length == 0 ? "" : Key[1..^1].Trim('"');
    }

    private static List<string> Names(Node? expression) =>
        expression is Node.Map map && map["references"] is Node.List list ? [.. list.Items.OfType<Node.Scalar>().Select(s => s.Text).Distinct()] : [];

    private static List<string> Longest(List<string> named) => [.. named.Where(n => !named.Exists(longer => longer != n && IsPrefix(n, longer)))];

    private static bool IsPrefix(string shorter, string longer) =>
        longer.StartsWith(shorter, StringComparison.Ordinal) && longer[shorter.Length] is '.' or '[';

    /// <summary><c>x.y[each.key]</c> is listed as <c>x.y</c> and <c>each.key</c>: the instance with the key of the one that asks.</summary>
    private static List<string> OfSameInstance(List<string> named, string key)
    {
        if (key.Length == 0 || named.Count == 1 || !named.Exists(n => n is "each.key" or "count.index")) return named;
        return [.. named.Where(n => n is not ("each.key" or "count.index")).Select(n => n.Contains('[', StringComparison.Ordinal) || n.StartsWith("var.", StringComparison.Ordinal) ? n : n + key)];
    }

    /// <summary>What an expression very likely is: what its only reference stands for or, where several are named, what all of
    /// them stand for (an output <c>try(policy.id, bucket.id)</c>, say). Flags and what is empty only choose between others.</summary>
    private Value? FollowAll(Node? expression, Standpoint here, Location at, int depth)
    {
        if (depth > DeepestChain) return null;
        if ((expression as Node.Map)?["constant_value"] is Node.Scalar { Kind: ScalarKind.String } constant) return Value.Of(constant.Location, constant.Text);
        var named = Longest(OfSameInstance(Names(expression), here.Key));
        if (named is [var only]) return Follow(only, here, at, depth + 1);
        named.RemoveAll(n => Chooses(n, here, depth + 1));
        if (named.RemoveAll(n => named.Exists(other => other != n && IsMadeFor(n, other, here))) > 0) named.RemoveAll(n => n.StartsWith("local.", StringComparison.Ordinal)); // one or the other
        if (named.Count is 0 or > MostFollowed) return null;
        var values = named.Select(n => Follow(n, here, at, depth + 1)).ToList();
        if (values is [var sole]) return sole;
        return values.TrueForAll(v => v is Value.Str { Text.HasEither: false } text && text.Text.Equals((values[0] as Value.Str)?.Text)) ? values[0] : null;
    }

    /// <summary>What a reference of the configuration stands for, or null where the plan does not tell.</summary>
    private Value? Follow(string reference, Standpoint here, Location at, int depth)
    {
        if (depth > DeepestChain) return null;
        switch (Steps(reference))
        {
            case ["var", var name, ..]:
                return Argument(WithoutKey(name), here, out var standpoint) is { } given ? standpoint is null ? OfPlan(given) : FollowAll(given, standpoint, at, depth + 1) : null;
            case ["module", var name, var output, ..] when here.Module.Child(WithoutKey(name)) is { } child:
                var declared = (child.Configuration?["outputs"] as Node.Map)?[WithoutKey(output)] as Node.Map;
                return FollowAll(declared?["expression"], new Standpoint(Place(here.ModulePath, $"module.{name}"), child, "", null), at, depth + 1);
            case ["each", "key"] or ["count", "index"]:
                return here.Key.Length > 0 ? Value.Of(at, here.KeyText) : null;
            case ["each", "value", .. var rest]:
                return here.Key.Length > 0 && Longest(Names(here.ForEach)) is [var all] ? Follow(string.Join('.', [all + here.Key, .. rest]), here with { Key = "", ForEach = null }, at, depth + 1) : null;
            case ["local" or "each" or "count" or "path" or "terraform" or "self", ..]:
                return null;
            case ["data", var type, var name, .. var attribute]:
                return FollowAttribute(here.ModulePath, $"data.{type}.{name}", attribute, at, depth);
            case [var type, var name, .. var attribute]:
                return FollowAttribute(here.ModulePath, $"{type}.{name}", attribute, at, depth);
            default:
                return null;
        }
    }

    /// <summary>An attribute or, where the plan knows nothing of it, what it is configured as.</summary>
    private Value? FollowAttribute(string modulePath, string reference, string[] attribute, Location at, int depth)
    {
        var value = Attribute(modulePath, reference, attribute, at);
        if (attribute is not [var name] || value is not Value.Str { Text.Only: { Owner.Length: > 0 } symbol } || symbol.Name != $"{symbol.Owner}.{name}") return value;
        var owner = byAddress.GetValueOrDefault(symbol.Owner);
        if (owner?.Expressions?[name] is not { } configured || Standpoint.Of(owner) is not { } standpoint) return value;
        return FollowAll(configured, standpoint, at, depth + 1) ?? value;
    }

    /// <summary>What a variable is given: the expression of the call and where that is written, or the plain value (and no place) of
    /// a variable of the root or of a default.</summary>
    private static Node? Argument(string name, Standpoint here, out Standpoint? written)
    {
        written = null;
        if (here.Module.Parent is null) return (here.Module.Arguments?[name] as Node.Map)?["value"];
        if (here.Module.Arguments?[name] is { } given)
        {
            written = here.Caller();
            return written is null ? null : given;
        }
        return ((here.Module.Configuration?["variables"] as Node.Map)?[name] as Node.Map)?["default"];
    }

    private static Value.Str? OfPlan(Node node) => node is Node.Scalar { Kind: ScalarKind.String } text ? Value.Of(text.Location, text.Text) : null;

    /// <summary>Whether a reference is to a variable that is a flag, a number, or nothing.</summary>
    private static bool Chooses(string reference, Standpoint here, int depth)
    {
        if (depth > DeepestChain || Steps(reference) is not ["var", var name]) return false;
        var given = Argument(name, here, out var standpoint);
        if (standpoint is not null && Names(given) is [var only]) return Chooses(only, standpoint, depth + 1);
        if (standpoint is not null) given = (given as Node.Map)?["constant_value"];
        return given is Node.Scalar { Kind: not ScalarKind.String } or Node.Scalar { Text: "" };
    }

    /// <summary>Whether what one reference names is configured with what the other names: a policy with its bucket, say.</summary>
    private static bool IsMadeFor(string reference, string other, Standpoint here)
    {
        if (Steps(reference) is not [var type, var name, ..] || Steps(other) is not [var otherType, var otherName, ..]) return false;
        var of = $"{otherType}.{WithoutKey(otherName)}";
        return here.Module.ExpressionsOf($"{type}.{WithoutKey(name)}")?.Entries.Any(e => Names(e.Value).Exists(n => n == of || IsPrefix(of, n))) == true;
    }

    /// <summary>The steps between dots, dots within keys left alone.</summary>
    private static string[] Steps(string reference)
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        var (start, inKey) = (0, false);
        for (var i = 0; i < reference.Length; i++)
            if (reference[i] == '"') inKey = !inKey;
            else if (reference[i] == '.' && !inKey)
            {
                steps.Add(reference[start..i]);
                start = i + 1;
            }
        steps.Add(reference[start..]);
        return [.. steps];
    }

    private static string WithoutKey(string word) => word.IndexOf('[', StringComparison.Ordinal) is >= 0 and var bracket ? word[..bracket] : word;
}
