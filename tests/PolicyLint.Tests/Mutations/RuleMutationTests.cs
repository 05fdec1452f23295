using System.Text.RegularExpressions;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Mutations;

/// <summary>A rule that asks something of access must notice each change of a grant: what must be allowed is not where the grant
/// is left out or refused, what must be denied is where nothing grants it.</summary>
public sealed partial class RuleMutationTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped(), []);

    /// <summary>Grants that stand in examples for others than the rule, with the reason. Each is checked to change nothing.</summary>
    private static readonly (Regex Rules, Regex Grant, string Why)[] Beside =
    [
        (KeyRules(), OwnAccount(), "each key policy lets the key's own account administer it, else nobody could ever change it"),
        (KeyLocked(), LogsService(), "a key of CloudWatch Logs, which lets the service in beside the account"),
        (RoleAssumes(), Assumes(), "what the rule looks at: a policy that names a role; whether that one trusts the caller is asked"),
        (ErrorPage(), ReadsObjects(), "what the pages are read by; whether it may list them is another request"),
    ];

    /// <summary>The services whose trust a shipped rule of its own asks for, with the kinds of grants that say so.</summary>
    private static readonly HashSet<string> Trusted = [.. Shipped.Rules.SelectMany(Demand.Assuming)];

    /// <summary>What lets in the own account is what a role of it rests on.</summary>
    private static bool IsBeside(string rule, string grant, RuleSet rules) => rules.Named(rule) is { } asked && Demand.IsOfRole(asked)
        ? IsTrustBeside(asked, grant) || RoleAssumes().IsMatch(rule) && Assumes().IsMatch(grant)
        : Beside.Any(b => b.Rules.IsMatch(rule) && b.Grant.IsMatch(grant));

    /// <summary>What a role may do is asked apart from who may assume it: that a service is trusted is another rule's to notice.</summary>
    private static bool IsTrustBeside(Rule rule, string grant) =>
        Demand.IsOfRole(rule) && Trust().Match(grant) is { Success: true } trust && Trusted.Contains(trust.Groups["service"].Value);

    public static TheoryData<string> Rules => [.. RuleFile.Shipped().Where(f => !f.IsKind && Demand.Of(Shipped.Named(f.Name)!) is { Allowed: true } or { Denied: true }).Select(f => f.Path)];

    [Theory, MemberData(nameof(Rules))]
    public void A_shipped_rule_notices_each_change_of_a_grant(string path)
    {
        var complaints = Complaints(RuleFile.Shipped().Single(f => f.Path == path), Shipped);
        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }

    [Fact]
    public void Each_exception_is_one()
    {
        foreach (var (rules, grant, why) in Beside)
            Assert.True(RuleFile.Shipped().Any(f => !f.IsKind && rules.IsMatch(f.Name) && Trial.Of(f, Shipped).Any(t => t.Grants.Any(g => grant.IsMatch(g.Told)))), why);
    }

    private static List<string> Complaints(RuleFile file, RuleSet rules) =>
        [.. new MutationCheck(rules.Named(file.Name)!, g => IsBeside(file.Name, g.Told, rules)).Complaints([.. Trial.Of(file, rules)])];

    [GeneratedRegex("^Service=(?<service>[a-z0-9.-]+) sts:AssumeRole$", RegexOptions.None, 1000)]
    private static partial Regex Trust();

    [GeneratedRegex("^kms-key-locked$", RegexOptions.None, 1000)]
    private static partial Regex KeyLocked();

    [GeneratedRegex(@"^Service=logs\.[a-z0-9-]+\.amazonaws\.com kms:", RegexOptions.None, 1000)]
    private static partial Regex LogsService();

    [GeneratedRegex("^role-assumes-role$", RegexOptions.None, 1000)]
    private static partial Regex RoleAssumes();

    [GeneratedRegex("^sts:AssumeRole$", RegexOptions.None, 1000)]
    private static partial Regex Assumes();

    [GeneratedRegex("^cloudfront-error-page-never$", RegexOptions.None, 1000)]
    private static partial Regex ErrorPage();

    [GeneratedRegex("^Service=cloudfront.amazonaws.com s3:GetObject$", RegexOptions.None, 1000)]
    private static partial Regex ReadsObjects();

    [GeneratedRegex("-key$", RegexOptions.None, 1000)]
    private static partial Regex KeyRules();

    [GeneratedRegex(@"^AWS=arn:aws:iam::(\$\{AWS::AccountId\}|[0-9]{12}):root kms:\*$", RegexOptions.None, 1000)]
    private static partial Regex OwnAccount();
}
