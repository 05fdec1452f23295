using System.Text;
using System.Text.Json;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>Policies of parliament's own tests: what it finds, PolicyLint's rules find, but for what is told here.</summary>
public sealed class ParliamentTests
{
    private static readonly RuleSet Shipped = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);

    private const string Unread = "(problem)";

    /// <summary>For each of parliament's findings the rules that say the same; <see cref="Unread"/> where the file cannot be judged.</summary>
    private static readonly Dictionary<string, string[]> Rules = new(StringComparer.Ordinal)
    {
        ["UNKNOWN_ACTION"] = ["policy-unknown-action", "policy-unlisted-action", "policy-malformed-action"],
        ["UNKNOWN_PRINCIPAL"] = ["policy-malformed-principal", "policy-wildcard-principal", "policy-deleted-principal"],
        ["UNKNOWN_FEDERATION_SOURCE"] = ["policy-malformed-principal"],
        ["UNKNOWN_OPERATOR"] = ["policy-unknown-operator"],
        ["UNKNOWN_CONDITION_FOR_ACTION"] = ["policy-unknown-key", "policy-unlisted-key", "policy-absent-key"],
        ["MISMATCHED_TYPE"] = ["policy-operator-type", "policy-malformed-value"],
        ["MISMATCHED_TYPE_OPERATION_TO_NULL"] = ["policy-malformed-value"],
        ["BAD_PATTERN_FOR_MFA"] = ["policy-weak-mfa"],
        ["SINGLE_VALUE_CONDITION_TOO_PERMISSIVE"] = ["policy-for-all-values-allow"],
        ["RESOURCE_MISMATCH"] = ["policy-misfit-resource"],
        ["INVALID_ARN"] = ["policy-malformed-resource"],
        ["INVALID_SID"] = ["policy-malformed-sid"],
        ["DUPLICATE_SID"] = ["policy-duplicate-sid"],
        ["MALFORMED"] = ["policy-missing-element", "policy-exclusive-elements", "policy-unknown-element", "policy-misplaced-element", "policy-malformed-condition", "policy-malformed-principal", Unread],
        ["MALFORMED_JSON"] = [Unread],
        ["INVALID_VERSION"] = ["policy-unknown-version"],
        ["NO_VERSION"] = ["policy-plain-variable"],
    };

    /// <summary>What parliament finds and these rules do not look for: it is about how much is granted, not about faults.</summary>
    private static readonly HashSet<string> OfLeastPrivilege = new(StringComparer.Ordinal)
    {
        "RESOURCE_STAR", "RESOURCE_EFFECTIVELY_STAR", "RESOURCE_POLICY_PRIVILEGE_ESCALATION", "PRIVILEGE_ESCALATION", "PERMISSIONS_MANAGEMENT_ACTIONS",
        "CREDENTIALS_EXPOSURE", "SENSITIVE_ACCESS", "MISMATCHED_TYPE_BUT_USABLE", // the last: an ARN compared as a text does what it says
    };

    /// <summary>Where PolicyLint is right to say something else.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["0020"] = "an operator that does not exist compares nothing, so that nothing can be said of its type",
        ["0039"] = "AWS takes a wildcard of which some actions fit (`s3:*Bucket*` on a bucket); parliament asks that all do",
        ["0047"] = "`Fn::Sub` inside a template is a text; the ARN that it makes is `arn:aws:ssm:*:ACCOUNT:*`, which AWS takes",
    };

    private sealed record Case(string Id, string[] Expected, string[] Found);

    private static List<Case> Run()
    {
        var folder = SharedCases.Folder("labelled")!;
        var cases = new List<Case>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.GetProperty("suite").GetString() != "parliament") continue;
            var expected = entry.GetProperty("expected").GetProperty("findings").EnumerateArray().Select(f => f.GetString()!).ToArray();
            cases.Add(new Case(entry.GetProperty("id").GetString()!, expected, FindingsIn(File.ReadAllText(Path.Combine(folder, entry.GetProperty("data").GetString()!)))));
        }
        Assert.NotEmpty(cases);
        return cases;
    }

    /// <summary>The rules that fail on a policy in a template: with a principal as a policy of a bucket, else as a managed one.</summary>
    private static string[] FindingsIn(string policy)
    {
        var template = policy.Contains("\"Principal\"", StringComparison.Ordinal)
            ? $$"""{ "Resources": { "P": { "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": "examplebucket", "PolicyDocument": {{policy}} } } } }"""
            : $$"""{ "Resources": { "P": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": {{policy}} } } } }""";
        var report = Linter.Run([new Input("case.json", Named: true, () => Encoding.UTF8.GetBytes(template))], Shipped, Deployment.Unsaid);
        return [.. report.ByRule.Where(r => r.Failed > 0).Select(r => r.RuleId), .. report.Problems.IsEmpty ? (string[])[] : [Unread]];
    }

    [SharedFact("labelled")]
    public void What_parliament_finds_is_found()
    {
        var missing = from c in Run()
                      from id in c.Expected
                      where !OfLeastPrivilege.Contains(id)
                      where !Rules.TryGetValue(id, out var rules) || !rules.Intersect(c.Found).Any()
                      select (Case: c.Id.Split('-')[1], Text: $"{c.Id}: {id}, found {string.Join(", ", c.Found)}");
        Assert.Empty(missing.Where(m => !Differences.ContainsKey(m.Case)).Select(m => m.Text));
        Assert.Equal(Differences.Keys.Order(StringComparer.Ordinal), missing.Select(m => m.Case).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Rules for which parliament has nothing of the kind, or which know more of what AWS takes.</summary>
    private static readonly Dictionary<string, string> More = new(StringComparer.Ordinal)
    {
        ["policy-literal-wildcard"] = "`*` under `StringEquals` is no wildcard: parliament does not look at it",
        ["bucket-policy-foreign-resource"] = "the case is put into a bucket's policy here, which its resources are not of",
    };

    [SharedFact("labelled")]
    public void What_parliament_passes_is_left_alone()
    {
        var own = Rules.Values.SelectMany(r => r).ToHashSet(StringComparer.Ordinal);
        var alarms = from c in Run()
                     where !Differences.ContainsKey(c.Id.Split('-')[1])
                     from rule in c.Found
                     where own.Contains(rule) && !c.Expected.Any(e => Rules.TryGetValue(e, out var rules) && rules.Contains(rule)) && !More.ContainsKey(rule)
                     select $"{c.Id}: {rule}, expected {string.Join(", ", c.Expected)}";
        Assert.Empty(alarms);
    }
}
