using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation;

/// <summary>Reads the local templates that a template nests, each in its context: its parameters are the values that it is given,
/// symbols and all, and its outputs are values here.</summary>
internal sealed class NestedStacks(Template template, Resolver resolver)
{
    private const int Deepest = 16;
    private readonly Dictionary<string, Nested> read = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);

    /// <summary>A nested stack as it was read, or why it was not; <c>Why</c> is empty where nothing local is meant.</summary>
    private sealed record Nested(StackReading? Reading, string Why);

    /// <summary>The readings of all stacks that it nests, in order.</summary>
    public ImmutableArray<StackReading> ReadAll() =>
        [.. template.Resources.Values.Where(d => d.IsStack).Select(d => Of(d).Reading).OfType<StackReading>()];

    /// <summary>What an output is at a place of this template; null, with the reason, where nobody can tell.</summary>
    public Value? Output(Template.Declared stack, string name, Location at, out string why)
    {
        var nested = Of(stack);
        why = nested.Why;
        if (nested.Reading is not { } found) return null;
        if (found.Outputs.TryGetValue(name, out var value)) return template.Bring(at, value, $"output `{name}` comes from nested stack `{stack.LogicalId}`");
        why = $"`{found.Path}` has no output `{name}`";
        if (!found.IsOpen) resolver.Fault(at, why, Words.DidYouMean(name, found.Outputs.Keys));
        return null;
    }

    private Nested Of(Template.Declared stack)
    {
        if (read.TryGetValue(stack.LogicalId, out var known)) return known;
        if (!begun.Add(stack.LogicalId)) return new Nested(null, $"`{stack.LogicalId}` takes its own output");
        var nested = resolver.Defaults.Without(() => Read(stack));
        begun.Remove(stack.LogicalId);
        return read[stack.LogicalId] = nested;
    }

    private Nested Read(Template.Declared stack)
    {
        if (PathOf(stack) is not { } path) return new Nested(null, "");
        var file = FilePath.Combine(FilePath.FolderOf(template.Document.Path), path);
        var above = template.Use.Parent?.Paths.Add(template.Document.Path) ?? [template.Document.Path];
        if (above.Contains(file, StringComparer.Ordinal)) return new Nested(null, $"`{file}` nests itself");
        if (above.Length > Deepest) return new Nested(null, $"`{file}` is nested too deep");
        if (!template.Use.Nesting.Take()) return new Nested(null, "too many templates are nested");
        if (template.Use.Wanted.FileAt(file) is not { } input) return new Nested(null, $"there is no file `{file}`");
        var documents = DocumentReader.Read(input).Documents;
        return documents is [{ Format: Format.CloudFormation } only]
            ? new Nested(Read(stack, only with { Scope = $"{template.Document.Scope}/{stack.LogicalId}" }, above), "")
            : new Nested(null, $"`{file}` is not one template that can be read");
    }

    private StackReading Read(Template.Declared stack, Document document, ImmutableArray<string> above)
    {
        var parent = new ParentStack(ParametersOf(stack), template.Surroundings, ExistsWhen(stack), template.Family, above);
        var reading = TemplateReader.Read(document, template.Use with { Parent = parent, StackName = "" });
        return reading with { Sources = [document.WithoutNodes(), .. reading.Sources], Nested = reading.Nested.Add(document.Path) };
    }

    private Condition ExistsWhen(Template.Declared stack) => TemplateReader.ExistsWhen(stack, template, resolver);

    private Dictionary<string, Value> ParametersOf(Template.Declared stack)
    {
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        if ((stack.Properties as Node.Map)?["Parameters"] is { } node && resolver.Resolve(node) is Value.Map map)
            foreach (var field in map.Fields) given[field.Name] = field.Value;
        return given;
    }

    /// <summary>The local path of its template as written: the property, or what CDK notes of the file that it uploads.</summary>
    private string? PathOf(Template.Declared stack)
    {
        if (stack.Metadata is Node.Map metadata && metadata["aws:asset:path"] is Node.Scalar { Tag: "" } asset) return asset.Text;
        var node = (stack.Properties as Node.Map)?[stack.Type == "AWS::Serverless::Application" ? "Location" : "TemplateURL"];
        return node is not null && resolver.Resolve(node).KnownText is { Length: > 0 } path && !path.Contains(':', StringComparison.Ordinal) ? path.Replace('\\', '/') : null;
    }
}
