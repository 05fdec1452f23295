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

        List<Measured> measured = [.. StartUp(contenders), ManyConditions(contenders), .. SideBySide(contenders, corpus), Growth(contenders, corpus)];
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
        const string template = "samples/good/template.yaml";
        var version = Repeat(2 * Pairs + 1, contenders.Version);
        List<ProcessRun> alls = [], twos = [];
        for (var pair = 0; pair < 2 * Pairs + 1; pair++)
        {
            alls.Add(contenders.Scan(template));
            twos.Add(contenders.ScanByTwo(template));
        }

        var (all, two) = (ProcessRun.Median(alls), ProcessRun.Median(twos));
        Tell("policylint --version", version);
        Tell("policylint, one small template", all);
        Tell("policylint, two rules, the same", two);
        yield return Measured.AtMost("start-up: --version", version.Milliseconds, 80, " ms");
        yield return Measured.AtMost("start-up: one small template", all.Milliseconds, 150, " ms");
        yield return Measured.AtMost("start-up: what all rules add to two", all.Milliseconds - two.Milliseconds, 30, " ms");
        yield return Measured.AtMost("start-up: methods that are compiled then", contenders.CompiledFor(template), 130, "");
    }

    private static Measured ManyConditions(Contenders contenders)
    {
        var folder = Directory.CreateTempSubdirectory("policylint-bench-");
        try
        {
            var template = Path.Combine(folder.FullName, "template.yaml");
            Benchmarks.ManyConditions.Write(template);
            var run = Repeat(Pairs, () => contenders.Scan(template));
            Tell("policylint, 40 conditions", run);
            return Measured.AtMost("500 resources and 40 conditions", run.Milliseconds, 1000, " ms");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // In turn, because the speed of a machine drifts: only a ratio of neighbours counts.
    private static IEnumerable<Measured> SideBySide(Contenders contenders, string corpus)
    {
        List<ProcessRun> guards = [], scans = [], twos = [], parses = [];
        contenders.Scan(corpus); // warms the file cache for all
        for (var pair = 0; pair < Pairs; pair++)
        {
            guards.Add(contenders.Guard(corpus));
            scans.Add(contenders.Scan(corpus));
            twos.Add(contenders.ScanByTwo(corpus));
            parses.Add(contenders.Parse(corpus));
        }

        var (guard, scan, two, parse) = (ProcessRun.Median(guards), ProcessRun.Median(scans), ProcessRun.Median(twos), ProcessRun.Median(parses));
        Tell("cfn-guard, corpus", guard);
        Tell("policylint, corpus", scan);
        Tell("policylint, two rules, corpus", two);
        Tell("policylint, corpus, only parsed", parse);
        yield return Measured.AtLeast("corpus: by two rules, as fast as cfn-guard", guard.Milliseconds / two.Milliseconds, 3, "×");
        yield return Measured.AtMost("corpus: by all rules, time of two", scan.Milliseconds / two.Milliseconds, 2, "×");
        yield return Measured.AtMost("corpus: by two rules, time of only parsing it", two.Milliseconds / parse.Milliseconds, 2, "×");
        yield return Measured.AtMost("corpus: peak memory", two.PeakMebibytes, guard.PeakMebibytes, " MiB");
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
