namespace PolicyLint.Engine.Documents;

/// <summary>Files that say what a repository's pipeline runs: they are no templates, but may put objects.</summary>
public static class Workflow
{
    private const string GitHubFolder = ".github/workflows";

    /// <summary>Whether a file is one by its path.</summary>
    public static bool Is(string path) => IsGitHub(path) || IsGitLab(path);

    /// <summary>A workflow of GitHub Actions.</summary>
    public static bool IsGitHub(string path) => IsYaml(path) && FilePath.FolderOf(path) is var folder && (folder == GitHubFolder || folder.EndsWith($"/{GitHubFolder}", StringComparison.Ordinal));

    /// <summary>A pipeline of GitLab, or a part of one.</summary>
    public static bool IsGitLab(string path) => path.EndsWith(".gitlab-ci.yml", StringComparison.Ordinal) || path.EndsWith(".gitlab-ci.yaml", StringComparison.Ordinal);

    /// <summary>The folder that its paths begin at: the repository's root.</summary>
    public static string RootOf(string path)
    {
        var folder = FilePath.FolderOf(path);
        return !IsGitHub(path) ? folder : folder == GitHubFolder ? "." : folder[..^(GitHubFolder.Length + 1)];
    }

    private static bool IsYaml(string path) => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);
}
