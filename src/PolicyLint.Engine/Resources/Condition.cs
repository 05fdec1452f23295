using System.Collections.Immutable;

namespace PolicyLint.Engine.Resources;

/// <summary>A condition over what is not known before the deploy, as CloudFormation's <c>Conditions</c> state it.</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>Decided.</summary>
    public sealed record Constant(Truth Truth, string Why = "") : Condition;

    /// <summary>A symbol has this very text. The unit that scenarios assume to be true or false.</summary>
    public sealed record Is(Symbol Symbol, string Text) : Condition
    {
        private readonly int hash = HashCode.Combine(Symbol, Text);

        public bool Equals(Is? other) => ReferenceEquals(this, other) || (other is not null && hash == other.hash && Text == other.Text && Symbol == other.Symbol);

        public override int GetHashCode() => hash;
    }

    /// <summary>Two texts are equal; a unit of its own.</summary>
    public sealed record Same(Text Left, Text Right) : Condition;

    /// <summary>The opposite.</summary>
    public sealed record Not(Condition Inner) : Condition;

    /// <summary>All of them.</summary>
    public sealed record And(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>At least one of them.</summary>
    public sealed record Or(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>A condition with the name that its author gave it.</summary>
    public sealed record Named(string Name, Condition Inner) : Condition;

    public static readonly Condition Always = new Constant(Truth.Yes);

    /// <summary>Two texts are equal: decided where that is known, else the unit that asks for it.</summary>
    public static Condition Equality(Text left, Text right)
    {
        if (left.Equals(right)) return Always;
        return (left, right) switch
        {
            ({ Known: not null }, { Known: not null }) => new Constant(Truth.No),
            ({ Only: { } symbol }, { Known: { } text }) => new Is(symbol, text),
            ({ Known: { } text }, { Only: { } symbol }) => new Is(symbol, text),
            _ => new Same(left, right),
        };
    }
}
