using System.Diagnostics;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Benchmarks;

/// <summary>The time of reading templates into nodes beside that of reading them into a graph, everything resolved.</summary>
internal static class ResolutionBenchmark
{
    private const int Pairs = 9;

    /// <summary>Prints the two times; 1 when <paramref name="check"/> is set and resolution more than doubles the time, else 0.</summary>
    public static int Run(string corpus, bool check)
    {
        if (!Directory.Exists(corpus))
        {
            Console.WriteLine($"skipped: there is no `{corpus}`, and nothing to measure without it");
            return 0;
        }

        var inputs = Directory.GetFiles(corpus, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ToInput).ToList();
        var kinds = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).Select(f => f.WithoutExamples()), []).Kinds;
        var wanted = new Wanted(Deployment.Unsaid, kinds, new HashSet<string>()) { Everything = true };
        List<double> parsed = [], resolved = [];
        for (var pair = 0; pair <= Pairs; pair++)
        {
            var (parse, resolve) = (Milliseconds(() => DocumentReader.ReadAll(inputs)), Milliseconds(() => GraphReader.Read(inputs, wanted, [])));
            if (pair == 0) continue; // nothing is compiled yet
            parsed.Add(parse);
            resolved.Add(resolve);
        }

        Console.WriteLine($"parsed {Median(parsed):0} ms, parsed and resolved {Median(resolved):0} ms, {inputs.Count} files in memory");
        var measured = Measured.AtMost("resolution: time of only parsing", Median(parsed.Zip(resolved, (p, r) => r / p)), 2, "×");
        Console.WriteLine(measured);
        return check && !measured.Met ? 1 : 0;
    }

    private static Input ToInput(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new Input(path, Named: false, () => bytes);
    }

    private static double Milliseconds(Action run)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
