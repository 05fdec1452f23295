using System.Collections.Concurrent;
using System.Text;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access.Facts;

/// <summary>What AWS's services know of actions, resources and condition keys, as it was when the data was made
/// (<c>data/aws-services.txt</c>, a line each). Nothing is read before it is asked for, and then only the services that are.</summary>
public sealed class AwsServices
{
    private const string File = "data/aws-services.txt";
    private readonly ConcurrentDictionary<string, AwsService?> read = new(StringComparer.OrdinalIgnoreCase);
    private byte[]? lines;
    private string[]? prefixes;
    private AwsService? everywhere;

    private AwsServices() { }

    /// <summary>The data that the engine carries: facts that never change while it runs, shared by all that ask.</summary>
    public static AwsServices Shipped { get; } = new();

    /// <summary>The day that the data is of, as <c>2026-09-26</c>.</summary>
    public static string AsOf => Carried.DateOf(File);

    /// <summary>The service of a prefix, in whatever case; null where the data has none.</summary>
    public AwsService? Named(string prefix) => read.GetOrAdd(prefix, static (asked, services) => services.Read(asked.ToLowerInvariant()), this);

    /// <summary>The condition keys that requests to whatever service may have.</summary>
    public AwsService Everywhere => everywhere ??= Read("*")!;

    /// <summary>The prefixes of all services.</summary>
    public IReadOnlyList<string> Prefixes => prefixes ??=
        [.. Encoding.UTF8.GetString(Lines).Split('\n').Select(l => l.Split('\t')[0]).Where(p => p.Length > 0 && p[0] is not ('#' or '*'))];

    private byte[] Lines => lines ??= Carried.Bytes(File);

    private AwsService? Read(string prefix)
    {
        var start = Encoding.UTF8.GetBytes($"\n{prefix}\t");
        if (prefix.AsSpan().IndexOfAny('\n', '\t') >= 0 || Lines.AsSpan().IndexOf(start) is not (>= 0 and var at)) return null;
        var line = Lines.AsSpan(at + 1);
        return AwsService.Parse(Encoding.UTF8.GetString(line[..line.IndexOf((byte)'\n')]));
    }
}
