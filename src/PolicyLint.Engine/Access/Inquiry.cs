using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What a person asks: whether somebody may do something on something.</summary>
/// <param name="Who">An ARN, a resource's address (a distribution stands for its origins), <c>anonymous</c>,
/// <c>service:NAME</c> or an account id; null asks for everybody of the input.</param>
/// <param name="On">An address or an ARN; after an address, <c>/KEY</c> names an object of a bucket.</param>
public sealed record Inquiry(string? Who, string Action, string On)
{
    /// <summary>Condition keys that the request has; a key given twice has several values.</summary>
    public ImmutableArray<GivenKey> Context { get; init; } = [];

    /// <summary>Condition keys that the request does not have.</summary>
    public ImmutableArray<string> Without { get; init; } = [];
}

/// <summary>A condition key and one of its values.</summary>
public sealed record GivenKey(string Key, string Value);

/// <summary>The answer for one caller.</summary>
/// <param name="Who">As people know them: an address, an ARN, a service.</param>
public sealed record Answered(string Who, string Action, string On, Decision Decision);

/// <summary>What was asked for, found in the input: a resource to ask about, and the text of the request.</summary>
/// <param name="Resource">Null where the input does not hold it.</param>
public sealed record Target(Resource? Resource, Text On)
{
    private static readonly string[] OfObjectsToo =
        ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:BypassGovernanceRetention", "s3:InitiateReplication"];

    /// <summary>Finds what was asked for by its address or its ARN; null, with a problem, where it is nothing that is known.</summary>
    public static Target? Find(Graph graph, string on, string action, Location at, List<Problem> problems)
    {
        if (on.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (Arns.Parts(Text.Of(on)) is not null) return ByArn(graph, on);
            problems.Add(new Problem(at, $"`{on}` is no ARN", "an ARN has six parts, as in `arn:aws:s3:::bucket/key`"));
            return null;
        }
        var found = Addresses.Find(graph, on);
        if (found is not [var (resource, rest)])
        {
            problems.Add(Addresses.Problem(graph, on, found.Select(f => f.Resource), at));
            return null;
        }
        if (resource.Kind?.Identity("arn") is null)
        {
            problems.Add(new Problem(at, $"what is decided about `{resource.Address}` ({resource.Type}) is not known here", "ask about its ARN"));
            return null;
        }
        return new Target(resource, resource.Identify("arn") + Inside(resource, action, rest));
    }

    /// <summary>What follows the resource's ARN: the object's key; any object where the action is one on objects.</summary>
    private static Text Inside(Resource resource, string action, string rest)
    {
        var isS3 = resource.Kind!.Name is "s3-bucket" or "s3-access-point";
        if (rest.Length == 0 && isS3 && IsOnObjects(action)) rest = "/*";
        if (rest.Length == 0) return Text.Empty;
        return Request.ForAny(Text.Of(resource.Kind.Name == "s3-access-point" ? $"/object{rest}" : rest));
    }

    private static bool IsOnObjects(string action) =>
        OfObjectsToo.Contains(action, StringComparer.OrdinalIgnoreCase) || (action.Contains("Object", StringComparison.OrdinalIgnoreCase) && !action.Contains("Bucket", StringComparison.OrdinalIgnoreCase));

    /// <summary>A resource of the input by its ARN, or an object of it; else one that the input does not hold.</summary>
    private static Target ByArn(Graph graph, string arn)
    {
        var text = Request.ForAny(Text.Of(arn));
        var beginnings = Enumerable.Range(1, arn.Length).Where(i => i == arn.Length || arn[i] is '/' or ':').Select(i => arn[..i]).Reverse();
        foreach (var beginning in beginnings)
            foreach (var resource in graph.Resources)
                if (resource.Kind?.Identity("arn") is not null && resource.Identify("arn").Known == beginning) return new Target(resource, text);
        return new Target(null, text);
    }
}

/// <summary>Finds resources by what people call them on the command line.</summary>
internal static class Addresses
{
    /// <summary>Those whose address is what was said, up to a <c>/</c>; <c>FILE#ADDRESS</c> says which file is meant. The longest
    /// address counts.</summary>
    public static IReadOnlyList<(Resource Resource, string Inside)> Find(Graph graph, string said)
    {
        var hash = said.IndexOf('#', StringComparison.Ordinal);
        var (file, address) = hash > 0 ? (said[..hash], said[(hash + 1)..]) : ("", said);
        var found = graph.Resources
            .Where(r => address.StartsWith(r.Address, StringComparison.Ordinal) && (address.Length == r.Address.Length || address[r.Address.Length] == '/'))
            .Where(r => file.Length == 0 || r.Stack.Document.Path == file)
            .ToList();
        var longest = found.Count == 0 ? 0 : found.Max(r => r.Address.Length);
        return [.. found.Where(r => r.Address.Length == longest).Select(r => (r, address[longest..]))];
    }

    /// <summary>What is wrong with an address that is nobody's, or several resources'.</summary>
    public static Problem Problem(Graph graph, string said, IEnumerable<Resource> several, Location at)
    {
        var places = several.Select(r => $"`{r.Stack.Document.Path}#{r.Address}`").Order(StringComparer.Ordinal).ToList();
        if (places.Count > 0) return new Problem(at, $"`{said}` is the address of {places.Count} resources", $"say which: {string.Join(", ", places.Take(5))}");
        var known = graph.Resources.Select(r => r.Address).Distinct(StringComparer.Ordinal).ToList();
        return new Problem(at, $"nothing in the input is called `{said}`", Words.DidYouMean(said, known) is { Length: > 0 } guess ? guess : "name a resource by its logical id, its Terraform address or its ARN");
    }
}
