using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Where the sources of plans may lie.</summary>
/// <param name="Roots">The folders of root modules that the user named; where there are none, the folder of each plan is one.</param>
/// <param name="FilesIn">The <c>.tf</c> and <c>.tf.json</c> files of a folder that is told with <c>/</c>, and its
/// <c>modules.json</c>; empty where it has none. It may be asked by several threads.</param>
public sealed record TerraformSources(ImmutableArray<string> Roots, Func<string, IReadOnlyList<Input>> FilesIn)
{
    /// <summary>The file at a path as it is told, null where there is none: sources may read others. Several threads may ask.</summary>
    public Func<string, Input?> FileAt { get; init; } = _ => null;

    public static readonly TerraformSources None = new([], _ => []);
}
