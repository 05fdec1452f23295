using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The policies that AWS itself keeps, <c>arn:aws:iam::aws:policy/…</c>, as they were when the data was made
/// (<c>data/aws-managed-policies.txt</c>: a line each, its path, a tab, its document). Read only when one is asked for.</summary>
public sealed class ManagedPolicies(List<Problem> problems)
{
    private const string Prefix = ":iam::aws:policy/";
    private const string File = "data/aws-managed-policies.txt";
    private readonly Dictionary<string, Policy?> read = new(StringComparer.Ordinal);
    private byte[]? lines;

    /// <summary>The day that the data is of, as <c>2026-08-26</c>.</summary>
    public static string AsOf => Carried.DateOf(File);

    /// <summary>The policy of an ARN, of whatever partition; null where the data has none.</summary>
    public Policy? Named(string arn)
    {
        if (arn.IndexOf(Prefix, StringComparison.Ordinal) is not (> 0 and var at)) return null;
        var name = arn[(at + Prefix.Length)..];
        if (!read.TryGetValue(name, out var policy)) read[name] = policy = Read(name);
        return policy;
    }

    private Policy? Read(string name)
    {
        lines ??= Carried.Bytes(File);
        var start = Encoding.UTF8.GetBytes($"\n{name}\t");
        if (lines.AsSpan().IndexOf(start) is not (>= 0 and var at)) return null;
        var document = lines.AsSpan(at + start.Length);
        document = document[..document.IndexOf((byte)'\n')];
        return JsonReader.Read(Location.StartOf($"AWS managed policy {name}"), document, problems) is { } root
            ? PolicyReader.Read(root, problems) with { Name = $"AWS managed policy `{name}`" }
            : null;
    }
}
