namespace PolicyLint.Engine.Resources;

/// <summary>Where a stack or a plan is deployed: each text known, or a symbol of its document.</summary>
public sealed record Surroundings(Text Account, Text Region, Text Partition, Text DnsSuffix)
{
    /// <summary>Known account and region where given, else symbols of <paramref name="scope"/>. The partition follows from
    /// the region, and is taken to be the commercial one where nothing says otherwise (semantics 8.1).</summary>
    public static Surroundings Of(string scope, string? account, string? region)
    {
        var partition = region switch
        {
            null => "aws",
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
            _ => "aws",
        };
        return new Surroundings(
            account is null ? Text.Of(AccountOf(scope)) : Text.Of(account),
            region is null ? Text.Of(new Symbol(scope, "AWS::Region") { Display = "AWS::Region", Charset = Charset.Region }) : Text.Of(region),
            Text.Of(partition), Text.Of(partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"));
    }

    /// <summary>The same account in a region; a region is of one partition.</summary>
    public Surroundings In(string region) => Of("", "", region) with { Account = Account };

    private static Symbol AccountOf(string scope) => new(scope, "AWS::AccountId") { Display = "AWS::AccountId", Charset = Charset.Account };

    /// <summary>The text of a placeholder of kinds, or null where it is none of the four.</summary>
    public Text? Named(string placeholder) => placeholder switch
    {
        "account" => Account,
        "region" => Region,
        "partition" => Partition,
        "dnsSuffix" => DnsSuffix,
        _ => null,
    };

    /// <summary>The template with each <c>{name}</c> replaced by what <paramref name="lookUp"/> gives.</summary>
    public static Text Expand(string template, Func<string, Text> lookUp) =>
        Placeholders.Replace(template, "{", "}", found => lookUp(found.Inner).Pieces);
}
