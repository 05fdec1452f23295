using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents;

/// <summary>Nodes as bytes, to be had again without parsing. Our own formats only: nodes with tags or doubled keys have none.</summary>
internal static class NodePack
{
    private const byte List = 100;
    private const byte Map = 101;

    /// <summary>Writes a node with all that is in it.</summary>
    public static void Write(BinaryWriter writer, Node node)
    {
        if (node.Tag.Length > 0 || node is Node.Map { Doubled.IsEmpty: false }) throw new InvalidOperationException($"{node.Location}: a tag or a key that stands twice");
        switch (node)
        {
            case Node.Scalar scalar:
                WriteStart(writer, (byte)scalar.Kind, scalar.Location);
                writer.Write(scalar.Text);
                break;
            case Node.List list:
                WriteStart(writer, List, list.Location);
                writer.Write7BitEncodedInt(list.Items.Length);
                foreach (var item in list.Items) Write(writer, item);
                break;
            case Node.Map map:
                WriteStart(writer, Map, map.Location);
                writer.Write7BitEncodedInt(map.Entries.Length);
                foreach (var (key, value) in map.Entries)
                {
                    Write(writer, key);
                    Write(writer, value);
                }
                break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteStart(BinaryWriter writer, byte form, Location location)
    {
        writer.Write(form);
        writer.Write7BitEncodedInt(location.Line);
        writer.Write7BitEncodedInt(location.Column);
        writer.Write7BitEncodedInt(location.Length);
    }

    /// <summary>The node that was written.</summary>
    /// <param name="file">The file that its locations name.</param>
    public static Node Read(BinaryReader reader, string file)
    {
        var form = reader.ReadByte();
        var location = new Location(file, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        return form switch
        {
            List => new Node.List(location, ReadItems(reader, file)),
            Map => new Node.Map(location, ReadEntries(reader, file)),
            _ => new Node.Scalar(location, reader.ReadString(), (ScalarKind)form),
        };
    }

    private static ImmutableArray<Node> ReadItems(BinaryReader reader, string file)
    {
        var items = ImmutableArray.CreateBuilder<Node>(reader.Read7BitEncodedInt());
        while (items.Count < items.Capacity) items.Add(Read(reader, file));
        return items.MoveToImmutable();
    }

    private static ImmutableArray<Node.Entry> ReadEntries(BinaryReader reader, string file)
    {
        var entries = ImmutableArray.CreateBuilder<Node.Entry>(reader.Read7BitEncodedInt());
        while (entries.Count < entries.Capacity) entries.Add(new Node.Entry((Node.Scalar)Read(reader, file), Read(reader, file)));
        return entries.MoveToImmutable();
    }
}
