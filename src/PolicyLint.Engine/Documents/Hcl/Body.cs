using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Hcl;

/// <summary>What stands between the braces of a block, or in a whole file.</summary>
public sealed record Body(ImmutableArray<Argument> Arguments, ImmutableArray<Block> Blocks)
{
    public static readonly Body Empty = new([], []);

    /// <summary>What of it could not be read, null where all of it was.</summary>
    public Problem? Fault { get; init; }

    /// <summary>The argument of a name, or null.</summary>
    public Argument? this[string name]
    {
        get
        {
            foreach (var argument in Arguments)
                if (argument.Name == name) return argument;
            return null;
        }
    }
}

/// <summary><c>name = expression</c>.</summary>
public sealed record Argument(string Name, Location At, Expression Expression);

/// <summary><c>type "label" { … }</c>; <paramref name="Location"/> is that of all before the brace.</summary>
public sealed record Block(string Type, ImmutableArray<string> Labels, Body Body, Location Location);
