using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>What there is after the apply: actions, what is destroyed or only forgotten, what other parts of a plan add.</summary>
public sealed class PlanTests
{
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).Kinds;

    private const string Bucket = "{\"address\":\"aws_s3_bucket.b\",\"mode\":\"managed\",\"type\":\"aws_s3_bucket\",\"name\":\"b\",\"change\":{\"actions\":[\"no-op\"],\"after\":{\"bucket\":\"mine\",\"id\":\"mine\",\"policy\":\"{\\\"Statement\\\":[]}\"}}}";

    private static Graph Read(string changes, string rest = "", Deployment? deployment = null)
    {
        var plan = $"{{\"format_version\":\"1.2\",\"resource_changes\":[{changes}]{rest}}}";
        var document = DocumentReader.Read(new Input("plan.json", Named: true, () => Encoding.UTF8.GetBytes(plan))).Document!;
        var problems = new List<Problem>();
        var graph = GraphReader.Read(document, new Wanted(deployment ?? Deployment.Unsaid, Shipped, new HashSet<string>()) { Everything = true }, problems);
        Assert.Empty(problems);
        return graph;
    }

    private static string Change(string address, string actions, string before, string after, string more = "")
    {
        var words = address.Split('.');
        var (mode, type, name) = words[0] == "data" ? ("data", words[1], words[2]) : ("managed", words[^2], words[^1]);
        return $"{{\"address\":\"{address}\",\"mode\":\"{mode}\",\"type\":\"{type}\",\"name\":\"{name.Split('[')[0]}\"{more},\"change\":{{\"actions\":[{actions}],\"before\":{before},\"after\":{after},\"after_unknown\":{{}}}}}}";
    }

    private static string Field(Graph graph, string address, string field)
    {
        var resource = Assert.Single(graph.Resources, r => r.Address == address);
        return string.Join(" + ", new Fields(graph).ReadEverywhere(resource, resource.Kind!.Fields[field]!, Scenario.Start()).Select(s => Written.Shown(s.Value)));
    }

    private static string First(Graph graph, string address, string field)
    {
        var resource = Assert.Single(graph.Resources, r => r.Address == address);
        return Written.Shown(new Fields(graph).Read(resource, resource.Kind!.Fields[field]!, Scenario.Start()));
    }

    [Theory]
    [InlineData("aws_s3_bucket_policy.p", "{\"bucket\":\"mine\",\"policy\":\"{}\"}", "policy", "\"\"")]
    [InlineData("aws_s3_bucket_policy.p", "{\"bucket\":\"other\",\"policy\":\"{}\"}", "policy", "\"{\\\"Statement\\\":[]}\"")]
    [InlineData("aws_s3_bucket_public_access_block.p", "{\"bucket\":\"mine\",\"block_public_acls\":true,\"restrict_public_buckets\":true}", "restrictPublicBuckets", "false")]
    [InlineData("aws_s3_bucket_public_access_block.p", "{\"bucket\":\"mine\",\"restrict_public_buckets\":true,\"skip_destroy\":true}", "restrictPublicBuckets", "true")]
    [InlineData("aws_s3_bucket_ownership_controls.p", "{\"bucket\":\"mine\",\"rule\":[{\"object_ownership\":\"ObjectWriter\"}]}", "ownership", "⟨`aws_s3_bucket.b` was there before and keeps the `ownership` that it had, which the input does not show⟩")]
    [InlineData("aws_s3_bucket_server_side_encryption_configuration.p", "{\"bucket\":\"mine\",\"rule\":[{\"apply_server_side_encryption_by_default\":[{\"sse_algorithm\":\"aws:kms\"}]}]}", "encryption", "\"AES256\"")]
    [InlineData("aws_s3_bucket_website_configuration.p", "{\"bucket\":\"mine\"}", "website", "null")]
    [InlineData("aws_s3_bucket_acl.p", "{\"bucket\":\"mine\",\"acl\":\"public-read\"}", "acl", "\"public-read\"")]
    public void What_is_destroyed_is_no_more_in_force_unless_the_provider_leaves_it(string address, string before, string field, string value) =>
        Assert.Equal(value, First(Read(Bucket + "," + Change(address, "\"delete\"", before, "null")), "aws_s3_bucket.b", field));

    [Fact]
    public void A_new_bucket_has_the_defaults_although_something_of_the_old_one_is_destroyed()
    {
        var bucket = Change("aws_s3_bucket.b", "\"delete\",\"create\"", "{\"bucket\":\"mine\"}", "{\"bucket\":\"mine\"}");
        var block = Change("aws_s3_bucket_public_access_block.p", "\"delete\"", "{\"bucket\":\"mine\",\"restrict_public_buckets\":true}", "null");
        Assert.Equal("null", First(Read(bucket + "," + block), "aws_s3_bucket.b", "restrictPublicBuckets"));
    }

    [Fact]
    public void What_is_forgotten_stays_in_force()
    {
        var policy = Change("aws_s3_bucket_policy.p", "\"forget\"", "{\"bucket\":\"mine\",\"policy\":\"{\\\"Id\\\":\\\"old\\\"}\"}", "null");
        Assert.Equal("\"{\\\"Id\\\":\\\"old\\\"}\"", First(Read(Bucket + "," + policy), "aws_s3_bucket.b", "policy"));
    }

    [Theory]
    [InlineData("\"delete\",\"create\"")]
    [InlineData("\"create\",\"delete\"")]
    [InlineData("\"update\"")]
    [InlineData("\"no-op\"")]
    [InlineData("\"create\"")]
    [InlineData("\"create\",\"forget\"")]
    public void What_is_replaced_updated_or_left_alone_is_as_the_plan_has_it(string actions)
    {
        var policy = Change("aws_s3_bucket_policy.p", actions, "{\"bucket\":\"mine\",\"policy\":\"old\"}", "{\"bucket\":\"mine\",\"policy\":\"new\"}");
        Assert.Equal("\"new\"", First(Read(Bucket + "," + policy), "aws_s3_bucket.b", "policy"));
    }

    [Fact]
    public void Destroyed_and_created_for_one_bucket_has_no_order()
    {
        var old = Change("aws_s3_bucket_policy.old", "\"delete\"", "{\"bucket\":\"mine\",\"policy\":\"old\"}", "null");
        var made = Change("aws_s3_bucket_policy.made", "\"create\"", "null", "{\"bucket\":\"mine\",\"policy\":\"new\"}");
        Assert.Equal(
            "⟨`aws_s3_bucket_policy.old` is destroyed and `aws_s3_bucket_policy.made` is created for the same resource, and which of the two comes last is up to Terraform: a `moved` block would keep the one that is there⟩",
            First(Read($"{Bucket},{old},{made}"), "aws_s3_bucket.b", "policy"));
    }

    [Fact]
    public void A_deposed_object_is_not_the_resource()
    {
        var policy = Change("aws_s3_bucket_policy.p", "\"no-op\"", "{}", "{\"bucket\":\"mine\",\"policy\":\"new\"}");
        var deposed = Change("aws_s3_bucket_policy.p", "\"delete\"", "{\"bucket\":\"mine\",\"policy\":\"old\"}", "null", ",\"deposed\":\"0a1b2c3d\"");
        Assert.Equal("\"new\"", First(Read($"{Bucket},{policy},{deposed}"), "aws_s3_bucket.b", "policy"));
    }

    [Fact]
    public void What_is_deferred_to_a_later_apply_is_judged()
    {
        var deferred = Change("aws_s3_bucket_policy.p", "\"create\"", "null", "{\"bucket\":\"mine\",\"policy\":\"new\"}");
        var graph = Read(Bucket, $",\"complete\":false,\"deferred_changes\":[{{\"reason\":\"provider_config_unknown\",\"resource_change\":{deferred}}}]");
        Assert.Equal("\"new\"", First(graph, "aws_s3_bucket.b", "policy"));
    }

    [Fact]
    public void What_a_targeted_plan_leaves_alone_is_there_as_it_was_and_what_has_moved_is_there_once()
    {
        const string Prior = """
            ,"complete":false,"prior_state":{"values":{"root_module":{"resources":[
              {"address":"aws_s3_bucket_policy.p","mode":"managed","type":"aws_s3_bucket_policy","name":"p","values":{"bucket":"mine","policy":"left"}},
              {"address":"aws_s3_bucket.old","mode":"managed","type":"aws_s3_bucket","name":"old","values":{"bucket":"mine"}}]}}}
            """;
        var graph = Read(Bucket.Replace("\"mode\"", "\"previous_address\":\"aws_s3_bucket.old\",\"mode\"", StringComparison.Ordinal), Prior);
        Assert.Equal("\"left\"", First(graph, "aws_s3_bucket.b", "policy"));
        Assert.Equal(["aws_s3_bucket.b", "aws_s3_bucket_policy.p"], graph.Resources.Select(r => r.Address).Order());
    }

    private const string Role = "\"name\":\"r\",\"managed_policy_arns\":[\"arn:a\",\"arn:b\"],\"inline_policy\":[{\"name\":\"p\",\"policy\":\"old\"},{\"name\":\"q\",\"policy\":\"by hand\"}]";

    [Theory]
    [InlineData("aws_iam_role_policy_attachment.x", "\"delete\"", "{\"role\":\"r\",\"policy_arn\":\"arn:a\"}", "null", "managed", "[\"arn:b\"]")]
    [InlineData("aws_iam_role_policy_attachment.x", "\"forget\"", "{\"role\":\"r\",\"policy_arn\":\"arn:a\"}", "null", "managed", "[\"arn:b\"] + \"arn:a\"")]
    [InlineData("aws_iam_role_policy_attachment.x", "\"delete\",\"create\"", "{\"role\":\"r\",\"policy_arn\":\"arn:a\"}", "{\"role\":\"r\",\"policy_arn\":\"arn:c\"}", "managed", "[\"arn:b\"] + \"arn:c\"")]
    [InlineData("aws_iam_role_policy_attachment.x", "\"delete\"", "{\"role\":\"s\",\"policy_arn\":\"arn:a\"}", "null", "managed", "[\"arn:a\",\"arn:b\"]")]
    [InlineData("aws_iam_policy_attachment.x", "\"update\"", "{\"roles\":[\"r\",\"s\"],\"policy_arn\":\"arn:b\"}", "{\"roles\":[\"s\"],\"policy_arn\":\"arn:b\"}", "managed", "[\"arn:a\"]")]
    [InlineData("aws_iam_role_policy.x", "\"update\"", "{\"role\":\"r\",\"name\":\"p\",\"policy\":\"old\"}", "{\"role\":\"r\",\"name\":\"p\",\"policy\":\"new\"}", "documents", "[\"by hand\"]")]
    [InlineData("aws_iam_role_policy.x", "\"delete\"", "{\"role\":\"r\",\"name\":\"p\",\"policy\":\"old\"}", "null", "documents", "[\"by hand\"]")]
    public void What_others_put_on_a_role_is_told_by_them(string address, string actions, string before, string after, string field, string value) =>
        Assert.Equal(value, Field(Read(Change("aws_iam_role.r", "\"no-op\"", $"{{{Role}}}", $"{{{Role}}}") + "," + Change(address, actions, before, after)), "aws_iam_role.r", field));

    [Fact]
    public void An_ACL_that_changes_is_what_it_changes_to()
    {
        const string Grant = "[{\"permission\":\"READ\",\"grantee\":[{\"uri\":\"http://acs.amazonaws.com/groups/global/AllUsers\"}]}]";
        var bucket = Change("aws_s3_bucket.b", "\"no-op\"", "{}", $"{{\"bucket\":\"mine\",\"grant\":{Grant},\"acl\":\"public-read\"}}");
        var acl = Change("aws_s3_bucket_acl.a", "\"update\"", "{}", $"{{\"bucket\":\"mine\",\"acl\":\"private\",\"access_control_policy\":[{{\"grant\":{Grant}}}]}}");
        const string Configuration = ",\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_s3_bucket.b\",\"expressions\":{}},{\"address\":\"aws_s3_bucket_acl.a\",\"expressions\":{\"acl\":{\"constant_value\":\"private\"}}}]}}";
        var graph = Read($"{bucket},{acl}", Configuration);
        Assert.Equal(("\"private\"", "null"), (First(graph, "aws_s3_bucket.b", "acl"), First(graph, "aws_s3_bucket.b", "aclGrants")));
    }

    [Theory]
    [InlineData("aws.east", "us-east-1", "111122223333")]
    [InlineData("aws.other", "eu-west-1", "444455556666")]
    [InlineData("aws", "eu-central-1", "111122223333")]
    [InlineData("aws.profile", "eu-west-2", "⟨AWS::AccountId⟩")]
    [InlineData("module.m:aws", "⟨AWS::Region⟩", "⟨AWS::AccountId⟩")]
    public void A_resource_is_where_its_provider_works(string provider, string region, string account)
    {
        const string Providers = """
            ,"variables":{"where":{"value":"eu-west-1"}},"configuration":{"provider_config":{
              "aws":{"name":"aws","expressions":{"region":{"constant_value":"eu-central-1"},"assume_role":[{"role_arn":{"constant_value":"arn:aws:iam::111122223333:role/deploy"}}]}},
              "aws.east":{"name":"aws","alias":"east","expressions":{"region":{"constant_value":"us-east-1"}}},
              "aws.profile":{"name":"aws","alias":"profile","expressions":{"region":{"constant_value":"eu-west-2"},"profile":{"constant_value":"prod"}}},
              "aws.other":{"name":"aws","alias":"other","expressions":{"region":{"references":["var.where"]},"assume_role":[{"role_arn":{"constant_value":"arn:aws:iam::444455556666:role/deploy"}}]}}},
             "root_module":{"resources":[{"address":"aws_sqs_queue.q","provider_config_key":"KEY","expressions":{}}]}}
            """;
        var graph = Read(Change("aws_sqs_queue.q", "\"create\"", "null", "{\"name\":\"q\"}"), Providers.Replace("KEY", provider, StringComparison.Ordinal));
        Assert.Equal($"arn:aws:sqs:{region}:{account}:q", Assert.Single(graph.Resources).Identify("arn").ToString());
    }

    [Fact]
    public void A_resource_may_name_its_region_itself() =>
        Assert.Equal("arn:aws-cn:sqs:cn-north-1:⟨AWS::AccountId⟩:q", Assert.Single(Read(Change("aws_sqs_queue.q", "\"create\"", "null", "{\"name\":\"q\",\"region\":\"cn-north-1\"}")).Resources).Identify("arn").ToString());

    [Fact]
    public void An_imported_bucket_was_there_before()
    {
        var graph = Read(Bucket.Replace("\"actions\"", "\"importing\":{\"id\":\"mine\"},\"actions\"", StringComparison.Ordinal));
        Assert.Equal(Truth.No, Assert.Single(graph.Resources).Created);
    }
}
