namespace PolicyLint.Benchmarks;

/// <summary>The two programs that are timed side by side, each by its path, and the rules that cfn-guard judges by.</summary>
internal sealed record Contenders(string PolicyLint, string CfnGuard, string GuardRules)
{
    public ProcessRun Version() => ProcessRun.Of(PolicyLint, ["--version"], 0);

    // The two rules that the project began with.
    private static readonly string[] Two = ["--rule", "cloudfront-origin-access", "--rule", "cross-account-put-ownership"];

    /// <summary>How many methods the runtime compiles for a scan: each takes as long as running hundreds that the publishing compiled.</summary>
    public int CompiledFor(string path)
    {
        var told = Path.GetTempFileName();
        try
        {
            ProcessRun.Of("env", ["DOTNET_JitDisasmSummary=1", $"DOTNET_JitStdOutFile={told}", PolicyLint, "scan", path], 0);
            return File.ReadLines(told).Count();
        }
        finally
        {
            File.Delete(told);
        }
    }

    // 3: a corpus of real files has some that cannot be read.
    public ProcessRun Scan(string path, params string[] choice) =>
        ProcessRun.Of(
            PolicyLint, ["scan", path, "--format", "json", "--output", "/dev/null", "--fail-on", "never", .. choice], 0, 3);

    public ProcessRun ScanByTwo(string path) => Scan(path, Two);

    public ProcessRun Parse(string path) => ProcessRun.Of(PolicyLint, ["parse", path], 0, 3);

    // 5 and 19 are cfn-guard's own codes for a file that it cannot read and for a rule that is not met.
    public ProcessRun Guard(string path) =>
        ProcessRun.Of(
            CfnGuard,
            ["validate", "-r", GuardRules, "-d", path, "-S", "none", "--structured", "-o", "json"],
            0, 5, 19);
}
