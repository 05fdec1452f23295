namespace PolicyLint.Tests.Golden;

/// <summary>Real files and labelled cases that may lie beside the checkout; tests of them are skipped where they do not.</summary>
internal static class SharedCases
{
    public static string? Folder(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", name));
        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>A fact about a shared folder; skipped with a message where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string folder)
    {
        if (SharedCases.Folder(folder) is null) Skip = $"no folder `shared/{folder}` beside the checkout: its files are not part of the project";
    }
}
