namespace PolicyLint.Engine.Resources;

/// <summary>A value that other stacks may take, by the key of its name, and where it can be taken; null where that is not known.</summary>
public sealed record Export(string Key, Value Value)
{
    public string? Account { get; init; }
    public string? Region { get; init; }

    /// <summary>The key of a name. Stacks import from their own account and region only, so these are the same for both.</summary>
    public static string KeyOf(Text name) => Text.Join(name.Pieces.Select(p =>
        p is Piece.Hole { Symbol: { Name: "AWS::AccountId" or "AWS::Region" } symbol } ? new Piece.Hole(symbol with { Scope = "" }) : p)).Key;

    /// <summary>The key of an output, which is found by the name of its stack.</summary>
    public static string KeyOfOutput(string stackName, string output) => $"{stackName}\noutput {output}";

    /// <summary>The key of a parameter of Systems Manager that a stack writes.</summary>
    public static string KeyOfParameter(string name) => $"{name}\nparameter";

    /// <summary>Whether it may be meant in an account and a region.</summary>
    public bool IsIn(string? account, string? region) =>
        (account is null || Account is null || account == Account) && (region is null || Region is null || region == Region);
}

/// <summary>What the stacks of the input export.</summary>
public sealed class Exports(IEnumerable<Export> all)
{
    public static readonly Exports None = new([]);

    private readonly ILookup<string, Export> byKey = all.ToLookup(e => e.Key, StringComparer.Ordinal);

    /// <summary>The value that a key has in an account and a region, null where none or several may be meant.</summary>
    public Value? Find(string key, string? account, string? region)
    {
        Export? only = null;
        foreach (var export in byKey[key])
            if (!export.IsIn(account, region)) continue;
            else if (only is not null) return null;
            else only = export;
        return only?.Value;
    }
}
