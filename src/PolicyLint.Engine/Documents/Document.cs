using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents;

/// <summary>A file that PolicyLint judges: its format, its root, its text.</summary>
public sealed record Document(string Path, Format Format, Node.Map Root, SourceText Source)
{
    /// <summary>What its names belong to: the path, told apart from other documents of the same file.</summary>
    public string Scope { get; init; } = Path;

    /// <summary>The document without its nodes, which are no longer needed once its resources are read.</summary>
    public Document WithoutNodes() => this with { Root = new Node.Map(Root.Location, []) };
}

/// <summary>The input formats.</summary>
public enum Format { CloudFormation, Terraform }

/// <summary>A file to be read: <paramref name="Path"/> as it is told to people, with <c>/</c>; <paramref name="Named"/> where
/// the user named the file itself, so that it may not be left alone.</summary>
/// <param name="Read">Gives the file's bytes; throws <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> where it cannot.</param>
public sealed record Input(string Path, bool Named, Func<ReadOnlyMemory<byte>> Read);

/// <summary>What came of one input: its documents (a YAML file may hold several), or the reason why it was left alone; and its
/// problems.</summary>
public sealed record Reading(Input Input, ImmutableArray<Document> Documents, string LeftAlone, IReadOnlyList<Problem> Problems)
{
    /// <summary>The Terraform sources behind it, which findings may point into; they are not judged by themselves.</summary>
    public ImmutableArray<Document> Sources { get; init; } = [];

    /// <summary>What of these sources could not be read: the plan is judged without it.</summary>
    public ImmutableArray<Problem> Unread { get; init; } = [];

    /// <summary>The first of them, or null.</summary>
    public Document? Document => Documents is [var first, ..] ? first : null;
}
