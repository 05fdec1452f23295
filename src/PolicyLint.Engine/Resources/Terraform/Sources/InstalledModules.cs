using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>The modules that <c>terraform init</c> fetched, as its <c>modules.json</c> lists them.</summary>
internal sealed class InstalledModules(string root, TerraformSources sources)
{
    private const string Folder = ".terraform/modules";
    private Dictionary<string, string>? folders;

    /// <summary>Whether a place is in a file that was fetched.</summary>
    public static bool Holds(Location place) =>
        place.File.StartsWith(".terraform/", StringComparison.Ordinal) || place.File.Contains("/.terraform/", StringComparison.Ordinal);

    /// <summary>The folder of the module at a key (<c>site.bucket</c>), empty where it was not fetched.</summary>
    public string FolderOf(string key) => (folders ??= Read()).GetValueOrDefault(key, "");

    private Dictionary<string, string> Read()
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in sources.FilesIn(FilePath.Combine(root, Folder)))
            if (file.Path.EndsWith("/modules.json", StringComparison.Ordinal) && Root(file)?["Modules"] is Node.List modules)
                foreach (var module in modules.Items.OfType<Node.Map>())
                    if (module["Key"] is Node.Scalar { Text: var key } && module["Dir"] is Node.Scalar { Text: var folder })
                        read[key] = FilePath.Combine(root, folder.Replace('\\', '/'));
        return read;
    }

    private static Node.Map? Root(Input file)
    {
        try
        {
            return JsonReader.Read(Location.StartOf(file.Path), file.Read().Span, []) as Node.Map;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // its modules are not known then
        }
    }
}
