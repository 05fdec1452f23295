namespace PolicyLint.Tests.Cli;

/// <summary>What the rules for uploads find in a workspace.</summary>
internal static class UploadPlaces
{
    /// <summary>Each finding as its place and how sure it is.</summary>
    public static string In(Workspace workspace)
    {
        var answer = workspace.Run("scan", "--rule", "upload-cross-account-acl", "--rule", "upload-acl-refused", "--rule", "upload-reader-access", "--format", "github");
        return string.Join('\n', answer.Output.Split('\n').Where(l => l.StartsWith("::", StringComparison.Ordinal)).Select(PlaceOf));
    }

    private static string PlaceOf(string line)
    {
        var words = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split("::")[0].Split(',').Select(w => w.Split('=')).ToDictionary(w => w[0], w => w[^1], StringComparer.Ordinal);
        return $"{words["file"]}:{words["line"]}:{words.GetValueOrDefault("col")}{(line.Contains("cannot tell", StringComparison.Ordinal) ? " unknown" : "")}";
    }
}
