using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>The names that a service's principal has beside the one that it has everywhere (semantics 1.2 rule 19).</summary>
internal static class ServiceNames
{
    private const string OfChina = ".cn";

    /// <summary>Services whose principal surely ends in <c>.amazonaws.com.cn</c> in AWS China; most have the same name there.</summary>
    private static readonly string[] OwnInChina = ["codedeploy.amazonaws.com", "ec2.amazonaws.com", "elasticmapreduce.amazonaws.com", "logs.amazonaws.com"];

    /// <summary>Whether a principal that is written so is the service.</summary>
    public static Truth IsNameOf(string written, Caller.Service service)
    {
        if (written == service.Name) return Truth.Yes;
        if (!written.EndsWith(OfChina, StringComparison.Ordinal) || service.IsInChina is Truth.No) return Truth.No;
        if (written[..^OfChina.Length] != service.Name) return Truth.No;
        return OwnInChina.Contains(service.Name) ? Truth.Yes : Truth.Unknown;
    }

    /// <summary>Whether a region is one of AWS China.</summary>
    public static Truth IsOfChina(Text region) => region.Known is { } known ? known.StartsWith("cn-", StringComparison.Ordinal).ToTruth() : Truth.Unknown;
}
