using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLint.Cli;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Cli;

/// <summary>Whatever is wrong with an input is told with its place, ends in exit 3, and keeps nothing else from being judged.</summary>
public sealed class BadInputTest : IDisposable
{
    private const string Bucket = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n";
    private static readonly string[] Formats = ["text", "json", "sarif", "github"];
    private readonly Workspace workspace = new();

    public BadInputTest() => workspace.Write("beside.yaml", Workspace.Beside);

    public void Dispose() => workspace.Dispose();

    public static TheoryData<string, string, string, string> Faults() => new()
    {
        { "a.yaml", $"{Bucket}   B: [\n", "a.yaml:4:4", "broken YAML: while parsing a block mapping, did not find expected key" },
        { "a.yaml", $"{Bucket}    Properties: {{ BucketName: \"x\n", "a.yaml:4:31", "broken YAML: while scanning a quoted scalar, found unexpected end of stream" },
        { "a.yaml", $"{Bucket}  A:\n    Type: AWS::SNS::Topic\n", "a.yaml:4:3", "key `A` appears twice in one map, first on line 2 | remove one of the two: only one of them would take effect" },
        { "a.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\",,}}}", "a.json:1:48", "broken JSON: ',' is an invalid start of a property name. Expected a '\"'" },
        { "a.json", "{\n  \"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"}},\n", "a.json:3:1", "broken JSON: Expected start of a property name or value, but instead reached end of data" },
        { "a.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"}}} }", "a.json:1:51", "broken JSON: '}' is invalid after a single JSON value. Expected end of data" },
        { "a.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\", \"Type\": \"AWS::SNS::Topic\"}}}", "a.json:1:49", "key `Type` appears twice in one map, first on line 1 | remove one of the two: only one of them would take effect" },
        { "a.yaml", "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters: {}\n", "a.yaml:1:1", "the template has no `Resources` | add at least one resource, or leave the file out" },
        { "a.yaml", $"{Bucket}  B:\n    Properties: {{}}\n", "a.yaml:4:3", "resource `B` has no `Type` | add `Type: AWS::Service::Resource`" },
        { "a.yaml", $"{Bucket}  B: text\n", "a.yaml:4:3", "resource `B` must be a map | give it a `Type`" },
        { "a.yaml", $"{Bucket}  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref A\n      PolicyDocument: '{{\"Statement\": [}}'\n", "a.yaml:8:23", "the policy is a text of broken JSON: '}' is an invalid start of a value | mend the JSON inside the text" },
        { "a.yaml", $"{Bucket}    Properties:\n      BucketName: !Ref Nmae\nParameters:\n  Name: {{ Type: String }}\n", "a.yaml:5:24", "`Nmae` is neither a parameter nor a resource of this template | did you mean `Name`?" },
        { "a.yaml", $"{Bucket}    Properties:\n      BucketName: !Sub \"x-${{Nmae}}\"\nParameters:\n  Name: {{ Type: String }}\n", "a.yaml:5:27", "`Nmae` is neither a parameter nor a resource of this template | did you mean `Name`?" },
        { "a.yaml", $"{Bucket}    Properties:\n      BucketName: !Join [a]\n", "a.yaml:5:19", "`Fn::Join` takes a delimiter and a list" },
        { "a.yaml", $"{Bucket}    Properties:\n      BucketName: !Jion [\"\", [a]]\n", "a.yaml:5:19", "`Fn::Jion` is no intrinsic function of CloudFormation | did you mean `Fn::Join`?" },
        { "a.yaml", $"{Bucket}    Condition: IsProd\nConditions:\n  IsPord: !Equals [a, b]\n", "a.yaml:4:16", "condition `IsProd` is not in `Conditions` | did you mean `IsPord`?" },
        { "plan.json", "{\"format_version\":\"2.0\",\"resource_changes\":[]}", "plan.json:1:19", "plan format version `2.0` is not one that PolicyLint knows (0.x and 1.x) | update PolicyLint, or write the plan with a Terraform that it knows" },
        { "plan.json", "{\"format_version\":\"1.2\",\"errored\":true,\"resource_changes\":[]}", "plan.json:1:35", "the plan is incomplete: `errored` is true | mend what `terraform plan` complained of, and plan again" },
        { "plan.json", "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"a\"}]}", "plan.json:1:45", "an entry of `resource_changes` lacks its `address`, `type` or `change` | write the plan again with `terraform show -json`" },
        { "a.yaml", "Resources:\n  A: { Type: \"AWS::S3::Bucket\" }\n  x: " + new string('[', 10_000) + new string(']', 10_000), "a.yaml:3:261", "nested deeper than 256 levels | flatten the document" },
        { "a.yaml", "Resources:\n  A: { Type: \"AWS::S3::Bucket\" }\n  x:\n    " + string.Concat(Enumerable.Repeat("- ", 10_000)) + "a", "a.yaml:4:515", "nested deeper than 256 levels | flatten the document" },
        { "a.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"}, \"x\": " + new string('[', 10_000) + new string(']', 10_000) + "}}", "a.json:1:309", "broken JSON: nested deeper than 256 levels" },
        { "a.yaml", Bombs.Aliases, "a.yaml:9:17", "more than 2000000 nodes once its aliases are expanded | write the repeated parts out, or split the file" },
        { "a.yaml", Bombs.DeepAliases, "a.yaml:5:111", "nested deeper than 256 levels | flatten the document" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_told_at_its_place_and_the_file_beside_it_is_judged(string file, string text, string place, string told)
    {
        workspace.Write(file, text);
        IsTold(place, told);
    }

    [Fact]
    public void Bytes_that_are_no_text()
    {
        workspace.Write("a.yaml", [.. Encoding.UTF8.GetBytes($"{Bucket}# gr"), 0xFC, (byte)'n', (byte)'\n']);
        IsTold("a.yaml:4:5", "not UTF-8: found the byte 0xFC | save the file as UTF-8");
    }

    [Fact]
    public void Half_of_a_UTF_16_text()
    {
        workspace.Write("a.yaml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Bucket), 0x41]);
        IsTold("a.yaml:1:1", "not UTF-16, although its first two bytes say so | save the file as UTF-8", "a.yaml");
    }

    [Fact]
    public void An_empty_file_that_was_named()
    {
        workspace.Write("a.yaml", "");
        IsTold("a.yaml:1:1", "the file is empty | write the template, or leave the file out", "a.yaml");
    }

    [Fact]
    public void A_saved_plan()
    {
        workspace.Write("plan.tfplan", [.. "PK\u0003\u0004"u8, 0, 1, 2]);
        IsTold("plan.tfplan:1:1", "a binary file, perhaps a saved plan | run `terraform show -json FILE > plan.json` and scan that", "plan.tfplan");
    }

    [Fact]
    public void A_YAML_file_of_50_MB()
    {
        workspace.Write("a.yaml", Bucket + new string('#', 50 * 1024 * 1024));
        IsTold("a.yaml:1:1", "50 MB is more than the 16 MB that PolicyLint reads of such a file | CloudFormation takes templates up to 1 MB; split the file");
    }

    [Fact]
    public void A_missing_path() => IsTold("nowhere/x.yaml:1:1", "there is no such file or folder | check the path", "nowhere/x.yaml");

    [Fact]
    public void A_file_that_links_to_itself()
    {
        File.CreateSymbolicLink(workspace.PathOf("loop.yaml"), "loop.yaml");
        IsTold("loop.yaml:1:1", "cannot be read: Too many levels of symbolic links");
    }

    [Fact]
    public void A_folder_that_links_to_itself_is_read_once()
    {
        Directory.CreateDirectory(workspace.PathOf("z"));
        Directory.CreateSymbolicLink(workspace.PathOf("again"), ".");
        Directory.CreateSymbolicLink(workspace.PathOf("z/up"), "..");
        var answer = workspace.Run("scan", ".");
        Assert.Equal(1, answer.Code);
        Assert.Contains("failed: 1 finding, 0 unknowns in 1 file with 1 resource\n", answer.Output, StringComparison.Ordinal);
        Assert.StartsWith("beside.yaml:8:13: error: ", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_may_not_be_read()
    {
        if (!OperatingSystem.IsLinux()) return;
        Directory.CreateDirectory(workspace.PathOf("closed"));
        File.SetUnixFileMode(workspace.PathOf("closed"), UnixFileMode.None);
        File.SetUnixFileMode(workspace.Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        var walk = new FileWalk(workspace.Folder, [], []);
        AsNobody(() => walk.Add("."));
        Assert.Equal(
            new Problem(Location.StartOf("closed"), "the folder cannot be read: access is denied", "give the right to read it, or leave it out with `--exclude`"),
            Assert.Single(walk.Problems));
        Assert.Equal(["beside.yaml"], walk.Inputs.Select(i => i.Path));
    }

    [Fact]
    public void Terraform_sources_without_a_plan()
    {
        workspace.Write("infra/main.tf", "");
        workspace.Write("infra/modules/site/main.tf", "");
        IsTold("infra:1:1", "Terraform sources without a plan beside them: nothing here was judged"
            + " | run `terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json` in infra, and scan again");
    }

    [Fact]
    public void Nothing_to_scan()
    {
        Directory.CreateDirectory(workspace.PathOf("empty"));
        foreach (var format in Formats) Assert.Equal(3, workspace.Run("scan", "empty", "--format", format).Code);
        Assert.Equal(
            """
            .:1:1: not judged: no template and no plan was found
               help: name a file, or a folder that holds one; `--verbose` lists what was left alone

            could not judge everything: 0 findings, 0 unknowns, 1 problem in 0 files with 0 resources

            """, workspace.Run("scan", "empty").Output);
    }

    [Fact]
    public void An_output_that_cannot_be_written()
    {
        var answer = workspace.Run("scan", ".", "--output", "none/report.txt");
        Assert.Equal(3, answer.Code);
        Assert.Equal(
            $"none/report.txt:1:1: error: the report cannot be written: Could not find a part of the path '{workspace.PathOf("none/report.txt")}'\n   help: choose another `--output`\n", answer.Error);
        Directory.CreateDirectory(workspace.PathOf("folder"));
        Assert.Equal(3, workspace.Run("scan", ".", "--format", "sarif", "-o", "folder").Code);
    }

    /// <summary>The problem stands in every format, with exit 3, beside the finding of the file that is in order.</summary>
    private void IsTold(string place, string told, params string[] named)
    {
        var (message, help) = told.Split(" | ") is [var m, var h] ? (m, h) : (told, "");
        var answers = Formats.Select(f => workspace.Run(["scan", .. named, ".", "--format", f])).ToList();
        Assert.All(answers, a => Assert.Equal(3, a.Code));
        Assert.All(answers, a => Assert.Equal("", a.Error));
        Assert.All(answers, a => Assert.Contains("iam-no-star-admin", a.Output, StringComparison.Ordinal));
        Assert.Contains($"\n{place}: not judged: {message}\n{(help.Length > 0 ? $"   help: {help}\n" : "")}{(message.Contains("twice", StringComparison.Ordinal) ? "   see also " : "\n")}", $"\n{answers[0].Output}", StringComparison.Ordinal);
        Assert.Contains("beside.yaml:8:13: error: Admin allows everything on everything [iam-no-star-admin]\n", answers[0].Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(answers[1].Output);
        Assert.Contains(json.RootElement.GetProperty("problems").EnumerateArray(), p =>
            $"{p.GetProperty("file")}:{p.GetProperty("line")}:{p.GetProperty("column")}" == place
            && p.GetProperty("message").GetString() == message && p.GetProperty("help").GetString() == help);
        using var sarif = JsonDocument.Parse(answers[2].Output);
        var invocation = sarif.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Contains(invocation.GetProperty("toolExecutionNotifications").EnumerateArray(), n =>
            n.GetProperty("message").GetProperty("text").GetString() == (help.Length > 0 ? $"{message}: {help}." : $"{message}."));
        Assert.Contains($"::error file={place.Split(':')[0]},line={place.Split(':')[1]},col={place.Split(':')[2]},title=not judged::", answers[3].Output, StringComparison.Ordinal);
    }

    /// <summary>Root may read everything: on Linux a thread's file access can be somebody else's. The thread is of its own, and
    /// starts no others, which would keep that user.</summary>
    private static void AsNobody(Action action)
    {
        var thread = new Thread(() =>
        {
            if (Environment.UserName == "root") _ = SetFileUser(65534);
            action();
        });
        thread.Start();
        thread.Join();
    }

    [DllImport("libc", EntryPoint = "setfsuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileUser(uint user);
}

/// <summary>Small files that grow when they are read.</summary>
internal static class Bombs
{
    /// <summary>Each anchor repeats the one before it nine times.</summary>
    public static string Aliases { get; } = "Resources:\n  A: { Type: \"AWS::S3::Bucket\" }\n  x0: &a0 [z, z, z, z, z, z, z, z, z]\n"
        + string.Concat(Enumerable.Range(1, 11).Select(i => $"  x{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

    /// <summary>Each anchor holds the one before it a hundred levels further down.</summary>
    public static string DeepAliases { get; } = $"Resources:\n  A: {{ Type: \"AWS::S3::Bucket\" }}\n  x0: &a0 {Nested("")}\n"
        + string.Concat(Enumerable.Range(1, 2000).Select(i => $"  x{i}: &a{i} {Nested($"*a{i - 1}")}\n"));

    private static string Nested(string inner) => $"{new string('[', 100)}{inner}{new string(']', 100)}";
}
