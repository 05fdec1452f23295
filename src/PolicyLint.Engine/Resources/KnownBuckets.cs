using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources;

/// <summary>Reads what a configuration says of buckets outside the input: <c>buckets: { NAME: ACCOUNT }</c>, or
/// <c>NAME: { account: ACCOUNT, ownership: BucketOwnerPreferred, reader: CANONICAL_USER }</c>.</summary>
public static class KnownBuckets
{
    private const string Word = "buckets";

    /// <summary>The buckets by name; what is wrong with them is a problem.</summary>
    public static IReadOnlyDictionary<string, KnownBucket> Read(MapReader reader)
    {
        var buckets = ImmutableDictionary.CreateBuilder<string, KnownBucket>(StringComparer.Ordinal);
        foreach (var entry in reader.Map(Word)?.Entries ?? [])
            if (ReadOne(entry, reader.Problems) is { } bucket) buckets[entry.Key.Text] = bucket;
        return buckets.ToImmutable();
    }

    private static KnownBucket? ReadOne(Node.Entry entry, List<Problem> problems)
    {
        if (entry.Value is Node.Scalar account) return new KnownBucket(Account(account, problems), "");
        if (entry.Value is not Node.Map map)
        {
            problems.Add(new Problem(entry.Value.Location, $"`{entry.Key.Text}` must be an account id or a map", "write `NAME: { account: \"111122223333\" }`"));
            return null;
        }
        var reader = new MapReader(map, $"the bucket `{entry.Key.Text}`", problems);
        var owner = reader.Required("account");
        if (map["account"] is Node.Scalar scalar) Account(scalar, problems);
        var ownership = reader.Take("ownership") is null ? "" : reader.OneOf("ownership", "BucketOwnerEnforced", "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter");
        var user = reader.Take("reader") is Node.Scalar named ? CanonicalUser(named, problems) : "";
        reader.Done();
        return new KnownBucket(owner, ownership) { Reader = user };
    }

    private static string CanonicalUser(Node.Scalar user, List<Problem> problems)
    {
        if (!user.Text.All(char.IsAsciiHexDigit) || user.Text.Length == 0)
            problems.Add(new Problem(user.Location, $"`{user.Text}` is no canonical user", "write the `S3CanonicalUserId` of the origin access identity, 64 hexadecimal digits"));
        return user.Text;
    }

    private static string Account(Node.Scalar account, List<Problem> problems)
    {
        if (account.Text.Length != 12 || !account.Text.All(char.IsAsciiDigit))
            problems.Add(new Problem(account.Location, $"`{account.Text}` is no account id", "write its 12 digits, in quotes"));
        return account.Text;
    }
}
