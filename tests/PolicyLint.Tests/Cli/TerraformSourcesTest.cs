namespace PolicyLint.Tests.Cli;

/// <summary>The sources of a plan are found beside it or where the user says, and findings stand on their lines.</summary>
public sealed class TerraformSourcesTest : IDisposable
{
    private const string Finding = ":29:8: error: everyone gets into bucket aws_s3_bucket.each[\"press\"]";
    private static readonly string Case = Repository.Path("tests/fixtures/terraform/for-each");
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    private static string Read(string file) => File.ReadAllText(Path.Combine(Case, file));

    [Theory]
    [InlineData("infra")]
    [InlineData("infra/plan.json")]
    public void Beside_the_plan(string path)
    {
        workspace.Write("infra/plan.json", Read("plan.json")).Write("infra/main.tf", Read("main.tf"));
        var answer = workspace.Run("scan", path);
        Assert.Equal((1, "infra/main.tf"), (answer.Code, answer.Output[..answer.Output.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains(Finding, answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_user_says()
    {
        workspace.Write("plans/plan.json", Read("plan.json")).Write("live/main.tf", Read("main.tf")).Write("other/main.tf", "resource \"aws_sns_topic\" \"t\" {}\n");
        Assert.Equal(0, workspace.Run("scan", "plans").Code);
        var answer = workspace.Run("scan", "plans", "--terraform-source", "other", "--terraform-source", "./live/");
        Assert.Contains($"live/main.tf{Finding}", answer.Output, StringComparison.Ordinal);
        Assert.Equal(1, answer.Code);
        Assert.DoesNotContain("without a plan", workspace.Run("scan", "plans", "live", "--terraform-source", "live").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there()
    {
        var answer = workspace.Run("scan", ".", "--terraform-source", "nowhere");
        Assert.Equal((2, "policylint: error: `--terraform-source nowhere` is no folder\n   help: name the folder of the root module that the plan was made of\n"), (answer.Code, answer.Error));
    }

    [Fact]
    public void A_folder_that_is_of_another_plan()
    {
        workspace.Write("plan.json", Read("plan.json")).Write("other/main.tf", "resource \"aws_sns_topic\" \"t\" {}\n");
        var answer = workspace.Run("scan", "plan.json", "--terraform-source", "other");
        Assert.Equal(3, answer.Code);
        Assert.Contains("plan.json:1:1: not judged: no resource of the plan is in `other`, which `--terraform-source` names", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_on_the_line_suppresses()
    {
        var main = Read("main.tf").Replace("    Statement = concat(\n", "    Statement = concat(\n      # policylint:ignore s3-bucket-public-access the press kit is for everyone\n", StringComparison.Ordinal);
        workspace.Write("plan.json", Read("plan.json")).Write("main.tf", main);
        var answer = workspace.Run("scan");
        Assert.Equal((0, "ok: 0 findings, 0 unknowns, 1 suppressed in 1 file with 5 resources\n"), (answer.Code, answer.Output));
    }

    [Fact]
    public void A_module_beside_the_root()
    {
        var folder = Repository.Path("tests/fixtures/terraform/module-wrong-service");
        var main = File.ReadAllText(Path.Combine(folder, "main.tf")).Replace("./modules/policy", "../modules/policy", StringComparison.Ordinal);
        workspace.Write("live/plan.json", File.ReadAllText(Path.Combine(folder, "plan.json"))).Write("live/main.tf", main)
            .Write("modules/policy/main.tf", File.ReadAllText(Path.Combine(folder, "modules/policy/main.tf")));
        Assert.StartsWith("modules/policy/main.tf:22:19: error: ", workspace.Run("scan", "live").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_was_fetched_is_told_where_it_is_called()
    {
        var folder = Repository.Path("tests/fixtures/terraform/module-wrong-service");
        var main = File.ReadAllText(Path.Combine(folder, "main.tf")).Replace("./modules/policy", "example/policy/aws", StringComparison.Ordinal);
        workspace.Write("live/plan.json", File.ReadAllText(Path.Combine(folder, "plan.json"))).Write("live/main.tf", main)
            .Write("live/.terraform/modules/modules.json", "{\"Modules\":[{\"Key\":\"policy\",\"Source\":\"example/policy/aws\",\"Version\":\"1.0.0\",\"Dir\":\".terraform/modules/policy\"}]}")
            .Write("live/.terraform/modules/policy/main.tf", File.ReadAllText(Path.Combine(folder, "modules/policy/main.tf")));
        var answer = workspace.Run("scan", "live");
        Assert.StartsWith("live/main.tf:9:1: error: aws_cloudfront_distribution.cdn gets 403 ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("   9 | module \"policy\" {\n     | ^^^^^^^^^^^^^^^\n", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_of_the_sources_is_told_where_it_matters_and_the_plan_is_judged()
    {
        var folder = Repository.Path("tests/fixtures/terraform/jsonencode-good");
        var main = File.ReadAllText(Path.Combine(folder, "main.tf"));
        workspace.Write("plan.json", File.ReadAllText(Path.Combine(folder, "plan.json"))).Write("main.tf", main);
        Assert.DoesNotContain("unknown:", workspace.Run("scan").Output, StringComparison.Ordinal);
        workspace.Write("main.tf", main.Replace("policy = jsonencode({", "policy = ~jsonencode({", StringComparison.Ordinal));
        var answer = workspace.Run("scan", "--verbose");
        Assert.Equal(0, answer.Code);
        Assert.Contains("its source could not be read (main.tf:12:12 broken HCL: expected a value, found `~`)", answer.Output.ReplaceLineEndings(" ").Replace("            ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("left alone main.tf: line 12 of this source: broken HCL: expected a value, found `~`", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_sources_without_a_plan_are_a_problem()
    {
        workspace.Write("live/main.tf.json", "{}");
        var answer = workspace.Run("scan");
        Assert.Equal(3, answer.Code);
        Assert.Contains("live", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_of_another_time_are_told()
    {
        workspace.Write("plan.json", Read("plan.json")).Write("main.tf", Read("main.tf").Replace("block_public_acls       = true", "block_public_acls       = false", StringComparison.Ordinal));
        var answer = workspace.Run("scan");
        Assert.Equal(3, answer.Code);
        Assert.Contains("main.tf:17:29: not judged: `block_public_acls` is `false` here, but `true` in the plan\n   help: plan again, so that the plan and its sources belong together\n", answer.Output, StringComparison.Ordinal);
    }
}
