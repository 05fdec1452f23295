namespace PolicyLint.Engine.Resources.Terraform.Sources;

/// <summary>What is known of single values while expressions are evaluated, beside what they hold.</summary>
internal sealed class Marks
{
    private readonly HashSet<object> faults = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> sets = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, object> wholes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Terraform would refuse what led to this value.</summary>
    public bool IsFault(Value value) => faults.Contains(value);

    public Value.Unknown Fault(Value.Unknown value)
    {
        faults.Add(value);
        return value;
    }

    /// <summary>The list is a set: its keys are its items.</summary>
    public bool IsSet(Value value) => sets.Contains(value);

    public Value.List Set(Value.List value)
    {
        sets.Add(value);
        return value;
    }

    /// <summary>The map stands for the JSON text of it.</summary>
    public bool IsJson(Value value) => texts.Contains(value);

    public Value.Map Json(Value.Map value)
    {
        texts.Add(value);
        return value;
    }

    /// <summary>The map stands for a whole resource or module.</summary>
    public bool IsWhole(Value value) => wholes.ContainsKey(value);

    /// <summary>What a map stands for as a whole, or null.</summary>
    public object? WholeOf(Value value) => wholes.GetValueOrDefault(value);

    public Value.Map Whole(Value.Map value, object of)
    {
        wholes[value] = of;
        return value;
    }
}
