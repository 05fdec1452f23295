using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>Reads plans into resources.</summary>
internal static class PlanReader
{
    /// <summary>The resources that will exist once the plan is applied, data sources included.</summary>
    public static StackReading Read(Document document, Wanted wanted, List<Problem> problems)
    {
        var plan = Plan.Read(document, problems);
        var surroundings = Surroundings.Of(document.Scope, wanted.Deployment.Account ?? AccountOf(plan), wanted.Deployment.Region ?? RegionOf(plan));
        var stack = new Stack(document.WithoutNodes(), surroundings);
        var references = new References(plan, surroundings, wanted.Kinds, wanted.Sources, problems);
        var existing = plan.Resources.Where(r => !r.IsDeleted).ToList();
        var resources = existing.Where(r => wanted.Wants(r.Type)).Select(r => ReadResource(r, stack, wanted.Kinds, references)).ToImmutableArray();
        return new StackReading(resources, existing.Count, [], ImmutableHashSet<string>.Empty) { Sources = references.Texts };
    }

    private static Resource ReadResource(Plan.Planned planned, Stack stack, Kinds kinds, References references)
    {
        var kind = kinds.OfType(planned.Type);
        return new Resource(
            stack, planned.Address, planned.Type, kind, references.PropertiesOf(planned), references.PlaceOf(planned),
            Condition.Always, planned.Actions.Contains("create").ToTruth())
        {
            Identities = kind is null ? [] : [.. kind.Identities.Select(i => references.Identify(planned, i.Name))],
        };
    }

    /// <summary>The account that the plan itself tells: of the caller, of the provider, or of an ARN of a resource that is
    /// there already.</summary>
    private static string? AccountOf(Plan plan)
    {
        var caller = plan.Resources.FirstOrDefault(r => r.Type == "aws_caller_identity");
        if ((caller?.After as Node.Map)?["account_id"] is Node.Scalar { Kind: ScalarKind.String } id) return id.Text;
        if ((ProviderExpression(plan, "assume_role") as Node.List)?.Items.FirstOrDefault() is Node.Map role
            && ((role["role_arn"] as Node.Map)?["constant_value"] as Node.Scalar)?.Text.Split(':') is [_, _, _, _, { Length: 12 } assumed, ..]) return assumed;
        var allowed = ProviderConstant(plan, "allowed_account_ids");
        if (allowed is Node.List { Items: [Node.Scalar only] }) return only.Text;
        return plan.Resources
            .Where(r => r.Mode == "managed")
            .Select(r => ((r.After as Node.Map)?["arn"] as Node.Scalar)?.Text.Split(':'))
            .FirstOrDefault(arn => arn is [_, _, _, _, { Length: 12 }, ..] && arn[4].All(char.IsAsciiDigit))?[4];
    }

    private static string? RegionOf(Plan plan) => (ProviderConstant(plan, "region") as Node.Scalar)?.Text;

    private static Node? ProviderConstant(Plan plan, string argument) => (ProviderExpression(plan, argument) as Node.Map)?["constant_value"];

    private static Node? ProviderExpression(Plan plan, string argument)
    {
        var providers = (plan.Document.Root["configuration"] as Node.Map)?["provider_config"] as Node.Map;
        var aws = (providers?["aws"] as Node.Map)?["expressions"] as Node.Map;
        return aws?[argument];
    }
}
