using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources.CloudFormation;
using PolicyLint.Engine.Resources.Terraform;

namespace PolicyLint.Engine.Resources;

/// <summary>Reads all documents into one graph.</summary>
public static class GraphReader
{
    /// <summary>The resources of every document, in the documents' order. Documents are read in parallel.</summary>
    public static Graph Read(ImmutableArray<Document> documents, Deployment deployment, Kinds kinds, List<Problem> problems)
    {
        var exports = ReadExports(documents, deployment, kinds);
        var resources = new ImmutableArray<Resource>[documents.Length];
        var faults = new List<Problem>[documents.Length];
        Parallel.For(0, documents.Length, i =>
        {
            faults[i] = [];
            resources[i] = documents[i].Format is Format.CloudFormation
                ? TemplateReader.Read(documents[i], deployment, kinds, exports, faults[i])
                : PlanReader.Read(documents[i], deployment, kinds, faults[i]);
        });
        foreach (var fault in faults) problems.AddRange(fault);
        return new Graph([.. resources.SelectMany(r => r)], kinds);
    }

    /// <summary>What templates export under a name that only one of them uses.</summary>
    private static Dictionary<string, Value> ReadExports(ImmutableArray<Document> documents, Deployment deployment, Kinds kinds) => documents
        .Where(d => d.Format is Format.CloudFormation)
        .SelectMany(d => TemplateReader.ReadExports(d, deployment, kinds))
        .GroupBy(e => e.Key, StringComparer.Ordinal)
        .Where(g => g.Count() == 1)
        .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
}
