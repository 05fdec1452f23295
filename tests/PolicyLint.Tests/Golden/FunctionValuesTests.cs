using System.Text.Json;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.CloudFormation;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Templates of another tool's tests, each with the value that a function has there. That tool asks an account for what
/// the template does not say; what it was answered is given here as parameters, exports and the deploy.</summary>
public sealed class FunctionValuesTests
{
    private static readonly Kinds Shipped = RuleSetReader.Read(RuleFile.Shipped(), []).Kinds;

    private const string Account = "that tool asks the account; here it stays a symbol that names the stored parameter";
    private const string Made = "that tool makes names up; here what AWS makes or nobody says is a symbol";
    private const string Misplaced = "CloudFormation does not take `Fn::If` in `Conditions`";

    /// <summary>What differs on purpose: what is given here, and why.</summary>
    private static readonly Dictionary<string, (string Given, string Why)> Differing = new(StringComparer.Ordinal)
    {
        ["WhenEvaluatingPolicyWithDynamicReference.test_simple_reference"] = ("⟨{{resolve:ssm:/my/parameter1:1}}⟩", Account),
        ["WhenEvaluatingPolicyWithDynamicReference.test_nested_reference"] = ("⟨{{resolve:ssm:/given/name:1}}⟩", Account),
        ["WhenEvaluatingPolicyWithDynamicReference.test_no_parameter_with_name_exists"] = ("⟨{{resolve:ssm:/my/parameter:3}}⟩", Account),
        ["WhenEvaluatingPolicyWithDynamicReference.test_dynamic_reference_with_no_version"] = ("⟨{{resolve:ssm:MyParameter}}⟩", "CloudFormation takes the latest version since"),
        ["WhenEvaluatingPolicyWithSecretDynamicReference.test_dynamic_reference_is_ignored"] = ("⟨{{resolve:secretsmanager:/my/parameter1:1}}⟩", "the text is not the reference but the secret behind it"),
        ["WhenEvaluatingAPolicyWithAGetAttForAnArn.test_returns_arn"] = ("arn:aws:lambda:us-east-1:123456789012:function:⟨ResourceB⟩", Made),
        ["WhenEvaluatingAPolicyWithAGetAttForCloudFrontOriginAccessIdentityS3CanonicalUserId.test_returns_property_value"] = ("⟨ResourceB⟩", Made),
        ["WhenEvaluatingAPolicyWithARefToStackId.test_returns_the_stack_id"] = ("⟨AWS::StackId⟩", Made),
        ["WhenEvaluatingAPolicyWithARefToAResource.test_returns_the_resource_name"] = ("⟨IAMRole⟩", Made),
        ["WhenEvaluatingAPropertyWithASubThatResolvesToRef.test_returns_arn"] = ("arn:aws:kafka:us-east-1:123456789012:cluster/⟨ResourceB⟩/⟨ResourceB⟩", Made),
        ["WhenEvaluatingAPolicyWithAGetAttToACustomResource.test_raises_helpful_error_for_custom_prefix"] = ("⟨MyCustomResource.Arn⟩", Made),
        ["WhenEvaluatingTemplateWithARefToAParameterThatIsNotPassedIn.test_raises_exception"] = ("⟨Param1⟩", Made),
        ["WhenEvaluatingAPolicyWithAGetAttForANestedDottedAttribute.test_returns_nested_property_value"] = ("⟨RdsDbCluster.MasterUserSecret.SecretArn⟩", "an attribute need not be what the property of its name says"),
        ["WhenEvaluatingAPropertyWithASubThatResolvesToGetAtt.test_returns_string_value"] = ("This is a line of text with value ⟨ResourceB.Name⟩", "a function has no attribute `Name`"),
        ["WhenEvaluatingAConditionWithAnIfFunction.test_comparison_is_true"] = ("fault: `Fn::If` is no condition function", Misplaced),
        ["WhenEvaluatingAConditionWithAnIfFunction.test_comparison_is_false_and_result_is_function"] = ("fault: `Fn::If` is no condition function", Misplaced),
        ["WhenEvaluatingAPropertyWithAnUnsupportedFunction.test_raises_an_error"] = ("unknown: the availability zones of a region are known only at the deploy", "that tool leaves it as it is written"),
        ["WhenEvaluatingInvalidTemplateWithGetAttCycle.test_raises_an_error"] = ("⟨ResourceB.PropertyA⟩", "attributes are not computed, so a circle of them is none here"),
        ["WhenEvaluatingInvalidTemplateWithSubCycle.test_raises_an_error"] = ("This is a line of text with value ⟨ResourceB.PropertyB⟩", "attributes are not computed, so a circle of them is none here"),
        ["WhenEvaluatingInvalidTemplateWithCycleDuringSqsCustomRefEval.test_raises_an_error"] = ("[https://sqs.us-east-1.amazonaws.com/123456789012/⟨ResourceC.PropertyA⟩]", "attributes are not computed, so a circle of them is none here"),
    };

    [SharedFact("labelled")]
    public void Every_function_has_the_value_that_it_was_given_or_differs_for_a_reason()
    {
        var folder = SharedCases.Folder("labelled")!;
        var (agreeing, differing) = (0, new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.GetProperty("suite").GetString() != "cfn-policy-validator") continue;
            var name = Path.GetFileNameWithoutExtension(entry.GetProperty("data").GetString()!);
            var expected = entry.GetProperty("expected");
            var given = Run(name, Path.Combine(folder, entry.GetProperty("data").GetString()!), expected.GetProperty("node").GetString()!);
            if (Agrees(given, expected)) agreeing++;
            else if (Differing.TryGetValue(name, out var known)) Assert.Equal((name, known.Given), (name, given));
            else differing.Add($"{name}: expected {expected}, given {given}");
        }
        Assert.Equal([], differing);
        Assert.InRange(agreeing, 37, int.MaxValue);
    }

    /// <summary>What makes the other tool give up is a fault here.</summary>
    private static bool Agrees(string given, JsonElement expected) => expected.GetProperty("raises").ValueKind is not JsonValueKind.Null
        ? given.StartsWith("fault: ", StringComparison.Ordinal)
        : given == Shown(expected.GetProperty("value"));

    private static string Shown(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", expected.EnumerateArray().Select(Shown))}]",
        JsonValueKind.String => expected.GetString()!,
        _ => expected.GetRawText(),
    };

    /// <summary>What the other tool was given as parameters.</summary>
    private static Dictionary<string, string> ParametersOf(string name) => name.Split('.')[0] switch
    {
        "WhenEvaluatingPolicyWithDynamicReference" => new() { ["MyParameter"] = "/given/name:1" },
        "WhenEvaluatingTemplateWithANestedRef" => new() { ["Param1"] = "Param1Value" },
        "WhenEvaluatingATemplateWithASplitFunctionThatHasAReference" => new() { ["DomainParam"] = "a.b.c" },
        "WhenEvaluatingAPropertyWithALongFormSub" or "WhenEvaluatingLongFormSubAndVariableAppearsMoreThanOnce" => new() { ["DomainParam"] = "MyValue", ["DomainParam2"] = "com" },
        _ => [],
    };

    private static string Run(string name, string path, string node)
    {
        var (bytes, problems) = (File.ReadAllBytes(path), new List<Problem>());
        var root = Assert.IsType<Node.Map>(JsonReader.Read(Location.StartOf("t.json"), bytes, problems));
        var document = new Document("t.json", Format.CloudFormation, root, SourceText.Read("t.json", bytes, problems)!);
        var wanted = new Wanted(new Deployment("123456789012", "us-east-1", ParametersOf(name)), Shipped, new HashSet<string>()) { Everything = true };
        var use = new TemplateUse(wanted, new Exports([new Export("MyOutputValue", Value.Of(Location.StartOf("other.json"), "Value123"))]), problems);
        TemplateReader.Read(document, use);
        if (problems.Count > 0) return $"fault: {string.Join(" | ", problems.Select(p => p.Message).Distinct())}";
        var resolver = new Resolver(new Template(document, use));
        Node at = root;
        var steps = node.Split("['").Skip(1).Select(s => s[..^2]).ToList();
        foreach (var step in steps) at = ((Node.Map)at)[step]!;
        return steps[0] == "Conditions" ? Shown(resolver.Conditions.Read(Intrinsic.Of(at)!.Value)) : Shown(resolver.Resolve(at));
    }

    private static string Shown(Condition condition) => condition is Condition.Constant { Truth: var truth } ? truth is Truth.Yes ? "true" : truth is Truth.No ? "false" : "unknown" : "symbolic";

    private static string Shown(Value value) => value switch
    {
        Value.Str text => text.Text.ToString(),
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.List list => $"[{string.Join(", ", list.Items.Select(Shown))}]",
        Value.Unknown unknown => $"unknown: {unknown.Why}",
        _ => value.GetType().Name,
    };
}
