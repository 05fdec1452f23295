using System.Diagnostics;
using System.Globalization;

namespace PolicyLint.Benchmarks;

/// <summary>What one run of a program took from start to exit: wall-clock milliseconds and peak resident memory.</summary>
internal sealed record ProcessRun(double Milliseconds, double PeakMebibytes)
{
    // The shell throws the output away, so that reading it costs neither side anything; `time` knows the child's peak.
    private const string Script = """exec time -f %M -o "$0" "$@" >/dev/null 2>&1""";

    /// <summary>Runs a program to its end and throws when its exit code is not one of <paramref name="accepted"/>.</summary>
    public static ProcessRun Of(string program, IEnumerable<string> arguments, params ReadOnlySpan<int> accepted)
    {
        var figures = Path.GetTempFileName();
        try
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start("bash", ["-c", Script, figures, program, .. arguments]);
            process.WaitForExit();
            watch.Stop();
            if (!accepted.Contains(process.ExitCode))
            {
                throw new InvalidOperationException(
                    $"`{program} {string.Join(' ', arguments)}` gave exit code {process.ExitCode}");
            }

            // A line about the exit code comes first when it is not 0.
            var kibibytes = double.Parse(File.ReadLines(figures).Last(), CultureInfo.InvariantCulture);
            return new ProcessRun(watch.Elapsed.TotalMilliseconds, kibibytes / 1024);
        }
        finally
        {
            File.Delete(figures);
        }
    }

    /// <summary>The run of median duration, with the highest peak of all runs.</summary>
    public static ProcessRun Median(IReadOnlyList<ProcessRun> runs) =>
        runs.OrderBy(run => run.Milliseconds).ElementAt(runs.Count / 2) with
        {
            PeakMebibytes = runs.Max(run => run.PeakMebibytes),
        };
}
