using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Rules;

/// <summary>Files of rules and kinds that were parsed when the program was built: without examples, each to be had when it is
/// needed.</summary>
public sealed class RulePack
{
    private readonly byte[] bytes;

    private RulePack(byte[] bytes, ImmutableArray<PackedFile> files) => (this.bytes, Files) = (bytes, files);

    internal ImmutableArray<PackedFile> Files { get; }

    /// <summary>The bytes of a pack: how many files, what is known of each and where it begins, then the nodes of each.</summary>
    public static byte[] Write(IReadOnlyList<RuleFile> files)
    {
        var (index, nodes) = (new MemoryStream(), new MemoryStream());
        using var indexWriter = new BinaryWriter(index, Encoding.UTF8);
        using var nodeWriter = new BinaryWriter(nodes, Encoding.UTF8);
        indexWriter.Write7BitEncodedInt(files.Count);
        foreach (var file in files)
        {
            WriteIndex(indexWriter, file, (int)nodes.Position);
            var roots = Parse(file);
            nodeWriter.Write7BitEncodedInt(roots.Length);
            foreach (var root in roots) NodePack.Write(nodeWriter, root);
        }
        return [.. BitConverter.GetBytes((int)index.Length), .. index.ToArray(), .. nodes.ToArray()];
    }

    private static void WriteIndex(BinaryWriter writer, RuleFile file, int start)
    {
        writer.Write(file.Path);
        writer.Write7BitEncodedInt(start);
        writer.Write(file.IsKind);
        if (file.IsKind) return;
        var head = RuleHead.Of(file.Text) ?? throw new InvalidOperationException($"{file.Path}: write `resource` and `profile` on one plain line each");
        writer.Write((byte)head.Profile);
        writer.Write7BitEncodedInt(head.Resources.Length);
        foreach (var resource in head.Resources) writer.Write(resource);
    }

    private static ImmutableArray<Node> Parse(RuleFile file)
    {
        var problems = new List<Problem>();
        var roots = YamlReader.Read(file.Path, file.WithoutExamples().Text, problems);
        return problems is [var problem, ..] ? throw new InvalidOperationException(problem.ToString()) : roots;
    }

    /// <summary>A pack of bytes that were written by the same version.</summary>
    public static RulePack Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var nodes = sizeof(int) + reader.ReadInt32();
        var files = ImmutableArray.CreateBuilder<PackedFile>(reader.Read7BitEncodedInt());
        while (files.Count < files.Capacity)
        {
            var (path, start) = (reader.ReadString(), nodes + reader.Read7BitEncodedInt());
            files.Add(new PackedFile(path, start, reader.ReadBoolean() ? null : ReadHead(reader)));
        }
        return new RulePack(bytes, files.MoveToImmutable());
    }

    private static RuleHead ReadHead(BinaryReader reader)
    {
        var profile = (Profile)reader.ReadByte();
        var resources = ImmutableArray.CreateBuilder<string>(reader.Read7BitEncodedInt());
        while (resources.Count < resources.Capacity) resources.Add(reader.ReadString());
        return new RuleHead(profile, resources.MoveToImmutable());
    }

    /// <summary>The roots of a file. Several threads may ask.</summary>
    internal ImmutableArray<Node> RootsOf(PackedFile file)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, file.Start, bytes.Length - file.Start, writable: false), Encoding.UTF8);
        var roots = ImmutableArray.CreateBuilder<Node>(reader.Read7BitEncodedInt());
        while (roots.Count < roots.Capacity) roots.Add(NodePack.Read(reader, file.Path));
        return roots.MoveToImmutable();
    }
}

/// <summary>A file in a pack.</summary>
/// <param name="Start">Where its nodes begin.</param>
/// <param name="Head">What is known of a rule; null for a file of kinds.</param>
internal sealed record PackedFile(string Path, int Start, RuleHead? Head)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
