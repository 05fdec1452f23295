using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>Where an expression stands: an instance of a module, and the names that <c>for</c>, <c>dynamic</c>, <c>each</c> and
/// <c>count</c> give, the innermost first.</summary>
internal sealed class Scope(Frame frame, string name, Value value, Scope? outer)
{
    public Frame Frame => frame;

    /// <summary>What a name stands for, or null where none of these gave it.</summary>
    public Value? this[string asked]
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
                if (scope.Name == asked) return scope.Value;
            return null;
        }
    }

    private string Name => name;
    private Value Value => value;
    private Scope? Outer => outer;

    public Scope With(string given, Value its) => new(frame, given, its, this);
}

/// <summary>An instance of a module: its sources, its address (empty for the root), and the call that made it.</summary>
internal sealed class Frame
{
    private readonly Dictionary<string, Value?> values = new(StringComparer.Ordinal);

    public Frame(SourceModule module, string path, Block? call, Scope? caller)
    {
        (Module, Path, Call, Caller) = (module, path, call, caller);
        Scope = new Scope(this, "", new Value.Absent(default), null);
    }

    public SourceModule Module { get; }
    public string Path { get; }
    public Block? Call { get; }

    /// <summary>Where the call's arguments are evaluated; null for the root.</summary>
    public Scope? Caller { get; }

    public Scope Scope { get; }

    /// <summary>The value of a local, variable or output, which is computed once; <paramref name="circle"/> where it needs
    /// itself.</summary>
    public Value Once(string name, Func<Value> compute, Func<Value> circle)
    {
        if (values.TryGetValue(name, out var known)) return known ?? circle();
        values[name] = null;
        var value = compute();
        values[name] = value;
        return value;
    }
}
