using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>What a CDK assembly says of one of its stacks; null where it does not know.</summary>
internal sealed record AssemblyStack(string? Account, string? Region, string? StackName)
{
    public static readonly AssemblyStack Unsaid = new(null, null, null);

    /// <summary>The deploy of the stack: what the user says comes first.</summary>
    public Deployment Over(Deployment said) => this == Unsaid ? said : said with { Account = said.Account ?? Account, Region = said.Region ?? Region };
}

/// <summary>Finds what CDK assemblies say of templates: the <c>manifest.json</c> of the folder that a <c>*.template.json</c> is in.</summary>
internal sealed class Assemblies(Func<string, Input?> fileAt)
{
    private const string TemplateEnding = ".template.json";
    private const string Anywhere = "aws://";
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, AssemblyStack>> read = new(StringComparer.Ordinal);

    /// <summary>What is known of the template at a path.</summary>
    public AssemblyStack Of(string path)
    {
        if (!path.EndsWith(TemplateEnding, StringComparison.Ordinal)) return AssemblyStack.Unsaid;
        var folder = FilePath.FolderOf(path);
        return read.GetOrAdd(folder, Read).GetValueOrDefault(path, AssemblyStack.Unsaid);
    }

    private ImmutableDictionary<string, AssemblyStack> Read(string folder)
    {
        var stacks = ImmutableDictionary.CreateBuilder<string, AssemblyStack>(StringComparer.Ordinal);
        if (fileAt(FilePath.Combine(folder, "manifest.json")) is { } file && DocumentReader.ReadPart(file, []) is { Root: Node.Map root } && root["artifacts"] is Node.Map artifacts)
            foreach (var artifact in artifacts.Entries)
                if (artifact.Value is Node.Map map && TextOf(map["type"]) == "aws:cloudformation:stack" && map["properties"] is Node.Map properties && TextOf(properties["templateFile"]) is { } template)
                    stacks[FilePath.Combine(folder, template)] = EnvironmentOf(TextOf(map["environment"]) ?? "", TextOf(properties["stackName"]) ?? artifact.Key.Text);
        return stacks.ToImmutable();
    }

    /// <summary><c>aws://111122223333/eu-west-1</c>; <c>unknown-account</c> and <c>unknown-region</c> say that the deploy decides.</summary>
    private static AssemblyStack EnvironmentOf(string environment, string name)
    {
        var parts = environment.StartsWith(Anywhere, StringComparison.Ordinal) ? environment[Anywhere.Length..].Split('/') : [];
        return new AssemblyStack(
            parts is [{ Length: 12 } account, ..] && account.All(char.IsAsciiDigit) ? account : null,
            parts is [_, { Length: > 0 } region] && region != "unknown-region" ? region : null,
            name);
    }

    private static string? TextOf(Node? node) => (node as Node.Scalar)?.Text;
}
