using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Findings;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>What an unknown verdict does: it fails the build, is told, or is left out.</summary>
public enum UnknownMode { Warn, Fail, Ignore }

/// <summary>From which severity on a finding fails the build.</summary>
public enum FailOn { Error, Warning, Note, Never }

/// <summary>All that came of one run.</summary>
public sealed record Report(RuleSet Rules, ImmutableArray<Finding> Findings, ImmutableArray<Problem> Problems)
{
    public ImmutableArray<LeftAlone> LeftAlone { get; init; } = [];

    /// <summary>The templates and plans that were read.</summary>
    public ImmutableArray<Judged> Documents { get; init; } = [];
    public FailOn FailOn { get; init; }
    public UnknownMode Unknown { get; init; }
    public Counts Counts { get; init; } = new(0, 0, 0, 0, 0, 0);
    public ImmutableArray<RuleCounts> ByRule { get; init; } = [];
    public string Version { get; init; } = "";

    /// <summary>The defaults of parameters that verdicts rest on.</summary>
    public ImmutableArray<Assumed> Assumed { get; init; } = [];

    /// <summary>0 clean; 1 findings at or above the threshold; 3 something could not be judged. The same for every format.</summary>
    public int ExitCode
    {
        get
        {
            if (Problems.Length > 0) return 3;
            return Findings.Any(Fails) ? 1 : 0;
        }
    }

    /// <summary>Whether the finding fails the build.</summary>
    public bool Fails(Finding finding) => FailOn is not FailOn.Never && (!finding.IsOpen || Unknown is UnknownMode.Fail) && finding.Severity >= FailOn switch
    {
        FailOn.Error => Severity.Error,
        FailOn.Warning => Severity.Warning,
        _ => Severity.Note,
    };
}

/// <summary>A template or plan that was judged.</summary>
public sealed record Judged(string Path, Format Format);

/// <summary>A default that so many verdicts rest on.</summary>
public sealed record Assumed(ParameterDefault Default, int Verdicts);

/// <summary>A file that was neither, and why.</summary>
public sealed record LeftAlone(string Path, string Why);

/// <summary>How much was looked at, and what came of it.</summary>
public sealed record Counts(int Documents, int Resources, int Failed, int Unknown, int Passed, int Suppressed);

/// <summary>The verdicts of one rule.</summary>
public sealed record RuleCounts(string RuleId, int Failed, int Unknown, int Passed);
