using System.Text;

namespace PolicyLint.Engine.Resources;

/// <summary>A file of <c>data/</c>, which the engine carries with it, that has a line for each name: the name, a tab, what belongs to it. Read once, when first asked for.</summary>
internal sealed class CarriedLines
{
    /// <summary>The file of AWS's managed policies.</summary>
    public const string OfManagedPolicies = "data/aws-managed-policies.txt";

    private static readonly Lazy<CarriedLines> Policies = new(() => new CarriedLines(OfManagedPolicies));
    private static readonly Lazy<CarriedLines> Templates = new(() => new CarriedLines("data/sam-policy-templates.txt"));
    private static readonly Lazy<CarriedLines> Connectors = new(() => new CarriedLines("data/sam-connectors.txt"));

    private readonly byte[] bytes;
    private readonly Dictionary<string, int> starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byLastPart = new(StringComparer.Ordinal);

    private CarriedLines(string file)
    {
        (File, bytes) = (file, Carried.Bytes(file));
        for (var at = 0; at < bytes.Length; at += LineAt(at).Length + 1)
            if (LineAt(at).IndexOf((byte)'\t') is >= 0 and var tab)
                Add(Encoding.UTF8.GetString(bytes.AsSpan(at, tab)), at + tab + 1);
    }

    /// <summary>AWS's managed policies by the paths of their ARNs.</summary>
    public static CarriedLines ManagedPolicies => Policies.Value;

    /// <summary>SAM's policy templates by name.</summary>
    public static CarriedLines SamPolicyTemplates => Templates.Value;

    /// <summary>What SAM connectors allow, by the types of source and destination with a space between.</summary>
    public static CarriedLines SamConnectors => Connectors.Value;

    public string File { get; }

    public IReadOnlyCollection<string> Names => starts.Keys;

    /// <summary>What belongs to a name; empty where there is none of this name.</summary>
    public ReadOnlySpan<byte> this[string name] => starts.TryGetValue(name, out var start) ? LineAt(start) : [];

    /// <summary>The name itself where it is there, else the first whose last part (after <c>/</c>) it is, or null.</summary>
    public string? Find(string name) => starts.ContainsKey(name) ? name : byLastPart.GetValueOrDefault(name);

    /// <summary>Whether the text stands anywhere in the file.</summary>
    public bool Says(string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private void Add(string name, int start)
    {
        starts.Add(name, start);
        if (name.LastIndexOf('/') is >= 0 and var slash) byLastPart.TryAdd(name[(slash + 1)..], name);
    }

    private ReadOnlySpan<byte> LineAt(int start) => bytes.AsSpan(start) is var rest && rest.IndexOf((byte)'\n') is >= 0 and var end ? rest[..end] : rest;
}
