using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Where the sources of plans may lie.</summary>
/// <param name="Roots">The folders of root modules that the user named; where there are none, the folder of each plan is one.</param>
/// <param name="FilesIn">The <c>.tf</c> and <c>.tf.json</c> files of a folder that is told with <c>/</c>, and its
/// <c>modules.json</c>; empty where it has none. It may be asked by several threads.</param>
public sealed record TerraformSources(ImmutableArray<string> Roots, Func<string, IReadOnlyList<Input>> FilesIn)
{
    public static readonly TerraformSources None = new([], _ => []);

    /// <summary>The folder of a file.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') switch
    {
        < 0 => ".",
        0 => "/",
        var slash => path[..slash],
    };

    /// <summary>The folder that a module's <c>source</c> leads to from another folder.</summary>
    public static string Combine(string folder, string source)
    {
        var words = new List<string>(folder == "." ? [] : folder.TrimEnd('/').Split('/'));
        foreach (var word in source.Split('/'))
            if (word is "" or ".") continue;
            else if (word == ".." && words is [.., not (".." or "")]) words.RemoveAt(words.Count - 1);
            else words.Add(word);
        return words.Count == 0 ? "." : string.Join('/', words);
    }
}
