namespace PolicyLint.Engine.Access.Facts;

/// <summary>What the values of a condition key are.</summary>
public enum KeyType { Text, Number, Flag, Arn, Date, Address, Binary }

/// <summary>One condition key; a <c>*</c> in its name stands for a tag or another name that people choose.</summary>
public sealed record AwsKey(string Name, KeyType Type)
{
    /// <summary>Whether a request has any number of values of it.</summary>
    public bool HasMany { get; init; }

    /// <summary>Whether the key of a name is this one.</summary>
    internal bool IsCalled(string name)
    {
        var star = Name.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            : name.Length >= Name.Length && name.StartsWith(Name[..star], StringComparison.OrdinalIgnoreCase) && name.EndsWith(Name[(star + 1)..], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads <c>NAME=LETTER</c>; the letter is a small one where a request has many values.</summary>
    internal static AwsKey Parse(string text) => new(text[..^2], char.ToUpperInvariant(text[^1]) switch
    {
        'N' => KeyType.Number,
        'B' => KeyType.Flag,
        'A' => KeyType.Arn,
        'D' => KeyType.Date,
        'I' => KeyType.Address,
        'Y' => KeyType.Binary,
        _ => KeyType.Text,
    })
    { HasMany = char.IsAsciiLetterLower(text[^1]) };

    public override string ToString() => Name;
}
