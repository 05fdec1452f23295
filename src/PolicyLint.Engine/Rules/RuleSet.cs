using System.Collections.Immutable;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Rules with the kinds that they speak of, in the order of their ids.</summary>
public sealed record RuleSet(Kinds Kinds, ImmutableArray<RuleEntry> Entries)
{
    /// <summary>The rules that a profile runs.</summary>
    public RuleSet In(Profile profile) => this with { Entries = [.. Entries.Where(e => e.Profile <= profile)] };

    /// <summary>The rules; those that were not needed before are read now.</summary>
    public ImmutableArray<Rule> Rules => [.. Entries.Select(e => e.Rule)];

    public IEnumerable<string> Ids => Entries.Select(e => e.Id);

    public Rule? Named(string id) => Entries.FirstOrDefault(e => e.Id == id)?.Rule;

    /// <summary>The set with this rule alone.</summary>
    public RuleSet Only(string id) => this with { Entries = [.. Entries.Where(e => e.Id == id)] };
}

/// <summary>A rule of a set: what is known of it before it is read, and the rule, read when it is first asked for.</summary>
public sealed class RuleEntry(string id, RuleHead head, Func<Rule> read)
{
    private readonly Lazy<Rule> rule = new(read);

    public static RuleEntry Of(Rule rule) => new(rule.Id, new RuleHead(rule.Profile, rule.Resources), () => rule);

    public string Id => id;

    public Profile Profile => head.Profile;

    /// <summary>The kinds or raw types that it judges.</summary>
    public ImmutableArray<string> Resources => head.Resources;

    /// <summary>Several threads may ask.</summary>
    public Rule Rule => rule.Value;

    /// <summary>The rule with another severity than its file says.</summary>
    public RuleEntry WithSeverity(Severity severity) => new(id, head, () => Rule with { Severity = severity });
}
