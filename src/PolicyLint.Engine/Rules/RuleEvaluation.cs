using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>One rule on one resource under one scenario.</summary>
internal sealed class RuleEvaluation(Rule rule, Resource resource, Surface surface, Scenario scenario)
{
    private readonly List<Verdict> verdicts = [];

    public List<Verdict> Run()
    {
        var scope = new Scope(surface, scenario, new Item.OfResource(resource, ""));
        if (!rule.Parameters.IsEmpty) scope = scope.With(RuleParameter.Root, new Item.OfValue(new Value.Map(rule.Location, [.. rule.Parameters.Select(p => new Value.Field(p.Name, p.Location, p.Value))])));
        Each(scope, 0, resource.Location);
        return verdicts;
    }

    private void Each(Scope scope, int level, Location element)
    {
        if (level == rule.Each.Length)
        {
            JudgeOne(scope, element);
            return;
        }
        var each = rule.Each[level];
        var found = scope.Find(each.Path);
        for (var i = 0; i < found.Items.Length; i++)
            Each(scope.With(each.Name, found.Items[i]), level + 1, Distinct(found.Items[i].Location, element, i));
        if (found.Doubt is { } doubt && !rule.SkipsUnread && !IsUnwritten(doubt, found) && !HoldsWhatever(doubt, scope, level)) Add(Judgement.Unknown, scope, element, Outcome.Of(Truth.Unknown, doubt.Why, doubt.At));
    }

    /// <summary>Whether nothing is written there, and a macro might add it: a rule that follows what is named there has nothing
    /// to follow.</summary>
    private bool IsUnwritten(Item.Outside doubt, Found found) =>
        !rule.Binds.IsEmpty && found.Items.IsEmpty && resource.Stack.Open.Length > 0 && doubt.Why.EndsWith(resource.Stack.Open, StringComparison.Ordinal);

    /// <summary>Whether the requirement holds for whatever the elements are that cannot be read.</summary>
    private bool HoldsWhatever(Item.Outside doubt, Scope scope, int level)
    {
        for (var i = level; i < rule.Each.Length; i++) scope = scope.With(rule.Each[i].Name, doubt);
        return rule.Binds.IsEmpty && CheckEvaluator.Evaluate(rule.Require, scope).Truth is Truth.Yes;
    }

    /// <summary>Elements that share a place (a policy inside a string) are told apart by their number.</summary>
    private static Location Distinct(Location item, Location parent, int index) =>
        item.Line == parent.Line && item.Column == parent.Column ? item with { Length = -1 - index } : item;

    private void JudgeOne(Scope scope, Location element)
    {
        var where = rule.WhereNeedsBinds ? Outcome.Yes : CheckEvaluator.Evaluate(rule.Where, scope);
        if (where.Truth is Truth.No) return;
        foreach (var bind in rule.Binds)
        {
            if (BindEvaluator.Follow(bind, scope, resource) is not { } item) return;
            scope = scope.With(bind.Name, item);
        }
        if (rule.WhereNeedsBinds) where = CheckEvaluator.Evaluate(rule.Where, scope);
        if (where.Truth is Truth.No) return;
        var outcome = Outside(scope) ?? CheckEvaluator.Evaluate(rule.Require, scope);
        if (outcome.Truth is Truth.Yes) Add(Judgement.Pass, scope, element, outcome);
        else if (outcome.Truth is Truth.Unknown) Add(Judgement.Unknown, scope, element, outcome);
        else if (where.Truth is Truth.Unknown) Add(Judgement.Unknown, scope, element, where);
        else Add(Judgement.Fail, scope, element, outcome);
    }

    /// <summary>A resource that the rule binds and the input does not hold makes its requirement unknown.</summary>
    private Outcome? Outside(Scope scope)
    {
        foreach (var bind in rule.Binds)
            if (scope[bind.Name] is Item.Outside outside) return Outcome.Of(Truth.Unknown, outside.Why, outside.At);
            else if (rule.Profile is not Profile.Access && scope[bind.Name] is Item.OfResource { Resource: { IsOutside: true } other })
                return Outcome.Of(Truth.Unknown, $"`{other.Address}` is not in the input, only its policy is", other.Location);
        return null;
    }

    private void Add(Judgement judgement, Scope scope, Location element, Outcome outcome)
    {
        if (judgement is Judgement.Pass && outcome.Reasons.IsEmpty)
        {
            verdicts.Add(new Verdict(judgement, rule, resource, element));
            return;
        }
        var reason = string.Join("; ", Telling(outcome.Reasons).Select(r => r.Text).Distinct().Take(3));
        verdicts.Add(new Verdict(judgement, rule, resource, element)
        {
            Reason = reason,
            Message = judgement switch
            {
                Judgement.Pass => "",
                Judgement.Unknown => CannotTell(rule, resource, reason),
                _ => Messages.Say(rule.Message, scope, reason),
            },
            Trace = [.. outcome.Reasons.SelectMany(r => r.Trace).Distinct()],
            Changes = judgement is Judgement.Unknown ? [.. outcome.Reasons.SelectMany(r => r.Changes).DistinctBy(c => c.ToString())] : [],
            Location = judgement is Judgement.Pass ? element : Place(scope, outcome, element),
        });
    }

    /// <summary>Where access decided, that is what people need to know; else all the reasons.</summary>
    private static ImmutableArray<Reason> Telling(ImmutableArray<Reason> reasons) =>
        reasons.Any(r => !r.Trace.IsEmpty) ? [.. reasons.Where(r => !r.Trace.IsEmpty)] : reasons;

    /// <summary>What is told of a verdict that is unknown.</summary>
    public static string CannotTell(Rule rule, Resource resource, string reason) =>
        $"cannot tell for {resource.Address} whether {(rule.Title is [_, var second, ..] && (char.IsLower(second) || second == ' ') && !rule.Title.Split(' ')[0].Skip(1).Any(char.IsUpper) ? char.ToLowerInvariant(rule.Title[0]) + rule.Title[1..] : rule.Title)}: {reason}";

    private Location Place(Scope scope, Outcome outcome, Location element)
    {
        foreach (var path in rule.At)
        {
            if (path.Root == "decision")
            {
                if (outcome.Reasons.FirstOrDefault(r => !r.Trace.IsEmpty) is { } reason) return reason.Location;
                continue;
            }
            if (scope.Has(path.Root) && scope.Find(path).Items is [var item, ..] && item is not Item.OfValue { Value: Value.Absent }) return item.Location;
        }
        if (outcome.Reasons is [var first, ..] && rule.At.IsEmpty) return first.Location;
        return element.Length < 0 ? element with { Length = 0 } : element;
    }
}
