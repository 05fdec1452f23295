namespace PolicyLint.Engine.Resources;

/// <summary>A set of assumptions about undecided conditions, under which values are read. It notes what was asked of it and
/// could not be answered, so that whoever judges can assume both answers in turn.</summary>
public sealed class Scenario
{
    private readonly Dictionary<Condition, bool> assumed;
    private List<Condition>? open;
    private List<Symbol>? finite;
    private readonly List<Question>? asked;

    private Scenario(Dictionary<Condition, bool> assumed, List<Question>? asked = null) => (this.assumed, this.asked) = (assumed, asked);

    /// <summary>What a reading asks of a scenario: whether a condition holds, or which text a symbol is.</summary>
    /// <param name="Peeks">Whether what cannot be answered is not noted.</param>
    internal sealed record Question(Condition? Unit, Symbol? Symbol, bool Peeks = false);

    /// <summary>Nothing is assumed.</summary>
    public static Scenario Start() => new(Nothing);

    private static readonly Dictionary<Condition, bool> Nothing = [];

    /// <summary>The undecided units that the reading came upon, in order.</summary>
    public IReadOnlyList<Condition> Open => open ?? (IReadOnlyList<Condition>)[];

    /// <summary>The symbols that the reading came upon and that may be one of a few texts only, in order.</summary>
    public IReadOnlyList<Symbol> Finite => finite ?? (IReadOnlyList<Symbol>)[];

    /// <summary>Whether a resource that cannot exist here was referred to: CloudFormation refuses such a deploy.</summary>
    public bool Impossible { get; set; }

    /// <summary>A scenario of the same assumptions that nothing was asked of, and that keeps what is.</summary>
    internal Scenario Afresh() => new(assumed, []);

    /// <summary>What was asked of a scenario that keeps it, in order.</summary>
    internal IReadOnlyList<Question> Asked => asked!;

    /// <summary>The answer to what another reading asked: a <see cref="Truth"/>'s name, or a text. Null where the symbol has none.</summary>
    internal string? Answer(Question question) => question switch
    {
        { Unit: { } unit, Peeks: true } => Word(Peek(unit)),
        { Unit: { } unit } => Word(DecideUnit(unit)),
        _ => Ask(question.Symbol!),
    };

    private static string Word(Truth truth) => truth switch
    {
        Truth.Yes => "yes",
        Truth.No => "no",
        _ => "unknown",
    };

    /// <summary>These assumptions and one more.</summary>
    public Scenario With(Condition unit, bool holds) => new(new Dictionary<Condition, bool>(assumed) { [unit] = holds });

    /// <summary>The assumptions in words.</summary>
    public string Describe() => string.Join(" and ", assumed
        .Select(a => (a.Key, a.Value) switch
        {
            (Condition.Is i, true) => $"{i.Symbol.Display} is `{i.Text}`",
            (Condition.Is i, false) => $"{i.Symbol.Display} is not `{i.Text}`",
            (Condition.Same s, var same) => $"`{s.Left}` {(same ? "equals" : "differs from")} `{s.Right}`",
            _ => "",
        })
        .Order(StringComparer.Ordinal));

    /// <summary>The condition's truth here.</summary>
    public Truth Decide(Condition condition) => condition switch
    {
        Condition.Constant constant => constant.Truth,
        Condition.Named named => Decide(named.Inner),
        Condition.Not not => Decide(not.Inner).Not(),
        Condition.And and => and.Parts.Aggregate(Truth.Yes, (t, p) => t is Truth.No ? t : t.And(Decide(p))),
        Condition.Or or => or.Parts.Aggregate(Truth.No, (t, p) => t is Truth.Yes ? t : t.Or(Decide(p))),
        _ => DecideUnit(condition),
    };

    /// <summary>As <see cref="Decide"/>, without noting what could not be answered.</summary>
    public Truth Peek(Condition condition) => condition is Condition.Constant constant ? constant.Truth : new Scenario(assumed, asked) { isPeeking = true }.Decide(condition);

    private bool isPeeking;

    private Truth DecideUnit(Condition unit)
    {
        if (asked?.Exists(q => ReferenceEquals(q.Unit, unit) && q.Peeks == isPeeking) is false) asked.Add(new Question(unit, null, isPeeking));
        if (assumed.TryGetValue(unit, out var holds)) return holds.ToTruth();
        var truth = unit is Condition.Is i ? Infer(i) : Truth.Unknown;
        if (truth is Truth.Unknown && open?.Contains(unit) is not true) (open ??= []).Add(unit);
        return truth;
    }

    /// <summary>A symbol has one text only, and one of its allowed ones.</summary>
    private Truth Infer(Condition.Is unit)
    {
        var allowed = unit.Symbol.Allowed;
        if (!allowed.IsEmpty && !allowed.Contains(unit.Text)) return Truth.No;
        if (TextOf(unit.Symbol) is { } text) return (text == unit.Text).ToTruth();
        return Truth.Unknown;
    }

    /// <summary>The text that the symbol has here, or null.</summary>
    public string? TextOf(Symbol symbol)
    {
        if (assumed.Count == 0) return symbol.Allowed is [var single] ? single : null;
        foreach (var (condition, holds) in assumed)
            if (holds && condition is Condition.Is i && i.Symbol == symbol) return i.Text;
        return symbol.Allowed.IsEmpty ? null : OnlyLeft(symbol);
    }

    /// <summary>The one of the symbol's allowed texts that is not assumed away, null where there are more.</summary>
    private string? OnlyLeft(Symbol symbol)
    {
        string? left = null;
        foreach (var text in symbol.Allowed)
            if (!IsAssumedAway(symbol, text))
            {
                if (left is not null) return null;
                left = text;
            }
        return left;
    }

    private bool IsAssumedAway(Symbol symbol, string text)
    {
        foreach (var (condition, holds) in assumed)
            if (!holds && condition is Condition.Is i && i.Text == text && i.Symbol == symbol) return true;
        return false;
    }

    /// <summary>The value with its outermost choices made; unknown, naming the condition, where one cannot be.</summary>
    public Value Read(Value value)
    {
        while (value is Value.Choice choice)
            switch (Decide(choice.Condition))
            {
                case Truth.Yes: value = choice.Then; break;
                case Truth.No: value = choice.Otherwise; break;
                default: return new Value.Unknown(choice.Location, $"it depends on {Naming(choice.Condition)}");
            }
        return value switch
        {
            Value.Str { Text.HasEither: true } text => ReadText(text),
            Value.Str { Text.Known: null } text => new Value.Str(text.Location, Substitute(text.Text)),
            _ => value,
        };
    }

    /// <summary>The items that are there, each read; choices of <c>AWS::NoValue</c> drop out.</summary>
    public IEnumerable<Value> ReadItems(Value.List list) => list.Items.Select(Read).Where(v => v is not Value.Absent);

    private Value ReadText(Value.Str value)
    {
        var pieces = new List<Piece>();
        foreach (var piece in value.Text.Pieces)
        {
            if (piece is not Piece.Either either)
            {
                pieces.Add(piece);
                continue;
            }
            switch (Read(new Value.Choice(value.Location, either.Condition, either.Then, either.Otherwise)))
            {
                case Value.Str text: pieces.AddRange(text.Text.Pieces); break;
                case Value.Number number: pieces.Add(new Piece.Literal(number.Text)); break;
                case Value.Flag flag: pieces.Add(new Piece.Literal(flag.IsTrue ? "true" : "false")); break;
                case Value.Unknown unknown: return new Value.Unknown(value.Location, unknown.Why);
                default: return new Value.Unknown(value.Location, "a part of the text is not a text");
            }
        }
        return new Value.Str(value.Location, Substitute(Text.Join(pieces)));
    }

    /// <summary>The text of a symbol; one that is not known and may be one of a few is noted.</summary>
    private string? Ask(Symbol symbol)
    {
        if (asked?.Exists(q => ReferenceEquals(q.Symbol, symbol)) is false) asked.Add(new Question(null, symbol));
        var known = TextOf(symbol);
        if (known is null && symbol.Allowed.Length > 1 && finite?.Contains(symbol) is not true) (finite ??= []).Add(symbol);
        return known;
    }

    private Text Substitute(Text text)
    {
        var changes = false;
        foreach (var symbol in text.Symbols)
            if (Ask(symbol) is not null) changes = true;
        if (!changes) return text;
        return Text.Join(text.Pieces.Select(p =>
            p is Piece.Hole hole && TextOf(hole.Symbol) is { } known ? new Piece.Literal(known) : p));
    }

    private static string Naming(Condition condition) => condition switch
    {
        Condition.Named named => $"condition `{named.Name}`",
        Condition.Not not => Naming(not.Inner),
        Condition.Is i => i.Symbol.Display,
        Condition.Constant { Why.Length: > 0 } constant => constant.Why,
        _ => "a condition",
    };
}
