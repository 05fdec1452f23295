namespace PolicyLint.Engine.Documents;

/// <summary>Paths of files as they are told, with <c>/</c>.</summary>
public static class FilePath
{
    /// <summary>The folder of a file.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') switch
    {
        < 0 => ".",
        0 => "/",
        var slash => path[..slash],
    };

    /// <summary>The path that a relative one leads to from a folder.</summary>
    public static string Combine(string folder, string path)
    {
        var words = new List<string>(folder == "." ? [] : folder.TrimEnd('/').Split('/'));
        foreach (var word in path.Split('/'))
            if (word is "" or ".") continue;
            else if (word == ".." && words is [.., not (".." or "")]) words.RemoveAt(words.Count - 1);
            else words.Add(word);
        return words.Count == 0 ? "." : string.Join('/', words);
    }
}
