using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>What the <c>.tf</c> and <c>.tf.json</c> files of one folder say, found by name. Files named <c>override.tf</c> or <c>…_override.tf</c>
/// change what the others say.</summary>
internal sealed class SourceModule
{
    private readonly Dictionary<string, Block> blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Argument> locals = new(StringComparer.Ordinal);

    private SourceModule(string folder) => Folder = folder;

    public string Folder { get; }

    public List<SourceText> Texts { get; } = [];

    /// <summary>What could not be read; what the files say there is not known.</summary>
    public List<Problem> Faults { get; } = [];

    /// <summary>Whether every file could be read.</summary>
    public bool IsWhole => Faults.Count == 0;

    /// <summary>How resources are referred to here: <c>type.name</c>, <c>data.type.name</c>.</summary>
    public IEnumerable<string> Resources => blocks.Where(b => b.Value.Type is "resource" or "data").Select(b => b.Key);

    /// <summary>Whether a resource or call (<c>module.name</c>) is there.</summary>
    public bool Has(string reference) => blocks.ContainsKey(reference);

    public Block? Resource(string reference) => blocks.GetValueOrDefault(reference);

    public Block? Call(string name) => blocks.GetValueOrDefault($"module.{name}");

    public IEnumerable<Block> Calls => blocks.Values.Where(b => b.Type == "module");

    public Block? Variable(string name) => blocks.GetValueOrDefault($"variable.{name}");

    public Block? Output(string name) => blocks.GetValueOrDefault($"output.{name}");

    public Argument? Local(string name) => locals.GetValueOrDefault(name);

    /// <summary>Reads a folder's files. What is broken in one is a fault, and the rest of it is read.</summary>
    public static SourceModule Read(string folder, IReadOnlyList<Input> files)
    {
        var module = new SourceModule(folder);
        foreach (var file in files.OrderBy(IsOverride).ThenBy(f => f.Path, StringComparer.Ordinal)) module.Add(file);
        return module;
    }

    private static bool IsOverride(Input file) =>
        file.Path.Split('/')[^1] is var name && (name.EndsWith(".json", StringComparison.Ordinal) ? name[..^5] : name) is var plain
        && (plain == "override.tf" || plain.EndsWith("_override.tf", StringComparison.Ordinal));

    private void Add(Input file)
    {
        var isJson = file.Path.EndsWith(".tf.json", StringComparison.Ordinal);
        if ((!isJson && !file.Path.EndsWith(".tf", StringComparison.Ordinal)) || TextOf(file, Faults) is not { } text) return;
        Texts.Add(text);
        foreach (var block in (isJson ? ReadJson(text) : HclReader.Read(file.Path, Encoding.UTF8.GetString(text.Bytes), Faults)).Blocks) Add(block, IsOverride(file));
    }

    private Body ReadJson(SourceText text) => JsonReader.Read(Location.StartOf(text.Path), text.Bytes, Faults) is { } root ? HclJsonReader.Read(root, Faults) : Body.Empty;

    /// <summary>A file's text, or null and a problem.</summary>
    public static SourceText? TextOf(Input file, List<Problem> problems)
    {
        try
        {
            var bytes = file.Read();
            if (bytes.Length <= Limits.HclBytes) return SourceText.Read(file.Path, bytes, problems);
            problems.Add(new Problem(Location.StartOf(file.Path), $"more than the {Limits.HclBytes / 1048576} MB that PolicyLint reads of a Terraform source", "split the file"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(Location.StartOf(file.Path), "cannot be read", "give the right to read it"));
        }
        return null;
    }

    private void Add(Block block, bool overrides)
    {
        var name = (block.Type, block.Labels) switch
        {
            ("resource", [var type, var own]) => $"{type}.{own}",
            ("data", [var type, var own]) => $"data.{type}.{own}",
            ("module" or "variable" or "output", [var own]) => $"{block.Type}.{own}",
            _ => "",
        };
        if (block.Type == "locals")
            foreach (var argument in block.Body.Arguments)
                if (overrides) locals[argument.Name] = argument;
                else locals.TryAdd(argument.Name, argument);
        else if (name.Length > 0 && !blocks.TryAdd(name, block) && overrides) blocks[name] = Merge(blocks[name], block.Body);
    }

    /// <summary>Arguments one by one, nested blocks by their type.</summary>
    private static Block Merge(Block block, Body over) => block with
    {
        Body = new Body(
            [.. block.Body.Arguments.Where(a => over[a.Name] is null), .. over.Arguments],
            [.. block.Body.Blocks.Where(b => !over.Blocks.Any(o => o.Type == b.Type)), .. over.Blocks])
        { Fault = block.Body.Fault ?? over.Fault },
    };
}
