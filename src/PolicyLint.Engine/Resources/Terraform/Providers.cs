using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>The accounts and regions that a plan's providers work in, as far as the plan tells.</summary>
internal sealed class Providers
{
    private const string Default = "aws";
    private static readonly string[] OfAnotherAccount = ["assume_role", "assume_role_with_web_identity", "profile", "access_key", "allowed_account_ids", "shared_credentials_files", "shared_credentials_file", "shared_config_files", "token"];
    private readonly Plan plan;
    private readonly Node.Map? configured;
    private readonly Deployment deployment;
    private readonly Dictionary<string, Surroundings> known = new(StringComparer.Ordinal);

    public Providers(Plan plan, Deployment deployment)
    {
        (this.plan, this.deployment) = (plan, deployment);
        configured = (plan.Document.Root["configuration"] as Node.Map)?["provider_config"] as Node.Map;
        Main = Surroundings.Of(plan.Document.Scope, deployment.Account ?? AccountOf(Default), deployment.Region ?? RegionOf(Default));
        known[Default] = Main;
    }

    /// <summary>Those of the provider without an alias.</summary>
    public Surroundings Main { get; }

    /// <summary>Where a resource is: as its provider says, in the region that it names itself where it names one.</summary>
    public Surroundings Of(Plan.Planned resource)
    {
        var provider = OfProvider(KeyOf(resource));
        return (resource.After as Node.Map)?["region"] is Node.Scalar { Kind: ScalarKind.String, Text: { Length: > 0 } own } && own.All(Charset.Region.Has) ? provider.In(own) : provider;
    }

    /// <summary>The provider's key; a module's own is that of the root where the root does not know it.</summary>
    private string KeyOf(Plan.Planned resource)
    {
        var key = resource.Provider;
        if (key.Length == 0 || configured?[key] is not null) return key.Length == 0 ? Default : key;
        var hasAlias = configured?.Entries.Any(e => e.Key.Text.StartsWith("aws.", StringComparison.Ordinal)) == true;
        return key[(key.LastIndexOf(':') + 1)..] == Default && !hasAlias ? Default : key;
    }

    private Surroundings OfProvider(string key)
    {
        if (known.TryGetValue(key, out var read)) return read;
        var (account, region) = (AccountOf(key), RegionOf(key));
        var symbols = Surroundings.Of($"{plan.Document.Scope} {key}", account, region);
        if (account is null && ExpressionsOf(key) is { } expressions && !OfAnotherAccount.Any(a => expressions[a] is not null)) symbols = symbols with { Account = Main.Account };
        return known[key] = symbols;
    }

    private Node.Map? ExpressionsOf(string key) =>
        configured?[key] is Node.Map provider ? provider["expressions"] as Node.Map ?? new Node.Map(provider.Location, []) : null;

    /// <summary>The account of the role that the provider takes on, of the only one that it may be used for, of its caller, or
    /// of an ARN of a resource that is there already.</summary>
    private string? AccountOf(string key)
    {
        var expressions = ExpressionsOf(key);
        if ((expressions?["assume_role"] as Node.List)?.Items.FirstOrDefault() is Node.Map role && Known(role["role_arn"])?.Split(':') is [_, _, _, _, { Length: 12 } assumed, ..]) return assumed;
        if ((expressions?["allowed_account_ids"] as Node.Map)?["constant_value"] is Node.List { Items: [Node.Scalar only] }) return only.Text;
        var own = plan.Resources.Where(r => KeyOf(r) == key).ToList();
        foreach (var caller in own)
            if (caller.Type == "aws_caller_identity" && (caller.After as Node.Map)?["account_id"] is Node.Scalar { Kind: ScalarKind.String } id) return id.Text;
        return own
            .Where(r => r.Mode == "managed")
            .Select(r => ((r.After as Node.Map)?["arn"] as Node.Scalar)?.Text.Split(':'))
            .FirstOrDefault(arn => arn is [_, _, _, _, { Length: 12 }, ..] && arn[4].All(char.IsAsciiDigit))?[4];
    }

    private string? RegionOf(string key)
    {
        if (ExpressionsOf(key)?["region"] is { } stated) return Known(stated);
        foreach (var region in plan.Resources)
            if (region is { Type: "aws_region", Mode: "data" } && KeyOf(region) == key && (region.After as Node.Map)?["name"] is Node.Scalar { Kind: ScalarKind.String } name) return name.Text;
        return null;
    }

    /// <summary>A constant, or the value of the variable that an expression is.</summary>
    private string? Known(Node? expression)
    {
        var map = expression as Node.Map;
        if (map?["constant_value"] is Node.Scalar { Kind: ScalarKind.String } constant) return constant.Text;
        return map?["references"] is Node.List { Items: [Node.Scalar { Text: var reference }] } && reference.Split('.') is ["var", var name]
            && (plan.Root.Arguments?[name] as Node.Map)?["value"] is Node.Scalar { Kind: ScalarKind.String } value ? value.Text : null;
    }
}
