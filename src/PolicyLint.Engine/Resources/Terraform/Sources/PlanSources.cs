using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>The sources that a plan was made of: its modules' blocks and the values of their expressions.</summary>
internal sealed class PlanSources
{
    private const int DeepestModule = 50;
    private readonly TerraformSources sources;
    private readonly InstalledModules installed;
    private readonly List<Problem> problems;
    private readonly Dictionary<string, SourceModule> modules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Frame?> frames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value.Map?> filled = new(StringComparer.Ordinal);
    private readonly HashSet<string> doubtful = new(StringComparer.Ordinal);
    private readonly Filler filler;
    private readonly Dictionary<string, Scope> scopes = new(StringComparer.Ordinal);

    private PlanSources(SourceModule root, TerraformSources sources, References references, string scope, List<Problem> problems)
    {
        (this.sources, this.problems) = (sources, problems);
        installed = new InstalledModules(root.Folder, sources);
        modules[root.Folder] = root;
        frames[""] = new Frame(root, "", null, null);
        Evaluator = new Evaluator(references, FrameOf, scope, root.Folder, TextAt);
        filler = new Filler(Evaluator);
    }

    public Evaluator Evaluator { get; }

    private string? TextAt(string path) =>
        sources.FileAt(path) is { } file && SourceModule.TextOf(file, []) is { } text ? System.Text.Encoding.UTF8.GetString(text.Bytes) : null;

    /// <summary>What of the files could not be read: the plan is judged without it.</summary>
    public IEnumerable<Problem> Faults => modules.Values.SelectMany(m => m.Faults);

    /// <summary>The files that were read.</summary>
    public IEnumerable<SourceText> Texts => modules.Values.SelectMany(m => m.Texts);

    /// <summary>The sources of a plan, or null where there are none: of the folders that the user named the one that has most
    /// of the plan's resources, else the folder of the plan if it has any.</summary>
    public static PlanSources? Find(Plan plan, TerraformSources sources, References references, List<Problem> problems)
    {
        var configured = ((plan.Root.Configuration?["resources"] as Node.List)?.Items.OfType<Node.Map>() ?? [])
            .Select(r => (r["address"] as Node.Scalar)?.Text ?? "")
            .Concat(((plan.Root.Configuration?["module_calls"] as Node.Map)?.Entries ?? []).Select(c => $"module.{c.Key.Text}"))
            .ToList();
        SourceModule? best = null;
        var most = 0;
        foreach (var folder in sources.Roots.IsEmpty ? [FilePath.FolderOf(plan.Document.Path)] : sources.Roots)
        {
            if (sources.FilesIn(folder) is not { Count: > 0 } files) continue;
            var module = SourceModule.Read(folder, files);
            var count = configured.Count(module.Has);
            if (count > most || (best is null && !module.IsWhole)) (best, most) = (module, count);
        }
        if (best is null && !sources.Roots.IsEmpty)
            problems.Add(new Problem(
                Location.StartOf(plan.Document.Path), $"no resource of the plan is in {Words.OneOf(sources.Roots)}, which `--terraform-source` names",
                "name the folder of the root module that the plan was made of"));
        if (best is null) return null;
        var found = new PlanSources(best, sources, references, plan.Document.Scope, problems);
        found.Compare(plan.Root, best, []);
        return found;
    }

    /// <summary>Tells where a module and those that it calls are not those of the plan; what differs is not believed.</summary>
    private void Compare(Plan.Module configured, SourceModule module, ImmutableArray<string> path)
    {
        if (configured.Configuration is null || path.Length > DeepestModule) return;
        foreach (var reference in Contradictions.Of(configured, module, problems)) doubtful.Add($"{module.Folder}\n{reference}");
        foreach (var call in module.Calls)
            if (path.Add(call.Labels[0]) is var inner && configured.Child(call.Labels[0]) is { } child && SourceOf(module, call, string.Join('.', inner)) is { } source) Compare(child, source, inner);
    }

    private bool IsDoubtful(Plan.Planned resource) => doubtful.Count > 0 && doubtful.Contains($"{FrameOf(resource.ModulePath)!.Module.Folder}\n{resource.Reference}");

    /// <summary>The instance of a module at a path (<c>module.a["x"]</c>), or null where its sources are not there.</summary>
    public Frame? FrameOf(string path)
    {
        if (frames.TryGetValue(path, out var known)) return known;
        if (InstanceStep.OfModules(path) is not { IsEmpty: false, Length: <= DeepestModule } steps || steps[^1].Path != path) return frames[path] = null;
        var last = steps[^1];
        var parent = FrameOf(steps.Length > 1 ? steps[^2].Path : "");
        if (parent?.Module.Call(last.Name) is not { } call || SourceOf(parent.Module, call, string.Join('.', steps.Select(s => s.Name))) is not { } module) return frames[path] = null;
        return frames[path] = new Frame(module, path, call, Inner(parent, call, $"module.{last.Name}", last.Key));
    }

    /// <summary>The sources of a call: at its local path, else where <c>terraform init</c> put them.</summary>
    /// <param name="key">The names of the calls that lead to it, as <c>modules.json</c> has them.</param>
    private SourceModule? SourceOf(SourceModule parent, Block call, string key)
    {
        if (call.Body["source"]?.Expression is not Expression.Literal { Kind: ScalarKind.String, Text: var source }) return null;
        var folder = source.StartsWith('.') ? FilePath.Combine(parent.Folder, source) : installed.FolderOf(key);
        if (folder.Length == 0) return null;
        if (modules.TryGetValue(folder, out var known)) return known;
        return sources.FilesIn(folder) is { Count: > 0 } files ? modules[folder] = SourceModule.Read(folder, files) : null;
    }

    /// <summary>The block of a resource, or null where it is not there.</summary>
    public Block? BlockOf(Plan.Planned resource) => FrameOf(resource.ModulePath)?.Module.Resource(resource.Reference);

    /// <summary>Where the arguments of a resource's block are evaluated.</summary>
    public Scope ScopeOf(Plan.Planned resource, Block block)
    {
        if (!scopes.TryGetValue(resource.Address, out var scope))
            scopes[resource.Address] = scope = Inner(FrameOf(resource.ModulePath)!, block, resource.Reference, References.KeyOf(resource));
        return scope;
    }

    /// <summary>With what <c>each</c> and <c>count</c> are for the instance of a key.</summary>
    private Scope Inner(Frame frame, Block block, string name, Value key)
    {
        if (key is Value.Number) return frame.Scope.With("count", new Value.Map(block.Location, [new Value.Field("index", block.Location, key)]));
        if (key is not Value.Str || block.Body["for_each"] is not { } each) return frame.Scope;
        var all = frame.Once($"for_each {name}", () => Evaluator.Evaluate(each.Expression, frame.Scope), () => Evaluator.Unknown(each.Expression));
        var value = all switch
        {
            Value.List => key,
            Value.Map when !Evaluator.Marks.IsWhole(all) => Evaluator.Names.Element(all, key, each.Expression),
            _ => Evaluator.Unknown(each.Expression),
        };
        return frame.Scope.With("each", new Value.Map(block.Location, [new Value.Field("key", block.Location, key), new Value.Field("value", block.Location, value)]));
    }

    /// <summary>What the sources state for an attribute, or null where that is not known.</summary>
    public Value? Written(Plan.Planned resource, string name)
    {
        if (BlockOf(resource) is not { } block || block.Body[name] is not { } argument || IsDoubtful(resource)) return null;
        var value = Evaluator.Evaluate(argument.Expression, ScopeOf(resource, block));
        return value is Value.Unknown ? null : value;
    }

    /// <summary>A resource's attributes, once; as the plan has them where there is no block, and where they need themselves.</summary>
    public Value.Map Fill(Plan.Planned resource, Func<Plan.Planned, Value.Map> planned)
    {
        if (filled.TryGetValue(resource.Address, out var known)) return known ?? planned(resource);
        if (BlockOf(resource) is not { } block || IsDoubtful(resource)) return WithFaults(resource, planned(resource));
        filled[resource.Address] = null;
        var value = WithFaults(resource, filler.Fill(resource, planned(resource), block, ScopeOf(resource, block)));
        if (InstalledModules.Holds(block.Location)) value = (Value.Map)Places.Move(value, PlaceOf(resource, block), InstalledModules.Holds);
        filled[resource.Address] = value;
        return value;
    }

    /// <summary>An attribute that is not known tells which fault of the sources may be why.</summary>
    private Value.Map WithFaults(Plan.Planned resource, Value.Map filled)
    {
        if (FrameOf(resource.ModulePath)?.Module is not { IsWhole: false } module) return filled;
        var body = module.Resource(resource.Reference)?.Body;
        return new Value.Map(filled.Location, [.. filled.Fields.Select(f => f with { Value = Told(f.Value, body is null ? module.Faults[0] : body[f.Name] is null ? body.Fault : null) })]);
    }

    private static Value Told(Value value, Problem? fault) => (value, fault) switch
    {
        (_, null) => value,
        (Value.Unknown unknown, _) => new Value.Unknown(unknown.Location, $"{unknown.Why}; its source could not be read ({fault.Location} {fault.Message})", unknown.Likely),
        (Value.List list, _) => new Value.List(list.Location, [.. list.Items.Select(i => Told(i, fault))]),
        (Value.Map map, _) => new Value.Map(map.Location, [.. map.Fields.Select(f => f with { Value = Told(f.Value, fault) })]) { Open = map.Open },
        _ => value,
    };

    /// <summary>Where people can mend a resource: its block, or the call that leads to a module that they did not write.</summary>
    public Location? PlaceOf(Plan.Planned resource) => BlockOf(resource) is { } block ? PlaceOf(resource, block) : null;

    private Location PlaceOf(Plan.Planned resource, Block block)
    {
        var (place, frame) = (block.Location, FrameOf(resource.ModulePath));
        for (; InstalledModules.Holds(place) && frame?.Call is { } call; frame = frame.Caller?.Frame) place = call.Location;
        return place;
    }
}
