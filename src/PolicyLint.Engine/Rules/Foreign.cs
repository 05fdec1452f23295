using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Rules;

/// <summary>Tells texts that surely name something else than a resource of some kinds, although they are not known in full.</summary>
internal static class Foreign
{
    /// <summary>Whether the text is a URL where none is meant, the ARN of another service's resource, or what another service's resource of the input is
    /// called.</summary>
    public static bool Is(Text text, IEnumerable<Kind> kinds)
    {
        var meant = kinds.ToList();
        if (text.Only is { OwnerType: { Length: > 0 } type }) return !meant.Exists(k => k.CloudFormation.Concat(k.Terraform).Any(t => ServiceOf(t) == ServiceOf(type)));
        var forms = meant.SelectMany(k => k.Identities.Select(i => i.Is).Concat(k.Inside)).ToList();
        if (text.Pieces is [Piece.Literal { Text: var first }, ..] && first.StartsWith("http", StringComparison.Ordinal) && first.Contains("://", StringComparison.Ordinal)) return !forms.Exists(f => f.StartsWith("http", StringComparison.Ordinal));
        if (Arns.Parts(text)?[2].Known is not { } service) return false;
        var services = forms.Where(f => f.StartsWith("arn:", StringComparison.Ordinal)).Select(f => f.Split(':')[2]).ToList();
        return services.Count > 0 && !services.Contains(service) && !services.Contains("*");
    }

    /// <summary><c>AWS::SNS</c> of <c>AWS::SNS::Topic</c>, <c>aws_sns</c> of <c>aws_sns_topic</c>.</summary>
    private static string ServiceOf(string type) => type.Contains("::", StringComparison.Ordinal)
        ? string.Join("::", type.Split("::").Take(2))
        : string.Join('_', type.Split('_').Take(2));
}
