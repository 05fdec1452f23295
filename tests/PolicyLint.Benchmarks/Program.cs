using PolicyLint.Benchmarks;

return args switch
{
    ["process", var policylint, var cfnGuard, var corpus, var guardRules, .. var rest] =>
        ProcessBenchmark.Run(new Contenders(policylint, cfnGuard, guardRules), corpus, check: rest is ["--check"]),
    ["decisions", .. var rest] => DecisionBenchmark.Run(check: rest is ["--check"]),
    ["resolution", var corpus, .. var rest] => ResolutionBenchmark.Run(corpus, check: rest is ["--check"]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: process POLICYLINT CFN-GUARD CORPUS GUARD-RULES [--check], decisions [--check], or resolution CORPUS [--check]");
    return 2;
}
