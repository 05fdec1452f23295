using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.Terraform;

/// <summary>What <c>aws_iam_policy_document</c> makes of its known and unknown parts, without sources.</summary>
public sealed class PolicyDocumentTests
{
    private static string Plan(string after, string unknown, string expressions) => $$"""
        {
          "format_version": "1.2",
          "resource_changes": [
            { "address": "data.aws_iam_policy_document.d", "mode": "data", "type": "aws_iam_policy_document", "name": "d", "change": { "actions": ["read"], "after": {{after}}, "after_unknown": {{unknown}} } },
            { "address": "data.aws_iam_policy_document.e", "mode": "data", "type": "aws_iam_policy_document", "name": "e", "change": { "actions": ["read"], "after": { "statement": [{ "sid": "S", "effect": "Deny", "actions": ["s3:*"] }] }, "after_unknown": { "json": true } } },
            { "address": "aws_x.y", "mode": "managed", "type": "aws_x", "name": "y", "change": { "actions": ["create"], "after": {}, "after_unknown": { "policy": true } } },
            { "address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "change": { "actions": ["create"], "after": {}, "after_unknown": { "arn": true } } }
          ],
          "configuration": { "root_module": { "resources": [
            { "address": "aws_x.y", "expressions": { "policy": { "references": ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"] } } },
            { "address": "data.aws_iam_policy_document.d", "expressions": {{expressions}} },
            { "address": "data.aws_iam_policy_document.e", "expressions": { "statement": [{}] } }, { "address": "aws_s3_bucket.b", "expressions": {} } ] } }
        }
        """;

    private static string Made(string after, string unknown = "{}", string expressions = "{}")
    {
        var written = new Written(Plan(after, unknown, expressions));
        var value = written.References.PropertiesOf(Assert.Single(written.References.InstancesOf("", "aws_x.y")))["policy"];
        var document = Assert.IsType<Value.Map>(Assert.IsType<Value.Unknown>(value).Likely);
        return Written.Shown(document["Statement"]);
    }

    [Theory]
    [InlineData("{ \"actions\": [\"a:b\"], \"effect\": null, \"sid\": null, \"resources\": [\"x&{aws:username}\"] }", "{\"Action\":[\"a:b\"],\"Effect\":\"Allow\",\"Resource\":[\"x${aws:username}\"]}")]
    [InlineData("{ \"effect\": \"\", \"actions\": [\"a:b\"] }", "{\"Action\":[\"a:b\"],\"Effect\":\"Allow\"}")]
    [InlineData("{ \"effect\": \"Deny\", \"not_actions\": [\"a:b\"], \"not_resources\": [\"r\"], \"not_principals\": [{ \"type\": \"AWS\", \"identifiers\": [\"p\"] }, { \"type\": \"AWS\", \"identifiers\": [\"q&{x}\"] }, { \"type\": \"Service\", \"identifiers\": [\"s\"] }] }", "{\"Effect\":\"Deny\",\"NotAction\":[\"a:b\"],\"NotPrincipal\":{\"AWS\":[\"p\",\"q${x}\"],\"Service\":[\"s\"]},\"NotResource\":[\"r\"]}")]
    [InlineData("{ \"principals\": [{ \"type\": \"*\", \"identifiers\": [\"*\"] }] }", "{\"Effect\":\"Allow\",\"Principal\":\"*\"}")]
    [InlineData("{ \"condition\": [{ \"test\": \"T\", \"variable\": \"v\", \"values\": [\"1\"] }, { \"test\": \"T\", \"variable\": \"v\", \"values\": [\"2\", \"&{k}\"] }, { \"test\": \"U\", \"variable\": \"v\", \"values\": [] }] }", "{\"Condition\":{\"T\":{\"v\":[\"1\",\"2\",\"${k}\"]},\"U\":{\"v\":[]}},\"Effect\":\"Allow\"}")]
    public void A_statement_is_what_the_provider_makes_of_it(string statement, string made) => Assert.Equal($"[{made}]", Made($"{{ \"statement\": [{statement}] }}"));

    [Fact]
    public void A_condition_of_which_the_operator_is_not_known_is_not_known() =>
        Assert.Equal(
            "[{\"Condition\":⟨the operator or the key of a condition is not known here⟩,\"Effect\":\"Allow\"}]",
            Made("{ \"statement\": [{ \"condition\": [{ \"variable\": \"v\", \"values\": [\"1\"] }] }] }", "{ \"statement\": [{ \"condition\": [{ \"test\": true }] }] }", "{ \"statement\": [{ \"condition\": [{ \"test\": { \"references\": [\"local.t\"] } }] }] }"));

    /// <summary>Conditions are a set: the plan has them in another order than the configuration.</summary>
    [Fact]
    public void A_block_of_a_set_has_the_expressions_of_its_own_block() =>
        Assert.Equal(
            "[{\"Condition\":{\"A\":{\"v\":[⟨it is known only after apply, built from `aws_s3_bucket.b.arn`⟩]},\"B\":{\"v\":[\"1\"]}},\"Effect\":\"Allow\"}]",
            Made(
                "{ \"statement\": [{ \"condition\": [{ \"test\": \"A\", \"variable\": \"v\", \"values\": [null] }, { \"test\": \"B\", \"variable\": \"v\", \"values\": [\"1\"] }] }] }",
                "{ \"statement\": [{ \"condition\": [{ \"values\": [true] }, {}] }] }",
                "{ \"statement\": [{ \"condition\": [{ \"test\": { \"constant_value\": \"B\" }, \"values\": { \"constant_value\": [\"1\"] } }, { \"test\": { \"constant_value\": \"A\" }, \"values\": { \"references\": [\"aws_s3_bucket.b.arn\", \"aws_s3_bucket.b\"] } }] }] }"));

    /// <summary>One <c>dynamic</c> block stands for several statements; what is unknown in any of them is not unset.</summary>
    [Fact]
    public void Every_statement_of_a_dynamic_block_has_its_expressions() =>
        Assert.Equal(
            "[{\"Action\":⟨it is known only after apply, built from `local.a`⟩,\"Effect\":\"Allow\",\"Sid\":\"p\"},{\"Action\":⟨it is known only after apply, built from `local.a`⟩,\"Effect\":\"Allow\",\"Sid\":\"q\"}]",
            Made("{ \"statement\": [{ \"sid\": \"p\" }, { \"sid\": \"q\" }] }", "{ \"statement\": [{ \"actions\": true }, { \"actions\": true }] }", "{ \"statement\": [{ \"sid\": { \"references\": [\"statement.key\"] }, \"actions\": { \"references\": [\"local.a\"] } }] }"));

    private const string Own = "\"statement\": [{ \"sid\": \"S\", \"actions\": [\"a:b\"] }, { \"actions\": [\"c:d\"] }]";

    [Theory]
    [InlineData("source_policy_documents", "{\"Action\":[\"a:b\"],\"Effect\":\"Allow\",\"Sid\":\"S\"},{\"Action\":[\"c:d\"],\"Effect\":\"Allow\"}")]
    [InlineData("override_policy_documents", "{\"Action\":[\"s3:*\"],\"Effect\":\"Deny\",\"Sid\":\"S\"},{\"Action\":[\"c:d\"],\"Effect\":\"Allow\"}")]
    public void Documents_are_merged_by_Sid(string merged, string made) =>
        Assert.Equal($"[{made}]", Made($"{{ {Own} }}", $"{{ \"{merged}\": true }}", $"{{ \"statement\": [{{}}, {{}}], \"{merged}\": {{ \"references\": [\"data.aws_iam_policy_document.e.json\", \"data.aws_iam_policy_document.e\"] }} }}"));

    [Theory]
    [InlineData("source_policy_documents", "⟨`source_policy_documents` merges a document that is not known: it is known only after apply, built from `local.x`⟩,{\"Action\":[\"a:b\"],\"Effect\":\"Allow\",\"Sid\":\"S\"},{\"Action\":[\"c:d\"],\"Effect\":\"Allow\"}")]
    [InlineData("override_json", "⟨another statement, which is not known, may take the place of `S`⟩,{\"Action\":[\"c:d\"],\"Effect\":\"Allow\"},⟨`override_json` merges a document that is not known: it is known only after apply, built from `local.x`⟩")]
    public void A_document_that_is_not_known_leaves_the_rest(string merged, string made) =>
        Assert.Equal($"[{made}]", Made($"{{ {Own} }}", $"{{ \"{merged}\": true }}", $"{{ \"statement\": [{{}}, {{}}], \"{merged}\": {{ \"references\": [\"local.x\"] }} }}"));
}
