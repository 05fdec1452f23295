using static System.FormattableString;

namespace PolicyLint.Benchmarks;

/// <summary>Times whole processes: start-up, one template, a corpus beside cfn-guard, and how time grows with files.</summary>
internal static class ProcessBenchmark
{
    private const int Pairs = 5;

    /// <summary>Prints a table; 1 when <paramref name="check"/> is set and a target is missed, else 0.</summary>
    public static int Run(Contenders contenders, string corpus, bool check)
    {
        if (Missing(contenders, corpus) is { } missing)
        {
            Console.WriteLine($"skipped: there is no `{missing}`, and nothing to measure without it");
            return 0;
        }

        List<Measured> measured = [.. StartUp(contenders), .. SideBySide(contenders, corpus), Growth(contenders, corpus)];
        Console.WriteLine();
        measured.ForEach(Console.WriteLine);
        return check && measured.Exists(m => !m.Met) ? 1 : 0;
    }

    private static string? Missing(Contenders contenders, string corpus) =>
        Directory.Exists(corpus)
            ? Array.Find(
                [contenders.PolicyLint, contenders.CfnGuard, contenders.GuardRules, "/usr/bin/time"],
                file => !File.Exists(file))
            : corpus;

    private static IEnumerable<Measured> StartUp(Contenders contenders)
    {
        var version = Repeat(2 * Pairs + 1, contenders.Version);
        var small = Repeat(2 * Pairs + 1, () => contenders.Scan("samples/good/template.yaml"));
        Tell("policylint --version", version);
        Tell("policylint, one small template", small);
        yield return Measured.AtMost("start-up: --version", version.Milliseconds, 80, " ms");
        yield return Measured.AtMost("start-up: one small template", small.Milliseconds, 150, " ms");
    }

    // In turn, because the speed of a machine drifts: only a ratio of neighbours counts.
    private static IEnumerable<Measured> SideBySide(Contenders contenders, string corpus)
    {
        List<ProcessRun> guards = [], scans = [], parses = [];
        contenders.Scan(corpus); // warms the file cache for all
        for (var pair = 0; pair < Pairs; pair++)
        {
            guards.Add(contenders.Guard(corpus));
            scans.Add(contenders.Scan(corpus));
            parses.Add(contenders.Parse(corpus));
        }

        var (guard, scan, parse) = (ProcessRun.Median(guards), ProcessRun.Median(scans), ProcessRun.Median(parses));
        Tell("cfn-guard, corpus", guard);
        Tell("policylint, corpus", scan);
        Tell("policylint, corpus, only parsed", parse);
        yield return Measured.AtLeast("corpus: as fast as cfn-guard", guard.Milliseconds / scan.Milliseconds, 3, "×");
        yield return Measured.AtMost("corpus: time of only parsing it", scan.Milliseconds / parse.Milliseconds, 2, "×");
        yield return Measured.AtMost("corpus: peak memory", scan.PeakMebibytes, guard.PeakMebibytes, " MiB");
    }

    private static Measured Growth(Contenders contenders, string corpus)
    {
        var folder = Directory.CreateTempSubdirectory("policylint-bench-");
        try
        {
            for (var copy = 0; copy < 10; copy++) Copy(corpus, Path.Combine(folder.FullName, $"{copy}"));
            List<ProcessRun> ones = [], tens = [];
            for (var pair = 0; pair < Pairs; pair++)
            {
                ones.Add(contenders.Scan(Path.Combine(folder.FullName, "0")));
                tens.Add(contenders.Scan(folder.FullName));
            }

            var (one, ten) = (ProcessRun.Median(ones), ProcessRun.Median(tens));
            Tell("policylint, ten times the corpus", ten);
            return Measured.AtMost("growth: time for ten times the files", ten.Milliseconds / one.Milliseconds, 11, "×");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessRun Repeat(int times, Func<ProcessRun> run) =>
        ProcessRun.Median([.. Enumerable.Range(0, times).Select(_ => run())]);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void Tell(string what, ProcessRun run) =>
        Console.WriteLine(Invariant($"{what,-34} {run.Milliseconds,9:0.0} ms {run.PeakMebibytes,7:0} MiB"));
}
