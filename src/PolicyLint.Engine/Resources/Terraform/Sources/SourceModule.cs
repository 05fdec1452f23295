using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>What the <c>.tf</c> files of one folder say, found by name. Files named <c>override.tf</c> or <c>…_override.tf</c>
/// change what the others say.</summary>
internal sealed class SourceModule
{
    private readonly Dictionary<string, Block> blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Argument> locals = new(StringComparer.Ordinal);

    private SourceModule(string folder) => Folder = folder;

    public string Folder { get; }

    public List<SourceText> Texts { get; } = [];

    /// <summary>Whether every file could be read.</summary>
    public bool IsWhole { get; private set; } = true;

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

    /// <summary>Reads a folder's files. What is broken in one is a problem, and the rest of it is read.</summary>
    public static SourceModule Read(string folder, IReadOnlyList<Input> files, List<Problem> problems)
    {
        var module = new SourceModule(folder);
        foreach (var file in files.OrderBy(IsOverride).ThenBy(f => f.Path, StringComparer.Ordinal)) module.Add(file, problems);
        return module;
    }

    private static bool IsOverride(Input file) => file.Path.EndsWith("_override.tf", StringComparison.Ordinal) || file.Path.Split('/')[^1] == "override.tf";

    private void Add(Input file, List<Problem> problems)
    {
        var count = problems.Count;
        if (file.Path.EndsWith(".tf.json", StringComparison.Ordinal)) IsWhole = false; // Terraform's JSON syntax is not read
        else if (!file.Path.EndsWith(".tf", StringComparison.Ordinal)) return;
        else if (TextOf(file, problems) is { } text)
        {
            Texts.Add(text);
            foreach (var block in HclReader.Read(file.Path, Encoding.UTF8.GetString(text.Bytes), problems).Blocks) Add(block, IsOverride(file));
        }
        if (problems.Count > count) IsWhole = false;
    }

    private static SourceText? TextOf(Input file, List<Problem> problems)
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
            [.. block.Body.Blocks.Where(b => !over.Blocks.Any(o => o.Type == b.Type)), .. over.Blocks]),
    };
}
