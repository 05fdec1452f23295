using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Finds the definition of each state machine, in the template or in a local file that it names, with what the template
/// substitutes in it.</summary>
internal sealed class MachineDefinition(TemplateUse use, Resolver resolver, string folder)
{
    /// <summary>The property that holds it: one that no format has.</summary>
    private const string Property = "PolicyLint:Definition";

    private readonly Dictionary<string, Document> read = new(StringComparer.Ordinal);

    /// <summary>The files that were read, for those who show their lines.</summary>
    public IEnumerable<Document> Files => read.Values;

    /// <summary>The properties with the definition, for a state machine; the same for others.</summary>
    public Value.Map AddTo(Template.Declared declared, Value.Map properties)
    {
        if (declared.Type != "AWS::StepFunctions::StateMachine") return properties;
        var definition = Of(properties);
        return definition is Value.Absent ? properties : new Value.Map(properties.Location, properties.Fields.Add(new Value.Field(Property, definition.Location, definition))) { Open = properties.Open };
    }

    private Value Of(Value.Map properties)
    {
        var substitutions = properties["DefinitionSubstitutions"];
        var written = properties["Definition"] is not Value.Absent and var map ? map : properties["DefinitionString"];
        if (written is Value.Absent) written = OfFile(properties["DefinitionS3Location"]);
        if (written is Value.Str text && TextDocument.Of(text) is { } document) written = document;
        return written switch
        {
            Value.Absent => written,
            Value.Unknown => new Value.List(written.Location, [written, substitutions]), // what is substituted surely stands in it
            _ when substitutions is Value.Map given => Substituted(written, given),
            _ => written,
        };
    }

    /// <summary>What a local file says; unknown where there is none that can be read.</summary>
    private Value OfFile(Value place)
    {
        if (place is Value.Absent) return place;
        var path = place.KnownText is { Length: > 0 } known && !known.Contains(':', StringComparison.Ordinal) && !known.StartsWith('/') ? known.Trim().Replace('\\', '/') : null;
        if (path is null) return new Value.Unknown(place.Location, "the definition is in a file that is not local");
        if (use.Wanted.FileAt(FilePath.Combine(folder, path)) is not { } file) return new Value.Unknown(place.Location, $"the definition is in `{path}`, which is not there");
        if (DocumentReader.ReadPart(file, use.Problems) is not { Root: Node.Map root } part) return new Value.Unknown(place.Location, $"the definition in `{path}` cannot be read");
        read[file.Path] = new Document(file.Path, Format.CloudFormation, new Node.Map(root.Location, []), part.Source);
        return resolver.Resolve(root);
    }

    private static Value Substituted(Value value, Value.Map given) => value switch
    {
        Value.Str text => OfText(text, given),
        Value.List list => new Value.List(list.Location, [.. list.Items.Select(i => Substituted(i, given))]),
        Value.Map map => new Value.Map(map.Location, [.. map.Fields.Select(f => f with { Value = Substituted(f.Value, given) })]) { Open = map.Open },
        Value.Choice choice => new Value.Choice(choice.Location, choice.Condition, Substituted(choice.Then, given), Substituted(choice.Otherwise, given)),
        _ => value,
    };

    /// <summary>A text that is nothing but a placeholder is the value itself; of one that holds a value that nobody knows, nothing
    /// is known.</summary>
    private static Value OfText(Value.Str text, Value.Map given)
    {
        if (text.Text.Known is { } whole && Placeholders.In(whole, "${", "}").ToList() is [{ Start: 0 } only] && only.End == whole.Length && given[only.Inner] is not Value.Absent and var value) return value;
        Value? unknown = null;
        var replaced = Text.Join(text.Text.Pieces.SelectMany(p => p is Piece.Literal literal ? Placeholders.Replace(literal.Text, "${", "}", Pieces).Pieces : [p]));
        return unknown ?? new Value.Str(text.Location, replaced);

        IEnumerable<Piece> Pieces(Placeholders.Found found)
        {
            if (given[found.Inner] is Value.Absent) return [new Piece.Literal($"${{{found.Inner}}}")];
            if ((given[found.Inner] as Value.Str)?.Text is { } part) return part.Pieces;
            if (given[found.Inner].AsText is { } plain) return plain.Pieces;
            unknown = new Value.Unknown(text.Location, $"`{found.Inner}`, which is substituted there, is not known here");
            return [];
        }
    }
}
